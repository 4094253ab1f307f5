"""The ledger of promises: the list, how they were kept, and the page of one promise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.forms import Form
from django.utils.safestring import SafeString

from amends.desk.contexts.cases import EmptyView
from amends.desk.contexts.controls import ActionView, NavItem
from amends.desk.contexts.duties import PromiseView


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One promise of the ledger."""

    view: Annotated[PromiseView, "The promise as a row."]
    url: Annotated[str, "Where it is looked after: in its case, or on its own page where the case is not to be seen."]
    where: Annotated[str, "Whom it was given to, and the case; empty where that is not to be seen."]
    seen: Annotated[int, "How long the journal is: who is overtaken by a colleague hears of it."]
    done: Annotated[ActionView | None, "Says that it is done; None where nothing is owed."] = None
    hand_over: Annotated[Form | None, "A colleague to look after it; None where nothing is owed."] = None
    hand_over_url: Annotated[str, "Where that is posted."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The list."""

    url: Annotated[str, "The page's own address, where the filters ask."]
    here: Annotated[str, "The address with its filters, to come back to."]
    state: Annotated[str, "Which part is shown: open, broken, proposed or done."]
    lead: Annotated[str, "What stands in this part, and in what order."]
    tabs: Annotated[tuple[NavItem, ...], "The parts, and how promises were kept."]
    filters: Annotated[Form, "Whose, and of which month."]
    asked: Annotated[tuple[LedgerLine, ...], "What the reader is asked to keep, and has not answered."]
    lines: Annotated[tuple[LedgerLine, ...], "The promises."]
    more_url: Annotated[str, "Where the next page is; empty on the last."]
    first_url: Annotated[str, "Where the first page is, from a later one; empty on the first."]
    empty: Annotated[EmptyView | None, "What to say when there are none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """How the promises of a person, a team or a month were kept."""

    name: Annotated[str, "Whose, or when."]
    url: Annotated[str, "Where only theirs are looked at; empty for none."]
    current: Annotated[bool, "Whether that is being looked at."]
    rate: Annotated[str, "The keep-rate, as it is read; a dash where there is none."]
    counts: Annotated[tuple[int, int, int, int], "Kept in time, moved in time, late, broken."]
    bar: Annotated[SafeString, "The same, drawn."]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """How promises were kept."""

    tabs: Annotated[tuple[NavItem, ...], "The parts of the ledger, and this page."]
    lead: Annotated[str, "The keep-rate of what is looked at, in a sentence."]
    whose: Annotated[str, "Whose months these are; empty for everybody's."]
    when: Annotated[str, "Of which month people and teams are; empty for all of them."]
    all_url: Annotated[str, "Where everything is looked at; empty where it is."]
    figure: Annotated[SafeString, "The months, drawn."]
    months: Annotated[tuple[ShareView, ...], "The months, the oldest first."]
    people: Annotated[tuple[ShareView, ...], "The people, by name."]
    teams: Annotated[tuple[ShareView, ...], "The teams, by name; none where there is but one."]
    empty: Annotated[EmptyView | None, "What to say when there is nothing to count yet."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePage:
    """One promise, for who keeps it or is asked to. Nothing of its case is shown, nor whom it was given to."""

    view: Annotated[PromiseView, "The promise as a row."]
    base: Annotated[str, "Where its steps are posted, with the step's name to be added."]
    seen: Annotated[int, "How long the journal is: who is overtaken by a colleague hears of it."]
    lead: Annotated[str, "Who asks whom, or whose it is."]
    due: Annotated[datetime | None, "When it is due."]
    mine_to_answer: Annotated[bool, "Whether the reader is asked and has not answered."]
    hint: Annotated[str, "Whom to turn to when it takes longer; empty where it is done."]
    case_url: Annotated[str, "Its place in the case; empty where the case is not to be seen."]
    keep: Annotated[Form | None, "How it was done; None where nothing is owed, or it is not the reader's."]
    turn_down: Annotated[Form | None, "Why not; None where the reader is not asked."]
