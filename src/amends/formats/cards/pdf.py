"""The thank-you card as a PDF: A6 across, with its fonts in it, to be kept or printed."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from amends.formats.cards.card import Card, fit
from amends.formats.cards.twig import HEIGHT, Path, twig

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.drawing import PaintedPath
    from fpdf.fonts import TTFFont

_WIDE, _HIGH = 148.0, 105.0  # millimetres
_LEFT, _RIGHT = 47.0, 12.0
_COLUMN = _WIDE - _LEFT - _RIGHT
_PAPER, _INK, _SOFT, _PEN = (255, 253, 248), (37, 34, 29), (93, 87, 76), (42, 70, 148)
_STEM, _LEAF, _LEAF_DARK, _BERRY = "#74826b", "#b9c3ae", "#8d9b83", "#b9694f"
_HAND, _PLAIN = "hand", "plain"
_SIZES: Final = (19.0, 17.0, 15.0, 13.5, 12.0, 11.0)  # points, the largest that fits
_LEADING: Final = 0.3528 * 1.36  # millimetres of line height to a point of type


class CannotDraw(ValueError):
    """The card has letters that our fonts do not have; the page shows them, in the fonts of who reads it."""


def card_pdf(card: Card, at: datetime) -> bytes:
    """Return the card as a PDF of one page. Pictographs are left out.

    Raises `CannotDraw` for letters that the fonts do not have (Chinese, Japanese, Korean, Arabic, Hebrew and others).
    """
    from fpdf import FPDF  # noqa: PLC0415 - a second to import, and only for a card

    pdf = FPDF(orientation="landscape", unit="mm", format=(_HIGH, _WIDE))
    pdf.set_creation_date(at)
    pdf.set_margins(0, 0, 0)
    pdf.set_auto_page_break(False)
    try:
        for family, file in zip((_PLAIN, _HAND), _fonts(), strict=True):
            pdf.add_font(family, fname=file)
        _draw(pdf, fit(card))
        return bytes(pdf.output())
    finally:
        for font in pdf.fonts.values():
            font.close()  # type: ignore[union-attr]  # ours are files, not the ones that every PDF reader has


def _draw(pdf: "FPDF", card: Card) -> None:
    pdf.set_lang(card.language)
    pdf.set_title(card.greeting)
    pdf.set_author(card.house)
    pdf.add_page()
    pdf.set_fill_color(*_PAPER)
    pdf.rect(0, 0, _WIDE, _HIGH, style="F")
    _adorn(pdf, card.number)
    _write(pdf, card)


def _write(pdf: "FPDF", card: Card) -> None:
    """Write the house above, the signature below, and between them, in the middle, what is said."""
    _line(pdf, _PLAIN, card.house, 9, _SOFT, top=11)
    said = " ".join(card.thanks)
    around = 9 + _tall(pdf, _PLAIN, said, 10) + 4
    room = 78.0 - 19.0 - around
    size = next((size for size in _SIZES if _tall(pdf, _HAND, card.line, size) <= room), _SIZES[-1]) if card.line else 0
    top = 19 + max(0.0, room - (_tall(pdf, _HAND, card.line, size) if card.line else 0)) / 2
    top = _line(pdf, _PLAIN, card.greeting, 15, _INK, top=top) + 2
    top = _line(pdf, _PLAIN, said, 10, _INK, top=top) + 4
    if card.line:
        _line(pdf, _HAND, card.line, size, _PEN, top=top, bottom=top + room)
    _line(pdf, _HAND, card.signed, 14, _INK, top=86, bottom=94)


def _line(
    pdf: "FPDF",
    family: str,
    text: str,
    size: float,
    colour: tuple[int, int, int],
    *,
    top: float,
    bottom: float = _HIGH,
) -> float:
    """Write a text into the column from `top` on, cut with an ellipsis at `bottom`; return where it ends."""
    text = _drawable(pdf, text)
    if not text:
        return top
    pdf.set_font(_able(pdf, family, text), size=size)
    pdf.set_text_color(*colour)
    high = size * _LEADING
    lines = _broken(pdf, text, high)
    most = max(1, int((bottom - top + 0.01) / high))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip()[:-1] + "…"]
    for index, words in enumerate(lines):
        pdf.set_xy(_LEFT, top + index * high)
        pdf.cell(_COLUMN, high, words)
    return top + len(lines) * high


def _broken(pdf: "FPDF", text: str, high: float) -> list[str]:
    """Return the text in the lines that fit into the column, in the font that is set."""
    return cast("list[str]", pdf.multi_cell(_COLUMN, high, text, dry_run=True, output="LINES", align="L"))


def _tall(pdf: "FPDF", family: str, text: str, size: float) -> float:
    """Return how tall a text is in the column, in millimetres."""
    text = _drawable(pdf, text)
    pdf.set_font(_able(pdf, family, text), size=size)
    high = size * _LEADING
    return len(_broken(pdf, text, high)) * high if text else 0.0


def _adorn(pdf: "FPDF", number: int) -> None:
    grown = twig(number)
    scale = (_HIGH - 14) / HEIGHT
    with pdf.drawing_context() as drawing:
        stem = _path(grown.stem, scale)
        stem.style.auto_close = False
        stem.style.fill_color, stem.style.stroke_color, stem.style.stroke_width = None, _STEM, 0.45
        drawing.add_item(stem)
        for leaf, dark in grown.leaves:
            shape = _path(leaf, scale)
            shape.style.fill_color, shape.style.stroke_color = _LEAF_DARK if dark else _LEAF, None
            drawing.add_item(shape)
    pdf.set_fill_color(_BERRY)
    for (x, y), radius in grown.berries:
        pdf.circle(_at(x, y, scale)[0], _at(x, y, scale)[1], radius * scale, style="F")


def _path(path: Path, scale: float) -> "PaintedPath":
    from fpdf.drawing import PaintedPath  # noqa: PLC0415 - as above

    drawn = PaintedPath(*_at(*path.start, scale))
    for one, two, end in path.curves:
        drawn.curve_to(*_at(*one, scale), *_at(*two, scale), *_at(*end, scale))
    return drawn


def _at(x: float, y: float, scale: float) -> tuple[float, float]:
    return 4 + x * scale, 7 + y * scale


def _drawable(pdf: "FPDF", text: str) -> str:
    """Return the text without signs that no font of ours has; of letters none is left out: `_able` says so."""
    known = _glyphs(pdf, _PLAIN)
    return " ".join("".join(c for c in text if ord(c) in known or c.isalpha()).split())


def _able(pdf: "FPDF", family: str, text: str) -> str:
    """Return the font to write a text in: the one that is wanted, or the plain one where that lacks a letter."""
    wanted = {ord(character) for character in text}
    for name in (family, _PLAIN):
        if wanted <= _glyphs(pdf, name):
            return name
    raise CannotDraw(f"No font of ours has all letters of {text!r}.")


def _glyphs(pdf: "FPDF", family: str) -> frozenset[int]:
    return frozenset(cast("TTFFont", pdf.fonts[family]).cmap)


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, str]:
    """Return the files of the plain and of the handwritten font."""
    from font_source_serif_pro import font_files_ttf  # noqa: PLC0415 - looks at its folder when it is imported

    return font_files_ttf["SourceSerifPro"], font_files_ttf["SourceSerifProIt"]
