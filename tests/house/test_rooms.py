"""Every room stands in the import law, and has its tests beside it."""

from typing import Any

import pytest

from tests.house import tree

# Tests that belong to no room: what the house asks of the tree, and whole journeys through a browser.
OUTSIDE_ROOMS = {"house", "journeys", "training"}
PURE_FROM = "coaching"  # this layer and all below it


def contract(name: str) -> dict[str, Any]:
    """Return the import contract of this id."""
    contracts: list[dict[str, Any]] = tree.project()["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["id"] == name)


def layers() -> list[list[str]]:
    """Return the rooms of each layer, highest first, with the brackets of those not built yet."""
    return [[room.strip() for room in layer.split("|")] for layer in contract("layers")["layers"]]


def pure_rooms() -> set[str]:
    """Return the rooms that may know no clock, socket or dice, built or not."""
    bare = [[room.strip("()") for room in layer] for layer in layers()]
    start = next(index for index, layer in enumerate(bare) if PURE_FROM in layer)
    return {room for layer in bare[start - 1 :] for room in layer}


def test_every_room_has_its_layer() -> None:
    named = {room.strip("()") for layer in layers() for room in layer}
    assert tree.rooms() - named == set()


def test_brackets_are_only_around_rooms_that_are_not_built() -> None:
    bracketed = {room.strip("()") for layer in layers() for room in layer if room.startswith("(")}
    assert bracketed & tree.rooms() == set(), "take their brackets away in pyproject.toml, [tool.importlinter]"


def test_every_pure_room_is_held_to_it() -> None:
    held = {module.removeprefix("amends.") for module in contract("pure")["source_modules"]}
    assert held == pure_rooms() & tree.rooms(), "list them in pyproject.toml, contract `pure`"


@pytest.mark.parametrize("room", sorted(tree.rooms()))
def test_every_room_has_tests(room: str) -> None:
    assert list(tree.matching(f"tests/{room}/*test_*.py")), f"nothing in tests/{room}/"


def test_tests_mirror_the_rooms() -> None:
    folders = {name.split("/")[1] for name in tree.matching("tests/*/test_*.py")}
    assert folders - OUTSIDE_ROOMS <= tree.rooms()
