"""Money of several currencies on the sheet: as it was said, and what it is worth here."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.testing import Cast
from amends.transcript import Money
from tests.desk.casework import EVERY_GATE, as_, now_, say, seen
from tests.desk.own import complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
BID = {"words": "My money back", "remedy": "refund"}


@pytest.fixture
def euros(settings: Any, tmp_path: Path) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text("[rates]\nEUR = [{since = 2020-01-01, rate = 1.1}]\n")


@pytest.mark.usefixtures("euros")
def test_a_bid_in_euros_and_an_offer_in_dollars_are_compared(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    url = f"/cases/{case.pk}/record/bid/"
    assert as_(client, cast.owner).post(url, BID | {"amount": "1.000,50 €"}).status_code == 302
    assert now_(case).bids[-1].amount == Money.of("1000.50", "EUR")
    say(cast.owner, case, "We will refund you $40.", reasons=EVERY_GATE)
    page = seen(client, f"/cases/{case.pk}/")
    assert "$1,100.55 here, by the rate of 1 January 2020" in page
    assert "Our offer is $1,060.55 less than they asked for." in page


def test_without_a_rate_the_sheet_says_that_it_cannot_compare(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    as_(client, cast.owner).post(f"/cases/{case.pk}/record/bid/", BID | {"amount": "50 EUR"})
    say(cast.owner, case, "We will refund you $40.", reasons=EVERY_GATE)
    page = seen(client, f"/cases/{case.pk}/")
    assert "no rate is known for EUR" in page
    assert "in another currency than they asked for, and no rate is known" in page


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("-5", "above nothing"),
        ("0", "above nothing"),
        ("a million dollars", "is no amount of money"),
        ("$1e400", "is no amount of money"),
        ("free", "is no amount of money"),
        ("12.50 JPY", "more decimals than there are coins"),
        ("5 ABC", "is not a currency"),
    ],
)
@pytest.mark.parametrize("step", ["bid", "ask-approval"])
def test_bad_money_is_answered_and_nothing_typed_is_lost(
    client: Client, cast: Cast, step: str, amount: str, why: str
) -> None:
    case = complain(cast.customer)
    before = now_(case).seq
    page = as_(client, cast.owner).post(f"/cases/{case.pk}/record/{step}/", BID | {"why": "Kind", "amount": amount})
    assert page.status_code == 422
    assert why in page.content.decode()
    assert f'value="{amount}"' in page.content.decode()
    assert now_(case).seq == before
