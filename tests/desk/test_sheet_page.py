"""The negotiation sheet on the page of a case: what we could do beside what they ask for, and what stays among us."""

import re
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock, handling, offers
from amends.actions.clock import StoppedClock
from amends.actions.remedies import do_begin_catalogue
from amends.method.state import OfferStatus, PromiseStatus
from amends.method.words import Rank, Remedy
from amends.store.models import Case, Order, RemedyItem
from amends.testing import Cast
from amends.transcript import Money
from tests.desk.casework import EVERY_GATE, answer, as_, now_, say, seen
from tests.desk.own import address, complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

NO_BID = "I am furious: the pump of order A-1 is broken! I expected a machine that works."
WANTS_90 = f"{NO_BID} I want a refund of 90 dollars."
HEARD = "I can hear how angry you are."


@pytest.fixture(autouse=True)
def _begun(cast: Cast) -> None:
    do_begin_catalogue()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer, WANTS_90)


def bought(cast: Cast, amount: str = "60.00", currency: str = "USD", number: str = "A-1", **more: Any) -> None:
    placed = clock.now() - timedelta(days=30)
    Order.objects.create(
        customer=cast.customer, external_id=number, placed_at=placed, amount=amount, currency=currency, **more
    )


def record(client: Client, case: Case, step: str, **given: Any) -> Any:
    return client.post(f"/cases/{case.pk}/record/{step}/", given)


def options(page: str) -> dict[str, str]:
    """Return what the sheet says of each thing that we could do, by its name, as plain words."""
    found = re.findall(r'<li class="could-one.*?</li>', page, re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
    return {re.findall(r'<p class="bid-what">(.*?)</p>', one)[0]: text for one, text in zip(found, texts, strict=True)}


def sheet(client: Client, case: Case) -> dict[str, str]:
    return options(seen(client, f"/cases/{case.pk}/"))


def test_what_we_could_do_lies_beside_what_they_ask_for(client: Client, cast: Cast, case: Case) -> None:
    bought(cast)
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    found = sheet(client, case)
    assert next(iter(found)).startswith("What they ask for: A refund of $90")
    assert "$60 less than they ask for" in found["Part refund"]
    assert "costs us $30" in found["Part refund"]
    assert "$30 less than they ask for" in found["Refund"]
    assert "something else than they ask for" in found["Gift"]
    assert "They keep it, and can use it." in found["Part refund"]


def test_what_they_would_do_is_not_said_twice_where_they_ask_for_it(client: Client, cast: Cast, case: Case) -> None:
    as_(client, cast.owner)
    record(client, case, "option", words="I would say sorry.", remedy="apology")
    assert "What they would do in our place: An apology" in sheet(client, case)
    record(client, case, "bid", words="Say sorry.", remedy="apology")
    assert [name for name in sheet(client, case) if "An apology" in name] == ["What they ask for: An apology"]


@pytest.mark.parametrize(
    ("paid", "asked", "words"),
    [
        ("90.00", "90", ""),
        ("70.00", "90", "More than they paid."),
        ("60.00", "90", "More than they paid."),
        ("59.00", "90", "Above 150 % of what they paid. Haesevoets"),
    ],
)
def test_more_than_the_price_is_said_with_its_source(
    client: Client, cast: Cast, case: Case, paid: str, asked: str, words: str
) -> None:
    bought(cast, paid)
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    theirs = next(iter(sheet(client, case).values()))
    assert words in theirs
    assert ("they paid." in theirs.casefold()) is bool(words)


def test_more_than_they_ask_for_wants_a_reason(client: Client, cast: Cast) -> None:
    case = complain(cast.customer, f"{NO_BID} I want a refund of 20 dollars.")
    bought(cast)
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    assert "More than they asked for: say why, if you give it." in sheet(client, case)["Refund"]
    assert "More than they asked" not in sheet(client, case)["Gift"]


def test_above_my_authority_one_asks_and_a_lead_need_not(client: Client, cast: Cast) -> None:
    case = complain(cast.customer, f"{NO_BID} I want a refund of 400 dollars.")
    bought(cast, "400.00")
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    assert "More than you may give on your own: ask for approval." in sheet(client, case)["Refund"]
    assert "on your own" not in sheet(as_(client, cast.lead), case)["Refund"]
    assert "You may give $200 here, without asking." in seen(as_(client, cast.owner), f"/cases/{case.pk}/")


def test_what_is_not_mine_or_not_there_cannot_be_chosen(client: Client, cast: Cast, case: Case) -> None:
    RemedyItem.objects.filter(code="gift").update(stock=0)
    RemedyItem.objects.filter(code="credit").update(rank=Rank.LEAD)
    RemedyItem.objects.filter(code="discount").update(stock=1)
    RemedyItem.objects.filter(code="repair").update(active=False)
    found = sheet(as_(client, cast.owner), case)
    assert "None is left." in found["Gift"]
    assert "Put into the reply" not in found["Gift"]
    assert "Your lead can give this. Ask them." in found["Credit"]
    assert "Put into the reply" in sheet(as_(client, cast.lead), case)["Credit"]
    assert "1 left" in found["Discount"]
    assert "Repair" not in found
    assert "Name the purchase first" in found["Refund"]


def test_what_they_were_given_before_is_said_with_its_day(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    handling.do_record(
        cast.owner,
        case.pk,
        handling.answer_to_offer(now_(case).offers[-1].offer, "Fine", accepted=True),
        at=clock.now(),
    )
    stopped_clock.pass_time(by=timedelta(days=40))
    again = complain(cast.customer, f"{WANTS_90} Again!")
    theirs = next(iter(sheet(as_(client, cast.owner), again).values()))
    assert "They were given this before, on 2 March 2026." in theirs
    assert "given this before" not in sheet(client, again)["Gift"]


def test_a_choice_puts_its_sentence_behind_the_draft_and_goes_out_as_this_item(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    chosen = as_(client, cast.owner).post(f"/cases/{case.pk}/draft/", {"text": HEARD, "choose": "credit"})
    page = chosen.content.decode()
    assert f"{HEARD}\n\nWe can offer you a credit of 20 USD for your next order.</textarea>" in page
    assert 'name="item" value="credit"' in page
    text = f"{HEARD} We can offer you a credit of 20 USD for your next order."
    sent = client.post(
        f"/cases/{case.pk}/reply/",
        {"text": text, "item": "credit", "seen": now_(case).seq, **{f"why:{g.value}": "Yes" for g in EVERY_GATE}},
    )
    assert sent.status_code == HTTPStatus.FOUND, sent.content.decode()[:3000]
    stopped_clock.pass_time(by=timedelta(minutes=1))
    let_go()
    (offer,) = now_(case).offers
    assert (offer.remedy, offer.item, offer.cost) == (Remedy.CREDIT, "credit", Money.of("20.00", "USD"))


def test_a_choice_in_other_words_is_still_this_item_and_costs_what_it_says(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    text = f"{HEARD} We would like to offer you a credit of 25 USD."
    as_(client, cast.owner).post(
        f"/cases/{case.pk}/reply/", {"text": text, "item": "credit", **{f"why:{g.value}": "Yes" for g in EVERY_GATE}}
    )
    stopped_clock.pass_time(by=timedelta(minutes=1))
    let_go()
    (offer,) = now_(case).offers
    assert (offer.item, offer.amount, offer.cost) == ("credit", Money.of(25, "USD"), Money.of(25, "USD"))


@pytest.mark.parametrize("code", ["nothing", "nul\0", "<b>"])
def test_a_choice_that_is_none_keeps_the_draft(client: Client, cast: Cast, case: Case, code: str) -> None:
    page = as_(client, cast.owner).post(f"/cases/{case.pk}/draft/", {"text": HEARD, "choose": code}).content.decode()
    assert "This is not in the catalogue." in page
    assert f"{HEARD}</textarea>" in page


def test_an_order_number_in_their_words_is_suggested_and_taken_with_one_click(
    client: Client, cast: Cast, case: Case
) -> None:
    bought(cast, what="A <b>pump</b>")
    bought(cast, "10.00", number="B-2")
    page = seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert "They write of A &lt;b&gt;pump&lt;/b&gt; (A-1)." in page
    assert "B-2 · no words · $10" in page
    record(client, case, "purchase", order="A-1")
    page = seen(client, f"/cases/{case.pk}/")
    assert "they paid $60" in page
    assert "They write of" not in page


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "Choose an order, or say in words what it was."),
        ({"order": "C-3"}, "They have no order of this number."),
        ({"what": "A lamp"}, "Say what they paid for it."),
        ({"what": "A lamp", "price": "0"}, "Give an amount above nothing."),
        ({"what": "A lamp", "price": "-5"}, "Give an amount above nothing."),
        ({"what": "A lamp", "price": "5 ABC"}, "is not a currency"),
        ({"what": "A lamp", "price": "1e400"}, "is no amount of money"),
    ],
)
def test_a_purchase_that_cannot_be_stays_filled_in(
    client: Client, cast: Cast, case: Case, given: dict[str, str], why: str
) -> None:
    bought(cast)
    refused = record(as_(client, cast.owner), case, "purchase", **given)
    page = refused.content.decode()
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in page
    assert ("Say what they paid for it." in page) == (given.keys() == {"what"})
    assert now_(case).purchase == ""
    assert all(f'value="{given[name]}"' in page for name in ("what", "price") if name in given)


def test_what_one_would_have_given_stays_among_us(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer, NO_BID)
    as_(client, cast.stranger)
    assert record(client, case, "think", remedy="refund", amount="61").status_code == HTTPStatus.NOT_FOUND
    assert "The customer never sees it." in seen(as_(client, cast.owner), f"/cases/{case.pk}/")
    assert record(client, case, "think", remedy="refund", amount="61").status_code == HTTPStatus.FOUND
    answer(cast, case, "I want a refund of 90 dollars.")
    assert "one of us would have given: A refund of $61" in seen(client, f"/cases/{case.pk}/")
    assert record(client, case, "think", remedy="refund", amount="50").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    client.logout()
    for there in (address(case), f"{address(case)}?done=fair"):
        assert "61" not in re.sub(r'"[^"]*"', "", seen(client, there).split("<main")[1])


@pytest.mark.parametrize("amount", ["0", "-1", "1e400", "lots", "5 ABC"])
def test_a_thought_that_is_no_money_stays_filled_in(client: Client, cast: Cast, amount: str) -> None:
    case = complain(cast.customer, NO_BID)
    refused = record(as_(client, cast.owner), case, "think", remedy="refund", amount=amount)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'value="{amount}"' in refused.content.decode()
    assert now_(case).thought is None


def test_an_offer_is_taken_back_with_a_reason_and_once(client: Client, cast: Cast, case: Case) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    offer = now_(case).offers[-1].offer
    missing = record(as_(client, cast.owner), case, "withdraw", offer=offer, why=" ")
    assert missing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    record(client, case, "withdraw", offer=offer, why="The wrong case")
    page = seen(client, f"/cases/{case.pk}/")
    assert "taken back" in page
    again = record(client, case, "withdraw", offer=offer, why="Once more")
    assert "This offer was taken back." in again.content.decode()
    client.logout()
    assert "The wrong case" not in seen(client, address(case))


def test_how_both_sides_moved_is_told_in_words_and_drawn(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    stopped_clock.pass_time(by=timedelta(hours=1))
    record(as_(client, cast.owner), case, "answer", offer=now_(case).offers[-1].offer, words="70", accepted="instead")
    page = seen(client, f"/cases/{case.pk}/")
    steps = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in re.findall(r"<li class=\"is-.*?</li>", page)]
    assert [one.split(":")[0] for one in steps] == ["They asked", "We offered", "They came back"]
    assert page.count('<circle class="course-bid"') == 2
    assert page.count('<rect class="course-offer"') == 1


@pytest.mark.parametrize("words", ["", "  "])
def test_a_counter_offer_on_the_phone_needs_their_words(client: Client, cast: Cast, case: Case, words: str) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    offer = now_(case).offers[-1].offer
    refused = record(as_(client, cast.owner), case, "answer", offer=offer, words=words, accepted="instead")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert now_(case).open_offer is not None


def test_a_counter_offer_on_the_phone_is_what_they_said(client: Client, cast: Cast, case: Case) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    offer = now_(case).offers[-1].offer
    record(as_(client, cast.owner), case, "answer", offer=offer, words="I want a new one instead.", accepted="instead")
    now = now_(case)
    assert (now.offers[-1].status, now.bids[-1].remedy) == (OfferStatus.REJECTED, Remedy.REPLACEMENT)
    assert record(client, case, "answer", offer=offer, words="60", accepted="instead").status_code == 422


def test_a_bid_by_mail_after_an_offer_is_a_counter_offer(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    stopped_clock.pass_time(by=timedelta(hours=1))
    answer(cast, case, "No, that is not enough. I want a refund of 75 dollars.")
    now = now_(case)
    assert (now.offers[-1].status, now.bids[-1].amount) == (OfferStatus.REJECTED, Money.of(75, "USD"))
    assert "They came back: A refund of $75" in seen(as_(client, cast.owner), f"/cases/{case.pk}/")


def test_a_yes_by_mail_leads_to_a_promise_to_look_at(client: Client, cast: Cast, case: Case) -> None:
    say(cast.owner, case, f"{HEARD} We can refund you 40 USD.", reasons=EVERY_GATE)
    answer(cast, case, "Yes, that is fine.")
    (promise,) = now_(case).promises
    assert (promise.status, promise.owner) == (PromiseStatus.PROPOSED, str(cast.owner.id))
    refused = record(as_(client, cast.owner), case, "resolve")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_several_currencies_are_weighed_at_the_rate_of_the_day(
    client: Client, cast: Cast, case: Case, settings: Any, tmp_path: Path
) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text("[rates]\nEUR = [{since = 2020-01-01, rate = 1.5}]\n")
    bought(cast, "50.00", "EUR")
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    found = sheet(client, case)["Refund"]
    assert "costs us $75" in found
    assert "$15 less than they ask for" in found
    assert RemedyItem.objects.get(code="refund").share == Decimal(1)
    chosen = client.post(f"/cases/{case.pk}/draft/", {"choose": "refund"}).content.decode()
    assert "We can refund you the full €50." in chosen


def test_an_order_of_nothing_gives_no_share_of_it(client: Client, cast: Cast, case: Case) -> None:
    bought(cast, "0.00")
    record(as_(client, cast.owner), case, "purchase", order="A-1")
    assert "they paid nothing" in sheet(client, case)["Refund"]
    assert "Put into the reply" not in sheet(client, case)["Refund"]


def test_what_a_stranger_may_not_see_they_cannot_weigh_either(client: Client, cast: Cast, case: Case) -> None:
    as_(client, cast.stranger)
    for step in ("purchase", "think", "withdraw", "answer"):
        assert record(client, case, step, offer="x", words="x", why="x").status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/cases/{case.pk}/draft/", {"choose": "credit"}).status_code == HTTPStatus.NOT_FOUND
    handling.do_record(
        cast.owner, case.pk, offers.name_purchase(what="A pump", price=Money.of(5, "USD")), at=clock.now()
    )
    assert client.get(f"/cases/{case.pk}/").status_code == HTTPStatus.NOT_FOUND
