"""A review in each of its forms: for people, programs, tables, builds and leads."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from amends.cli import main
from tests import needs
from tests.cli import snapshots

TALKS = snapshots.FOLDER / "talks.jsonl"
NAMES = ("Sam", "Hill", "Ada", "Byron", "Lee", "Grace", "Hopper", "example.com", "7946", "50231187", "4111")


def review(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(main, ["review", *map(str, words)], input=given)


@pytest.mark.parametrize("name", list(snapshots.SHOTS))
def test_it_looks_as_it_did(name: str) -> None:
    kept = (snapshots.FOLDER / name).read_bytes()
    assert snapshots.taken(name) == kept, "if that is meant, run: .venv/bin/python -m tests.cli.snapshots"


def test_a_table_has_the_fields_of_the_lines_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(review("--format", "csv", TALKS).stdout)))
    found = [json.loads(line) for line in review("--format", "jsonl", TALKS).stdout.splitlines()]
    assert [{**one, "id": one["id"].lstrip("'")} for one in rows] == [
        {name: str(value) for name, value in one.items()} for one in found
    ]
    assert {one["id"] for one in rows} == {"t1", "'=SUM(A1)"}


def test_words_of_strangers_are_no_commands_of_a_build() -> None:
    lines = review("--format", "github", TALKS).stdout.splitlines()
    assert [line for line in lines if not re.match(r"::(?:error|warning|notice) [^:]*::", line)] == []
    assert f"::error file={TALKS},line=2,title=F203 blamed-or-dismissed::=SUM(A1):2: " in "\n".join(lines)
    assert lines[-1].startswith("::notice title=Review of past conversations::4 conversations, ")
    assert "100%25 our policy" in "".join(lines)


def test_a_pipe_has_no_file_to_point_at() -> None:
    first = review("--format", "github", "-", given=TALKS.read_text()).stdout.partition("\n")[0]
    assert first.startswith("::warning line=1,title=A301 undated-promise::t1:2: ")


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.values: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.values += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_a_page_needs_nothing_else_and_holds_no_markup_of_strangers(tmp_path: Path) -> None:
    talk = json.loads(TALKS.read_text().splitlines()[1])
    talk["id"] = "<script>alert(1)</script>"
    (tmp_path / "one.jsonl").write_text(json.dumps(talk))
    seen = Elements(review("--format", "html", tmp_path).stdout)
    assert {"script", "img", "b", "link"} & seen.names == set()
    assert seen.values
    assert [value for value in seen.values if not re.fullmatch(r"#rule-[A-Z]\d{3}", value)] == []


def test_a_page_about_nothing_stands() -> None:
    page = review("--format", "html", "-", given="").stdout
    assert "0 conversations" in page
    assert page.rstrip().endswith("</html>")


def test_a_page_shows_some_and_says_how_many_more_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.cli.reviews.forms.page._CONVERSATIONS", 1)
    monkeypatch.setattr("amends.cli.reviews.forms.page._FINDINGS", 2)
    page = review("--format", "html", TALKS).stdout
    assert page.count("<details>") == 1
    assert "1 more conversation with breaches is not shown here" in page
    assert "And 1 more in this conversation." in page


@needs.chromium
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 360)])
def test_everybody_can_read_the_page(browser: Browser, scheme: str, width: int) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        page = context.new_page()
        page.goto((snapshots.FOLDER / "report.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the window"


@pytest.mark.parametrize("form", ["text", "jsonl", "csv", "html", "github"])
def test_nobody_is_named_behind_a_mask(form: str) -> None:
    masked = review("--mask", "--format", form, TALKS).stdout
    assert [name for name in NAMES if re.search(rf"\b{re.escape(name)}\b", masked)] == []
    assert masked


def test_offsets_stay_those_of_the_text_behind_a_mask() -> None:
    bare, masked = (review("--format", "jsonl", *more, TALKS).stdout for more in ([], ["--mask"]))
    assert masked == bare
