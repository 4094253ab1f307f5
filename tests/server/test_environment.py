"""What an operator sets, and what is said when it cannot be."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from amends.server.databases import database
from amends.server.environment import SECRET_FILE, Environment, read

KEY = {"AMENDS_SECRET_KEY": "a key for tests"}


def given(**values: str) -> Environment:
    return read(KEY | values)


def test_a_key_is_all_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = read(KEY)
    assert env.data == tmp_path / "data"
    assert env.url == "http://127.0.0.1:8000"
    assert env.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert env.database_url == f"sqlite:///{tmp_path}/data/db.sqlite3"
    assert env.mail.backend.endswith("filebased.EmailBackend")
    assert env.mail_from == "amends@localhost"
    assert [env.debug, env.https, env.proxies, env.frame_origins] == [False, False, 0, ()]


def test_without_a_key_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Run `amends up`"):
        read({"AMENDS_DATA": str(tmp_path)})


def test_the_key_may_lie_in_a_file_of_ones_own(tmp_path: Path) -> None:
    key = tmp_path / SECRET_FILE
    key.write_text("from the file\n")
    key.chmod(0o600)
    assert read({"AMENDS_DATA": str(tmp_path)}).secret_key == "from the file"


@pytest.mark.parametrize(("mode", "content", "fix"), [(0o644, "readable by all", "chmod 600"), (0o600, " \n", "empty")])
def test_a_key_file_that_is_no_secret_is_refused(tmp_path: Path, mode: int, content: str, fix: str) -> None:
    key = tmp_path / SECRET_FILE
    key.write_text(content)
    key.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match=fix):
        read({"AMENDS_DATA": str(tmp_path)})


def test_a_public_address_brings_its_host_and_https() -> None:
    env = given(AMENDS_URL="https://help.example.com/", AMENDS_HOSTS="desk.internal, 10.0.0.4")
    assert env.https
    assert env.url == "https://help.example.com"
    assert env.hosts[:3] == ("help.example.com", "desk.internal", "10.0.0.4")
    assert env.mail_from == "amends@help.example.com"


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mia:p%40ss@mail.example.com", 587, True, False),
        ("smtp://mia:p%40ss@mail.example.com:2525", 2525, True, False),
        ("smtp://mia:p%40ss@mail.example.com:25/?tls=off", 25, False, False),
        ("smtps://mia:p%40ss@mail.example.com", 465, False, True),
        ("smtp://mia:p%40ss@localhost", 25, False, False),
    ],
)
def test_mail_is_encrypted_unless_it_stays_here_or_one_says_so(url: str, port: int, starttls: bool, tls: bool) -> None:
    mail = given(AMENDS_SMTP_URL=url).mail
    assert (mail.port, mail.starttls, mail.tls) == (port, starttls, tls)
    assert (mail.user, mail.password) == ("mia", "p@ss")


def test_another_way_out_brings_its_own_keys() -> None:
    env = given(AMENDS_MAIL_BACKEND="anymail.backends.postmark.EmailBackend", AMENDS_ANYMAIL_POSTMARK_SERVER_TOKEN="t")
    assert env.mail.backend == "anymail.backends.postmark.EmailBackend"
    assert env.anymail == {"POSTMARK_SERVER_TOKEN": "t"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMENDS_URL", "help.example.com"),
        ("AMENDS_SMTP_URL", "mail.example.com"),
        ("AMENDS_SMTP_URL", "smtp://mail.example.com:many"),
        ("AMENDS_DEBUG", "perhaps"),
        ("AMENDS_PROXIES", "-1"),
        ("AMENDS_FRAME_ORIGINS", "https://shop.example.com/page"),
        ("AMENDS_FRAME_ORIGINS", "https://shop.example.com;script-src *"),
        ("AMENDS_FRAME_ORIGINS", "*"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        given(**{name: value})


def test_only_a_proxy_of_ours_says_that_it_was_https() -> None:
    url = "https://help.example.com"
    assert given(AMENDS_URL=url).proxy_https_header is None
    assert given(AMENDS_PROXIES="1").proxy_https_header is None
    assert given(AMENDS_URL=url, AMENDS_PROXIES="1").proxy_https_header == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_wrong_mail_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as told:
        given(AMENDS_SMTP_URL="http://mia:hunter2@mail.example.com")
    assert "hunter2" not in str(told.value)


def test_sqlite_keeps_what_it_was_told() -> None:
    options = database("sqlite:////tmp/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_connections_are_kept_on_both_databases() -> None:
    assert database("sqlite:////tmp/x.sqlite3")["CONN_MAX_AGE"] is None
    assert database("postgresql://a@b/c")["CONN_MAX_AGE"] is None
