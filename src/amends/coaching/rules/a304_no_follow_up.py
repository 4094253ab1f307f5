"""A304."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay, Turn
from amends.method.calendar import ALWAYS
from amends.method.clock import after
from amends.method.policy import Term
from amends.reading import ActKind

_A_WHILE = timedelta(hours=8)  # after the word before it


class NoFollowUp(Rule):
    """Fixed and closed, and nobody came back to ask.

    **Why it costs you** "Fixed" is what you think. Half of those for whom it is not do not write again: they go.
    The call a day or two later finds them, and delights the others.

    **Don't** Close the ticket with the last mail.

    **Do** "Two days on: does it work as it should, and how are you with it?"

    What counts is a question that comes 8 hours or more after the word before it, and within the policy's
    `callback_closes` (72 hours unless you change it).

    *Method: M10, come back.*
    """

    code = "A304"
    name = "no-follow-up"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield one finding if it was fixed and closed, and no message asks afterwards how it is."""
        if seen.end.resolved_at is None or not seen.timed or seen.conversation.closed_at is None:
            return
        within = seen.policy.callback_closes
        if not any(_comes_back(turn, before, within) for before, turn in pairwise(seen.turns)):
            yield self.overall("It was fixed and closed, and nobody came back to ask whether it really is.")


def _comes_back(turn: Turn, before: Turn, within: Term) -> bool:
    """Say whether this is a question that nobody had to ask, some time after a deed was told."""
    told = turn.before.resolved_at is not None or turn.before.updated is not None
    asks = turn.does(ActKind.FOLLOW_UP) or "?" in turn.message.text
    return turn.ours and told and asks and before.at + _A_WHILE <= turn.at <= after(within, before.at, ALWAYS)
