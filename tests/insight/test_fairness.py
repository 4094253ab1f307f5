"""Whether the about-face resolves a deadlock, and what asking first saved: counted, and never of a few."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from amends.insight.fairness import LEAST, Fairness, fairness
from amends.method.facts import (
    AboutFaceAsked,
    AnyFact,
    BidMade,
    CaseClosed,
    DemandRefused,
    FactTakenBack,
    FinalAnswerGiven,
    OfferAccepted,
    OfferMade,
    OfferRejected,
    OfferThought,
    OptionRaised,
)
from amends.method.policy import Policy, Rate
from amends.method.words import Evidence, Remedy
from amends.testing import MONDAY
from amends.transcript import Money, Span
from tests.store.given import POLICY, later, new_case, opened, write

pytestmark = pytest.mark.django_db

WORDS = Evidence(Span("m1", 0, 1))
NO = DemandRefused(at=later(hours=1), words=WORDS)
ASKED = AboutFaceAsked(at=later(hours=2), words=WORDS)
OPTION = OptionRaised(at=later(hours=5), option="x", words=WORDS)
FINAL = FinalAnswerGiven(at=later(hours=9), why=WORDS.span, elsewhere=WORDS.span)


def told(number: int, *facts: AnyFact, team: str = "Front desk") -> int:
    """Return the team of a case in which these facts follow each other."""
    case = new_case(number, team)
    write(case, *opened(), *facts)
    return case.team_id


def offer(amount: int | None = 40, at: datetime | None = None, currency: str = "USD") -> OfferMade:
    money = None if amount is None else Money.of(amount, currency)
    return OfferMade(at=at or later(hours=6), offer="o", remedy=Remedy.REFUND, words=WORDS, amount=money, cost=money)


def yes(at: datetime | None = None) -> OfferAccepted:
    return OfferAccepted(at=at or later(hours=8), offer="o", words=WORDS)


def bid(amount: int | None) -> BidMade:
    money = None if amount is None else Money.of(amount, "USD")
    return BidMade(at=later(hours=3), remedy=Remedy.REFUND, words=WORDS, amount=money)


def thought(cost: int) -> OfferThought:
    return OfferThought(at=later(minutes=5), remedy=Remedy.REFUND, by="1", cost=Money.of(cost, "USD"))


def figures(teams: Sequence[int] | None = None) -> Fairness:
    def in_house(money: Money, _at: datetime) -> Decimal | None:
        return money.amount if money.currency == "USD" else None

    return fairness(teams, since=later(days=-30), zone=UTC, in_house=in_house)


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ([yes()], (1, 0, 0, 0)),
        ([FINAL], (0, 1, 0, 0)),
        ([CaseClosed(at=later(days=9))], (0, 0, 1, 0)),
        ([], (0, 0, 0, 1)),
        ([OfferRejected(at=later(hours=8), offer="o", words=WORDS)], (0, 0, 0, 1)),
        ([FINAL, yes(later(hours=10))], (1, 0, 0, 0)),
    ],
    ids=["agreed", "a final answer", "closed with neither", "open", "turned down again", "agreed after all"],
)
def test_what_becomes_of_a_deadlock_with_and_without_the_about_face(
    facts: list[AnyFact], counts: tuple[int, int, int, int]
) -> None:
    told(1, NO, ASKED, OPTION, offer(), *facts)
    told(2, NO, offer(), *facts)
    found = figures().whole
    assert (found.turned.counts, found.straight.counts) == (counts, counts)


def test_a_few_make_no_share_and_no_usual_time() -> None:
    for number in range(LEAST - 1):
        told(number, NO, ASKED, OPTION, offer(), yes())
    found = figures()
    assert (found.whole.turned.rate, found.to_option.usual, found.to_option.count) == (None, None, LEAST - 1)
    told(9, NO, ASKED, OPTION, offer(), FINAL)
    found = figures()
    assert found.whole.turned.rate == 0.8
    assert (found.to_option.usual, found.to_offer.usual) == (timedelta(hours=3), timedelta(hours=4))
    assert (found.to_agreement.count, found.to_agreement.usual) == (4, None)


def test_an_about_face_without_a_deadlock_counts_for_nothing() -> None:
    told(1, ASKED, OPTION, offer(), yes())
    assert figures().whole.turned.total == 0


def test_what_was_taken_back_never_was() -> None:
    told(1, NO, FactTakenBack(at=later(hours=2), seq=5))
    assert figures().whole.straight.total == 0


def test_a_deadlock_counts_for_its_month_and_its_team() -> None:
    front = told(1, NO, ASKED)
    told(2, DemandRefused(at=later(days=40), words=WORDS), team="Back office")
    assert [month for month, _of in figures().months] == [date(2026, 3, 1), date(2026, 4, 1)]
    assert [month for month, _of in figures([front]).months] == [date(2026, 3, 1)]
    assert figures([]).months == []


@pytest.mark.parametrize(
    ("would", "asked", "given", "saved", "over", "below"),
    [(100, 40, 40, 60, 0, 1), (40, 100, 80, -40, -20, 0), (60, 40, 50, 10, 10, 1)],
    ids=["it saved", "it cost more", "more than asked"],
)
def test_what_asking_first_saved_or_cost(would: int, asked: int, given: int, saved: int, over: int, below: int) -> None:
    told(1, thought(would), bid(asked), offer(given), yes())
    (_month, found), *_more = figures().months
    assert (found.saving.saved, found.saving.over_bid, found.saving.below) == (Decimal(saved), Decimal(over), below)
    assert (found.saving.cases, found.saving.share_below) == (1, None)


def test_an_agreement_of_unknown_cost_is_left_out_and_counted() -> None:
    told(1, thought(100), bid(40), offer(None), yes())
    told(2, thought(100), bid(40), offer(40, currency="SEK"), yes())
    told(3, bid(40), offer(40), yes())  # nobody noted a thought
    assert (figures().whole.saving.cases, figures().unknown) == (0, 2)


def rated() -> Policy:
    """Return a house in dollars. A pound is 2 of them in March, and 3 from April on; euros have a rate for a week."""
    pound = [Rate(since=date(2026, 1, 1), rate=Decimal(2)), Rate(since=date(2026, 4, 1), rate=Decimal(3))]
    euro = [Rate(since=date(2026, 3, 1), until=date(2026, 3, 8), rate=Decimal("1.1"))]
    return structs.replace(POLICY, rates={"GBP": pound, "EUR": euro})


def test_each_sum_counts_at_the_rate_of_its_own_day() -> None:
    in_april = later(days=31)
    pounds = structs.replace(thought(0), cost=Money.of(60, "GBP"))  # 120 in March
    asked = structs.replace(bid(0), amount=Money.of(50, "EUR"))  # 55 in March
    offered = offer(20, at=in_april, currency="GBP")  # 60 in April
    told(1, pounds, asked, offered, yes(in_april))
    found = fairness(None, since=later(days=-30), zone=UTC, in_house=rated().in_house)
    ((month, of),) = found.months
    assert month == date(2026, 4, 1)
    assert (of.saving.saved, of.saving.over_bid, of.saving.below) == (Decimal(60), Decimal(5), 1)


def test_what_an_offer_was_worth_when_it_was_made_stands() -> None:
    made = structs.replace(offer(20, currency="GBP"), in_house=Money.of(50, "USD"))
    told(1, thought(100), bid(40), made, yes())
    found = fairness(None, since=later(days=-30), zone=UTC, in_house=rated().in_house)
    assert (found.whole.saving.saved, found.whole.saving.over_bid) == (Decimal(50), Decimal(10))


def test_a_bid_whose_rate_has_run_out_counts_for_what_was_saved_alone() -> None:
    late = structs.replace(bid(0), at=later(days=20), amount=Money.of(50, "EUR"))
    told(1, thought(100), late, offer(40, at=later(days=21)), yes(later(days=22)))
    saving = fairness(None, since=later(days=-30), zone=UTC, in_house=rated().in_house).whole.saving
    assert (saving.cases, saving.saved, saving.with_bid) == (1, Decimal(60), 0)


def test_what_was_thought_with_their_wish_in_mind_is_no_thought_of_ours() -> None:
    told(1, bid(40), thought(100), offer(40), yes())
    told(2, thought(70), bid(40), thought(100), offer(40), yes())
    assert (figures().whole.saving.cases, figures().whole.saving.saved) == (1, Decimal(30))


def test_the_newest_thought_before_the_first_wish_and_all_that_was_taken_count() -> None:
    second = structs.replace(offer(30, at=later(hours=9)), offer="p")
    taken = structs.replace(yes(later(hours=10)), offer="p")
    lost = structs.replace(offer(500), offer="q")
    told(1, thought(20), thought(100), bid(50), bid(90), lost, offer(40), yes(), second, taken)
    saving = figures().whole.saving
    assert (saving.saved, saving.over_bid, saving.below) == (Decimal(30), Decimal(20), 1)


def test_kind_words_cost_nothing() -> None:
    words = OfferThought(at=later(minutes=5), remedy=Remedy.APOLOGY, by="1")
    told(1, words, bid(40), offer(40), yes())
    assert figures().whole.saving.saved == Decimal(-40)


def test_a_bid_without_a_sum_counts_for_what_was_saved_alone() -> None:
    told(1, thought(100), bid(None), offer(40), yes())
    saving = figures().whole.saving
    assert (saving.cases, saving.saved, saving.with_bid) == (1, Decimal(60), 0)


def test_what_is_long_ago_is_not_looked_at() -> None:
    told(1, NO, ASKED)
    found = fairness(None, since=MONDAY + timedelta(days=1), zone=UTC, in_house=lambda money, _at: money.amount)
    assert found.whole.turned.total == 0
