"""A305."""

from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.turns import Replay, Turn
from amends.reading import ActKind

_STEPS = (
    ActKind.DIAGNOSE,
    ActKind.VERIFY,
    ActKind.READBACK,
    ActKind.INVITE_BID,
    ActKind.ABOUT_FACE,
    ActKind.OFFER,
    ActKind.PROMISE,
    ActKind.UPDATE,
    ActKind.FOLLOW_UP,
    ActKind.TRANSFER,
)
_A_MESSAGE = 8  # words; a "you're welcome" needs no next step


class NoNextStep(DraftRule):
    """A message after which nobody knows what happens now.

    **Why it costs you** They wait for you while you wait for them, and that is where dead time begins.

    **Don't** "We take your feedback very seriously."

    **Do** End with who does what by when: "I call the depot now and write to you by tomorrow 17:00."

    *Method: M8 and M9, act, and keep them posted.*
    """

    code = "A305"
    name = "no-next-step"
    better = "I will write to you by tomorrow 17:00."

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield one finding if the draft asks, tells, offers and promises nothing while their matter is open."""
        text = draft.message.text
        last = next((turn for turn in reversed(seen.theirs)), None)
        content = last is not None and last.does(ActKind.THANKS, ActKind.ACCEPT) and not last.does(ActKind.PROBLEM)
        over = content or draft.before.resolved_at is not None or draft.before.fixed
        if not over and "?" not in text and len(text.split()) >= _A_MESSAGE and not draft.does(*_STEPS):
            yield self._finding(draft.place, 0, 0, "What happens next, who does it, and by when?")
