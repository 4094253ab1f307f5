"""A text is cut where it is evidence, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from amends.desk.marks import cut
from amends.method.words import Station

TEXT = "Sorry. We will call."
SAID, ASKED = Station.ACKNOWLEDGE, Station.ASK


def test_words_of_evidence_carry_their_station() -> None:
    assert [(piece.text, piece.station) for piece in cut(TEXT, [(7, 14, ASKED), (0, 6, SAID)])] == [
        ("Sorry.", SAID),
        (" ", None),
        ("We will", ASKED),
        (" call.", None),
    ]


def test_where_marks_overlap_the_earlier_keeps_the_words() -> None:
    assert [(piece.text, piece.station) for piece in cut(TEXT, [(0, 10, SAID), (7, 14, ASKED)])][:2] == [
        ("Sorry. We ", SAID),
        ("will", ASKED),
    ]


def test_erased_words_leave_no_marks() -> None:
    assert cut("", [(0, 6, SAID)]) == ()


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(Station)), max_size=6),
)
def test_no_word_is_lost_or_said_twice(text: str, marks: list[tuple[int, int, Station]]) -> None:
    pieces = cut(text, [(max(start, 0), end, station) for start, end, station in marks])
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
