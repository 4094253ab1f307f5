"""The page about the method names everything that there is, with the numbers of today."""

import re
from pathlib import Path

import pytest

from amends.method.clock import Kind
from amends.method.policy import Policy, load_policy, load_preset, presets
from amends.method.state import PromiseStatus
from amends.method.words import Gate, Station

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")


def section(heading: str) -> str:
    """Return the part of the page under a heading of the second level."""
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def rows(heading: str) -> dict[str, str]:
    """Return the rows of the tables of a section, by what stands in backticks in their first column."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return {name: line for line in lines for name in re.findall(r"`([^`]+)`", line.split("|")[1])}


def test_every_station_has_a_row() -> None:
    assert list(rows("The path")) == [station.value for station in Station]


def test_every_gate_has_a_row() -> None:
    assert list(rows("The gates")) == [gate.value for gate in Gate]


def test_every_deadline_has_a_row() -> None:
    assert set(rows("The clock")) == {kind.value for kind in Kind}


def test_every_key_of_the_policy_and_every_preset_has_a_row() -> None:
    assert set(rows("The policy")) == set(Policy.__struct_fields__) | set(presets())


def test_every_status_of_a_promise_has_a_row() -> None:
    assert re.findall(r"^\| (\w+) \|", section("Promises"), re.MULTILINE)[1:] == [s.value for s in PromiseStatus]


DEFAULT = load_preset("default")
TERMS = dict(DEFAULT.terms())


@pytest.mark.parametrize("name", TERMS)
def test_the_default_of_a_term_is_the_one_that_holds(name: str) -> None:
    assert str(TERMS[name]) in rows("The policy")[name]


def test_the_example_can_be_used() -> None:
    (example,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    policy = load_policy(example)
    assert policy.hold.amount == 30
    assert not policy.authority.override


@pytest.mark.parametrize("name", presets())
def test_the_legal_terms_of_a_preset_are_the_ones_that_hold(name: str) -> None:
    row = rows("The policy")[name]
    assert [clock.title for clock in load_preset(name).legal.values() if str(clock.within) not in row] == []
