"""A302."""

from collections.abc import Iterator

from amends.coaching.replay import Replay
from amends.coaching.rules.base import Finding, Rule, Severity
from amends.method.facts import PromiseBroken, PromiseMade


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
            made = [fact for fact in turn.facts if isinstance(fact, PromiseMade) and fact.promise in broken]
            if made:
                why = "What was promised for this time did not come, and nobody had said so before."
                yield self._finding(turn.place, made[0].what.start, made[0].what.end, why)
