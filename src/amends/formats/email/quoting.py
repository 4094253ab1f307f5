"""The writer's new words: what they quoted and their signature set aside.

A word too many does less harm than a word too few, as what a customer wrote decides what may happen next. So a
line is set aside only on good evidence: "On Monday your colleague wrote:" is a story, unless an address stands in it
or quoted lines follow. Answers between and below quoted lines are kept.

Every step goes through the lines once. Libraries for this look for headers with patterns that take cubic time on one
long line, and cut at "Thanks, but …" and at lists with hyphens.
"""

import re

from amends.formats.email.phrases import LEGAL, LEGAL_SUBJECT, SENT_FROM, any_of
from amends.formats.email.quote_headers import attribution_length, begins_headers, is_divider

_MARK = re.compile(r"\s{0,3}>")
_BLANK_LINES = re.compile(r"\n{3,}")
_PHONE = re.compile(any_of(SENT_FROM, some=40), re.IGNORECASE)
_LEGAL = re.compile(rf"\W{{0,5}}{any_of(LEGAL)}\b", re.IGNORECASE)
_LEGAL_SUBJECT = re.compile(any_of(LEGAL_SUBJECT), re.IGNORECASE)
_BLANK_MOST = 5  # lines between an attribution and what it quotes
_PHONE_LONGEST = 120  # characters of a line that a telephone adds
_PHONE_LAST = 4  # such a line is among the last ones
_SIGNATURE_MOST = 30  # lines below "-- "; what is longer is no signature
_SIGNATURE_FEW = 8  # lines below "--" without its space, which people also draw as a divider
_LEGAL_MOST = 15  # lines of small print at the end


def own_words(text: str) -> str:
    r"""Return what the writer of a mail added to it; all of it where nothing else is left. Takes linear time.

    >>> own_words("Still broken.\n\nOn Mon, 3 Nov 2025, Help <help@shop.example> wrote:\n> Is it?\n")
    'Still broken.'
    """
    lines = text.split("\n")
    kept = _without_small_print(_without_signature(_without_quotes(lines)))
    return _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip() or text.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    """Return the lines that are not quoted, up to where an older mail begins without marks."""
    kept: list[str] = []
    said = False  # whether a line with words has been kept
    position = 0
    while position < len(lines):
        line = lines[position]
        length = 1
        if not line.strip():
            kept.append("")
        elif _MARK.match(line):
            kept.append("")  # answers to two quotations are two paragraphs
        elif is_divider(line) or begins_headers(lines, position):
            break
        elif reach := attribution_length(lines, position):
            if said and not _quotes_at(lines, position + reach):
                break  # where nothing stands above it, what stands below is all there is
            length = reach
        else:
            kept.append(line)
            said = True
        position += length
    return kept


def _quotes_at(lines: list[str], position: int) -> bool:
    """Return whether the first line with words from `position` on is a quoted one."""
    below = next((line for line in lines[position : position + _BLANK_MOST] if line.strip()), "")
    return bool(_MARK.match(below))


def _without_signature(lines: list[str]) -> list[str]:
    """Return the lines above the signature, and without what a telephone adds."""
    lines = _trimmed(lines)
    for position in range(max(0, len(lines) - _SIGNATURE_MOST - 1), len(lines)):
        most = _SIGNATURE_MOST if lines[position] == "-- " else _SIGNATURE_FEW
        if lines[position].rstrip() in {"--", "—"} and len(lines) - position - 1 <= most and position:
            lines = _trimmed(lines[:position])
            break
    for position in range(max(0, len(lines) - _PHONE_LAST), len(lines)):
        if len(lines[position]) <= _PHONE_LONGEST and _PHONE.match(lines[position].strip(" *_")):
            return _trimmed(lines[:position])
    return lines


def _without_small_print(lines: list[str]) -> list[str]:
    """Return the lines above the notice that companies add at the end; a customer's own "legal notice" stays."""
    for position in range(max(1, len(lines) - _LEGAL_MOST), len(lines)):
        if not lines[position - 1].strip() and _LEGAL.match(lines[position].strip()):
            notice = " ".join(lines[position:])
            return _trimmed(lines[:position]) if _LEGAL_SUBJECT.search(notice) else lines
    return lines


def _trimmed(lines: list[str]) -> list[str]:
    """Return the lines without blank ones, and dividers drawn of underscores, at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip(" \t\xa0_"):
        end -= 1
    return lines[:end]
