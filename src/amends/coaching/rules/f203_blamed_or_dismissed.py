"""F203."""

import re
from collections.abc import Iterator

from amends.coaching.letters import own_matches
from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.reading import Act, ActKind

_BLAME = re.compile(
    r"\byou should(?:'ve| have) (?:checked|read|known|told|called|asked|said|registered|kept|written|noticed|"
    r"thought|looked|"
    r"mentioned|reported|contacted|come)|\bhad you (?:read|checked|told|called|registered|followed|asked)\b|"
    r"\bwhich would have avoided (?:this|it)\b|\bwould not have (?:arisen|happened) (?:if|had) you\b|"
    r"\b(?:nobody|no one) else (?:has|had) (?:reported|complained|this|a problem|noticed)|"
    r"\bno other customers? (?:has|have|had|reported|complained)|"
    r"\b(?:other|most|thousands of other|hundreds of other) (?:people|customers|guests|others|users|passengers) "
    r"(?:don't|do not|wouldn't|would not|manage|managed|never|have no|had no|are happy|seem)|\bthousands of others\b|"
    r"\bplease calm down\b|\bcalm down\b|\bset up wrongly on your side\b|\bit(?:'s| is) only a (?:scratch|day|"
    r"few|small|minor)\b|"
    r"\byou (?:have overlooked|overlooked|misread|must have misread|did not read|didn't read|failed to)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|as (?:the|we|it|this|soon)|reason|so that|which is why|"
    r"due to)\b",
    re.IGNORECASE,
)

_SURE = 0.8  # from which score on the reader is believed without a word that refuses or points at a rule
_HARD = re.compile(
    r"\b(?:can(?:'t|not| not)|not (?:able|possible|refund)|unable|policy|terms|clause|article|"
    r"rules?|decline|up to)\b"
)


class BlamedOrDismissed(Rule):
    """The customer or somebody else is blamed, a rule is hidden behind, or it is played down.

    **Why it costs you** It may be true, and it still says: your trouble is not our concern. Nobody was ever argued
    into loyalty.

    **Don't** "You should have read the terms." "Other customers do not have this problem." "Please calm down."

    **Do** Say what you can do. If it has to be a no, say why, and what else there is.

    *Method: M5, no blame, no excuses.*
    """

    code = "F203"
    name = "blamed-or-dismissed"
    severity = Severity.ERROR
    better = "Here is what I can do for you:"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that does it, at the words."""
        for turn in seen.ours:
            act = next((act for act in turn.reading.of(ActKind.DEFLECT) if _is_plain(act, turn.message.text)), None)
            blame = next(own_matches(_BLAME, turn.message.text), None)
            if blame is not None:
                yield self.words(turn, blame, "This puts it on them, or says that it is not so bad.")
            elif act is not None and not _with_care(turn):
                yield self.at(turn, "This blames, plays down or hides behind a rule, and leaves it at that.", act)


def _is_plain(act: Act, text: str) -> bool:
    return act.score >= _SURE or _HARD.search(text, act.start, act.end) is not None


def _with_care(turn: Turn) -> bool:
    """Say whether a no comes with the feeling named and a reason, or with another way: then it is none of these."""
    another_way = turn.does(ActKind.INVITE_BID, ActKind.ABOUT_FACE) or any(
        act.kind != "instruction" for act in turn.reading.of(ActKind.OFFER)
    )
    return another_way or (turn.does(ActKind.ACKNOWLEDGE) and _REASON.search(turn.message.text) is not None)
