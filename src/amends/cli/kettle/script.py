"""The files of the sample business, as typed values. Times in them are days from today, and hours in its zone.

>>> moment("-2 17:00", today=date(2026, 11, 22), zone=ZoneInfo("Europe/London"))
datetime.datetime(2026, 11, 20, 17, 0, tzinfo=datetime.timezone.utc)
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from importlib.abc import Traversable
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome

DOMAIN = "example.com"
"""Where the customers of the stories have their mail: a domain that nobody owns."""

LATEST = time(10)
"""No story goes on after this hour of day 0, so that nothing in it is ever still to come."""


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the staff."""

    key: str
    name: str
    rank: str


class Buyer(Struct, frozen=True, forbid_unknown_fields=True):
    """A customer. An order is how many days ago, the amount, and what."""

    key: str
    name: str
    orders: list[tuple[int, str, str]]
    phone: str = ""


class People(Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody."""

    staff: list[Person]
    customers: list[Buyer]


class Step(Struct, frozen=True, kw_only=True, tag_field="do", forbid_unknown_fields=True):
    """Something that somebody does at a time. `by` is a key of the staff; empty: the customer."""

    at: str
    by: str = ""


class Writes(Step, frozen=True, tag="writes"):
    """The customer writes."""

    text: str
    subject: str = ""


class Says(Step, frozen=True, tag="says"):
    """A call: what they said, and what they were told."""

    heard: str
    told: str


class Takes(Step, frozen=True, tag="takes"):
    """Somebody takes the case."""


class Replies(Step, frozen=True, tag="replies"):
    """We write. `{+2}` in a text is the name of the day two days later."""

    text: str
    reasons: dict[Gate, str] = {}


class Understands(Step, frozen=True, tag="understands"):
    """The basis is written down."""

    expected: str
    got: str
    cause: str = ""
    confirmed: bool = False


class FindsUnwarranted(Step, frozen=True, tag="finds_unwarranted"):
    """No remedy of the kind is warranted."""

    why: str


class AsksApproval(Step, frozen=True, tag="asks_approval"):
    """More than one's own limit."""

    amount: str
    why: str


class Promises(Step, frozen=True, tag="promises"):
    """A promise is confirmed: the one that was read in words that hold `what`, or else one of its own."""

    what: str
    due: str


class Keeps(Step, frozen=True, tag="keeps"):
    """The promise `what` is kept."""

    what: str
    how: str


class Resolves(Step, frozen=True, tag="resolves"):
    """It is done, as far as we know. What was read as a promise and never was one is dismissed."""


class SaysFixed(Step, frozen=True, tag="says_fixed"):
    """The customer says on their page whether it is fixed."""

    fixed: bool
    words: str


class CallsBack(Step, frozen=True, tag="calls_back"):
    """A try at the call-back."""

    result: CallResult
    note: str


class RecordsOutcomes(Step, frozen=True, tag="records_outcomes"):
    """Both outcomes."""

    problem: ProblemOutcome
    customer: CustomerOutcome


class Closes(Step, frozen=True, tag="closes"):
    """The case is closed, with a line of one's own for the thank-you."""

    line: str = ""


class Learns(Step, frozen=True, tag="learns"):
    """The root cause."""

    cause: str
    note: str


class AnswersSurvey(Step, frozen=True, tag="answers_survey"):
    """The customer answers the survey."""

    outcome: int
    treatment: int
    process: int
    buy_again: bool
    recommend: bool
    words: str


CustomerStep = Writes | Says | SaysFixed | AnswersSurvey
RecordStep = Takes | Understands | FindsUnwarranted | AsksApproval | CallsBack | RecordsOutcomes | Closes | Learns
StaffStep = Replies | Promises | Keeps | Resolves
AnyStep = CustomerStep | RecordStep | StaffStep


class Story(Struct, frozen=True, forbid_unknown_fields=True):
    """One complaint."""

    customer: str
    steps: list[AnyStep]
    channel: str = "email"


def people() -> People:
    """Return who works and who buys there."""
    return msgspec.toml.decode(_folder().joinpath("people.toml").read_bytes(), type=People)


def stories() -> list[Story]:
    """Return all stories, in the order of their files."""
    found = sorted(_folder().joinpath("stories").iterdir(), key=lambda file: file.name)
    return [msgspec.toml.decode(file.read_bytes(), type=Story) for file in found if file.name.endswith(".toml")]


def today(now: datetime, zone: ZoneInfo) -> date:
    """Return day 0: today, or yesterday where it is not yet `LATEST` there."""
    return (now.astimezone(zone) - timedelta(hours=LATEST.hour)).date()


def moment(text: str, *, today: date, zone: ZoneInfo) -> datetime:
    """Return the time (UTC) that "-2 17:00" means."""
    days, _, hour = text.partition(" ")
    day = today + timedelta(days=int(days))
    return datetime.combine(day, time.fromisoformat(hour), zone).astimezone(UTC)


def dated(text: str, day: date) -> str:
    """Return a text with the names of days in it, counted from the `day` on which it is written."""
    return re.sub(r"\{\+(\d)\}", lambda m: f"{day + timedelta(days=int(m[1])):%A}", text).strip()


def _folder() -> Traversable:
    return files("amends.cli.kettle")
