"""What a template says in words of its own, without asking for a translation."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "placeholder",
    "title",
}  # attributes that people hear or read
SILENT = {"code", "kbd", "samp", "script", "style"}  # elements whose text is no language
NAMES = {"Amends"}
_FILLED = "\x00"  # stands for what the template fills in: translated, or somebody's own words
_WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(source: str) -> list[str]:
    """Return the texts of a Jinja2 template that stand in it as they are, outside `_()` and `{% trans %}`."""
    environment = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True
    )
    listener = _Listener()
    listener.feed("".join(_skeleton(environment.parse(source))))
    listener.close()
    return listener.heard


def _skeleton(node: nodes.Node) -> Iterator[str]:
    """Yield the template's own HTML in order, every branch of it, with a mark where something is filled in."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield _FILLED if isinstance(node, nodes.Output) else ""
        else:
            yield from _skeleton(child)


class _Listener(HTMLParser):
    """Collects the words that a reader or a screen reader would come upon."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        for name, value in attrs:
            if name in SPOKEN:
                self.note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.note(data)

    def note(self, words: str) -> None:
        if set(_WORD.findall(words)) - NAMES:
            self.heard.append(" ".join(words.replace(_FILLED, "…").split()))
