"""What a customer would do in the company's place: the answer to the about-face, as proposals.

Somebody who is asked "what would you do if this were your business?" says what they want ("I would refund half of
it") and what has nothing to do with their money ("I'd train the driver"). The network reads both as bids; here they
are told apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amends.reading.model import Act, ActKind, Reading, overlap
from amends.transcript import Money

_ACTION = "action"
_FOR_OTHERS = ("change", "donation")
_WOULD = re.compile(r"\b(?:i|we|you)(?: would|'d| could| should)\b|\bif (?:it|this) (?:were|was) m(?:y|ine)\b")
_NEVER = re.compile(
    r"\b(?:i|we|you)(?: would|'d)(?: \w+)? (?:never|not|have|be|hope|expect|think|say|rather|prefer|love)\b|"
    r"\b(?:i|we|you) (?:would|could|should)n't\b"
)
_KINDS = (
    ("donation", re.compile(r"\b(?:donat\w*|charity)\b")),
    ("credit", re.compile(r"\b(?:voucher|store credit|gift card|credit note)\b")),
    ("discount", re.compile(r"\b(?:discount|per ?cent off|% off|cheaper)\b")),
    (
        "change",
        re.compile(
            r"\b(?:train\w*|teach|chang\w*|check\w*|inspect\w*|test\w*|review\w*|improv\w*|introduc\w*|rewrit\w*|hire|"
            r"stop|make sure|double-check|process|rule|checklist|in (?:the )?future|from now on|never again)\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Words of theirs (`start`, `end`) that propose something, and the remedy that they come to.

    `bid` says whether they ask for it themselves, rather than telling what they would do for anybody.
    """

    start: int
    end: int
    kind: str
    amount: Money | None
    bid: bool


def proposals(text: str, reading: Reading) -> Iterator[Proposal]:
    """Yield what a customer's answer proposes, in the order of the text; each stretch of words once.

    >>> from amends.reading import Context, read
    >>> from amends.transcript import Message, Role
    >>> asked = Context(previous="What would you do in our place?", previous_role=Role.AGENT)
    >>> mail = Message(id="m1", role=Role.CUSTOMER, text="I'd train the driver, for a start.")
    >>> [(one.kind, one.bid) for one in proposals(mail.text, read(mail, asked))]
    [('change', False)]
    """
    found = reading.of(ActKind.BID)
    for act in found:
        words = _plain(text[act.start : act.end])
        if _NEVER.search(words) or any(_outdoes(other, act) for other in found):
            continue
        kind = proposed_kind(words, act.kind)
        general = act.kind == _ACTION and act.amount is None and _WOULD.search(words) is not None
        theirs = not general and kind not in _FOR_OTHERS
        yield Proposal(start=act.start, end=act.end, kind=kind, amount=act.amount, bid=theirs)


def bids(reading: Reading) -> list[Act]:
    """Return what a message asks for, in its order; of words that were read in several ways, the clearest comes last.

    "I demand $90 in compensation" may be read as a refund of $90, and as a compensation of nobody knows how much. What
    is a thing to do and nothing more is left out where the same words name a remedy.
    """
    found = reading.of(ActKind.BID)
    groups: list[list[Act]] = []
    for act in found:
        if _is_vague(act) and any(overlap(act, other) for other in found if not _is_vague(other)):
            continue
        if groups and any(overlap(act, other) for other in groups[-1]):
            groups[-1].append(act)
        else:
            groups.append([act])
    return [act for group in groups for act in sorted(group, key=lambda one: one.amount is not None)]


def _is_vague(act: Act) -> bool:
    return act.kind == _ACTION and act.amount is None


def proposed_kind(words: str, otherwise: str = _ACTION) -> str:
    """Return the remedy that words propose: a finer name for an action where they have one."""
    if otherwise != _ACTION:
        return otherwise
    plain = _plain(words)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), _ACTION)


def _outdoes(other: Act, act: Act) -> bool:
    """Whether another act says the same more exactly: with an amount, with a remedy that has a name, or more surely."""
    if other is act or not overlap(other, act):
        return False
    return _vagueness(act) > _vagueness(other)


def _vagueness(act: Act) -> tuple[bool, bool, float, str]:
    return act.amount is None, act.kind == _ACTION, -act.score, act.kind


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("\u2019", "'").split())
