"""F202."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.reading import ActKind

TAKEN_UP = re.compile(
    r"\b(?:years?|decades?|loyal\w*|long[- ](?:time|standing|term)|member\w*|been with us|"
    r"custom(?:er)? (?:since|for|of)|"
    r"regulars?|stood by us|all this time|so long|recommend\w*)\b",
    re.IGNORECASE,
)

_TOLD = re.compile(
    r"\b(?:came|come|coming|keep coming) back to you (?:for|because|since|again)|\b(?:third|fourth|fifth|"
    r"sixth|\d+th) (?:\w+ ){1,3}"
    r"(?:i|we)(?:'ve| have)? (?:bought|ordered|booked|had) (?:from|with|at) you\b|"
    r"\b(?:have|'ve) (?:been (?:with you|your customers?|buying from you|coming to you)|bought (?:from|"
    r"at) you) (?:for|since)\b",
    re.IGNORECASE,
)


class LoyaltyIgnored(Rule):
    """They say how long or how much they have been with you, and nobody takes it up.

    **Why it costs you** Who says it tells you that there is something to lose, and asks whether it counts. Silence
    is an answer.

    **Don't** Answer "after eleven years with you" with the order number alone.

    **Do** "Eleven years, and then this: you had every right to expect better from us."

    *Method: M7, reward loyalty.*
    """

    code = "F202"
    name = "loyalty-ignored"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield one finding if loyalty was told, somebody answered, and no answer takes it up."""
        told = next(
            (turn for turn in seen.theirs if turn.does(ActKind.LOYALTY) or _TOLD.search(turn.message.text)), None
        )
        if told is None:
            return
        later = [turn for turn in seen.ours if turn.place > told.place]
        if later and not any(TAKEN_UP.search(turn.message.text) for turn in later):
            yield self.overall("They told how long they have been a customer, and nobody took it up.")


def _tells_loyalty(turn: Turn) -> bool:
    return turn.does(ActKind.LOYALTY) or _TOLD.search(turn.message.text) is not None
