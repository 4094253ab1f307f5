"""What was fair: the about-face, and what asking first saved or cost."""

from dataclasses import dataclass
from typing import Annotated

from django.utils.safestring import SafeString

from amends.desk.contexts.cases import EmptyView


@dataclass(frozen=True, slots=True, kw_only=True)
class FatesView:
    """What became of the deadlocks of a month, or of all of them."""

    name: Annotated[str, "Which ones."]
    rate: Annotated[str, "The part that ended in an agreement, as it is read; a dash where they are too few."]
    counts: Annotated[tuple[int, ...], "Agreed, with a final answer, closed with neither, still open."]
    told: Annotated[str, "How many these are, and how many of them came to an end."]
    bar: Annotated[SafeString, "The same, drawn."]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step after the about-face."""

    name: Annotated[str, "Which step."]
    count: Annotated[int, "How many cases came so far."]
    usual: Annotated[str, "The usual time since the question; a dash where they are too few."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingView:
    """What asking first came to in a month, or in all of them."""

    name: Annotated[str, "When."]
    cases: Annotated[int, "How many agreements it is about."]
    saved: Annotated[str, "What we would have given, less what was agreed."]
    over_bid: Annotated[str, "What was agreed, less what was asked for; a dash where nobody named a sum."]
    below: Annotated[str, "How many asked for less than we would have given, of those who named a sum."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessPage:
    """The figures."""

    lead: Annotated[str, "What is counted here, and of when."]
    least: Annotated[int, "So many make a share."]
    verdict: Annotated[str, "How often the about-face ended in an agreement, beside the others."]
    both: Annotated[tuple[FatesView, ...], "Deadlocks with the about-face, and those without."]
    figure: Annotated[SafeString, "Deadlocks that were turned about, by month, drawn; empty for a single month."]
    months: Annotated[tuple[FatesView, ...], "The same months in figures."]
    steps: Annotated[tuple[StepView, ...], "From the question on: an option, an offer, an agreement."]
    saved: Annotated[str, "What asking first saved or cost in all, in a sentence; empty where nothing is known."]
    few: Annotated[str, "That these are too few to rely on; empty where they are not."]
    below: Annotated[str, "How many asked for less than we would have given, in a sentence; empty where too few."]
    picture: Annotated[SafeString, "What asking first saved or cost, month after month, drawn; empty for nothing."]
    savings: Annotated[tuple[SavingView, ...], "By month, the newest first."]
    unknown: Annotated[str, "How many agreements are left out, and why; empty where none is."]
    no_deadlocks: Annotated[EmptyView | None, "What to say where nobody was stuck."]
    no_savings: Annotated[EmptyView | None, "What to say where no thought was noted before a bid."]
