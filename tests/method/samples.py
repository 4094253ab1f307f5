"""One of everything: a filled-in sample of each fact and each move, made from its fields. The same in every run."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from amends.method.facts import AnyFact
from amends.method.moves import AnyMove
from amends.method.words import Evidence, Voice
from amends.transcript import Money, Span
from tests.method.given import NOW, later

FACTS: dict[str, type[AnyFact]] = {fact.__name__: fact for fact in get_args(AnyFact)}
MOVES: dict[str, type[AnyMove]] = {move.__name__: move for move in get_args(AnyMove)}

T = TypeVar("T", bound=Struct)

_LATER = {"due", "until", "slot"}


def sample(kind: type[T]) -> T:
    """Return one with every field filled, optional ones too."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _value(field.name, hints[field.name]) for field in fields(kind)})


def _value(name: str, hint: Any) -> Any:
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if issubclass(hint, Enum):
        return next(iter(hint))
    values: dict[type, Any] = {
        datetime: later(days=2) if name in _LATER else NOW,
        str: f"{name}-1",
        bool: True,
        int: 3,
        float: 2.5,
        Span: Span("note-1", 0, 12),
        Evidence: Evidence(Span("message-1", 3, 15), Voice.PERSON),
        Money: Money(Decimal("12.50"), "EUR"),
    }
    return values[hint]
