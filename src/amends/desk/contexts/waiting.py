"""The wait of a customer: how long they have heard nothing, and what they were told about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

WaitState = Literal["theirs", "fine", "due", "put_off", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitTold:
    """What a customer reads about their wait."""

    why: Annotated[str, "The reason, in our words; empty where they were erased."]
    until: Annotated[datetime, "By when they hear from us all the same."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitBar:
    """The wait as a bar: all figures are percents of its length."""

    now: Annotated[int, "How far the wait has come."]
    limit: Annotated[int, "Where the limit stands."]
    longest: Annotated[int, "Where the longest wait of this case stands."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """How long the customer has heard nothing from a person, while the next step is ours."""

    state: Annotated[
        WaitState,
        "theirs (nobody waits for us), fine, due (an update is), put_off (for a reason that they read), or late.",
    ]
    since: Annotated[datetime | None, "Since when; None while the next step is theirs."]
    limit: Annotated[datetime | None, "By when they hear from a person; None while the next step is theirs."]
    longest: Annotated[str, "The longest wait of this case, in words; empty for none yet."]
    bar: Annotated[WaitBar, "The same as a drawing."]
    told: Annotated[WaitTold | None, "What they were told, and read on their page; None for nothing."]
    preview: Annotated[WaitTold | None, "What they would read, if a reason that is being typed were given."]
    can_put_off: Annotated[bool, "Whether there is anything that could be put off."]
