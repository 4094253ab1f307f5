"""Where words are evidence: a text cut into pieces, so that a page can underline what passed a station."""

from collections.abc import Iterable

from amends.desk.contexts.conversation import PieceView
from amends.method.words import Station


def cut(text: str, marks: Iterable[tuple[int, int, Station]]) -> tuple[PieceView, ...]:
    """Return `text` in pieces; those between a mark's start and end (code points) carry its station.

    Marks outside the text are clipped or left out (the words may have been erased). Where marks
    overlap the earlier one keeps the words and the later one gets the rest.

    >>> [(piece.text, piece.station) for piece in cut("Sorry. We", [(0, 6, Station.ACKNOWLEDGE)])]
    [('Sorry.', <Station.ACKNOWLEDGE: 'acknowledge'>), (' We', None)]
    """
    pieces: list[PieceView] = []
    reached = 0
    for start, end, station in sorted(marks):
        first, last = max(start, reached), min(end, len(text))
        if first >= last:
            continue
        if first > reached:
            pieces.append(PieceView(text=text[reached:first]))
        pieces.append(PieceView(text=text[first:last], station=station))
        reached = last
    if reached < len(text):
        pieces.append(PieceView(text=text[reached:]))
    return tuple(pieces)
