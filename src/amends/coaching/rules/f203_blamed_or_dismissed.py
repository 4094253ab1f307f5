"""F203."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay
from amends.reading import ActKind


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
            for act in turn.reading.of(ActKind.DEFLECT):
                yield self.at(turn, "This blames, plays down or hides behind a rule, and leaves it at that.", act)
                break
