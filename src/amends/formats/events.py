"""A call as an event that calendars take in, move and strike out (RFC 5545)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

_BEFORE = timedelta(minutes=-10)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """A call that was agreed on. The same `uid` with a higher `sequence` takes the place of what was sent before.

    `start` and `written_at` are aware. `cancelled` strikes the event out of a calendar that has it. `organiser` is a
    name and an e-mail address; `place` is where the call goes, and `url` leads to more.
    """

    uid: str
    sequence: int
    start: datetime
    length: timedelta
    written_at: datetime
    title: str
    text: str
    url: str
    organiser: tuple[str, str]
    place: str = ""
    cancelled: bool = False


def event_file(call: CallEvent) -> bytes:
    """Return the event as an iCalendar file, times in UTC, with a reminder ten minutes before."""
    event = Event()
    event.add("uid", call.uid)
    event.add("sequence", call.sequence)
    event.add("dtstamp", call.written_at)
    event.add("dtstart", call.start)
    event.add("dtend", call.start + call.length)
    event.add("summary", call.title)
    event.add("description", call.text)
    event.add("url", call.url)
    event.add("status", "CANCELLED" if call.cancelled else "CONFIRMED")
    if call.place:
        event.add("location", call.place)
    name, address = call.organiser
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(name)
    event.add("organizer", organiser)
    if not call.cancelled:
        event.add_component(_reminder(call.title))
    found = Calendar()
    found.add("prodid", "-//Amends//Call-back//EN")
    found.add("version", "2.0")
    found.add("method", "CANCEL" if call.cancelled else "PUBLISH")
    found.add_component(event)
    content: bytes = found.to_ical()
    return content


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _BEFORE)
    return alarm
