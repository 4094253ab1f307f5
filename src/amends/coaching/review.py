"""The rules over conversations that are past: many at once, in one reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from msgspec.structs import replace

from amends.coaching.replay import replay
from amends.coaching.rules import Finding, Rule, stable
from amends.coaching.rules.a302_broken_promise import broken
from amends.coaching.turns import Replay
from amends.method.calendar import ALWAYS, Calendar
from amends.method.path import station
from amends.method.policy import Policy, Term, load_preset
from amends.method.words import Station
from amends.reading import in_context, read_each
from amends.transcript import Conversation

_AT_ONCE = 64  # conversations read together


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a review says of a conversation: little enough to be handed from one process to another.

    `findings` are in the order of the messages. `levels` says of each message how upset it is (None for ours, for
    automatic ones and where nothing could be read). `station` is the first of the path that was not passed. `silence`
    is the longest that the customer had to wait, None where not every message has a time. `dated` promises had a time,
    and `kept` ones of these were kept, or nobody says otherwise. `unread` messages are in a language that the reader
    does not know.
    """

    conversation: Conversation
    findings: tuple[Finding, ...]
    levels: tuple[int | None, ...]
    station: Station
    silence: timedelta | None
    dated: int
    kept: int
    unread: int


def past_policy(silence_hours: float = 48, follow_up_hours: float = 72) -> Policy:
    """Return the policy by which past conversations are looked at unless another is given.

    Customers count nights and weekends: `silence_hours` is how long they may be left without a word while the next step
    is ours, `follow_up_hours` how long after the word that it is done somebody may come back to ask.
    """
    silence = Term(
        silence_hours, "hours", "Two days without a word, nights and weekends included: so a customer counts"
    )
    closes = Term(follow_up_hours, "hours", "A day or two after it was resolved, and a day for a weekend")
    return replace(load_preset("default"), silence=silence, callback_closes=closes)


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
            found = [] if _foreign(seen) else [finding for rule in spoken for finding in rule.check(seen)]
            found.sort(key=lambda finding: (finding.place is None, finding.place or 0, finding.code))
            yield _reviewed(seen, tuple(found))


def _foreign(seen: Replay) -> bool:
    """Say whether half of the conversation could not be read: the other half is not judged by itself."""
    return 2 * _unread(seen) >= len(seen.turns) > 0


def _unread(seen: Replay) -> int:
    return sum(turn.reading.language != "en" for turn in seen.turns)


def _reviewed(seen: Replay, findings: tuple[Finding, ...]) -> Reviewed:
    dated = [promise for promise in seen.end.promises if promise.due is not None]
    return Reviewed(
        conversation=seen.conversation,
        findings=findings,
        levels=tuple(turn.reading.upset if turn.theirs else None for turn in seen.turns),
        station=station(seen.end),
        silence=seen.end.longest_silence if seen.timed else None,
        dated=len(dated),
        kept=max(0, len(dated) - len(broken(seen))),
        unread=_unread(seen),
    )
