"""For a lead: one page of HTML that needs nothing else, with figures, the findings, and the rules explained."""

import re
from datetime import timedelta
from heapq import heappush, heappushpop
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from amends.cli.reads.shown import LEVELS, clean
from amends.cli.reviews.counted import Summary
from amends.cli.reviews.forms.drawn import Line, bars, line, spans, stations
from amends.cli.reviews.masking import Faces
from amends.cli.reviews.told import Told, told
from amends.coaching.review import Reviewed
from amends.coaching.rules import RULES, Severity

_CONVERSATIONS = 200  # shown with what was found in them
_FINDINGS = 30  # shown of each of them
_HANDLERS = 40
_WEIGHTS = {Severity.ERROR: 100, Severity.WARNING: 10, Severity.NOTE: 1}
_MARKS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`")
_TAGS = ("strong", "em", "code")

Shown = tuple[int, int, tuple[Told, ...], int]  # weight, minus the place, the first findings, how many there are


class Page:
    """A page, written at the end. It holds a limited number of conversations: those in which most went wrong."""

    def __init__(self, out: TextIO, faces: Faces) -> None:
        self._out, self._faces = out.buffer, faces
        self._worst: list[Shown] = []
        self._found = 0

    def add(self, reviewed: Reviewed) -> None:
        """Keep a conversation, if it is among the worst."""
        if not reviewed.findings:
            return
        self._found += 1
        weight = sum(_WEIGHTS[finding.severity] for finding in reviewed.findings)
        if len(self._worst) >= _CONVERSATIONS and weight <= self._worst[0][0]:
            return
        findings = told(reviewed, self._faces)
        entry = (weight, -self._found, findings[:_FINDINGS], len(findings))
        if len(self._worst) < _CONVERSATIONS:
            heappush(self._worst, entry)
        else:
            heappushpop(self._worst, entry)

    def finish(self, summary: Summary) -> None:
        """Write the page."""
        broken = {code for code, _name in summary.by_rule}
        context = {
            "summary": summary,
            "temperature": _temperature(summary),
            "silences": bars(zip(spans(), summary.spread, strict=True)),
            "stations": bars((name, summary.by_station[one]) for one, name in stations()),
            "rules": [(rule, summary.by_rule[rule.code, rule.name]) for rule in RULES if rule.code in broken],
            "breaches": bars((code, count) for (code, _name), count in summary.by_rule.most_common()),
            "names": {rule.code: rule.name for rule in RULES},
            "handlers": _handlers(summary),
            "more_handlers": max(0, len(summary.written) - _HANDLERS),
            "shown": sorted(self._worst, reverse=True),
            "more": self._found - len(self._worst),
        }
        for part in _templates().get_template("report.jinja").generate(context):
            self._out.write(part.encode(errors="replace"))


def _temperature(summary: Summary) -> Line | None:
    """Return the line of how upset customers were; None where no conversation can show one."""
    if not summary.followed:
        return None
    return line([heat / summary.followed for heat in summary.heat], highest=len(LEVELS) - 1)


def _handlers(summary: Summary) -> list[tuple[str, int, int, float]]:
    """Return those who wrote most: name, messages, breaches, breaches for each hundred messages."""
    return [
        (name, written, summary.by_handler[name], 100 * summary.by_handler[name] / written)
        for name, written in summary.written.most_common(_HANDLERS)
    ]


def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("amends.cli.reviews"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clean=clean, prose=_prose, span=_span, number=lambda value: f"{value:,}", share=_share)
    made.globals.update(levels=LEVELS)
    return made


def _prose(page: str) -> Markup:
    """Return the page of a rule as HTML: paragraphs, with what is bold, leaning or code in them."""
    paragraphs = (" ".join(part.split()) for part in page.split("\n\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(_marked(part)) for part in paragraphs if part)


def _marked(text: str) -> Markup:
    return Markup(_MARKS.sub(_tagged, str(escape(text))))  # noqa: S704 - escaped just here


def _tagged(match: re.Match[str]) -> str:
    tag = _TAGS[(match.lastindex or 1) - 1]
    return f"<{tag}>{match[match.lastindex or 1]}</{tag}>"


def _span(time: timedelta) -> str:
    """Return a span as people say it: hours, and from two days on days."""
    hours = round(time.total_seconds() / 3600)
    if hours < 48:
        return f"{hours} hour{'s' * (hours != 1)}"
    return f"{hours // 24:,} days" + (f", {hours % 24} h" if hours % 24 else "")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
