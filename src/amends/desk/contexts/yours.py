"""What is one's own among the settings: what one is told, and when one is away."""

from dataclasses import dataclass
from typing import Annotated

from amends.desk.contexts.controls import ActionView
from amends.desk.forms.yours import PlanAbsence, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """Somebody's time away."""

    name: Annotated[str, "Who is away."]
    days: Annotated[str, "From when to when, in words."]
    cover: Annotated[str, "Who stands in."]
    end: Annotated[ActionView | None, "Being back, or taking the plan off the list; None for who may not."]


@dataclass(frozen=True, slots=True, kw_only=True)
class YoursView:
    """One's own part of the settings."""

    wishes: Annotated[Wishes, "The form about mails."]
    wishes_url: Annotated[str, "What it posts to."]
    absences: Annotated[tuple[AbsenceView, ...], "The team's absences that are not over, the next one first."]
    plan: Annotated[PlanAbsence, "The form for a new one."]
    plan_url: Annotated[str, "What it posts to."]
