"""The twig on a thank-you card: each case has its own, drawn from its number, and always the same."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, pi, sin

WIDTH, HEIGHT = 100.0, 240.0
"""The box that a twig grows in, upwards from the middle of its lower edge."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A line of cubic curves: where it starts, and for each curve its two handles and its end."""

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]

    @property
    def d(self) -> str:
        """The path as SVG writes it."""
        curves = " ".join("C" + " ".join(f"{x:.1f},{y:.1f}" for x, y in curve) for curve in self.curves)
        return f"M{self.start[0]:.1f},{self.start[1]:.1f} {curves}"


@dataclass(frozen=True, slots=True)
class Twig:
    """A stem, leaves on both sides (`dark` ones in the deeper tone), and berries as centre and radius."""

    stem: Path
    leaves: tuple[tuple[Path, bool], ...]
    berries: tuple[tuple[Point, float], ...]


def twig(number: int) -> Twig:
    """Return the twig of this number."""
    dice = _dice(number)
    root: Point = (50.0, HEIGHT - 2)
    lean = _between(dice, -14, 14)
    stem: tuple[Point, Point, Point, Point] = (
        root,
        (50 + lean * 1.6, HEIGHT * 0.68),
        (50 - lean * 1.9, HEIGHT * 0.36),
        (50 + lean * 0.6, 26.0),
    )
    count = int(_between(dice, 9, 13))
    slim, long = _between(dice, 0.2, 0.4), _between(dice, 33, 41)
    leaves, berries = list[tuple[Path, bool]](), list[tuple[Point, float]]()
    for index in range(count):
        t = 0.14 + 0.8 * index / (count - 1)
        side = 1 if index % 2 else -1
        base, up = _on(stem, t)
        size = long * (1 - 0.5 * t) * _between(dice, 0.88, 1.08)
        leaves.append((_leaf(base, up + side * _between(dice, 0.62, 0.98), size, slim, side), _higher(dice, 0.55)))
        if _higher(dice, 0.62):
            berries.append(_berry(base, up - side * _between(dice, 0.5, 0.9), _between(dice, 9, 14), dice))
    tip, up = _on(stem, 1.0)
    leaves.append((_leaf(tip, up, long * 0.52, slim, 1), True))
    return Twig(Path(root, ((stem[1], stem[2], stem[3]),)), tuple(leaves), tuple(berries))


def _higher(dice: Iterator[float], above: float) -> bool:
    """Return whether the next throw is above this."""
    return next(dice) > above


def _berry(base: Point, angle: float, reach: float, dice: Iterator[float]) -> tuple[Point, float]:
    return (base[0] + reach * cos(angle), base[1] + reach * sin(angle)), _between(dice, 1.9, 3.0)


def _leaf(base: Point, angle: float, size: float, slim: float, side: int) -> Path:
    """Return a leaf that points along `angle` (radians), a little bent to the outside."""
    tip = _along(base, angle, size, side * size * 0.1)
    return Path(
        base,
        (
            (_along(base, angle, size * 0.28, -size * slim), _along(base, angle, size * 0.74, -size * slim * 0.8), tip),
            (_along(base, angle, size * 0.7, size * slim * 0.9), _along(base, angle, size * 0.24, size * slim), base),
        ),
    )


def _along(base: Point, angle: float, forth: float, aside: float) -> Point:
    return base[0] + forth * cos(angle) - aside * sin(angle), base[1] + forth * sin(angle) + aside * cos(angle)


def _on(curve: tuple[Point, Point, Point, Point], t: float) -> tuple[Point, float]:
    """Return the point at `t` (0 to 1) of a cubic curve, and the angle in which it goes on there."""
    rest = 1 - t
    weights = (rest**3, 3 * rest**2 * t, 3 * rest * t**2, t**3)
    at = tuple(sum(w * p[axis] for w, p in zip(weights, curve, strict=True)) for axis in (0, 1))
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(curve)]
    slopes = (rest**2, 2 * rest * t, t**2)
    towards = tuple(sum(w * s[axis] for w, s in zip(slopes, steps, strict=True)) for axis in (0, 1))
    return (at[0], at[1]), atan2(towards[1], towards[0]) if any(towards) else -pi / 2


def _dice(number: int) -> Iterator[float]:
    """Yield numbers from 0 to 1, for ever the same for the same number."""
    throw = 0
    while True:
        yield from (byte / 255 for byte in hashlib.sha256(f"{number}.{throw}".encode()).digest())
        throw += 1


def _between(dice: Iterator[float], low: float, high: float) -> float:
    return low + (high - low) * next(dice)
