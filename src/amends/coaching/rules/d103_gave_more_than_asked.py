"""D103."""

from collections.abc import Iterator

from amends.coaching.replay import Replay, Turn
from amends.coaching.rules.base import Finding, Rule, Severity
from amends.method.words import Gate
from amends.reading import Act, ActKind


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
    severity = Severity.NOTE

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that offers more than the bids that stood before it."""
        for turn in seen.ours:
            act = _more(turn)
            if act is not None:
                yield self.at(turn, "This is more than they asked for.", act)


def _more(turn: Turn) -> Act | None:
    """Return the offer that goes beyond their bid: by its amount, or as a gift on top."""
    bids = {str(bid.remedy) for bid in turn.before.bids}
    offers = turn.reading.of(ActKind.OFFER)
    if not bids or not offers:
        return None
    gifts = [act for act in offers if act.kind == "compensation"]
    others = [act for act in offers if act.kind in bids]
    if gifts and "compensation" not in bids and (others or turn.before.agreement is not None):
        return gifts[0]
    if turn.refused_by(Gate.MORE_THAN_ASKED):
        return next((act for act in offers if act.amount is not None), None)
    return None
