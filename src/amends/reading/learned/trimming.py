"""From stretches of words to clauses of a text: nothing that hangs on, nothing that lacks."""

import re

_EDGES = "\"'()[]{}<>*_~,;:.!?\u2026-\u2013\u2014\u201c\u201d\u2018\u2019\u2022"
_GREETING = re.compile(
    r"(?:@\w+\s+)*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^,.!?:\n]{0,40}[,.!:]\s*)?"
    r"(?:(?:and|but|so)\s+)?",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"(?:[^\s,]+\s){0,1}[^\s,]+,\s+(?=\S+\s+\S+\s+\S)")
_LACKING = re.compile(r"(?:^|[.!?,;:\n]\s+)((?:[^\s.!?,;:]+(?:[^\S\n]+|\n(?!\n))){1,3})$")
_LACKING_BEHIND = re.compile(r"(?:\s+[^\s.!?,;:]+){1,3}(?=[.!?,;:\n]|$)")
_FARTHEST = 40  # characters of the words that a clause lacks
_STAYS = "<>"  # masks such as <URL> keep their brackets


_REST_OF_FIGURE = re.compile(r"(?<=\d)(?:[.,']?\d)+")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch less a greeting, and the punctuation and spaces at its ends; as it was if that is all.

    It never ends within a figure: half of a sum is another sum.

    >>> text = "I want GBP 1,299.90."
    >>> text[slice(*trimmed(text, 0, 12))]
    'I want GBP 1,299.90'
    """
    begin, stop = start, end
    while begin < stop and text[begin].isspace():
        begin += 1
    greeting = _GREETING.match(text, begin, end)
    begin = greeting.end() if greeting is not None else begin
    while begin < stop and (text[begin].isspace() or (text[begin] in _EDGES and text[begin] not in _STAYS)):
        begin += 1
    while stop > begin and (text[stop - 1].isspace() or (text[stop - 1] in _EDGES and text[stop - 1] not in _STAYS)):
        stop -= 1
    if begin < stop:
        rest = _REST_OF_FIGURE.match(text, stop)
        return begin, stop if rest is None else rest.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch, less a word or two of the clause before, and with the first words that its own clause lacks.

    >>> text = "I hear how angry you are, and I want to help. Let me check it."
    >>> [text[slice(*clause(text, *spot))] for spot in ((21, 45), (50, 61))]
    ['I want to help', 'Let me check it']
    """
    left_over = _LEFT_OVER.match(text, start, end)
    if left_over is not None:
        start = left_over.end()
    else:
        lacking = _LACKING.search(text[max(0, start - _FARTHEST) : start])
        start -= len(lacking[1]) if lacking is not None else 0
    lacking = _LACKING_BEHIND.match(text, end, end + _FARTHEST)
    return trimmed(text, start, lacking.end() if lacking is not None else end)
