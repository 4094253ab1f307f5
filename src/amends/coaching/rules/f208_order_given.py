"""F208."""

import re
from collections.abc import Iterator

from amends.coaching.letters import own_matches
from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.turns import Replay, Turn

_ORDER = re.compile(
    r"\byou (?:must|have to|need to|are required to|will have to|will need to|[’']ll have to|[’']ll need to|should)"
    r"(?! be\b| have (?:been|felt|had|thought|waited|worried)| feel\b| not (?:have|need) to|"
    r" (?:hear|get|receive|see)\b)"
    r"|\b(?:please )?(?:calm down|relax|be patient|be reasonable|watch your (?:language|tone)|"
    r"stop (?:shouting|yelling|swearing|writing|calling))\b",
    re.IGNORECASE,
)
_NO_ORDER = re.compile(
    r"\b(?:if|whether|all|what|why|that|when|where|nothing|anything|so|before|unless) $", re.IGNORECASE
)
_CALM = re.compile(r"calm|relax|patient|reasonable|watch|stop", re.IGNORECASE)


class OrderGiven(DraftRule):
    """An order, to somebody who came for help.

    **Why it costs you** "You must" makes them small, and "calm down" has never calmed anybody. They owe you nothing;
    ask, and they will do it gladly.

    **Don't** "You must send us the original packaging." "Please calm down."

    **Do** "Could you please send us the packaging? Then the carrier pays, not you."

    *Method: M5, from combative to collaborative.*
    """

    code = "F208"
    name = "order-given"

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield each order."""
        text = draft.message.text
        for match in own_matches(_ORDER, text):
            if not _NO_ORDER.search(text, 0, match.start()):
                calm = _CALM.search(match.group()) is not None
                why = "This calms nobody. Name what they feel instead." if calm else "This is an order. Ask instead."
                yield self.words(draft, match, why)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return a request instead of an order."""
        draft = seen.turns[-1].message.text
        if _CALM.search(draft, finding.start, finding.end):
            return "I hear how angry this has made you"
        asked = "could you please"
        return asked.capitalize() if draft[finding.start].isupper() else asked
