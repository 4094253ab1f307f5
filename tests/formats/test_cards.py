"""The thank-you card: its twig, its texts, and the PDF, whatever is written on it."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.formats.cards import CannotDraw, Card, card_pdf, fit, twig
from amends.formats.cards.card import LONGEST_LINE
from amends.formats.cards.twig import HEIGHT, WIDTH

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
CARD = Card(
    number=7,
    house="Copper Kettle",
    greeting="Dear Maya,",
    thanks=("Thank you for telling us.",),
    line="Your photos helped our workshop.",
    signed="Jonas Weber",
)


def fonts_in(pdf: bytes) -> set[str]:
    """Return the names of the fonts that lie in the file itself."""
    found = set()
    for part in pdf.split(b"stream\n")[1:]:
        body = part.split(b"\nendstream")[0]
        try:
            font = TTFont(BytesIO(zlib.decompress(body)))
        except Exception:  # noqa: BLE001, S112 - most streams are no font
            continue
        found.add(font["name"].getDebugName(4) or "")
    return found


def test_a_card_is_one_small_page_with_its_fonts_in_it() -> None:
    pdf = card_pdf(CARD, AT)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    assert len(pdf) < 200_000
    assert fonts_in(pdf) == {"Source Serif Pro", "Source Serif Pro Italic"}


def test_the_same_card_is_the_same_file() -> None:
    assert card_pdf(CARD, AT) == card_pdf(CARD, AT)
    assert card_pdf(CARD, AT) != card_pdf(replace(CARD, number=8), AT)


@pytest.mark.parametrize(
    "name", ["Łukasz Müller", "Ngọc", "Ελένη", "Ольга", "e\u0301lise", "Maya 😊", "<b>Bobby</b> & Co"]
)
def test_names_of_many_scripts_are_drawn(name: str) -> None:
    assert card_pdf(replace(CARD, greeting=f"Dear {name},", line=name, signed=name), AT)


@pytest.mark.parametrize("name", ["山田", "김", "עברית", "عربي"])
def test_letters_that_no_font_has_are_said_so(name: str) -> None:
    with pytest.raises(CannotDraw):
        card_pdf(replace(CARD, greeting=f"Dear {name},"), AT)


@settings(max_examples=15)
@given(st.text(max_size=400), st.text(max_size=100), st.integers(0, 10**9))
def test_whatever_is_written_stays_on_one_page_or_is_refused(line: str, name: str, number: int) -> None:
    try:
        pdf = card_pdf(replace(CARD, line=line, signed=name, number=number), AT)
    except CannotDraw:
        return
    assert pdf.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("line", ["x" * 5000, "W" * LONGEST_LINE, "long words " * 400, "\0\u202e\u200b"])
def test_a_line_without_an_end_stays_on_the_card(line: str) -> None:
    assert card_pdf(replace(CARD, line=line, thanks=("A sentence of ours. " * 9,) * 3), AT).count(b"/Type /Page\n") == 1


@given(st.text())
def test_texts_are_one_line_without_control_characters(text: str) -> None:
    fitted = fit(replace(CARD, line=text)).line
    assert len(fitted) <= LONGEST_LINE
    assert fitted.isprintable()


@given(st.integers(0, 10**12))
def test_a_twig_is_always_the_same_and_grows_in_its_box(number: int) -> None:
    grown = twig(number)
    assert grown == twig(number)
    ends = [end for leaf, _dark in grown.leaves for _one, _two, end in leaf.curves]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in [*ends, *(at for at, _radius in grown.berries)])


def test_no_two_neighbours_have_the_same_twig() -> None:
    assert len({repr(twig(number)) for number in range(40)}) == 40
