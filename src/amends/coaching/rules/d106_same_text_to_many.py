"""D106."""

from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn

_MANY = 2  # others who got it
_A_TEXT = 20  # words; "you're welcome" may go to everybody


class SameTextToMany(DraftRule):
    """The same text went to others already.

    **Why it costs you** People notice a form letter at the second sentence, and upset people post it beside the one
    their neighbour got.

    **Don't** Send the same three paragraphs to everybody whose parcel is late.

    **Do** Keep what is true for all; begin and end with what is true for this one: their words, their parcel, their
    date.

    *Method: M5, fix the customer, too.*
    """

    code = "D106"
    name = "same-text-to-many"
    severity = Severity.NOTE

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield one finding if nearly this text went to several other customers lately."""
        if seen.known.alike >= _MANY and len(draft.message.text.split()) >= _A_TEXT:
            why = f"{seen.known.alike} others got nearly the same text lately. Say something that is true for this one."
            yield self._finding(draft.place, 0, 0, why)
