"""What we could do for somebody: beside their bid, with what it costs and what to think of first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyOption:
    """Something that could be offered."""

    title: Annotated[str, "What it is called."]
    sentence: Annotated[str, "The sentence that offers it; empty where people have to find their own words."]
    code: Annotated[str, "Its name in the catalogue; empty for what the customer named themselves."]
    costs: Annotated[str, "What it costs us, in words; empty where nobody knows."]
    distance: Annotated[str, "How it lies to what they ask for, in words; empty while that is not known."]
    condition: Annotated[str, "When it fits; empty for always."]
    left: Annotated[str, "How many are left, in words; empty for as many as it takes."]
    cautions: Annotated[tuple[str, ...], "What to think of first."]
    blocked: Annotated[str, "Why it cannot be chosen now; empty where it can."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMark:
    """One amount in the drawing of how both sides moved."""

    x: Annotated[int, "From the left, in units of the drawing."]
    y: Annotated[int, "From the top, in units of the drawing."]
    side: Annotated[Literal["bid", "offer", "counter"], "Whose amount it is."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """The same in words."""

    side: Annotated[Literal["bid", "offer", "counter"], "Whose step it was."]
    says: Annotated[str, "What was asked or offered."]
    at: Annotated[datetime, "When."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """How bid, offer and counter-offer moved."""

    steps: Annotated[tuple[CourseStep, ...], "Each step in words, the oldest first."]
    marks: Annotated[tuple[CourseMark, ...], "The amounts as marks; empty where fewer than two are known."]
    bids: Annotated[str, "The line of what they ask, as points of the drawing."]
    offers: Annotated[str, "The line of what we offer, as points of the drawing."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FairView:
    """What is weighed on the negotiation sheet."""

    options: Annotated[tuple[RemedyOption, ...], "What we could do that lies nearest to what they ask for."]
    more: Annotated[tuple[RemedyOption, ...], "What else we could do, and what cannot be chosen now."]
    wanted: Annotated[bool, "Whether an offer is what comes next: they said what they want, and none waits."]
    course: Annotated[CourseView | None, "How both sides moved; None while there is one step or none."]
    purchase: Annotated[str, "Which purchase it is about, as people know it; empty until somebody says so."]
    price: Annotated[str, "What they paid for it; empty until somebody says so."]
    mentioned: Annotated[tuple[str, str] | None, "An order whose number stands in their words: number and name."]
    may_think: Annotated[bool, "Whether one may still note what one would give: their bid is not known."]
    thought: Annotated[str, "What one of us would have given before their bid was known; empty for nothing noted."]
