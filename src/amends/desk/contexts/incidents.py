"""Incidents: the list, and the page of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.forms import Form

from amends.desk.contexts.cases import CaseRow, EmptyView


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One incident in the list."""

    url: Annotated[str, "Its page."]
    title: Annotated[str, "What colleagues call it."]
    product: Annotated[str, "The product that it is about; empty for none."]
    opened_at: Annotated[datetime, "When it was opened here."]
    fixed_at: Annotated[datetime | None, "When we last wrote that it is fixed."]
    cases: Annotated[int, "How many cases belong to it."]
    open_cases: Annotated[int, "How many of them are open."]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage:
    """The list, with the form that opens one."""

    rows: Annotated[tuple[IncidentLine, ...], "The newest first."]
    form: Annotated[Form, "The form that opens one."]
    case: Annotated[str, "The number of the case that it is opened for; empty for none."]
    opened: Annotated[bool, "Whether the form stands open."]
    empty: Annotated[EmptyView | None, "What to say when there are none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One line of the drawn figure."""

    label: Annotated[str, "What is counted."]
    count: Annotated[int, "How many."]
    of: Annotated[int, "The whole that the bar is a part of."]
    tone: Annotated[Literal["plain", "kept", "broken"], "How it is coloured."] = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenView:
    """Something written once for many, and what became of it."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "Whether it was a word, the question whether it is fixed, or a first word."]
    text: Annotated[str, "The text with its places."]
    author: Annotated[str, "Who wrote it."]
    at: Annotated[datetime, "When."]
    count: Annotated[int, "For how many."]
    sent: Annotated[int, "How many went out."]
    waiting: Annotated[int, "How many wait."]
    says: Annotated[str, "The same in words."]
    stop_url: Annotated[str, "Where stopping it is posted to; empty once nothing waits."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandView:
    """A customer whom it did not reach, for a person to write to."""

    url: Annotated[str, "Their case, or their own page where there is none."]
    name: Annotated[str, "What to call them."]
    why: Annotated[str, "Why it did not go."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """What a text would do."""

    says: Annotated[str, "How many would get it, and how many were looked at."]
    shut: Annotated[tuple[ByHandView, ...], "For whom it would be refused, and why."]
    example: Annotated[str, "The text as one of them would read it; empty where nobody would."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteView:
    """A text for many, being written."""

    kind: Annotated[Literal["word", "fixed", "outreach"], "To whom, and what for."]
    url: Annotated[str, "Where it is posted to."]
    form: Annotated[Form, "The text."]
    count: Annotated[int, "How many would get it."]
    once: Annotated[str, "What makes a second tap on the button count once."]
    preview: Annotated[PreviewView | None, "What it would do, where somebody looked first."] = None
    opened: Annotated[bool, "Whether it stands open."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentView:
    """Somebody who was met and has not written."""

    number: Annotated[int, "The customer's number."]
    name: Annotated[str, "What to call them."]
    address: Annotated[str, "Where they are written to."]
    order: Annotated[str, "The number of the order that was met."]
    what: Annotated[str, "What they ordered."]
    at: Annotated[datetime, "When."]
    chosen: Annotated[bool, "Whether they are chosen."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentsView:
    """The silent others."""

    lead: Annotated[str, "How many there are by their orders."]
    estimate: Annotated[str, "What the published figure would have foretold, marked as an estimate; empty for none."]
    rows: Annotated[tuple[SilentView, ...], "A page of them."]
    everybody: Annotated[bool, "Whether all of them are meant, not only those who are chosen."]
    more_url: Annotated[str, "Where the next page is; empty on the last."]
    first_url: Annotated[str, "Where the first page is, from a later one."]
    write: Annotated[WriteView, "The first word to them."]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """The page of one incident."""

    title: Annotated[str, "What colleagues call it."]
    facts: Annotated[tuple[str, ...], "Product, period, when it was opened and fixed, in words."]
    what: Annotated[str, "What is said to customers of it."]
    url: Annotated[str, "The page; its steps are posted below it."]
    change: Annotated[Form, "The form that tells it anew."]
    changing: Annotated[bool, "Whether that form stands open."]
    bars: Annotated[tuple[BarView, ...], "How far it has come."]
    written: Annotated[tuple[WrittenView, ...], "What was written to many, newest first."]
    busy: Annotated[bool, "Whether copies wait, so that the page looks again soon."]
    by_hand: Annotated[tuple[ByHandView, ...], "Whom a person has to write to."]
    cases: Annotated[tuple[CaseRow, ...], "Its cases, the open and hottest ones first."]
    cases_note: Annotated[str, "How many there are beside those that are shown; empty for none."]
    similar: Annotated[tuple[CaseRow, ...], "Cases that may belong to it."]
    link: Annotated[Form, "The form that links cases by their numbers."]
    linking: Annotated[bool, "Whether that form stands open."]
    writes: Annotated[tuple[WriteView, ...], "The word and the question whether it is fixed."]
    silent: Annotated[SilentsView | None, "The silent others; None where product or period are not told."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseIncidentView:
    """The line on a case's page that says which incident it belongs to."""

    title: Annotated[str, "The incident's name; empty for none."]
    url: Annotated[str, "Its page."]
    choices: Annotated[tuple[tuple[str, str], ...], "Incidents of the team that it may belong to, by id and name."]
    open_url: Annotated[str, "Where a new one is opened for this case."]
