"""F207."""

from collections.abc import Iterator

from amends.coaching.letters import SORRY, own_matches
from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn


class ApologisedAgain(DraftRule):
    """Sorry twice in one message.

    **Why it costs you** One apology is heard. A second one in the same breath sounds like a form letter, and takes the
    place where the deed should stand.

    **Don't** "We are very sorry. … Once again, please accept our sincere apologies for the inconvenience."

    **Do** Say it once, for something that you name; then say what you do about it.

    *Method: M1, acknowledge in one or two sentences, then move on (Singh 2018).*
    """

    code = "F207"
    name = "apologised-again"
    severity = Severity.NOTE

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield the second apology of a draft."""
        apologies = list(own_matches(SORRY, draft.message.text))
        if len(apologies) > 1:
            yield self.words(draft, apologies[1], "You have said sorry already. Let a deed stand here instead.")
