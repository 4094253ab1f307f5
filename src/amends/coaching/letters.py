"""Where things stand in a letter: better words go after the greeting, or before the signature."""

import re
from collections.abc import Iterator

_GREETING = re.compile(
    r"\s*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^,.!:;?\n]{0,60}(?:[,!:]|(?=\n))[ \t]*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\n[ \t]*(?:(?:kind|best|warm|many|with (?:kind|best|warm)|kindest|warmest)(?:est)? (?:regards|wishes|thanks)|"
    r"regards|best|sincerely|yours(?: \w+){0,2}|cheers|thank you|thanks|take care|respectfully)"
    r"[ \t]*[,.!]?[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u201c\u201e][^\"\u201c\u201d\u201e\n]{1,300}[\"\u201d\u201c]|(?<!\w)'[^'\n]{1,200}'(?!\w)")
_LAST_LINES = re.compile(r"\n[ \t]*\n([^\n]{1,60}(?:\n[^\n]{1,60}){0,3})\s*$")
SORRY = re.compile(
    r"\b(?<!than )(?<!not )(?<!n't be )(?:sorry(?! for yourself| state| sight)|apologi[sz]e|apolog(?:y|ies)|"
    r"we regret|i regret)\b",
    re.IGNORECASE,
)
"""An apology."""


def after_greeting(text: str) -> int:
    """Return where the first sentence may begin: behind "Dear Maya,", or at the beginning."""
    greeting = _GREETING.match(text)
    return greeting.end() if greeting is not None else 0


def before_signature(text: str, name: str) -> int:
    """Return where the last sentence may end: before "Kind regards", or the lines that begin with the writer's name."""
    for match in _SIGN_OFF.finditer(text):
        if len(text[match.start() :].strip().splitlines()) <= 6:
            return match.start()
    last = _LAST_LINES.search(text)
    signed = last is not None and name and last[1].split()[0].lower() == name.split(maxsplit=1)[0].lower()
    return last.start() if last is not None and signed else len(text)


def own_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches in what the writer says, not in what they quote between quotation marks."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if not any(begin < match.end() and match.start() < end for begin, end in quoted):
            yield match
