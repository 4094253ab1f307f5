"""`amends policy`: the numbers in force, whether a file can be used, and what the past would have come to."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.actions import clock
from amends.method.policy import presets
from amends.store.models import Case
from amends.testing import MONDAY, make_cast
from tests.actions.doing import Everything, complaint, later, send
from tests.cli.conftest import Run

SATURDAY = MONDAY - timedelta(days=2)
STRICT = """
title = "Strict"
acknowledge = { amount = 10, unit = "minutes" }
[calendar.hours]
mon-sun = ["00:00-24:00"]
"""


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    path = tmp_path / "strict.toml"
    path.write_text(STRICT)
    return path


def test_the_numbers_in_force_with_their_sources(amends: Run, data: Path) -> None:
    (data / "policy.toml").write_text("hold.amount = 42\n")
    said = amends("policy", "show").output
    assert "42 seconds. Count to ten before you answer" in said
    assert "mon-fri 09:00-17:00, UTC" in said
    assert "Legal terms" not in said


@pytest.mark.parametrize("preset", presets())
def test_every_preset_says_its_source_its_day_and_that_it_is_no_legal_advice(amends: Run, preset: str) -> None:
    said = " ".join(amends("policy", "show", preset).output.split())
    assert "Checked on 2026-" in said
    assert "This is no legal advice: check before you rely on it." in said
    assert ("Legal terms:" in said) == (preset != "default")


def test_legal_terms_come_first_with_their_source(amends: Run) -> None:
    said = " ".join(amends("policy", "show", "uk-payments").output.split())
    assert "legal.final Final response: 15 working days, warned 2 days before. DISP 1.6.2A(1)" in said
    assert said.index("legal.final") < said.index("acknowledge")


def test_a_file_that_can_be_used_says_what_it_does_differently(amends: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text(
        'extends = "us-cfpb"\nhold.amount = 30\ncauses = ["Leak"]\n[teams.Paris.calendar]\ncountry = "FR"\n'
    )
    lines = amends("policy", "check", file).output.splitlines()
    assert lines == [
        f"{file} can be used: US CFPB complaint portal, in USD, America/New_York.",
        "It does differently from the preset us-cfpb:",
        "  hold: 30 seconds (was 10 seconds)",
        "  causes",
        "  teams",
    ]


def test_an_empty_file_is_the_default(amends: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("")
    assert "It is the preset default as it stands." in amends("policy", "check", tmp_path / "empty.toml").output


@pytest.mark.parametrize(
    ("words", "content", "why"),
    [
        (
            ("check",),
            b"calendar.hours = {}",
            "There is no working hour in the whole week; give at least one day a shift",
        ),
        (("check",), b"[[[", "new.toml: "),
        (("check",), b"\xff\xfe", "new.toml: "),
        (("check",), None, "is neither a file nor a preset. The presets are: au-asic-rg271, default,"),
        (("show",), b"colour = 1", "unknown field `colour`"),
        (("compare",), b"silence.amount = -1", "a term is nothing or more"),
        (("compare",), None, "is neither a file nor a preset"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_fix(
    amends: Run, tmp_path: Path, words: tuple[str, ...], content: bytes | None, why: str
) -> None:
    file = tmp_path / "new.toml"
    if content is not None:
        file.write_bytes(content)
    result = amends("policy", *words, file)
    assert result.exit_code == 1
    assert why in " ".join(result.output.split())


# ── Compare ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def _two_cases(db: None) -> None:
    """One is from Saturday, and nobody answered it; the other was answered on Monday within half an hour."""
    cast = make_cast()
    complaint(cast, "It leaks.", at=SATURDAY)
    send(cast.owner, complaint(cast), "I hear that you are angry.", at=later(minutes=30))


def compared(amends: Run, *words: str | Path) -> dict[str, Any]:
    with clock.stopped(later(hours=2)):
        found = amends("policy", "compare", *words, "--format", "json")
    assert found.exit_code == 0, found.output
    answer: dict[str, Any] = json.loads(found.output)
    return answer


@pytest.mark.usefixtures("_two_cases")
def test_what_all_cases_would_have_come_to(amends: Run, strict: Path) -> None:
    before = Everything.now()
    found = compared(amends, strict)
    assert Everything.now() == before
    assert (found["cases"], found["now"], found["then"]) == (2, "Recovery default", "Strict")
    assert found["clocks"][0] == {
        "clock": "acknowledge",
        "title": "First word",
        "now": {"met": 1, "missed": 1},
        "then": {"met": 0, "missed": 2},
    }
    quick = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert {"case": quick, "more_missed": {"acknowledge": 1}} in found["most"]


@pytest.mark.usefixtures("_two_cases")
def test_people_read_it_as_a_table(amends: Run, strict: Path) -> None:
    with clock.stopped(later(hours=2)):
        said = amends("policy", "compare", strict).output
    assert "2 cases. What people did stands; only the clock is another one." in said
    assert ["First", "word", "1", "1", "(50%)", "0", "2", "(100%)"] in [line.split() for line in said.splitlines()]
    assert "1 more missed: First word" in said


@pytest.mark.usefixtures("_two_cases")
def test_a_preset_lies_under_the_own_file(amends: Run, data: Path) -> None:
    (data / "policy.toml").write_text('title = "Ours"\nacknowledge = { amount = 10, unit = "minutes" }\n')
    found = compared(amends, "au-asic-rg271")
    assert found["then"] == "Ours"
    (first, legal) = (found["clocks"][0], found["clocks"][-1])
    assert first["now"] == first["then"]  # what the house says itself counts under any preset
    assert (legal["clock"], legal["now"]) == ("legal.acknowledgement", {"met": 0, "missed": 0})


@pytest.mark.usefixtures("_two_cases")
def test_only_cases_since_a_day(amends: Run, strict: Path) -> None:
    assert compared(amends, strict, "--since", "2026-03-01")["cases"] == 1
    none = compared(amends, strict, "--since", "2027-01-01")
    assert (none["cases"], none["clocks"], none["differing"]) == (0, [], 0)
    result = amends("policy", "compare", strict, "--since", "yesterday")
    assert "'yesterday' is no day; write it like 2026-03-31." in result.output


@pytest.mark.usefixtures("_two_cases")
def test_the_same_policy_makes_no_difference(amends: Run) -> None:
    assert "No case would have gone otherwise." in amends("policy", "compare", "default").output


@pytest.mark.usefixtures("_two_cases")
def test_each_team_by_its_own_hours(amends: Run, tmp_path: Path) -> None:
    team = Case.objects.values_list("team__name", flat=True)[0]
    (tmp_path / "abroad.toml").write_text(f'[teams."{team}".calendar]\nhours = {{ wed = ["09:00-10:00"] }}\n')
    first = compared(amends, tmp_path / "abroad.toml")["clocks"][0]
    assert (first["now"]["missed"], first["then"]["missed"]) == (1, 0)
