"""Files that one can read in one sitting."""

from tests.house import tree

SOFT = 300
HARD = 400

# Longer than the soft limit, each with the reason why splitting it would make it harder to read.
LONG: dict[str, str] = {}


def sizes() -> dict[str, int]:
    """Return the lines of every Python file of the product that a person writes; migrations are Django's."""
    written = (name for name in tree.matching("src/*.py") if "/migrations/" not in name)
    return {name: len(tree.text(name).splitlines()) for name in written}


def test_no_file_is_long_without_a_reason() -> None:
    long = {name: lines for name, lines in sizes().items() if lines > SOFT and name not in LONG}
    assert not long, f"over {SOFT} lines; split by subject, or name it in LONG with a reason: {long}"


def test_no_reason_is_good_enough_for_the_hard_limit() -> None:
    assert {name: lines for name, lines in sizes().items() if lines > HARD} == {}


def test_every_named_exception_is_still_needed() -> None:
    assert [name for name in LONG if sizes().get(name, 0) <= SOFT] == []
