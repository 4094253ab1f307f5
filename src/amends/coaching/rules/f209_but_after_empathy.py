"""F209."""

import re
from collections.abc import Iterator

from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.turns import Replay, Turn

_BUT = re.compile(
    r"(?:,| -| \u2013|\.|;)?\s?\b(?<!nothing )(?<!anything )(?<!all )(?P<but>but(?! also| even| just|"
    r" not least)|however|unfortunately)\b",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r",? (?:i|we)(?:'ll|'d|'re| (?:will|can|want|would|am going|are going|have|do|promise|should))"
    r"(?! not| never|n't)\b| (?:let me|let us|here is what|this is what|please let)\b",
    re.IGNORECASE,
)
_EMPATHY = re.compile(
    r"\b(?:sorry|apologi[sz]e|apologies|understand|appreciate|hear (?:you|how|that)|can (?:see|imagine)|"
    r"frustrat\w+|annoying|upsetting|"
    r"understandable|justified|disappointment|"
    r"thank (?:you|s))\b[^.!?\n]{0,140}$",
    re.IGNORECASE,
)


class ButAfterEmpathy(DraftRule):
    """A "but" that takes the kindness back.

    **Why it costs you** Whatever stands before a "but" is forgotten: "I understand, but" means "I do not".

    **Don't** "I understand that you are upset, but the deadline has passed."

    **Do** Two sentences. "I understand that you are upset. The deadline has passed, and here is what I can still do."
    ("I hear that you are angry, but I want to help" is fine: what follows is for them.)

    *Method: M1, the feeling first, and by itself.*
    """

    code = "F209"
    name = "but-after-empathy"

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield each "but" between what they feel and what they are refused."""
        text = draft.message.text
        for match in _BUT.finditer(text):
            same = match.group()[0] not in ".;" or match["but"].lower() != "but"
            before = text[: match.start()].rstrip(".; ")
            if same and _EMPATHY.search(before) and not _HELPS.match(text, match.end()):
                why = f"“{match['but']}” takes back what stands before it. Make two sentences of it, or say “and”."
                yield self._finding(draft.place, match.start("but"), match.end("but"), why)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return the word that joins without taking back."""
        word = seen.turns[-1].message.text[finding.start : finding.end]
        return "And" if word[0].isupper() else "and"
