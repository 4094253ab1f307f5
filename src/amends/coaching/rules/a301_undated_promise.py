"""A301."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay
from amends.method.words import Gate
from amends.reading import ActKind, overlap

_IF = re.compile(r"if (?:so|any\w*|there|not|you)\b", re.IGNORECASE)  # what comes may never have to be done


class UndatedPromise(Rule):
    """A promise without a time.

    **Why it costs you** "Soon" starts a clock that only the customer can see, and theirs runs faster than yours.

    **Don't** "We'll get back to you shortly."

    A message that names a time for one of its promises is left alone, and so is a gift.

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
            promises = turn.reading.of(ActKind.PROMISE)
            if any(act.kind == "dated" for act in promises):
                continue  # a time was given; what else is promised in the same breath mostly goes with it
            given = [act for act in turn.reading.of(ActKind.OFFER) if act.kind == "compensation"]
            bare = (act for act in promises if not any(overlap(act, gift) for gift in given))
            act = next((act for act in bare if not _IF.match(turn.message.text, act.start)), None)
            if act is not None:
                yield self.at(turn, "This promises something and does not say by when.", act)
