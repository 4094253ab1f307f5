"""D102."""

from collections.abc import Iterator

from amends.coaching.rules.base import NO_REMEDIES, Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.method.words import Gate
from amends.reading import ActKind

_GIVES = frozenset(["refund", "replacement", "repair", "compensation", "cancellation"])


class OfferedBeforeBid(Rule):
    """Something is offered before they said, or were asked, what would make it right.

    **Why it costs you** You guess, and mostly you guess too much or the wrong thing. Asked, most people want less
    than one fears, and what they chose themselves they find fair.

    **Don't** "We will send you a voucher over 20 euros." to somebody who only told what happened.

    **Do** "What would make this right for you?"

    To give exactly what was asked is no breach; nor is an offer after they left it to you ("you tell me").

    *Method: M3, let the customer bid first.*
    """

    code = "D102"
    name = "offered-before-bid"
    gate = Gate.BID_FIRST
    better = "What would make this right for you?"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the first offer, if nobody had asked for one and nobody had asked them."""
        for turn in seen.ours:
            offers = [act for act in turn.reading.of(ActKind.OFFER) if act.kind in _GIVES]
            if not offers:
                continue
            if _guessed(turn) and not _asked(turn):
                yield self.at(turn, "They have not said yet what would make it right, and nobody asked.", offers[0])
            return


def _guessed(turn: Turn) -> bool:
    """Say whether no remedy was asked for yet; to be told how it came about, or by whom, is none."""
    bids = {str(bid.remedy) for bid in turn.before.bids}
    return turn.refused_by(Gate.BID_FIRST) or (bool(bids) and bids <= NO_REMEDIES and not turn.before.bid_left_to_us)


def _asked(turn: Turn) -> bool:
    """Say whether they were asked: earlier and in vain, or in the same breath ("a refund, or a new one?")."""
    return turn.before.bid_invited is not None or turn.does(ActKind.INVITE_BID)
