"""A call's event, read back by the library that others read it with."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from amends.formats.events import CallEvent, event_file

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def call(**changes: Any) -> CallEvent:
    given: dict[str, Any] = {
        "uid": "case-7-call@example.com",
        "sequence": 12,
        "start": START,
        "length": timedelta(minutes=30),
        "written_at": START - timedelta(days=2),
        "title": "Kettle & Co. calls you",
        "text": "Is it fixed?\nAnd you?",
        "url": "https://desk.example.com/c/abc/",
        "organiser": ("Kettle & Co.", "help@example.com"),
    }
    return CallEvent(**given | changes)


def read(content: bytes) -> tuple[Calendar, Any]:
    found = Calendar.from_ical(content)
    (event,) = found.walk("VEVENT")
    return found, event


def test_a_calendar_reads_what_was_agreed() -> None:
    found, event = read(event_file(call(place="tel:+442079460000")))
    assert (str(found["METHOD"]), str(event["STATUS"])) == ("PUBLISH", "CONFIRMED")
    assert event.decoded("dtstart") == START
    assert event.decoded("dtend") == START + timedelta(minutes=30)
    assert (str(event["UID"]), int(event["SEQUENCE"])) == ("case-7-call@example.com", 12)
    assert str(event["ORGANIZER"]) == "mailto:help@example.com"
    assert str(event["LOCATION"]) == "tel:+442079460000"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-10)


def test_moments_of_any_zone_are_written_in_utc() -> None:
    berlin = START.astimezone(ZoneInfo("Europe/Berlin"))
    content = event_file(call(start=berlin.astimezone(UTC)))
    assert b"DTSTART:20260329T013000Z" in content
    assert b"TZID" not in content


def test_what_was_given_back_is_struck_out_under_the_same_name() -> None:
    found, event = read(event_file(call(sequence=13, cancelled=True)))
    assert (str(found["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert str(event["UID"]) == "case-7-call@example.com"
    assert list(event.walk("VALARM")) == []


@given(st.text(max_size=300), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=100))
def test_no_words_break_out_of_their_field(title: str, name: str) -> None:
    found, event = read(event_file(call(title=title, text=f"{title}\r\nSTATUS:CANCELLED", organiser=(name, "a@b.c"))))
    assert str(event["STATUS"]) == "CONFIRMED"
    assert len(list(found.walk("VEVENT"))) == 1
