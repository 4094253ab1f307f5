"""The rules over conversations that are past: many at once, in one reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from amends.coaching.replay import Replay, replay
from amends.coaching.rules import RULES, Finding, Life, Rule
from amends.method.calendar import ALWAYS, Calendar
from amends.method.policy import Policy, Term, load_preset
from amends.reading import in_context, read_each
from amends.transcript import Conversation

_AT_ONCE = 64  # conversations read together
_SILENCE = Term(48, "hours", "Two days without a word, nights and weekends included: so a customer counts")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A conversation as it was replayed, and what the rules found, in the order of its messages."""

    seen: Replay
    findings: tuple[Finding, ...]


def stable() -> tuple[Rule, ...]:
    """Return the rules that speak unless somebody says otherwise."""
    return tuple(rule() for rule in RULES if rule.life is Life.STABLE)


def past_policy(base: Policy | None = None) -> Policy:
    """Return the policy by which past conversations are looked at: the limits of `base`, 48 hours for silence."""
    return replace(base if base is not None else load_preset("default"), silence=_SILENCE)


def review(
    conversations: Iterable[Conversation],
    *,
    rules: Sequence[Rule] | None = None,
    policy: Policy | None = None,
    calendar: Calendar = ALWAYS,
) -> Iterator[Reviewed]:
    """Yield each conversation with its findings, in the order given.

    Nothing but words, times and the policy decides: the same conversation always has the same findings.
    """
    spoken = stable() if rules is None else tuple(rules)
    by = past_policy() if policy is None else policy
    waiting = iter(conversations)
    while some := list(islice(waiting, _AT_ONCE)):
        readings = read_each(pair for one in some for pair in in_context(one.messages, by.currency))
        for one in some:
            seen = replay(one, [next(readings) for _ in one.messages], by, calendar)
            found = [finding for rule in spoken for finding in rule.check(seen)]
            found.sort(key=lambda finding: (finding.place is None, finding.place or 0, finding.code))
            yield Reviewed(seen, tuple(found))
