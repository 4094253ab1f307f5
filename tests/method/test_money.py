"""Several currencies in one house: rates by their days, and limits that hold in every currency alike."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from msgspec import structs

from amends.method.gates import Refused
from amends.method.moves import MakeOffer
from amends.method.policy import BadPolicy, Policy, Rate, load_policy
from amends.method.policy.rates import Table
from amends.method.words import Gate, Remedy
from amends.transcript import Money
from tests.method.given import NOW, limits, money, said
from tests.method.given import given as when_given
from tests.method.stories import basis, bid, offered, opened

TODAY = NOW.date()
EURO = {"EUR": [Rate(since=TODAY, rate=Decimal("1.1"))]}


def with_rates(policy: Policy, rates: dict[str, list[Rate]]) -> Policy:
    return structs.replace(policy, rates=rates)


def refund(amount: float | str, currency: str, name: str = "o9") -> MakeOffer:
    return MakeOffer(offer=name, remedy=Remedy.REFUND, words=said("r9"), amount=money(amount, currency))


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────


def test_the_rate_of_a_day_is_its_own_or_the_last_before_it_but_not_an_old_one() -> None:
    friday, monday = date(2026, 2, 27), date(2026, 3, 2)
    table = Table(
        {
            "EUR": [
                Rate(monday, Decimal("1.2"), monday + timedelta(10)),
                Rate(friday, Decimal("1.1"), friday + timedelta(10)),
            ]
        }
    )
    found = {day: table.at("EUR", date.fromisoformat(f"2026-{day}")) for day in ("02-26", "03-01", "03-12", "03-13")}
    assert {day: rate and str(rate.rate) for day, rate in found.items()} == {
        "02-26": None,
        "03-01": "1.1",
        "03-12": "1.2",
        "03-13": None,
    }
    assert table.at("CHF", monday) is None


@each(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2020, 3, 1)), st.integers(1, 99))),
    st.dates(date(2019, 12, 1), date(2020, 4, 1)),
)
def test_the_table_finds_what_a_search_through_all_finds(given: list[tuple[date, int]], day: date) -> None:
    found = Table({"EUR": [Rate(since, Decimal(rate)) for since, rate in given]}).at("EUR", day)
    known = [(since, place, rate) for place, (since, rate) in enumerate(given) if since <= day]
    assert (found and found.rate) == (max(known)[2] if known else None)


@pytest.mark.parametrize(
    ("text", "said_so"),
    [
        ("[rates]\nEUR = [{since = 2026-01-01, rate = 0}]", "above nothing"),
        ('[rates]\nEUR = [{since = 2026-01-01, rate = "NaN"}]', "above nothing"),
        ("[rates]\nUSD = [{since = 2026-01-01, rate = 1}]", "another currency than the house's own"),
        ("[rates]\neur = [{since = 2026-01-01, rate = 1}]", "three capital letters"),
        ("[rates]\nABC = [{since = 2026-01-01, rate = 1}]", "is not a currency"),
        ("[rates]\nEUR = [{since = 2026-01-01, rate = 1, until = 2025-01-01}]", "until its first day"),
        ('[rates_last]\nunit = "hours"', "lasts for days"),
        ('currency = "XAU"', "is not a currency"),
    ],
)
def test_rates_that_cannot_be_say_what_would_be_right(text: str, said_so: str) -> None:
    with pytest.raises(BadPolicy, match=said_so):
        load_policy(text)


# ── Gates ────────────────────────────────────────────────────────────────────────────────────────


def test_more_than_asked_is_seen_across_currencies() -> None:
    case = when_given(opened(), basis(), bid(110)).under(with_rates(limits(), EURO))
    case.when(refund(100, "EUR")).passes()
    case.when(refund("100.01", "EUR")).refused(Gate.MORE_THAN_ASKED)


def test_without_a_rate_two_currencies_are_not_compared_but_somebody_looks() -> None:
    case = when_given(opened(), basis(), bid(1)).under(limits(handler=200))
    case.when(refund(5, "CHF")).refused(Gate.AUTHORITY)
    case.under(limits(handler=None)).when(refund(5, "CHF")).passes()


def test_an_offer_keeps_what_it_came_to_in_the_house_on_its_day() -> None:
    case = when_given(opened(), basis(), bid(500)).under(with_rates(limits(), EURO))
    (made,) = case.when(refund("10.05", "EUR")).passes().state.offers
    assert made.in_house == money("11.06")  # 11.055, and halves go up
    (own,) = case.when(refund(10, "USD")).passes().state.offers
    assert own.in_house is None


@each(
    st.decimals(Decimal("0.01"), 2000, places=2),
    st.decimals(Decimal("0.0001"), 5000, places=4),
    st.sampled_from(["EUR", "CHF", "KWD"]),
    st.integers(0, 300),
)
def test_nobody_gives_more_in_a_foreign_currency_than_in_the_own_one(
    amount: Decimal, rate: Decimal, currency: str, before: int
) -> None:
    policy = with_rates(limits(handler=200), {currency: [Rate(TODAY, rate)]})
    told = (opened(), basis(), bid(10**9)) + ((offered("o1", before),) if before else ())
    case = when_given(*told).under(policy)
    foreign, own = refund(str(amount), currency), Money(amount * rate, "USD")
    result = case.when(foreign)
    same = case.when(MakeOffer(offer="o9", remedy=Remedy.REFUND, words=said("r9"), amount=own))
    assert type(result.no) is type(same.no)
    if own.amount > 200:
        assert isinstance(result.no, Refused)


@each(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["EUR", "JPY", "XYZ"]), st.decimals(0, 999, places=2))
def test_money_of_another_currency_is_never_taken_for_the_houses(at: datetime, currency: str, amount: Decimal) -> None:
    policy = with_rates(limits(), {"EUR": [Rate(TODAY, Decimal(2), TODAY + timedelta(10))]})
    known = policy.in_house(Money(amount, currency), at)
    counts = currency == "EUR" and TODAY <= at.date() <= TODAY + timedelta(10)
    assert known == (amount * 2 if counts else None)
