"""D104."""

from collections.abc import Iterator

from amends.coaching.replay import Replay
from amends.coaching.rules.base import Finding, Rule
from amends.reading import ActKind

_WAYS_OUT = (ActKind.OFFER, ActKind.ABOUT_FACE, ActKind.INVITE_BID)
_TWICE = 2


class NoAboutFace(Rule):
    """The same demand is refused twice, and nothing else is put on the table.

    **Why it costs you** Two walls face each other, and the customer is the one who leaves. People who are asked to
    stand in your place for a moment come up with options that you can say yes to.

    **Don't** "As I said, we cannot refund this." "I repeat: there is no refund."

    **Do** "I cannot give you the whole amount. If you were running this shop, what would you do in our place?"

    *Method: M6, the about-face.*
    """

    code = "D104"
    name = "no-about-face"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the second refusal without a way out."""
        refused = 0
        for turn in seen.ours:
            if turn.does(*_WAYS_OUT):
                refused = 0
                continue
            acts = turn.reading.of(ActKind.DEFLECT)
            if acts and (turn.before.bids or refused):
                refused += 1
                if refused == _TWICE:
                    yield self.at(turn, "The second no to the same demand, and no other way was shown.", acts[0])
                    return
