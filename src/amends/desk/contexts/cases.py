"""Cases in lists, what the coach found, figures, and what an empty place says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from amends.desk.contexts.controls import ActionView
from amends.desk.contexts.conversation import HeatView
from amends.desk.contexts.duties import DeadlineView
from amends.method.words import Station
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case in a list."""

    ref: Annotated[str, "The case's number, as people say it."]
    url: Annotated[str, "The case's page."]
    customer: Annotated[str, "The customer's name, or their address where we know no name."]
    title: Annotated[str, "What it is about, in a few words."]
    heat: Annotated[HeatView, "How upset the customer is now."]
    waiting: Annotated[datetime | None, "Since when the customer waits for a word from us; None when they do not."]
    deadline: Annotated[DeadlineView | None, "What is due next."] = None
    worth: Annotated[Money | None, "What the customer spent with us so far."] = None
    station: Annotated[Station | None, "Where on the path it is; None once all is passed."] = None
    passed: Annotated[int, "How many of the eight stations are passed."] = 0
    owner: Annotated[str, "Who handles it; empty for nobody."] = ""
    unread: Annotated[bool, "Whether the customer wrote since somebody last looked."] = False
    note: Annotated[str, "One more word, such as Third failure this year."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One thing that the coach noticed in a draft."""

    code: Annotated[str, "The rule's code, such as PR01; empty for none."]
    says: Annotated[str, "What it noticed, in one kind sentence."]
    title: Annotated[str, "Its title in a few words; empty for none."] = ""
    words: Annotated[str, "The words of the draft that it is about; empty for the whole of it."] = ""
    wording: Annotated[str, "Better words, ready to use; empty for none."] = ""
    weight: Annotated[
        Literal["must", "should", "good"], "must: a gate will refuse; should: advice; good: well done."
    ] = "should"
    url: Annotated[str, "The page that explains the rule; empty for none."] = ""
    key: Annotated[str, "By which it is dismissed; empty where it cannot be."] = ""
    start: Annotated[int, "Where its words begin in the draft, in characters."] = 0
    end: Annotated[int, "Where they end; 0 where it is about no particular words."] = 0
    place: Annotated[int, "Where better words go as a paragraph of their own, if they stand for no others."] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatView:
    """One figure."""

    label: Annotated[str, "What is counted."]
    value: Annotated[str, "The figure with its unit, as it is read."]
    note: Annotated[str, "What it means or compares with, in a few words."] = ""
    trend: Annotated[Literal["better", "worse", "same"] | None, "Against the time before; None shows nothing."] = None
    series: Annotated[tuple[float, ...], "The same figure over time, oldest first, for the small line."] = ()
    series_label: Annotated[str, "That line in words, for those who cannot see it."] = ""
    url: Annotated[str, "Where the cases behind it are; empty for none."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyView:
    """What stands where nothing stands yet: it teaches."""

    icon: Annotated[str, "A Lucide icon's name."]
    title: Annotated[str, "What is not here, said kindly."]
    text: Annotated[str, "What will be here, and what makes it come."]
    action: Annotated[ActionView | None, "The one thing to do now, if any."] = None
