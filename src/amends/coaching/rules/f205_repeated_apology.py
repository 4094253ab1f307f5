"""F205."""

import re
from collections.abc import Iterator

from amends.coaching.letters import SORRY
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
_A_SENTENCE = 14  # words


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
            sorry = SORRY.search(turn.message.text)
            if _has_content(turn, sorry):
                count = 0
                continue
            count += sorry is not None
            if sorry is not None and count == _TOO_MANY:
                yield self.words(turn, sorry, "The third apology with nothing done in between.")
                return


def _has_content(turn: Turn, sorry: re.Match[str] | None) -> bool:
    """Say whether a message does more than say sorry; a few words beside an apology do not."""
    dated = any(act.kind == "dated" for act in turn.reading.of(ActKind.PROMISE))
    if (
        sorry is not None
        and not dated
        and len(turn.message.text.split()) < _A_SENTENCE
        and "?" not in turn.message.text
    ):
        return turn.does(ActKind.OFFER)
    return dated or turn.does(*_CONTENT)
