"""F211."""

import re
from collections.abc import Iterator

from amends.coaching.known import quoted
from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn
from amends.method.state import UPSET
from amends.reading import ActKind

_SPOKEN_OF = re.compile(
    r"\b(?:years?|decades?) (?:with|of|as|in a row|now)\b|\b(?:for|all|these|after|over|so many|\w+teen|\w+ty|"
    r"two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|\d+) (?:\w+ )?(?:years|decades)\b|\bloyal\w*|\blong[- ](?:time|standing|"
    r"term)\b|\bbeen with us\b|"
    r"\b(?:customer|member|guest|regular|client|subscriber|patient)s? (?:since|for|of)\b|\bfounding member|"
    r"\bregulars?\b|\bstood by us\b",
    re.IGNORECASE,
)


class LoyaltyUnused(DraftRule):
    """An upset customer has been with you for years, and nobody says that it counts.

    **Why it costs you** They know how long they have been loyal, and wonder whether you do. One sentence shows it, and
    nothing is heard better by somebody who is angry.

    **Don't** Write to a customer of nine years as if they had come in this morning.

    **Do** "You have been with us for nine years, and that means a lot to us."

    *Method: M7, acknowledge past loyalty.*
    """

    code = "F211"
    name = "loyalty-unused"
    severity = Severity.NOTE

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield one finding, at no particular words, if loyalty is known and none of our messages speaks of it."""
        upset = any((turn.reading.upset or 0) >= UPSET for turn in seen.theirs)
        if upset and _known(seen) and not any(_SPOKEN_OF.search(turn.message.text) for turn in seen.ours):
            since = f"for {seen.known.tenure}" if seen.known.tenure else "for a long time"
            why = f"They have been with us {since}; one true sentence about it helps."
            yield self._finding(draft.place, 0, 0, why)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return a sentence that values their loyalty, with what is known of it."""
        if seen.known.tenure:
            return f"You have been with us for {seen.known.tenure}, and we value that."
        told = next((turn for turn in seen.theirs if turn.does(ActKind.LOYALTY)), None)
        if told is None:
            return ""
        act = told.reading.of(ActKind.LOYALTY)[0]
        words = quoted(told.message.text[act.start : act.end])
        return f"You told us {words}; we value your loyalty, and I have not overlooked it."


def _known(seen: Replay) -> bool:
    return bool(seen.known.tenure) or any(turn.does(ActKind.LOYALTY) for turn in seen.theirs)
