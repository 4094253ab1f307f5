"""A reader of a few plain sentences, so that these tests are about actions and not about how well words are read.

Each sentence means what it says, wherever it stands in a text; everything else means nothing.
"""

from dataclasses import dataclass
from datetime import time
from typing import Any

from amends.reading import Act, ActKind, Answer, Context, Due, Reading
from amends.transcript import Message, Money, Role

FURIOUS = "I am furious."
ANNOYED = "I am annoyed."
BROKEN = "It came broken."
PLAINLY = "I ordered a lamp and got a vase."
WANTS_40 = "I want 40 dollars back."
YES, NO = "Yes.", "No."
THANKS = "Thank you."
STILL_BROKEN = "It is still broken."
YOU_DECIDE = "You decide."

NAMED = "I see how angry you are."
ASKED = "What happened?"
READ_BACK = "You expected a lamp and got a vase."
INVITED = "What would be fair?"
REFUND_40 = "We refund 40 dollars."
REFUND_60 = "We refund 60 dollars."
REFUND_5000 = "We refund 5000 dollars."
REFUND_MINUS_1 = "We refund minus one dollar."
BY_FRIDAY = "I will write by Friday at five."
UNDATED = "I will look into it."

_FRIDAY = Due(weekday=4, at=time(17))


def _refund(amount: int) -> dict[str, Any]:
    return {"kind": "refund", "amount": Money.of(amount, "USD")}


_CUSTOMER: dict[str, dict[str, Any]] = {
    BROKEN: {"act": ActKind.PROBLEM},
    PLAINLY: {"act": ActKind.PROBLEM, "plain": True},
    STILL_BROKEN: {"act": ActKind.PROBLEM},
    WANTS_40: {"act": ActKind.BID, **_refund(40)},
    THANKS: {"act": ActKind.THANKS},
}
_COMPANY: dict[str, dict[str, Any]] = {
    NAMED: {"act": ActKind.ACKNOWLEDGE},
    ASKED: {"act": ActKind.DIAGNOSE},
    READ_BACK: {"act": ActKind.READBACK},
    INVITED: {"act": ActKind.INVITE_BID},
    REFUND_40: {"act": ActKind.OFFER, **_refund(40)},
    REFUND_60: {"act": ActKind.OFFER, **_refund(60)},
    REFUND_5000: {"act": ActKind.OFFER, **_refund(5000)},
    REFUND_MINUS_1: {"act": ActKind.OFFER, **_refund(-1)},
    BY_FRIDAY: {"act": ActKind.PROMISE, "kind": "dated", "due": _FRIDAY},
    UNDATED: {"act": ActKind.PROMISE, "kind": "undated"},
}
_LEVELS = {FURIOUS: 4, ANNOYED: 2, BROKEN: 1, STILL_BROKEN: 1}


@dataclass
class PlainReader:
    """Reads like `amends.reading.read`, and keeps what it was given."""

    contexts: list[Context]

    def __call__(self, message: Message, context: Context) -> Reading:
        self.contexts.append(context)
        text, ours = message.text, message.role is Role.AGENT
        if message.automatic:
            return Reading(upset=None if ours else 0)
        acts = tuple(
            Act(start=text.index(sentence), end=text.index(sentence) + len(sentence), **meaning)
            for sentence, meaning in (_COMPANY if ours else _CUSTOMER).items()
            if sentence in text
        )
        if ours:
            return Reading(upset=None, acts=acts)
        level = max((level for sentence, level in _LEVELS.items() if sentence in text), default=0)
        left = (text.index(YOU_DECIDE), text.index(YOU_DECIDE) + len(YOU_DECIDE)) if YOU_DECIDE in text else None
        return Reading(upset=level, acts=acts, answer=_answer(text), left_to_us=left)


def _answer(text: str) -> Answer | None:
    for sentence, yes in ((YES, True), (NO, False)):
        if text.startswith(sentence):
            return Answer(yes=yes, start=0, end=len(sentence))
    return None
