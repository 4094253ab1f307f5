"""A302."""

from collections.abc import Iterator
from datetime import timedelta

from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay
from amends.method.facts import PromiseBroken, PromiseMade
from amends.reading import ActKind

_COMPLAINS = (ActKind.PROBLEM, ActKind.REPEAT, ActKind.REJECT, ActKind.BID)
_LATE = timedelta(hours=24)


class BrokenPromise(Rule):
    """The time of a promise passed, nothing came, and nobody had said a word.

    **Why it costs you** It turns a fault of things into a fault of people. A promise that is moved in time costs
    almost nothing; one that is broken in silence costs the customer.

    **Don't** Promise Friday and write on Tuesday.

    **Do** "I promised you an answer by Friday, and I will not have it. You get it on Monday by noon; this is why:
    …" (on Thursday)

    *Method: M8, keep every promise.*
    """

    code = "A302"
    name = "broken-promise"
    severity = Severity.ERROR

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that made a promise which the clock called broken."""
        called = [fact for turn in seen.turns for fact in turn.called] + list(seen.called)
        broken = {fact.promise for fact in called if isinstance(fact, PromiseBroken)}
        for turn in seen.ours:
            for fact in turn.facts:
                if isinstance(fact, PromiseMade) and fact.promise in broken and _missed(seen, fact):
                    why = "What was promised for this time did not come, and nobody had said so before."
                    yield self._finding(turn.place, fact.what.start, fact.what.end, why)
                    break


def _missed(seen: Replay, promise: PromiseMade) -> bool:
    """Say whether the first word after its time tells that nothing had come: a complaint, an apology, or days later.

    In silence things often come after all, and nobody writes that they did.
    """
    after = next((turn for turn in seen.turns if turn.at > promise.due), None)
    if after is None:
        return bool(seen.turns) and seen.turns[-1].theirs and (seen.turns[-1].reading.upset or 0) > 0
    if after.theirs:
        return after.does(*_COMPLAINS) and not after.does(ActKind.THANKS)
    return after.does(ActKind.APOLOGISE) or after.at - promise.due > _LATE
