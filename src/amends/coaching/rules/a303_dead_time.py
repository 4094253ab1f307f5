"""A303."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.method.facts import AnyFact, PromiseKept, SilenceLimitPassed
from amends.reading import ActKind


class DeadTime(Rule):
    """Days without a word while the next step was yours.

    **Why it costs you** They do not see you work; they see nothing, and fill it with the worst. A short word that
    there is no news keeps a customer.

    **Don't** Three days of silence, then the solution.

    **Do** "I have not forgotten you: the workshop has your lamp, and I ask again tomorrow at ten."

    The limit is the policy's `silence` (48 hours unless you change it). Waiting for the customer does not count.

    *Method: M9, no dead time.*
    """

    code = "A303"
    name = "dead-time"
    severity = Severity.ERROR

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the message that broke each silence, and one finding without a message if none ever did."""
        silent, quiet = False, True  # whether the limit passed since our last word; whether they wait for nothing
        for turn in seen.turns:
            silent = silent or _called(turn.called)
            if turn.theirs:
                quiet = _waits_for_nothing(turn)
            elif turn.ours:
                if silent and not quiet and turn.before.waiting_since is not None:
                    yield self.at(turn, "They waited longer than the limit for this word, and the next step was ours.")
                silent = False
        last = seen.turns[-1] if seen.turns else None
        open_yet = last is not None and last.theirs and not _waits_for_nothing(last)
        if open_yet and (silent or (_called(seen.called) and seen.end.waiting_since is not None)):
            yield self.overall("They still wait: longer than the limit without a word, and the next step is ours.")


def _waits_for_nothing(turn: Turn) -> bool:
    """Say whether a customer's message only tells that all is well, or that what was promised has come."""
    came = any(isinstance(fact, PromiseKept) for fact in turn.facts)
    return "?" not in turn.message.text and (came or turn.does(ActKind.ACCEPT, ActKind.THANKS))


def _called(facts: tuple[AnyFact, ...]) -> bool:
    return any(isinstance(fact, SilenceLimitPassed) for fact in facts)
