"""A301."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay
from amends.method.words import Gate
from amends.reading import ActKind


class UndatedPromise(Rule):
    """A promise without a time.

    **Why it costs you** "Soon" starts a clock that only the customer can see, and theirs runs faster than yours.

    **Don't** "We'll get back to you shortly."

    **Do** "I will write to you by Thursday at 17:00, also if I know nothing new by then."

    *Method: M8, keep every promise.*
    """

    code = "A301"
    name = "undated-promise"
    gate = Gate.PROMISE_HAS_A_DATE
    better = "I will write to you by tomorrow 17:00."

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that promises something without saying by when."""
        for turn in seen.ours:
            for act in turn.reading.of(ActKind.PROMISE):
                if act.kind == "undated":
                    yield self.at(turn, "This promises something and does not say by when.", act)
                    break
