"""D104."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.reading import ActKind

_WAYS_OUT = (ActKind.ABOUT_FACE, ActKind.INVITE_BID)
_NO = re.compile(
    r"\b(?:can(?:not|'t| not)|unable to|not able to|(?:won't|will not) (?:refund|give|pay|replace|do|make|move)|"
    r"there (?:is|will be|won't be) (?:no|a) refund|"
    r"not (?:possible|refundable|eligible|entitled)|isn't possible|non-refundable|the answer is no|remains no)\b",
    re.IGNORECASE,
)
_TWICE = 2


def says_no(turn: Turn) -> bool:
    """Say whether a message of ours turns a demand down."""
    return turn.does(ActKind.DEFLECT) or _NO.search(turn.message.text) is not None


class NoAboutFace(Rule):
    """The same demand is refused twice, and nothing else is put on the table.

    **Why it costs you** Two walls face each other, and the customer is the one who leaves. People who are asked to
    stand in your place for a moment come up with options that you can say yes to.

    **Don't** "As I said, we cannot refund this." "I repeat: there is no refund."

    **Do** "I cannot give you the whole amount. If you were running this shop, what would you do in our place?"

    *Method: M4, the about-face.*
    """

    code = "D104"
    name = "no-about-face"
    better = "I would honestly like to know: if you were running this business, what would you do in our place?"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the second refusal without a way out."""
        refused = 0
        for turn in seen.ours:
            if turn.before.final_answer is not None:
                return  # nothing is left to ask
            remedies = any(act.kind != "instruction" for act in turn.reading.of(ActKind.OFFER))
            if remedies or turn.does(*_WAYS_OUT):
                refused = 0
            elif (turn.before.bids or refused) and says_no(turn):
                refused += 1
                if refused == _TWICE:
                    act = next(iter(turn.reading.of(ActKind.DEFLECT)), None)
                    yield self.at(turn, "The second no to the same demand, and no other way was shown.", act)
                    return
