"""Cleaned HTML into text that reads well: paragraphs, lists, tables and quotations keep their shape."""

import re
from html import unescape

from amends.formats.email.charsets import safe

_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>|([^<]+|<)')
_ALT = re.compile(r' alt="([^"]*)"')
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_PARAGRAPHS = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul".split())
_LINES = frozenset("caption center dd div dt hr li tr".split())
_SHAPING = _PARAGRAPHS | _LINES | {"br", "img", "td", "th"}
_DEEPEST = 20
_EMOJI = 8  # characters; a picture with so short a text beyond ASCII stands for an emoji


class _Page:
    """The lines of text written so far, each with its depth of quotation."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.blank = False
        self.spaced = False  # whether only a space that does not break was written: so people make blank lines

    def write(self, words: str) -> None:
        """Add words to the line, with single spaces; white space at its beginning is none."""
        if self.line or words.strip():
            words = _SPACES.sub(" ", words)
            self.line.append(words if self.line else words.lstrip())
        elif "\xa0" in words:
            self.spaced = True

    def end_line(self, *, forced: bool = False) -> None:
        """End the line where it has words, or in any case when `forced`."""
        words = "".join(self.line).rstrip()
        self.line.clear()
        self.blank = self.blank or (self.spaced and not words)
        self.spaced = False
        if words or forced:
            if self.blank and self.lines:
                self.lines.append(self._quoted(""))
            self.lines.append(self._quoted(words))
            self.blank = False

    def end_paragraph(self) -> None:
        """End the line, and leave a blank one before the next."""
        self.end_line()
        self.blank = True

    def quote(self, by: int) -> None:
        """End the paragraph and go deeper into a quotation (1) or out of one (-1)."""
        self.end_paragraph()
        if self.blank and self.lines and by > 0:
            self.lines.append(self._quoted(""))
            self.blank = False
        self.depth = max(0, self.depth + by)

    def _quoted(self, words: str) -> str:
        """Return the line as it is quoted at this depth."""
        marks = "> " * min(self.depth, _DEEPEST)
        return (marks + words).rstrip() if words != "-- " else marks + words


def plain_text(cleaned: str) -> str:
    """Return HTML that `clean_html` made as text; takes linear time."""
    page = _Page()
    preformatted = 0
    for match in _PIECE.finditer(cleaned):
        end, name, attributes, words = match.groups()
        if words is not None:
            words = unescape(words)
            if preformatted:
                _write_lines(page, words)
            else:
                page.write(words)
        elif name == "pre":
            preformatted = max(0, preformatted + (-1 if end else 1))
            page.end_paragraph()
        elif name in _SHAPING:
            _tag(page, name, attributes, closing=bool(end))
    page.end_line()
    return safe("\n".join(page.lines)).strip("\n")


def _write_lines(page: _Page, words: str) -> None:
    """Write words that keep their own lines."""
    *lines, last = words.split("\n")
    for line in lines:
        page.line.append(line)
        page.end_line(forced=True)
    if last:
        page.line.append(last)


def _tag(page: _Page, name: str, attributes: str, *, closing: bool) -> None:
    """Let one tag change the shape of the text."""
    if name == "br":
        page.end_line(forced=True)
    elif name == "blockquote":
        page.quote(-1 if closing else 1)
    elif name in _PARAGRAPHS:
        page.end_paragraph()
    elif name in _LINES:
        page.end_line()
        if name == "li" and not closing:
            page.line.append("- ")
    elif name in {"td", "th"} and closing:
        page.write(" ")
    elif name == "img" and (alt := _ALT.search(attributes)):
        words = _SPACES.sub(" ", unescape(alt[1])).strip()[:100]
        if words:
            page.write(words if len(words) <= _EMOJI and not words.isascii() else f" [{words}] ")
