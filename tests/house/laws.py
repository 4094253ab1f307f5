"""House law as data: what no line of the project says, with examples on both sides.

A new law is a new entry. `good` and `bad` are lines that it must let pass and must catch. An exception names a file and its
reason; when the file no longer breaks the law, the exception is dead and its test fails.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PYTHON = ("*.py",)
TEMPLATES = ("src/*.html", "src/*.txt", "src/*.jinja")
PROSE = ("*.md", "src/*.html")
ALL = ("*",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """No line that `breach` finds in the `files` (shell patterns), but for the `exceptions` (file: reason)."""

    name: str
    why: str
    files: tuple[str, ...]
    breach: re.Pattern[str]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    exceptions: Mapping[str, str] = field(default_factory=dict)


LAWS = (
    Law(
        name="no-paths-of-a-machine",
        why="What works in one person's home works nowhere else.",
        files=ALL,
        breach=re.compile(r"(?<![\w.~-])/(?:(?:home|Users)/[\w.-]+/|(?:root|work|mnt|opt)/\w)"),
        good=("data = Path('data')", "see https://amends.example/home/kim/", "GET /cases/7/work/", "/usr/bin/chromium"),
        bad=("open('/home/kim/cases.csv')", "cd /root/desk", "DATA=/Users/kim/desk/data", "see /work/notes"),
    ),
    Law(
        name="no-document-that-is-not-here",
        why="A reader who looks for it finds nothing.",
        files=ALL,
        breach=re.compile(r"(?<![\w/.-])(?!(?:README|CONTRIBUTING|CHANGELOG|SECURITY)\.md\b)[A-Z]{3,}\.md\b"),
        good=("see CONTRIBUTING.md", "docs/decisions/README.md", "the file promises.md"),
        bad=("as IDEAS.md says", "(see `PLAN.md`)"),
    ),
    Law(
        name="nothing-left-for-later",
        why="What is not done is an issue, not a comment.",
        files=ALL,
        breach=re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
        good=("the to-do list", "xxxx", "hacksaw"),
        bad=("# TODO: later", "<!-- FIXME -->", "/* XXX */"),
    ),
    Law(
        name="no-text-of-strangers-as-html",
        why="One message with a script in it would speak for the handler who opens it. Clean it first, then return Markup.",
        files=TEMPLATES,
        breach=re.compile(r"\|\s*safe\b|\bautoescape\s+(?:false|off)\b"),
        good=("{{ case.words }}", "{{ body_html }}", "how to stay safe", "{% autoescape true %}"),
        bad=("{{ case.words|safe }}", "{{ body | safe }}", "{% autoescape false %}"),
    ),
    Law(
        name="no-script-in-an-attribute",
        why="The content policy refuses it in the browser; behaviour lives in static files.",
        files=("src/*.html",),
        breach=re.compile(r"""\son[a-z]{3,}\s*=\s*["']|href\s*=\s*["']javascript:"""),
        good=('<a href="/today">', '<div hx-on="click">', "once = true", '<p data-on="x">'),
        bad=('<button onclick="go()">', "<body onload='x'>", '<a href="javascript:void(0)">'),
    ),
    Law(
        name="a-silenced-check-says-why",
        why="The next reader must be able to tell whether the reason still holds.",
        files=PYTHON,
        breach=re.compile(
            r"#\s*noqa(?!:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+\S*\s*\w)|#\s*type:\s*ignore(?!\[[a-z-]+(?:,\s*[a-z-]+)*\]\s+#\s*\w)"
            r"|#\s*pragma:\s*no cover(?!\s+\S*\s*\w)"
        ),
        good=(
            "x = now()  # noqa: DTZ005 - the one clock",
            "y()  # noqa: S603, S607 (fixed words)",
            "import z  # type: ignore[import-untyped]  # ships no types",
            "else:  # pragma: no cover - only on Windows",
        ),
        bad=(
            "x()  # noqa",
            "x()  # noqa: S603",
            "y  # type: ignore",
            "y  # type: ignore[misc]",
            "z  # pragma: no cover",
        ),
    ),
    Law(
        name="actions-append-in-one-place",
        why="Who should know of a fact is told where it is appended. Import append from amends.actions.appending.",
        files=("src/amends/actions/*.py",),
        breach=re.compile(r"from amends\.store\.journal import .*\bappend|\bjournal\.append"),
        good=("from amends.actions.appending import append", "from amends.store.journal import state_of"),
        bad=("from amends.store.journal import append, state_of", "journal.append_all(changes)"),
        exceptions={"src/amends/actions/appending.py": "the one place"},
    ),
    Law(
        name="tests-do-not-sleep",
        why="A pause is too long on most machines and too short on one. Wait for the thing itself, with a limit.",
        files=("tests/*.py",),
        breach=re.compile(r"\b(?:time|asyncio)\.sleep\(|\bwait_for_timeout\(|^from time import .*\bsleep\b"),
        good=("server.ready.wait(timeout=5)", "page.wait_for_selector('h1')", "def test_sleepy_cases()"),
        bad=("time.sleep(1)", "await asyncio.sleep(0.1)", "page.wait_for_timeout(500)", "from time import sleep"),
    ),
    Law(
        name="tests-are-not-switched-off",
        why="A test that nobody runs protects nobody. What a machine lacks is said with tests/needs.py.",
        files=("tests/*.py",),
        breach=re.compile(
            r"\bpytest\.(?:mark\.(?:skip|skipif|xfail)\b|skip\(|xfail\(|importorskip\()|@(?:unittest\.)?skip"
        ),
        good=("@needs.chromium", "skipped = 3"),
        bad=("@pytest.mark.skip", "pytest.skip('later')", "@pytest.mark.xfail(reason='?')", "pytest.importorskip('x')"),
        exceptions={
            "tests/needs.py": "the one place that skips",
        },
    ),
    Law(
        name="words-in-british-spelling",
        why="One desk, one voice.",
        files=PROSE,
        breach=re.compile(
            r"\b(?:apolog|recogn|organ|real|summar|priorit|emphas|final|util|personal)iz(?:e[ds]?|ing|ation)\b|\bfavorites?\b"
            r"|\bfulfill\b|\bjudgment\b",
            re.IGNORECASE,
        ),
        good=("We apologise.", "their favourite", "the size of it", "organise a call", "scroll-behavior: smooth"),
        bad=("We apologize.", "Organizing a call", "my favorite", "Recognized"),
    ),
)
