"""`amends check` says what is wrong, and what helps."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.db import DatabaseError, connection
from pytest_django import Settings

from amends.actions import heartbeat, house
from amends.actions.clock import now
from amends.actions.incoming import do_receive
from amends.cli.checks import place
from amends.store import blobs
from amends.store.models import Case, Effect, RawMail
from amends.testing import mail_from, make_team
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _in_good_health(data: Path, settings: Settings) -> None:
    settings.AMENDS_URL = "https://help.example.com"
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    (data / "amends.toml").write_text('[business]\nname = "Kettle & Cup"\naddress = "help@example.com"\n')
    heartbeat.do_beat(heartbeat.WORKER, at=now())


@pytest.fixture
def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def smtp(free_port: int) -> Iterator[int]:
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port)
    controller.start()
    yield free_port
    controller.stop()


def lines(amends: Run, level: str, *words: str) -> list[str]:
    result = amends("check", *words)
    assert result.exit_code == ("\nbad" in f"\n{result.output}"), result.output
    return [line.removeprefix(level).strip() for line in result.output.splitlines() if line.startswith(level)]


def test_a_desk_that_is_well(amends: Run) -> None:
    do_receive(mail_from("maya@example.com", "My kettle leaks!"), at=now())
    assert lines(amends, "bad", "--all") == []
    assert lines(amends, "warn", "--all") == []
    assert "Journal: every case says the same" in lines(amends, "ok", "--all")


def test_a_folder_that_others_can_read(amends: Run, data: Path) -> None:
    data.chmod(0o755)
    result = amends("check")
    assert f"chmod 700 {data}" in result.output
    assert result.exit_code == 1


@pytest.mark.parametrize(("free", "level"), [(400, "warn"), (10, "bad")])
def test_little_room(amends: Run, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": free * 1_000_000}))
    assert lines(amends, level) == [f"Only {free} MB are free for it"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("amends.toml", "[business]\nnam = 1\n", "nam"),
        ("amends.toml", "[[[", "amends.toml"),
        ("policy.toml", "[hold]\namount = -1\n", "a term is nothing or more"),
        ("policy.toml", 'extends = "none"\n', "There is no preset"),
    ],
)
def test_configuration_that_cannot_be_read(amends: Run, data: Path, name: str, content: str, why: str) -> None:
    house.house()
    house.policy()  # what was good stays in force, and is not what was asked for here
    (data / name).write_text(content)
    (found,) = lines(amends, "bad")
    assert why in found


def test_a_team_of_the_policy_that_is_not_there(amends: Run, data: Path) -> None:
    (data / "policy.toml").write_text('[teams."Support Berlin".calendar]\nzone = "Europe/Berlin"\n')
    assert lines(amends, "warn") == ['policy.toml gives hours to the team "Support Berlin", which is not there']
    assert "correct it; " in amends("check").output
    make_team("Support Berlin")
    assert lines(amends, "warn") == []


@pytest.mark.parametrize(
    ("url", "why"),
    [("http://help.example.com", "is not encrypted"), ("http://127.0.0.1:8000", "lead to this machine only")],
)
def test_an_address_that_does_not_do(amends: Run, settings: Settings, url: str, why: str) -> None:
    settings.AMENDS_URL = url
    (found,) = lines(amends, "warn")
    assert why in found


def test_a_database_that_is_away(amends: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("could not connect to server")

    monkeypatch.setattr(connection, "ensure_connection", away)
    assert lines(amends, "bad") == ["The database does not answer: could not connect to server"]


def test_a_case_whose_row_is_wrong(amends: Run) -> None:
    do_receive(mail_from("maya@example.com", "My kettle leaks!"), at=now())
    case = Case.objects.get()
    Case.objects.update(state=b"{}")
    assert lines(amends, "bad") == [f"Cases whose rows differ from their journal: #{case.pk}"]
    assert lines(amends, "bad", "--mend") == []


@pytest.mark.parametrize(("spoil", "words"), [("remove", []), ("change", ["--all"])])
def test_a_file_that_is_missing_or_changed(amends: Run, spoil: str, words: list[str]) -> None:
    name = blobs.keep(b"a photograph" * blobs.SMALL)
    RawMail.objects.create(sha256=name, size=12, source="smtp", received_at=now(), status="taken")
    path = blobs.path_of(name)
    path.unlink() if spoil == "remove" else path.write_bytes(b"another")
    assert lines(amends, "bad", *words) == ["Files of messages are missing or changed: 1 of 1"]


def test_mail_that_gets_out(amends: Run, settings: Settings, smtp: int) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", smtp
    assert f"Mail out: 127.0.0.1:{smtp} lets us in" in lines(amends, "ok")


def test_mail_that_does_not_get_out(amends: Run, settings: Settings, free_port: int) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port
    (found,) = lines(amends, "bad")
    assert f"127.0.0.1:{free_port} does not let us in" in found


def test_mail_that_is_kept_as_files(amends: Run, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    (found,) = lines(amends, "warn")
    assert "kept as files" in found


def test_a_mailbox_that_does_not_open(amends: Run, data: Path, free_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with (data / "amends.toml").open("a") as file:
        file.write(f'[[mailboxes]]\nhost = "127.0.0.1"\nport = {free_port}\nuser = "help"\npassword_env = "BOX"\n')
    monkeypatch.delenv("BOX", raising=False)
    assert lines(amends, "bad") == ["Mailbox help: there is no password"]
    monkeypatch.setenv("BOX", "secret")
    (found,) = lines(amends, "bad")
    assert found.startswith("Mailbox help at 127.0.0.1: ")
    assert "secret" not in found


def test_a_worker_that_is_gone(amends: Run) -> None:
    heartbeat.do_beat(heartbeat.WORKER, at=now() - timedelta(minutes=5))
    (found,) = lines(amends, "bad")
    assert found.startswith("The worker has not been seen since")
    heartbeat.do_forget_beat(heartbeat.WORKER)
    (found,) = lines(amends, "warn")
    assert found.startswith("No worker is running")


def test_what_troubles_the_worker(amends: Run) -> None:
    heartbeat.do_beat("mailbox help", at=now(), trouble="The server does not answer.")
    assert lines(amends, "warn") == ["mailbox help: The server does not answer."]


def test_what_waits_and_what_was_given_up(amends: Run) -> None:
    hour = timedelta(hours=1)
    Effect.objects.create(key="a", kind="mail", subject="1", not_before=now() - hour, error="OSError: refused")
    Effect.objects.create(
        key="b", kind="mail", subject="2", not_before=now() - hour, failed_at=now(), error="no such user"
    )
    Effect.objects.create(key="c", kind="mail", subject="3", not_before=now() + hour)
    name = blobs.keep(b"mail")
    for status in ("held", "failed", "taken"):
        RawMail.objects.create(sha256=name, size=4, source="smtp", received_at=now(), status=status)
    assert lines(amends, "bad") == ["To be sent for more than a quarter of an hour: 1 (the last: OSError: refused)"]
    assert lines(amends, "warn") == [
        "Given up: 1 to be sent (the last: no such user)",
        "Mails held back, as one sender sent many: 1",
        "Mails not understood: 1",
    ]


def test_a_check_that_breaks_does_not_break_the_others(amends: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("beats are beaten")

    monkeypatch.setattr(heartbeat, "beats", broken)
    monkeypatch.setattr(place, "_NEARLY_NONE", 0)
    assert lines(amends, "bad") == ["RuntimeError: beats are beaten"]


def test_without_a_desk_it_says_how_to_make_one(amends: Run, tmp_path: Path) -> None:
    result = amends("check", "--data", tmp_path / "none")
    assert result.exit_code == 1
    assert "amends up --data" in result.output
