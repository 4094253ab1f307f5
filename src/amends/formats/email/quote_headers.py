"""Where an older mail begins within a mail: `On … wrote:`, `-----Original Message-----`, `From: … Sent: …`."""

import re

from amends.formats.email.phrases import (
    DIVIDERS,
    FORWARDED,
    FROM,
    OTHER,
    SENT,
    SUBJECT,
    WROTE,
    WROTE_ANYWHERE,
    any_of,
    names,
)

_LONGEST = 400  # characters of an attribution, over at most four lines
_MOST_LINES = 4
_SHORT_FORM = 5  # letters before a full stop from which on it ends a sentence
_FIELDS_LOOKED_AT = 8  # lines; long lists of receivers are wrapped
_LONGEST_FIELD = 2_000
_SHORTEST_DIVIDER, _LONGEST_DIVIDER = 12, 120

_DIGIT = re.compile(r"\d")
_WROTE = re.compile(rf"\b{any_of(WROTE)}(?![\w'])|{any_of(WROTE_ANYWHERE)}", re.IGNORECASE)
_JAPANESE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日.{0,80}<[^<>]+@[^<>]+>\s*[:\uff1a]$")
_DIVIDER = re.compile(rf"[-_—*=]{{2,}}\s?(?:{any_of(DIVIDERS)}|forwarded by .{{1,60}}?)\s?[-_—*=]{{2,}}", re.IGNORECASE)
_FORWARDED = re.compile(rf"{any_of(FORWARDED)}\s?:", re.IGNORECASE)
_FIELD = re.compile(r"\s{0,3}[*_]{0,2}([^\W\d_][\w' -]{0,24}?)[*_]{0,2}\s?[:\uff1a][*_]{0,2}(?:\s+(.*)|$)")
_KINDS = {
    name: kind
    for kind, words in (("other", OTHER), ("subject", SUBJECT), ("sent", SENT), ("from", FROM))
    for name in names(words)
}


def is_divider(line: str) -> bool:
    """Return whether the line stands above an older mail: `-----Original Message-----` and the like."""
    line = line.strip()
    if not _SHORTEST_DIVIDER < len(line) < _LONGEST_DIVIDER:
        return False
    return bool(_DIVIDER.fullmatch(line) or _FORWARDED.fullmatch(line))


def begins_headers(lines: list[str], position: int) -> bool:
    """Return whether the fields of an older mail begin at this line: sender, date, and a subject or an address.

    `From: Berlin`, `To: Hamburg`, `Date: 3 May` is a journey, and stays.
    """
    kind, value = _field(lines[position])
    if kind not in {"from", "sent"}:
        return False
    found = {kind: value}
    for line in lines[position + 1 : position + _FIELDS_LOOKED_AT]:
        kind, value = _field(line)
        if kind:
            found.setdefault(kind, value)
        elif not line.strip() and len(found) > 1:
            break
    return "from" in found and "sent" in found and ("subject" in found or "@" in found["from"])


def _field(line: str) -> tuple[str, str]:
    """Return the kind of field of an older mail that the line is (a value of `_KINDS`, or nothing), and its value."""
    match = _FIELD.match(line) if len(line) <= _LONGEST_FIELD else None
    if not match:
        return "", ""
    kind = _KINDS.get(match[1].strip().lower(), "")
    return kind, (match[2] or "").strip() if kind else ""


def attribution_length(lines: list[str], position: int) -> int:
    """Return over how many lines an attribution (`On … wrote:`) reaches that begins here; 0 where there is none.

    It ends with a colon, has a verb of writing and a digit, and an e-mail address in it or a quoted line below it.
    Where it would be one without its first line too, that line is somebody's own words.
    """
    if not any(map(_ends_with_colon, lines[position : position + _MOST_LINES])):
        return 0
    joined = ""
    for length, line in enumerate(lines[position : position + _MOST_LINES], start=1):
        words = line.strip()
        joined = f"{joined} {words}" if joined else words
        if not words or len(joined) > _LONGEST:
            return 0
        if _ends_with_colon(words):
            found = _attributes(joined, lines, position + length)
            return length if found and not (length > 1 and attribution_length(lines, position + 1)) else 0
        if _ends_sentence(words):
            return 0
    return 0


def _ends_with_colon(line: str) -> bool:
    """Return whether the line ends with a colon, wide or narrow."""
    return line.rstrip().endswith((":", "\uff1a"))


def _ends_sentence(words: str) -> bool:
    """Return whether a sentence ends with the words; a short form, as in "Nov.", is no end."""
    return words.endswith(("!", "?")) or (
        words.endswith(".") and len(words) > _SHORT_FORM and words[-_SHORT_FORM - 1 : -1].isalpha()
    )


def _attributes(joined: str, lines: list[str], after: int) -> bool:
    """Return whether the joined lines say that somebody wrote what comes below."""
    if _JAPANESE.search(joined):
        return True
    if not (_DIGIT.search(joined) and _WROTE.search(joined)):
        return False
    below = next((line for line in lines[after : after + 3] if line.strip()), "")
    return "@" in joined or below.lstrip().startswith(">")
