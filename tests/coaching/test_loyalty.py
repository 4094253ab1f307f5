"""Sentences of thanks for loyalty: each true, each read as appreciation and nothing else, none where nothing is known."""

from datetime import date, timedelta

import pytest

from amends.coaching import Known
from amends.coaching.loyalty import MOST, Shared, loyalty_lines
from amends.coaching.rules import stable
from amends.reading import ActKind, Context, read
from amends.transcript import Message, Role
from tests.coaching.drafts import NOW, coached

MARCH = date(2018, 3, 9)
FIRST = Shared(first=("Gooseneck kettle, copper", MARCH))
WAITED = Shared(waited=(9, MARCH))
PRAISED = Shared(praise=("You saved my weekend, really!", MARCH))
ALL = Shared(first=FIRST.first, waited=WAITED.waited, praise=PRAISED.praise)
LOYAL = [
    (Known(years=8.4), Shared(), "eight years"),
    (Known(orders=14), Shared(), "your 14 orders"),
    (Known(orders=2), Shared(), "your two orders"),
    (Known(orders=3), FIRST, "first order in March 2018: “Gooseneck kettle, copper”"),
    (Known(), WAITED, "nine days of patience that you had with us in March 2018"),
    (Known(), PRAISED, "“You saved my weekend, really”"),
]
ANGRY = Message(id="m1", role=Role.CUSTOMER, at=NOW, text="I am furious! The machine I bought is broken AGAIN!")
TOLD = Message(
    id="m1", role=Role.CUSTOMER, at=NOW, text="I am furious! I have been a customer for 8 years and it is broken AGAIN!"
)


@pytest.mark.parametrize(
    ("known", "shared"),
    [
        (Known(), Shared()),
        (Known(years=0.7, orders=1), Shared()),
        (Known(orders=1), FIRST),
        (Known(orders=5, years=0.2), Shared(first=("", MARCH))),
        (Known(), Shared(waited=(1, MARCH))),
        (Known(), Shared(praise=("word " * 13, MARCH))),
        (Known(), Shared(praise=("Thank you.", MARCH))),
    ],
)
def test_nothing_is_made_up(known: Known, shared: Shared) -> None:
    texts = " ".join(line.text for line in loyalty_lines(known, shared))
    assert not any(word in texts for word in ("first order", "patience", "kind words", "been with us", "one orders"))
    if known.orders < 2:
        assert texts == ""


@pytest.mark.parametrize(("known", "shared", "words"), LOYAL)
def test_each_names_something_true_and_is_read_as_appreciation_alone(known: Known, shared: Shared, words: str) -> None:
    (line,) = [one for one in loyalty_lines(known, shared) if words in one.text]
    acts = read(Message(id="d", role=Role.AGENT, text=line.text, at=NOW), Context()).acts
    assert {act.act for act in acts} == {ActKind.APPRECIATE}, line.text
    assert line.why


@pytest.mark.parametrize(("known", "shared", "words"), LOYAL)
@pytest.mark.parametrize("told", [ANGRY, TOLD], ids=["they say nothing of it", "they say so"])
def test_the_coach_misses_no_loyalty_where_one_of_them_stands(
    told: Message, known: Known, shared: Shared, words: str
) -> None:
    (line,) = [one for one in loyalty_lines(known, shared) if words in one.text]
    rules = tuple(rule for rule in stable() if rule.code in ("F202", "F211"))
    said = coached(f"I can hear how angry you are. {line.text}", [told], known, rules)
    assert [advice.finding.code for advice in said] == []


def test_without_one_the_coach_misses_it() -> None:
    rules = tuple(rule for rule in stable() if rule.code == "F211")
    assert coached("I can hear how angry you are.", [ANGRY], Known(years=8.4), rules)


def test_so_it_is_read_for_any_number() -> None:
    for count in (*range(2, 40), 100, 1200):
        lines = loyalty_lines(Known(orders=count, years=float(count)), Shared(waited=(count, MARCH)))
        for line in lines:
            acts = read(Message(id="d", role=Role.AGENT, text=line.text, at=NOW), Context()).acts
            assert {act.act for act in acts} == {ActKind.APPRECIATE}, line.text


def test_there_are_three_at_most_the_most_personal_first() -> None:
    found = loyalty_lines(Known(years=8.4, orders=14), ALL)
    assert len(found) == MOST
    assert "kind words" in found[0].text


def test_months_are_those_of_the_day() -> None:
    for month in range(12):
        shared = Shared(waited=(3, date(2025, 1, 15) + timedelta(days=31 * month)))
        assert f"{shared.waited[1]:%B} 2025" in loyalty_lines(Known(), shared)[0].text  # type: ignore[index]  # set above
