"""F205."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.reading import ActKind

_CONTENT = (
    ActKind.UPDATE,
    ActKind.DIAGNOSE,
    ActKind.VERIFY,
    ActKind.READBACK,
    ActKind.INVITE_BID,
    ActKind.ABOUT_FACE,
    ActKind.OFFER,
)
_TOO_MANY = 3


class RepeatedApology(Rule):
    """Sorry, sorry, sorry, and nothing done in between.

    **Why it costs you** The first apology is heard, the second is noticed, the third is an insult: they cannot
    spend it.

    **Don't** "We apologise again for any inconvenience this may have caused."

    **Do** One apology that is meant, then a deed: a question, an offer, a date.

    *Method: M1 and M8, words and then deeds.*
    """

    code = "F205"
    name = "repeated-apology"
    better = "I will write to you by tomorrow 17:00."

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the message with the third apology in a row without a deed."""
        count = 0
        for turn in seen.ours:
            if _has_content(turn):
                count = 0
                continue
            acts = turn.reading.of(ActKind.APOLOGISE)
            count += bool(acts)
            if acts and count == _TOO_MANY:
                yield self.at(turn, "The third apology with nothing done in between.", acts[0])
                return


def _has_content(turn: Turn) -> bool:
    dated = any(act.kind == "dated" for act in turn.reading.of(ActKind.PROMISE))
    return dated or turn.does(*_CONTENT)
