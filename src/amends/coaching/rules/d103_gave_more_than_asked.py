"""D103."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import NO_REMEDIES, Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.method.words import Gate
from amends.reading import Act, ActKind

_GIFT = re.compile(
    r"\b(?:voucher|gift|discount|on top|bonus|complimentary|on the house|free of charge as|upgrade[sd]?|"
    r"free (?:month|dinner|dessert|night|meal|coffee|delivery|\w+ course)|credit (?:of|to)|\d+ credit)\b|% off",
    re.IGNORECASE,
)


class GaveMoreThanAsked(Rule):
    """An offer holds something that nobody asked for.

    **Why it costs you** Money, and oddly often goodwill: who gets more than they asked wonders what else was to be
    had, or feels bought off. What is fair is what they asked for, given quickly and with grace.

    **Don't** "Here is your refund, and a voucher over 50 euros on top." when the refund was all they wanted.

    **Do** "You asked for your money back. You have it by Friday."

    *Method: M3, let the customer bid first.*
    """

    code = "D103"
    name = "gave-more-than-asked"
    gate = Gate.MORE_THAN_ASKED
    severity = Severity.NOTE

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that offers more than the bids that stood before it."""
        for turn in seen.ours:
            act = _more(turn)
            if act is not None:
                yield self.at(turn, "This is more than they asked for.", act)


def _more(turn: Turn) -> Act | None:
    """Return the words that give beyond their bid: by the amount, or as a gift on top."""
    bids = {str(bid.remedy) for bid in turn.before.bids} - NO_REMEDIES
    if not bids:
        return None
    given = turn.reading.of(ActKind.OFFER, ActKind.PROMISE, ActKind.UPDATE)
    if "compensation" not in bids:
        gift = next((act for act in given if _GIFT.search(turn.message.text, act.start, act.end)), None)
        if gift is not None:
            return gift
    if turn.refused_by(Gate.MORE_THAN_ASKED):
        return next((act for act in given if act.act is ActKind.OFFER and act.amount is not None), None)
    return None
