"""Strategies: any move at all, with ids from small pools so that moves meet each other."""

from datetime import datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st
from msgspec.structs import fields

from amends.method.moves import AnyMove
from amends.method.words import CLOCK, Actor, Evidence, Gate, Rank, Side, Voice
from amends.transcript import Money, Span
from tests.method.given import MAYA, NOW
from tests.method.samples import MOVES

_POOLS: dict[str, list[str]] = {
    "message": ["m1", "m2", "r1", "r2"],
    "promise": ["p1", "p2", "p3"],
    "offer": ["o1", "o2"],
    "approval": ["a1", "a2"],
    "owner": ["", "jonas", "ada"],
    "customer": ["", "maya", "tom"],
    "incident": ["", "i1", "i2"],
    "cause": ["", "Billing error"],
}
_NUMBERS: dict[str, tuple[int, int]] = {
    "failed_before": (-1, 3),
    "level": (-1, 5),
    "seq": (-1, 40),
    "outcome": (0, 6),
    "treatment": (1, 5),
    "process": (1, 5),
    "upset": (-1, 5),
}

steps = st.sampled_from([timedelta(0), *(timedelta(hours=h) for h in (0.01, 1, 5, 24, 30, 72, 400, 2000))])
"""How far time goes on between two moves."""

actors = st.sampled_from(
    [MAYA, CLOCK, Actor(Side.STAFF, "temp")]
    + [Actor(Side.STAFF, name, rank) for name, rank in zip(("jonas", "ada", "root"), Rank, strict=True)]
)

spans = st.builds(Span, st.sampled_from(["m1", "m2", "r1"]), st.just(0), st.integers(1, 20))
evidence = st.builds(Evidence, spans, st.sampled_from(Voice))
amounts = st.builds(
    Money.of, st.sampled_from(["-5", "0", "20", "80.50", "150", "900", "5000"]), st.sampled_from(["USD", "EUR"])
)

overrides = st.one_of(
    st.just({}), st.dictionaries(st.sampled_from(Gate), spans), st.just(dict.fromkeys(Gate, Span("why", 0, 3)))
)
"""No reason at all, a few, or one for every gate."""


def _values(name: str, hint: Any, now: datetime) -> st.SearchStrategy[Any]:
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return st.none() | _values(name, inner, now)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    if hint is str:
        return st.sampled_from(_POOLS.get(name, ["x1", "x2"]))
    if hint is int:
        return st.integers(*_NUMBERS[name])
    if hint is datetime:
        return st.sampled_from([now + timedelta(hours=hours) for hours in (-1, 0, 0.5, 20, 90, 1000)])
    plain: dict[type, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        float: st.sampled_from([0.5, 2.0, 12.0]),
        Span: spans,
        Evidence: evidence,
        Money: amounts,
    }
    return plain[hint]


def moves_of(kind: type[AnyMove], now: datetime = NOW) -> st.SearchStrategy[AnyMove]:
    """Return any move of this kind, its times around `now`."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _values(field.name, hints[field.name], now) for field in fields(kind)})


def moves(now: datetime) -> st.SearchStrategy[AnyMove]:
    """Return any move, its times around `now`."""
    return st.sampled_from(sorted(MOVES)).flatmap(lambda name: moves_of(MOVES[name], now))
