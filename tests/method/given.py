"""A tiny language for the tests of the method: given these facts, when somebody moves, then these facts, or a no.

    given(opened(), upset(3)).when(AskQuestion(words=said())).refused(Gate.ACKNOWLEDGE_FIRST)

NOW is a Monday morning at ten; the desk works from Monday to Friday, 9 to 17, in UTC. Maya is the customer, Jonas
handles her case, Ada leads the team. The stories that tests start from are in `tests.method.stories`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec import structs

from amends.method.calendar import Calendar
from amends.method.clock import Kind, deadlines
from amends.method.decide import Impossible, decide
from amends.method.evolve import fold
from amends.method.facts import AnyFact, Fact
from amends.method.gates import Refusal, Refused
from amends.method.moves import AnyMove, Tick
from amends.method.path import Step, path
from amends.method.policy import Policy, load_preset
from amends.method.state import State
from amends.method.words import CLOCK, Actor, Evidence, Gate, Rank, Side, Station
from amends.transcript import Money, Span

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OFFICE = Calendar.build(zone="UTC", hours={"mon-fri": ["09:00-17:00"]})
DEFAULT = load_preset("default")

MAYA = Actor(Side.CUSTOMER, "maya")
JONAS = Actor(Side.STAFF, "jonas", Rank.HANDLER)
ADA = Actor(Side.STAFF, "ada", Rank.LEAD)
ROOT = Actor(Side.STAFF, "root", Rank.ADMIN)

REASON = Span("reason", 0, 12)

Part = AnyFact | Iterable[AnyFact]


def later(*, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
    """Return the moment that long after NOW."""
    return NOW + timedelta(minutes=minutes, hours=hours, days=days)


def said(source: str = "m1", start: int = 0, end: int = 10) -> Evidence:
    """Return words of a message, as the reader found them."""
    return Evidence(Span(source, start, end))


def money(amount: float | str, currency: str = "USD") -> Money:
    return Money.of(str(amount), currency)


def house(**changes: object) -> Policy:
    """Return the default policy with other numbers."""
    return structs.replace(DEFAULT, **changes)


def limits(*, override: bool = True, **ranks: int | None) -> Policy:
    """Return the default policy with these limits of authority, in dollars."""
    given_away = {rank: None if most is None else Decimal(most) for rank, most in ranks.items()}
    return house(authority=structs.replace(DEFAULT.authority, override=override, **given_away))


@dataclass(frozen=True)
class Given:
    """A case's journal so far, and the house that it happens in."""

    facts: tuple[AnyFact, ...]
    policy: Policy = DEFAULT
    calendar: Calendar = OFFICE

    @property
    def state(self) -> State:
        return fold(self.facts)

    def under(self, policy: Policy) -> "Given":
        """Return the same case in another house."""
        return replace(self, policy=policy)

    def when(
        self,
        move: AnyMove,
        *,
        at: datetime = NOW,
        by: Actor = JONAS,
        overrides: Mapping[Gate, Span] | None = None,
    ) -> "Result":
        """Let somebody move, and keep what comes of it, be it facts or a no."""
        try:
            facts = decide(
                self.state, move, at=at, by=by, policy=self.policy, calendar=self.calendar, overrides=overrides
            )
        except (Refused, Impossible) as no:
            return Result(self, (), no)
        return Result(self, tuple(facts), None)

    def tick(self, at: datetime) -> "Result":
        """Let time pass."""
        return self.when(Tick(), at=at, by=CLOCK)

    def at(self, kind: Kind) -> datetime | None:
        """Return when a deadline of this kind falls due; None where there is none."""
        found = [d.at for d in deadlines(self.state, self.policy, self.calendar) if d.kind is kind]
        return min(found, default=None)

    def step(self, station: Station) -> Step:
        return next(step for step in path(self.state) if step.station is station)


@dataclass(frozen=True)
class Result:
    """What came of a move."""

    before: Given
    facts: tuple[AnyFact, ...]
    no: Refused | Impossible | None

    def then(self, *facts: AnyFact) -> None:
        """Check that exactly these facts came of it."""
        assert self.no is None, f"refused: {self.no}"
        assert list(self.facts) == list(facts)

    def passes(self) -> "Given":
        """Check that something came of it, and return the case as it stands now."""
        assert self.no is None, f"refused: {self.no}"
        assert self.facts
        return replace(self.before, facts=(*self.before.facts, *self.facts))

    def refused(self, *gates: Gate) -> tuple[Refusal, ...]:
        """Check that exactly these gates said no."""
        assert isinstance(self.no, Refused), f"not refused: {self.no or self.facts}"
        assert [refusal.gate for refusal in self.no.refusals] == list(gates)
        return self.no.refusals

    def impossible(self, because: str) -> None:
        """Check that the move makes no sense, and that these words are among those that say why."""
        assert isinstance(self.no, Impossible), f"not impossible: {self.no or self.facts}"
        assert because in str(self.no)

    @property
    def names(self) -> list[str]:
        """Return the names of the facts that came of it."""
        assert self.no is None, f"refused: {self.no}"
        return [type(fact).__name__ for fact in self.facts]


def given(*parts: Part) -> Given:
    """Return a case in which these facts happened, in this order."""
    facts: list[AnyFact] = []
    for part in parts:
        facts.extend([part] if isinstance(part, Fact) else part)
    return Given(tuple(facts))
