"""News waits in changelog.d/, one fragment per change, under a name that the release can read."""

import re

import pytest

from tests.house import tree

KINDS = [kind["directory"] for kind in tree.project()["tool"]["towncrier"]["type"]]
NAME = re.compile(rf"(?:\d+|\+[a-z0-9][a-z0-9-]*)\.(?:{'|'.join(KINDS)})(?:\.\d+)?\.md")


@pytest.mark.parametrize("name", ["12.feature.md", "+warmer-buttons.fix.md", "12.fix.2.md"])
def test_good_names_are_known(name: str) -> None:
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["12.md", "feature.md", "12.news.md", "warmer.fix.md", "12.feature.txt", "+.fix.md"])
def test_bad_names_are_known(name: str) -> None:
    assert not NAME.fullmatch(name)


def test_every_fragment_has_a_good_name_and_says_something() -> None:
    fragments = [name for name in tree.matching("changelog.d/*") if name != "changelog.d/README.md"]
    assert [name for name in fragments if not NAME.fullmatch(name.removeprefix("changelog.d/"))] == []
    assert [name for name in fragments if not tree.text(name).strip().endswith((".", "!", "`"))] == []
