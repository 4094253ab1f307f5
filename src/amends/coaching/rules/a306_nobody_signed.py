"""A306."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn

_LAST_LINES = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_A_MAIL = 8  # words
_CHATS = frozenset(["chat", "sms", "whatsapp", "phone"])


class NobodySigned(DraftRule):
    """Nobody's name stands under it.

    **Why it costs you** "Customer Service Team" is a wall. A name is somebody who will keep their word, and whom they
    can ask for again.

    **Don't** "Kind regards, Customer Support"

    **Do** "Ada Lovelace, Lamps & More"

    *Method: M8, a promise has an owner; M5, fix the customer, too.*
    """

    code = "A306"
    name = "nobody-signed"
    severity = Severity.NOTE

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield one finding if the last lines of a mail do not name who writes; only where we know their name."""
        names = {word.lower() for word in _WORD.findall(seen.known.handler)}
        text = draft.message.text
        if not names or seen.conversation.channel in _CHATS or len(text.split()) < _A_MAIL:
            return
        end = " ".join(text.strip().splitlines()[-_LAST_LINES:])
        if names.isdisjoint(word.lower() for word in _WORD.findall(end)):
            yield self._finding(draft.place, 0, 0, "Put your name under it: people trust people.")

    def place(self, seen: Replay) -> int:
        """Return the end."""
        return len(seen.turns[-1].message.text)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return the signature."""
        return seen.known.signature
