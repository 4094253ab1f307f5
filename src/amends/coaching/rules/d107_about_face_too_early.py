"""D107."""

from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.rules.d104_no_about_face import says_no
from amends.coaching.turns import Replay, Turn
from amends.method.state import State
from amends.reading import ActKind


def _why(before: State) -> str:
    if before.final_answer is not None:
        return "They have our final answer: to ask this now would open it again."
    if before.settled:
        return "You have agreed: there is nothing left to settle."
    if before.open_offer is not None:
        return "Your offer waits for their answer: this question is for when they turn it down."
    return "Nothing was turned down so far: this question is for when both are stuck."


class AboutFaceTooEarly(DraftRule):
    """They are asked what they would do in your place, and nobody is stuck yet.

    **Why it costs you** Who has just told you what would be fair, or was never asked, hears a trick: you seem to hand
    them your work. The question is strong where both sides are stuck, and it can be asked only once.

    **Don't** Ask "What would you do in our place?" before they have said what they want, or while your offer waits for
    their answer.

    **Do** "What would make this right for you?" The about-face comes after a no, yours or theirs.

    *Method: M4, the about-face.*
    """

    code = "D107"
    name = "about-face-too-early"

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield the question, unless something was turned down before it, or in the same message, and nothing moved."""
        before = draft.before
        moved = before.settled or before.open_offer is not None
        if before.deadlock or (not moved and any(says_no(turn) for turn in seen.ours)):
            return
        for act in draft.reading.of(ActKind.ABOUT_FACE)[:1]:
            yield self.at(draft, _why(before), act)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return the question for their wish, where nobody knows it yet."""
        return "" if seen.turns[-1].before.bid_settled else "What would make this right for you?"
