"""The path of a case: eight stations, and the sentences that passed them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from amends.desk.contexts.controls import ActionView
from amends.desk.contexts.conversation import QuoteView
from amends.method.words import Station

StationState = Literal["passed", "current", "ahead", "reopened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """One station of the path."""

    station: Annotated[Station, "Which one; name and icon follow from it."]
    state: Annotated[StationState, "passed, current (the next to pass), ahead, or reopened (passed once, thrown back)."]
    summary: Annotated[str, "What was established, in a few words; shown where no sentence did it."] = ""
    quotes: Annotated[tuple[QuoteView, ...], "The sentences that passed it, the telling one first."] = ()
    at: Annotated[datetime | None, "When it was passed, or thrown back."] = None
    hint: Annotated[str, "What would pass it, in one sentence; for stations that are not passed."] = ""
    actions: Annotated[tuple[ActionView, ...], "Confirm, correct, take back: what a person can do about it."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathView:
    """The whole path, in order."""

    stations: Annotated[tuple[StationView, ...], "All eight, from Hear to Learn."]

    @property
    def passed(self) -> int:
        """How many stations are passed."""
        return sum(station.state == "passed" for station in self.stations)

    @property
    def here(self) -> StationView | None:
        """The station where the case is: the first that is not passed; None when all are."""
        return next((station for station in self.stations if station.state in ("current", "reopened")), None)
