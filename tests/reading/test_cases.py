"""Labelled messages, one file per act: what must be found, and what looks like it and must not be."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.reading import Act, ActKind, Context, Reading, read
from amends.transcript import Message, Role

CASES = Path(__file__).parent / "cases"
AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def _files() -> list[Path]:
    return sorted(path for path in CASES.glob("*.yml") if path.stem not in {"upset", "mails"})


def _all() -> list[Any]:
    held = [(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in _files()]
    return [
        pytest.param(file["act"], file["role"], case, id=f"{stem}-{name}")
        for stem, file in held
        for name, case in file["cases"].items()
    ]


def _read(role: str, case: dict[str, Any]) -> Reading:
    before = case.get("after", "")
    other = Role.AGENT if role == "customer" else Role.CUSTOMER
    context = Context(previous=before, previous_role=other if before else None)
    return read(Message(id="m", role=Role(role), text=case["say"], at=AT), context)


@pytest.mark.parametrize(("act", "role", "case"), _all())
def test_case(act: str, role: str, case: dict[str, Any]) -> None:
    reading = _read(role, case)
    text = case["say"]
    if act == "left_to_us":
        quotes = [text[slice(*reading.left_to_us)]] if reading.left_to_us else []
        found: tuple[Act, ...] = ()
    else:
        found = reading.of(ActKind(act))
        quotes = [text[one.start : one.end] for one in found]
    for words in case["find"]:
        assert any(words in quote for quote in quotes), f"{words!r} is in none of {quotes}"
    for quote in quotes:
        assert any(words in quote for words in case["find"]), f"{quote!r} was not asked for"
    if "kind" in case:
        assert {one.kind for one in found} == {case["kind"]}
    if "kinds" in case:
        assert {one.kind for one in found} == set(case["kinds"])
    if "amount" in case:
        assert [str(one.amount) for one in found] == [case["amount"]]
    if "plain" in case:
        assert [one.plain for one in found] == [case["plain"]]
    if case.get("years") is not None:
        assert [one.tenure_years for one in found] == [case["years"]]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_every_act_has_fire_silence_and_near_misses(path: Path) -> None:
    names = list(yaml.safe_load(path.read_text("utf-8"))["cases"])
    assert sum(not name.startswith(("silent_", "near_")) for name in names) >= 3
    assert any(name.startswith("silent_") for name in names)
    assert any(name.startswith("near_") for name in names)


def test_every_act_has_a_file() -> None:
    assert {path.stem for path in _files()} >= {str(kind) for kind in ActKind}


def _heats() -> list[Any]:
    held = yaml.safe_load((CASES / "upset.yml").read_text("utf-8"))
    return [pytest.param(case["say"], case["level"], id=name) for name, case in held["cases"].items()]


@pytest.mark.parametrize(("text", "level"), _heats())
def test_upset(text: str, level: int | list[int]) -> None:
    low, high = level if isinstance(level, list) else (level, level)
    reading = read(Message(id="m", role=Role.CUSTOMER, text=text))
    assert reading.upset is not None
    assert low <= reading.upset <= high
    assert 0 < reading.upset_score <= 1


def _mails() -> list[Any]:
    held = yaml.safe_load((CASES / "mails.yml").read_text("utf-8"))
    return [pytest.param(case, id=name) for name, case in held.items()]


@pytest.mark.parametrize("case", _mails())
def test_whole_mail(case: dict[str, Any]) -> None:
    reading = _read(case["role"], case)
    found = {f"{act.act}{':' * bool(act.kind)}{act.kind}{'!' * act.plain}" for act in reading.acts}
    assert found == set(case["acts"])
    assert reading.upset == case.get("upset")
