"""The rules on a draft: a message that has not happened yet, looked at like one that has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from amends.coaching.known import Known
from amends.coaching.rules import Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.method.decide import Outcome
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Gate
from amends.reading import Reading, overlap
from amends.transcript import Conversation, Message

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_STOPS = frozenset(".!?,;:")
Said = tuple[Message, Reading]


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule has to say of a draft.

    `wording` is better words, ready to use; empty where it has none. They stand for the words of the finding, or where
    that is about no particular words as a paragraph of their own at `place`.

    `key` names the advice within the draft: what is dismissed under it stays dismissed while the same words stand
    there. `gate` is the gate that would refuse the draft for the same.
    """

    finding: Finding
    wording: str
    place: int
    key: str
    gate: Gate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft and all that is known beside it.

    `earlier` are the messages before it, the oldest first; `before` is the state of the case, and `outcome` what the
    method says of the draft.
    """

    earlier: Sequence[Said]
    message: Message
    reading: Reading
    before: State
    outcome: Outcome
    known: Known
    policy: Policy


def advise(draft: Drafted, rules: Sequence[Rule]) -> tuple[Advice, ...]:
    """Return what the rules say of a draft, in the order of its words."""
    seen = _seen(draft)
    here, text = len(seen.turns) - 1, draft.message.text
    found = [(rule, _about(finding, text)) for rule in rules for finding in rule.check(seen) if finding.place == here]
    found.sort(key=lambda pair: (pair[1].end == 0, pair[1].start, -pair[1].severity.rank, pair[1].code))
    found = [pair for place, pair in enumerate(found) if not _said(pair[1], found[:place])]
    return tuple(
        Advice(
            finding,
            _fitting(rule.wording(seen, finding), finding, text),
            rule.place(seen),
            _key(finding, text),
            rule.gate,
        )
        for rule, finding in found
    )


def _said(finding: Finding, before: Sequence[tuple[Rule, Finding]]) -> bool:
    """Say whether a rule of the same family speaks of these words already: once is enough."""
    family = [other for _rule, other in before if other.code[0] == finding.code[0]]
    return finding.end > 0 and any(overlap(other, finding) for other in family)


def _about(finding: Finding, text: str) -> Finding:
    """Return a finding about all of the draft as one about no particular words: there is nothing to underline."""
    whole = finding.start == 0 and finding.end == len(text)
    return replace(finding, end=0) if whole else finding


def _fitting(wording: str, finding: Finding, text: str) -> str:
    """Return better words without the full stop that stands behind their place already."""
    return wording.removesuffix(".") if finding.end and text[finding.end : finding.end + 1] in _STOPS else wording


def _seen(draft: Drafted) -> Replay:
    """Return the conversation with the draft at its end. Of earlier turns is known what is known now."""
    said = [*draft.earlier, (draft.message, draft.reading)]
    turns = [
        Turn(
            place=place,
            message=message,
            at=message.at or _LONG_AGO,
            reading=reading,
            before=draft.before,
            facts=(),
            refusals=(),
            called=(),
        )
        for place, (message, reading) in enumerate(said)
    ]
    turns[-1] = replace(turns[-1], facts=draft.outcome.facts, refusals=draft.outcome.refusals)
    return Replay(
        conversation=Conversation(id="", messages=tuple(message for message, _ in said), channel=draft.before.channel),
        turns=tuple(turns),
        end=draft.outcome.state,
        called=(),
        timed=True,
        policy=draft.policy,
        drafted=True,
        known=draft.known,
    )


def _key(finding: Finding, text: str) -> str:
    words = " ".join(text[finding.start : finding.end].split())[:80]
    return f"{finding.code}:{words}" if words else finding.code
