"""The house's own files: read when they are there, read again when they change, and plain about what is wrong."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.actions import clock, house
from amends.actions.house import BadHouse
from amends.method.policy import BadPolicy

LATER = 1_800_000_000


def put(folder: Path, name: str, text: str | bytes, changed: int = LATER) -> None:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(path, (changed, changed))


def test_without_files_there_are_defaults(tmp_path: Path) -> None:
    assert house.house().business.name == "Our shop"
    assert house.policy().title == "Recovery default"
    assert house.calendar().zone == "UTC"


def test_a_file_is_read_again_when_it_changes_and_when_it_goes(tmp_path: Path) -> None:
    put(tmp_path, "amends.toml", '[business]\nname = "Lamps"\naddress = "help@lamps.example"\n')
    assert house.house().business.name == "Lamps"
    put(tmp_path, "amends.toml", '[business]\nname = "Vases"\naddress = "help@lamps.example"\n', LATER + 1)
    assert house.house().business.name == "Vases"
    (tmp_path / "amends.toml").unlink()
    assert house.house().business.name == "Our shop"


def test_a_change_within_the_same_second_is_seen_by_its_size(tmp_path: Path) -> None:
    put(tmp_path, "amends.toml", '[business]\nname = "A"\n')
    assert house.house().business.name == "A"
    put(tmp_path, "amends.toml", '[business]\nname = "AB"\n')
    assert house.house().business.name == "AB"


def test_the_policy_and_its_calendar_change_together(tmp_path: Path) -> None:
    put(tmp_path, "policy.toml", 'currency = "EUR"\n[calendar]\nzone = "Europe/Berlin"\n')
    assert (house.policy().currency, house.calendar().zone) == ("EUR", "Europe/Berlin")
    put(tmp_path, "policy.toml", 'extends = "uk-fca-disp"\n', LATER + 1)
    assert house.policy().legal != {}


def test_mailboxes_are_a_list(tmp_path: Path) -> None:
    put(tmp_path, "amends.toml", '[[mailboxes]]\nhost = "imap.example"\nuser = "help"\npassword_env = "MAIL"\n')
    box = house.house().mailboxes[0]
    assert (box.host, box.port, box.tls, box.folder, box.every_seconds) == ("imap.example", 993, True, "INBOX", 60)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[business", "at end of document"),
        ("[busines]\n", "busines"),
        ("[business]\nname = 7\n", "business.name"),
        ("[business]\nnmae = 'x'\n", "nmae"),
        ("[[mailboxes]]\nhost = 'x'\n", "mailboxes"),
        (b"\xff\xfe", "utf-8"),
    ],
)
def test_a_file_of_the_house_that_cannot_be_used_says_where(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    put(tmp_path, "amends.toml", text)
    with pytest.raises(BadHouse) as wrong:
        house.house()
    assert str(wrong.value).startswith(str(tmp_path / "amends.toml"))
    assert complaint in str(wrong.value)
    put(tmp_path, "amends.toml", "", LATER + 1)  # mended, it is read at once
    assert house.house().business.name == "Our shop"


@pytest.mark.parametrize(
    "text",
    ["[silence", "silnce = 1", "[silence]\namount = -1\n", 'currency = "euro"', b"\xff", "[calendar]\nzone = 'Moon'\n"],
)
def test_a_policy_that_cannot_be_used_says_where(tmp_path: Path, text: str | bytes) -> None:
    put(tmp_path, "policy.toml", text)
    for ask in (house.policy, house.calendar):
        with pytest.raises(BadPolicy) as wrong:
            ask()
        assert str(tmp_path / "policy.toml") in str(wrong.value)


def test_a_slip_in_a_file_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(tmp_path, "policy.toml", "currency = 'GBP'")
    put(tmp_path, "amends.toml", "[business]\nname = 'Kettle & Cup'\n")
    assert house.policy().currency == "GBP"
    assert house.house().business.name == "Kettle & Cup"
    put(tmp_path, "policy.toml", "curency = 'USD'", LATER + 1)
    put(tmp_path, "amends.toml", "[busines]\n", LATER + 1)
    for _look in range(3):
        assert house.policy().currency == "GBP"
        assert house.house().business.name == "Kettle & Cup"
    assert len(caplog.records) == 2  # said once for each file, not on every page
    put(tmp_path, "policy.toml", "currency = 'EUR'", LATER + 2)
    assert house.policy().currency == "EUR"


# ── The one clock ────────────────────────────────────────────────────────────────────────────────


def test_a_stopped_clock_goes_on_where_it_was_before() -> None:
    inner = datetime(2030, 1, 1, tzinfo=UTC)
    outer = clock.now()
    with clock.stopped(inner):
        assert clock.now() == inner
    assert clock.now() == outer


def test_ids_sort_by_time_and_never_meet(stopped_clock: clock.StoppedClock) -> None:
    first = clock.new_id()
    stopped_clock.pass_time(to=datetime(2099, 1, 1, tzinfo=UTC))
    second = clock.new_id()
    assert first < second
    assert {len(first), len(second)} == {32}
    assert len({clock.new_id() for _ in range(1000)}) == 1000


def test_a_token_fits_into_a_mail_address() -> None:
    token = clock.new_token()
    assert len(token) == 32
    assert token == token.lower()
    assert token.isalnum()
