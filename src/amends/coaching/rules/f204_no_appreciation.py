"""F204."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule
from amends.coaching.turns import Replay
from amends.reading import ActKind

_VALUES = (ActKind.APPRECIATE, ActKind.REASSURE)


class NoAppreciation(Rule):
    """It was fixed, and nobody ever said thank you, or that they matter.

    **Why it costs you** The problem is solved and the customer is not: a fix brings them back to zero. Thanks bring
    them back to you, and cost a sentence.

    **Don't** "Your refund has been processed. Kind regards"

    **Do** "Thank you for telling us, and for your patience: without you we would not have found it."

    *Method: M7, fix the customer too.*
    """

    code = "F204"
    name = "no-appreciation"

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield one finding if it was fixed and no message of ours values them."""
        if seen.end.resolved_at is not None and seen.ours and not any(turn.does(*_VALUES) for turn in seen.ours):
            yield self.overall("It was fixed, and nobody thanked them or said that they matter.")
