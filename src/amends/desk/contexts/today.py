"""Today: what is due, in heaps, the worst first."""

from dataclasses import dataclass
from typing import Annotated, Literal

from amends.desk.contexts.cases import EmptyView
from amends.desk.contexts.controls import ActionView, NavItem
from amends.desk.contexts.conversation import HeatView
from amends.desk.contexts.duties import DeadlineView


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """One thing to do, with its one next step."""

    ref: Annotated[str, "The case's number, as people say it."]
    url: Annotated[str, "Where in the case it is done."]
    customer: Annotated[str, "The customer's name, or their address where we know no name."]
    title: Annotated[str, "What the case is about, in a few words."]
    says: Annotated[str, "What was promised, or what is asked for; empty where the heap says it all."]
    heat: Annotated[HeatView, "How upset the customer is now."]
    deadline: Annotated[DeadlineView | None, "When it is or was due; None where it is simply waiting."]
    owner: Annotated[str, "Who looks after it; empty for nobody."]
    instead: Annotated[str, "For whom one stands in, and how long they are away; empty where it is nobody else's."]
    step: Annotated[ActionView, "The next step; the key x takes it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGroup:
    """One heap of things that are due."""

    id: Annotated[str, "Its anchor on the page."]
    title: Annotated[str, "What they have in common."]
    why: Annotated[str, "Why it stands here, and what helps, in one sentence."]
    icon: Annotated[str, "A Lucide icon's name."]
    tone: Annotated[Literal["broken", "due", "plain"], "How bad it is: broken, due, or plain work."]
    rows: Annotated[tuple[DutyRow, ...], "What is to do."]
    count: Annotated[int, "How many there are in all; 0 where nobody counted beyond the rows."]
    more_url: Annotated[str, "Where all of them are, when there are more than the rows; empty for none."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayView:
    """What somebody reads who is away, and looks in all the same."""

    says: Annotated[str, "Until when they are away, and who sees to what falls due."]
    back: Annotated[ActionView, "Being back."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """What the page Today shows."""

    groups: Annotated[tuple[DutyGroup, ...], "The heaps that are not empty, the worst first."]
    tabs: Annotated[tuple[NavItem, ...], "Whose work to show: the team's, or one's own."]
    summary: Annotated[str, "How much there is, in one sentence."]
    empty: Annotated[EmptyView | None, "What to say when nothing is due."]
    away: Annotated[AwayView | None, "Said on top to who is away; None for who is there."]
