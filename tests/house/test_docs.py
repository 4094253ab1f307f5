"""Documents that point somewhere, and commands in them that exist."""

import re
from itertools import pairwise
from posixpath import dirname, normpath

import pytest

from tests.house import tree

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
MAKE = re.compile(r"(?:^|`|&& )make ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):.*?(?:## (.+))?$", re.MULTILINE)
DECISION = re.compile(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md")
PARTS = ["Context", "Choice", "What we gave up"]

documents = pytest.mark.parametrize("name", list(tree.matching("*.md")))


def anchors(words: str) -> set[str]:
    """Return the anchors of a document's headings, in the way of the common forges."""
    plain = (re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in HEADING.findall(FENCE.sub("", words)))
    return {heading.replace(" ", "-") for heading in plain}


def dead_links(name: str, words: str) -> list[str]:
    """Return the links of a document that lead to no file, folder or heading of the project."""
    dead = []
    for target in LINK.findall(FENCE.sub("", words)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = normpath(f"{dirname(name)}/{path}").lstrip("/") if path else name
        inside = not place.startswith("..") and (tree.ROOT / place).exists()
        if not inside or (anchor and place.endswith(".md") and anchor not in anchors(tree.text(place))):
            dead.append(target)
    return dead


def targets() -> dict[str, str]:
    """Return the commands of the Makefile, each with its line of help."""
    return dict(TARGET.findall(tree.text("Makefile")))


@documents
def test_links_lead_somewhere(name: str) -> None:
    assert dead_links(name, tree.text(name)) == []


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        ("[the law](CONTRIBUTING.md)", []),
        ("[the web](https://example.org/x)", []),
        ("[a folder](docs/decisions/)", []),
        ("[nothing](docs/nothing.md)", ["docs/nothing.md"]),
        ("[outside](../elsewhere.md)", ["../elsewhere.md"]),
        ("[a heading](CONTRIBUTING.md#no-such-heading)", ["CONTRIBUTING.md#no-such-heading"]),
        ("```\n[in code](nothing.md)\n```", []),
    ],
)
def test_dead_links_are_found(words: str, dead: list[str]) -> None:
    assert dead_links("README.md", words) == dead


@documents
def test_commands_that_a_document_names_exist(name: str) -> None:
    assert set(MAKE.findall(tree.text(name))) <= set(targets())


def test_every_command_has_a_line_of_help() -> None:
    assert [name for name, words in targets().items() if not words] == []
    assert {"run", "test", "lint", "fix", "docs", "bench", "help"} <= set(targets())


def test_decisions_are_numbered_in_order_from_one() -> None:
    numbers = [int(found[1]) for name in tree.matching("docs/decisions/*.md") if (found := DECISION.fullmatch(name))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "name", [name for name in tree.matching("docs/decisions/*.md") if not name.endswith("README.md")]
)
def test_a_decision_says_what_was_given_up(name: str) -> None:
    assert DECISION.fullmatch(name) or name == "docs/decisions/template.md"
    words = tree.text(name)
    places = [words.find(f"\n## {part}\n") for part in PARTS]
    assert -1 not in places, f"wants the headings {PARTS}"
    assert all(first < second for first, second in pairwise(places))


def test_programs_of_the_house_can_be_run() -> None:
    programs = [name for name in tree.matching("scripts/*", ".ci/*") if tree.text(name).startswith("#!")]
    assert programs
    assert [name for name in programs if not (tree.ROOT / name).stat().st_mode & 0o100] == []
