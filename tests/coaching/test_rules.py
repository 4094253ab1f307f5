"""Each rule over its cases: where it speaks, where it is silent, and what looks like it and is none."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.coaching import Known
from amends.coaching.review import review
from amends.coaching.rules import RULES, Rule
from amends.transcript import Conversation, Message, Role
from tests.coaching.drafts import coached, with_better
from tests.coaching.pages import FOLDER, pages

CASES = Path(__file__).parent / "rules"
MISSED = frozenset((CASES / "missed.txt").read_text("utf-8").split("\n")[1:])
MOST_MISSED = 0.2
BY_CODE = {rule.code: rule for rule in RULES}


def conversation(name: str, case: dict[str, Any]) -> Conversation:
    """Return the conversation of a case."""
    said = [
        Message(id=str(turn), role=Role(role), text=text, at=_utc(at))
        for turn, (role, at, text) in enumerate(case["talk"])
    ]
    closed = case.get("closed")
    return Conversation(id=name, messages=tuple(said), closed_at=None if closed is None else _utc(closed))


def _utc(at: datetime | str) -> datetime:
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return moment.replace(tzinfo=UTC)


def _cases() -> list[Any]:
    return [
        pytest.param(BY_CODE[held["rule"]], f"{held['rule']}-{name}", case, id=f"{held['rule']}-{name}")
        for held in (yaml.safe_load(path.read_text("utf-8")) for path in sorted(CASES.glob("*.yml")))
        for name, case in held["cases"].items()
        if "draft" not in case
    ]


def _drafts() -> list[Any]:
    return [
        pytest.param(BY_CODE[held["rule"]], f"{held['rule']}-{name}", case, id=f"{held['rule']}-{name}")
        for held in (yaml.safe_load(path.read_text("utf-8")) for path in sorted(CASES.glob("*.yml")))
        for name, case in held["cases"].items()
        if "draft" in case
    ]


@pytest.mark.parametrize(("rule", "name", "case"), _cases())
def test_a_case_is_judged_right_or_is_known_to_be_missed(rule: type[Rule], name: str, case: dict[str, Any]) -> None:
    """What `missed.txt` names has to be missed: a case that is judged right again must leave the list."""
    [reviewed] = review([conversation(name, case)], rules=[rule()])
    found = ["whole" if one.place is None else one.place for one in reviewed.findings]
    right = found == (["whole"] if case["find"] == "whole" else case["find"])
    assert right is (name not in MISSED), f"found {found}" if not right else "take it out of missed.txt"
    for one in reviewed.findings:
        text = "" if one.place is None else reviewed.conversation.messages[one.place].text
        assert 0 <= one.start <= one.end <= len(text)
        assert one.why.endswith(".")


@pytest.mark.parametrize(("rule", "name", "case"), _drafts())
def test_a_draft_is_judged_right_or_is_known_to_be_missed(rule: type[Rule], name: str, case: dict[str, Any]) -> None:
    draft, known = case["draft"], Known(**case.get("known", {}))
    talk = conversation(name, case).messages if "talk" in case else ()
    advice = coached(draft, list(talk), known, rules=(rule(),))
    found = [draft[one.finding.start : one.finding.end] for one in advice]
    right = len(found) == len(case["find"]) and all(
        words in said if words else not said for words, said in zip(case["find"], found, strict=True)
    )
    assert right is (name not in MISSED), f"found {found}" if not right else "take it out of missed.txt"
    for one in advice:
        if one.wording:  # better words must silence the rule that asked for them
            again = coached(with_better(draft, one), list(talk), known, rules=(rule(),))
            assert one.key not in {other.key for other in again}, with_better(draft, one)


def test_few_are_missed_and_each_of_them_exists() -> None:
    names = {param.id for param in (*_cases(), *_drafts())}
    assert MISSED - {""} <= names
    assert len(MISSED) <= MOST_MISSED * len(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_fire_silence_and_near_misses(rule: type[Rule]) -> None:
    cases = yaml.safe_load((CASES / f"{rule.code}.yml").read_text("utf-8"))["cases"]
    kinds = Counter(name.partition("_")[0] for name in cases)
    assert len(cases) - kinds["silent"] - kinds["near"] >= 3
    assert kinds["silent"] >= 3
    assert kinds["near"] >= 2


def test_codes_and_names_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_says_why_what_not_and_what(rule: type[Rule]) -> None:
    page = rule.page()
    assert all(part in page for part in ("**Why it costs you**", "**Don't**", "**Do**", "*Method: M"))


def test_the_pages_are_as_the_rules_say() -> None:
    """After a change: `.venv/bin/python -m tests.coaching.pages`."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == pages()
