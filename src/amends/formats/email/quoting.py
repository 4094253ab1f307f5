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
    kept = (lines[at] if at >= 0 else "" for at in _own(lines))
    return _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip() or text.strip()


def own_in_place(text: str) -> str:
    r"""Return a text of the same length, in which all that is not the writer's own is blank. Takes linear time.

    >>> own_in_place("Yes.\n> Is it broken?\n")
    'Yes.\n                \n'
    """
    lines = text.split("\n")
    kept = {at for at in _own(lines) if at >= 0}
    if not any(lines[at].strip() for at in kept):
        return text
    return "\n".join(line if at in kept else " " * len(line) for at, line in enumerate(lines))


def _own(lines: list[str]) -> list[int]:
    """Return the numbers of the lines that the writer added; -1 stands for a quotation between two of them."""
    return _without_small_print(lines, _without_signature(lines, _without_quotes(lines)))


def _without_quotes(lines: list[str]) -> list[int]:
    """Return the lines that are not quoted, up to where an older mail begins without marks."""
    kept: list[int] = []
    said = False  # whether a line with words has been kept
    position = 0
    while position < len(lines):
        line = lines[position]
        length = 1
        if not line.strip() or _MARK.match(line):
            kept.append(-1)  # answers to two quotations are two paragraphs
        elif is_divider(line) or begins_headers(lines, position):
            break
        elif reach := attribution_length(lines, position):
            if said and not _quotes_at(lines, position + reach):
                break  # where nothing stands above it, what stands below is all there is
            length = reach
        else:
            kept.append(position)
            said = True
        position += length
    return kept


def _quotes_at(lines: list[str], position: int) -> bool:
    """Return whether the first line with words from `position` on is a quoted one."""
    below = next((line for line in lines[position : position + _BLANK_MOST] if line.strip()), "")
    return bool(_MARK.match(below))


def _without_signature(lines: list[str], own: list[int]) -> list[int]:
    """Return the lines above the signature, and without what a telephone adds."""
    own = _trimmed(lines, own)
    for place in range(max(0, len(own) - _SIGNATURE_MOST - 1), len(own)):
        line = _line(lines, own[place])
        most = _SIGNATURE_MOST if line == "-- " else _SIGNATURE_FEW
        if line.rstrip() in {"--", "—"} and len(own) - place - 1 <= most and place:
            own = _trimmed(lines, own[:place])
            break
    for place in range(max(0, len(own) - _PHONE_LAST), len(own)):
        line = _line(lines, own[place])
        if len(line) <= _PHONE_LONGEST and _PHONE.match(line.strip(" *_")):
            return _trimmed(lines, own[:place])
    return own


def _without_small_print(lines: list[str], own: list[int]) -> list[int]:
    """Return the lines above the notice that companies add at the end; a customer's own "legal notice" stays."""
    for place in range(max(1, len(own) - _LEGAL_MOST), len(own)):
        if not _line(lines, own[place - 1]).strip() and _LEGAL.match(_line(lines, own[place]).strip()):
            notice = " ".join(_line(lines, at) for at in own[place:])
            return _trimmed(lines, own[:place]) if _LEGAL_SUBJECT.search(notice) else own
    return own


def _line(lines: list[str], at: int) -> str:
    return lines[at] if at >= 0 else ""


def _trimmed(lines: list[str], own: list[int]) -> list[int]:
    """Return the lines without blank ones, and dividers drawn of underscores, at the end."""
    end = len(own)
    while end and not _line(lines, own[end - 1]).strip(" \t\xa0_"):
        end -= 1
    return own[:end]
