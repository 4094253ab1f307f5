"""The figures of the page, reckoned: where a line runs, how long a bar is. The template draws them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from amends.cli.reviews.counted import BOUNDS
from amends.method.words import Station

_STATIONS = {
    Station.HEAR: "Hear",
    Station.ACKNOWLEDGE: "Acknowledge",
    Station.DIAGNOSE: "Diagnose",
    Station.ASK: "Ask",
    Station.AGREE: "Agree",
    Station.ACT: "Act",
    Station.COME_BACK: "Come back",
    Station.LEARN: "Learn",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line in a square of 100: `points` of a polyline, `area` of the polygon below it, `values` from the left."""

    points: str
    area: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, how many, and how long it is in percent of the longest."""

    label: str
    count: int
    length: float


def line(values: Sequence[float], highest: float) -> Line:
    """Return a line through at least two values between 0 and `highest`."""
    step = 100 / (len(values) - 1)
    points = " ".join(f"{place * step:.1f},{100 - 100 * value / highest:.1f}" for place, value in enumerate(values))
    return Line(points, f"0,100 {points} 100,100", tuple(values))


def bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    """Return a bar for each count."""
    pairs = list(counts)
    longest = max((count for _label, count in pairs), default=0) or 1
    return [Bar(label, count, round(100 * count / longest, 1)) for label, count in pairs]


def spans() -> Iterator[str]:
    """Yield what each part of a spread of silences is called, the shortest first."""
    names = [_name(bound) for bound in BOUNDS]
    yield f"under {names[0]}"
    yield from (f"{low} to {high}" for low, high in pairwise(names))
    yield f"{names[-1]} and more"


def stations() -> Iterator[tuple[Station, str]]:
    """Yield the stations of the path with their names."""
    yield from _STATIONS.items()


def _name(bound: timedelta) -> str:
    return f"{bound.days} days" if bound.days > 1 else f"{bound.total_seconds() / 3600:.0f} h"
