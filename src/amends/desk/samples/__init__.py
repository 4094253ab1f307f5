"""Sample data for the pattern page: one story, and every state a component can be in.

The present of the story is fixed, so that the page looks the same each time it is looked at.
"""

from dataclasses import dataclass
from typing import Annotated

from amends.desk.contexts import (
    CaseRow,
    DeadlineView,
    EmptyView,
    FindingView,
    HeatView,
    MessageView,
    NavItem,
    PathView,
    Person,
    PromiseView,
    QuoteView,
    RefusalView,
    ShellView,
    StatView,
)
from amends.desk.contexts.controls import ActionView
from amends.desk.samples.duties import DEADLINES, PROMISES, REFUSALS
from amends.desk.samples.lists import EMPTY, FINDINGS, ROWS, STATS
from amends.desk.samples.paths import FRESH, MIDWAY, QUOTES, REOPENED, WHOLE
from amends.desk.samples.talk import MESSAGES
from amends.desk.samples.time import NOW

__all__ = ["NOW", "PAGE", "SHELL", "PatternsPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsPage:
    """What the pattern page shows."""

    paths: Annotated[tuple[tuple[str, PathView], ...], "Paths, each with the id of its section and thus its title."]
    messages: Annotated[tuple[MessageView, ...], "A conversation with every kind of message."]
    heats: Annotated[tuple[HeatView, ...], "The five levels."]
    deadlines: Annotated[tuple[DeadlineView, ...], "A deadline in each state."]
    promises: Annotated[tuple[PromiseView, ...], "A promise in each state."]
    quotes: Annotated[tuple[QuoteView, ...], "Quotes of both sides, and an erased one."]
    refusals: Annotated[tuple[RefusalView, ...], "Refusals with all that one can offer, and with the least."]
    findings: Annotated[tuple[FindingView, ...], "What the coach says, in each weight."]
    rows: Annotated[tuple[CaseRow, ...], "Cases in a list."]
    stats: Annotated[tuple[StatView, ...], "Figures."]
    empty: Annotated[EmptyView, "An empty place."]
    buttons: Annotated[tuple[ActionView, ...], "A button of each tone."]
    tabs: Annotated[tuple[NavItem, ...], "Tabs."]


PAGE = PatternsPage(
    paths=(("path", MIDWAY), ("path-fresh", FRESH), ("path-reopened", REOPENED), ("path-whole", WHOLE)),
    messages=MESSAGES,
    heats=(
        HeatView(level=0, trend="falling"),
        HeatView(level=1, trend="steady"),
        HeatView(level=2, trend="rising"),
        HeatView(level=3),
        HeatView(level=4),
    ),
    deadlines=DEADLINES,
    promises=PROMISES,
    quotes=QUOTES,
    refusals=REFUSALS,
    findings=FINDINGS,
    rows=ROWS,
    stats=STATS,
    empty=EMPTY,
    buttons=(
        ActionView(label="Send reply", url="#", tone="main", icon="send", key="r"),
        ActionView(label="Make a promise", url="#", icon="calendar-plus"),
        ActionView(label="Not what they said", url="#", tone="quiet", icon="undo-2"),
        ActionView(label="Erase Maya’s words", url="#", tone="danger", icon="eraser"),
        ActionView(label="Open the case", url="#path", post=False),
    ),
    tabs=(
        NavItem(label="Mine", url="#mine", icon="user", current=True, count=4),
        NavItem(label="Nobody’s yet", url="#nobody", icon="user-x", count=2),
        NavItem(label="All open", url="#all", icon="inbox"),
    ),
)

SHELL = ShellView(
    business="Copper Kettle Coffee",
    person=Person(name="Tom Adeyemi", email="tom@copperkettle.example", role="Team lead"),
    nav=(
        NavItem(label="Patterns", url="/patterns/", icon="shapes", current=True),
        NavItem(label="Refusals", url="#refusals", icon="hand", count=2),
    ),
    search_url="/patterns/",
)
