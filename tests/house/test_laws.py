"""No line of the project breaks a house law, and every law catches what it says."""

import pytest

from tests.house import tree
from tests.house.laws import LAWS, Law

EXAMPLES = "tests/house/laws.py"  # its bad examples are there to be bad

each_law = pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)


def breaches(law: Law, name: str) -> list[str]:
    """Return the lines of the file that break the law, as `file:line: words`."""
    lines = enumerate(tree.text(name).splitlines(), 1)
    return [f"{name}:{number}: {line.strip()}" for number, line in lines if law.breach.search(line)]


@each_law
def test_the_law_lets_good_lines_pass_and_catches_bad_ones(law: Law) -> None:
    assert [line for line in law.good if law.breach.search(line)] == []
    assert [line for line in law.bad if not law.breach.search(line)] == []


@each_law
def test_no_line_breaks_the_law(law: Law) -> None:
    named = {EXAMPLES, *law.exceptions}
    found = [line for name in tree.matching(*law.files) if name not in named for line in breaches(law, name)]
    assert not found, "\n".join([law.why, *found])


@each_law
def test_every_exception_is_still_needed(law: Law) -> None:
    assert [name for name in law.exceptions if name not in tree.files() or not breaches(law, name)] == []


def test_the_names_of_laws_are_their_own() -> None:
    assert len({law.name for law in LAWS}) == len(LAWS)
