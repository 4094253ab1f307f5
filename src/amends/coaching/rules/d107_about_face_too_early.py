"""D107."""

from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.rules.d104_no_about_face import says_no
from amends.coaching.turns import Replay, Turn
from amends.reading import ActKind


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
        """Yield the question, unless a demand or an offer was turned down before it or in the same message."""
        if draft.before.deadlock or any(says_no(turn) for turn in seen.ours):
            return
        for act in draft.reading.of(ActKind.ABOUT_FACE)[:1]:
            yield self.at(draft, "Nothing was turned down so far: this question is for when both are stuck.", act)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return the question for their wish, where nobody knows it yet."""
        return "" if seen.turns[-1].before.bid_settled else "What would make this right for you?"
