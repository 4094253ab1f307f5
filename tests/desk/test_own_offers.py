"""An offer on the customer's page: yes, no, or what would be fair instead. Nothing that they type is lost."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from amends.actions import clock, offers
from amends.actions import handling as record
from amends.actions.clock import StoppedClock
from amends.method.state import OfferStatus, PromiseStatus
from amends.method.words import Gate, Remedy
from amends.store.models import Case, Message
from amends.testing import Cast
from amends.transcript import Money
from tests.desk.own import address, complain, state
from tests.desk.own_stages import offered, replied

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef" * 2
EVERY_GATE = dict.fromkeys(Gate, "Settled on the phone.")


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has written anything this hour."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


@pytest.fixture
def offer(cast: Cast, case: Case, stopped_clock: StoppedClock) -> str:
    """Return the id of an offer of 40 euros, where 90 were asked for."""
    return offered(cast, case, stopped_clock)


def answer(client: Client, case: Case, offer: str, what: str, words: str = "", **more: Any) -> Any:
    return client.post(address(case, "offer"), {"offer": offer, "answer": what, "words": words, **more})


def page(client: Client, answered: Any) -> str:
    """Return the page that a step leads back to."""
    assert answered.status_code == HTTPStatus.FOUND, answered.content.decode()
    return client.get(answered.headers["Location"]).content.decode()


def said(case: Case) -> list[str]:
    return list(Message.objects.filter(case=case, channel="page").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("words", "remedy", "amount"),
    [
        ("Make it 60 and we are even.", Remedy.REFUND, Money.of(60, "EUR")),
        ("60", Remedy.REFUND, Money.of(60, "EUR")),
        ("I want a refund of 70 euros.", Remedy.REFUND, Money.of(70, "EUR")),
        ("£55 would be fair.", Remedy.REFUND, Money.of(55, "GBP")),
        ("Send me a new one instead.", Remedy.REPLACEMENT, None),
        ("Be fair.", Remedy.REFUND, None),
        ("0 euros", Remedy.REFUND, None),
        ("I want a refund of 0 euros.", Remedy.REFUND, None),
        ("A million dollars!", Remedy.REFUND, Money.of(1_000_000, "USD")),
        ("99999999999999999999999 euros", Remedy.REFUND, None),
        ("Sé justo: 60 €", Remedy.REFUND, Money.of(60, "EUR")),
    ],
)
def test_what_would_be_fair_instead_stands_as_their_bid(
    client: Client, case: Case, offer: str, words: str, remedy: Remedy, amount: Money | None
) -> None:
    shown = page(client, answer(client, case, offer, "instead", words))
    assert "Thank you for telling us what would be fair." in shown
    now = state(case)
    assert now.offer(offer).status is OfferStatus.REJECTED  # type: ignore[union-attr]  # it is there
    assert (now.bids[-1].remedy, now.bids[-1].amount) == (remedy, amount)
    assert said(case) == [words]


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_instead_of_what_is_asked_kindly(client: Client, case: Case, offer: str, words: str) -> None:
    asked = answer(client, case, offer, "instead", words)
    shown = asked.content.decode()
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please tell us what would be fair instead." in shown
    assert 'value="instead"' in shown
    assert state(case).open_offer is not None


def test_a_press_on_no_button_keeps_the_words(client: Client, case: Case, offer: str) -> None:
    asked = answer(client, case, offer, "perhaps", "60 would be better.")
    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "60 would be better.</textarea>" in asked.content.decode()
    assert said(case) == []


@pytest.mark.parametrize(("what", "words"), [("instead", "Make it 60."), ("yes", ""), ("yes", "Thanks!"), ("no", "")])
def test_a_second_tap_on_the_same_button_says_it_once(
    client: Client, case: Case, offer: str, what: str, words: str
) -> None:
    page(client, answer(client, case, offer, what, words, once=ONCE))
    before = state(case)
    page(client, answer(client, case, offer, what, words, once=ONCE))
    assert state(case) == before
    assert said(case) == ([words] if words else [])


@pytest.mark.parametrize("what", ["yes", "no", "instead"])
def test_who_answers_what_we_took_back_is_told_so_and_keeps_their_words(
    client: Client, cast: Cast, case: Case, offer: str, what: str
) -> None:
    record.do_record(cast.owner, case.pk, offers.withdraw_offer(offer, "SECRET slip"), at=clock.now())
    refused = answer(client, case, offer, what, "Make it 60, <b>please</b>.")
    shown = refused.content.decode()
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "We have taken this offer back" in shown
    assert "Make it 60, &lt;b&gt;please&lt;/b&gt;.</textarea>" in shown
    assert "Send it as a message" in shown
    assert "SECRET" not in shown
    client.post(address(case, "write"), {"text": "Make it 60."})
    assert said(case) == ["Make it 60."]


def test_who_changes_their_mind_keeps_their_words_and_can_send_them(client: Client, case: Case, offer: str) -> None:
    page(client, answer(client, case, offer, "yes"))
    late = answer(client, case, offer, "instead", "I want a refund of 60 euros after all.")
    shown = late.content.decode()
    assert late.status_code == HTTPStatus.CONFLICT
    assert "This offer has been answered already." in shown
    assert "I want a refund of 60 euros after all.</textarea>" in shown
    assert state(case).offers[-1].status is OfferStatus.ACCEPTED


def test_a_newer_offer_does_not_swallow_what_was_said_to_the_older_one(
    client: Client, cast: Cast, case: Case, offer: str, stopped_clock: StoppedClock
) -> None:
    record.do_record(cast.owner, case.pk, offers.withdraw_offer(offer, "A better one comes."), at=clock.now())
    offered_again(cast, case, stopped_clock)
    late = answer(client, case, offer, "instead", "Make it 60.")
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Make it 60.</textarea>" in late.content.decode()


def offered_again(cast: Cast, case: Case, hands: StoppedClock) -> None:
    replied(cast, case, hands, "We can offer you a refund of 50 euros.")


@pytest.mark.parametrize("what", ["yes", "no", "instead"])
def test_after_the_case_was_closed_their_answer_is_heard_all_the_same(
    client: Client, cast: Cast, case: Case, offer: str, what: str, stopped_clock: StoppedClock
) -> None:
    for step in (record.resolve(), record.close()):
        record.do_record(
            cast.owner, case.pk, step, at=stopped_clock.pass_time(by=timedelta(hours=1)), reasons=EVERY_GATE
        )
    page(client, answer(client, case, offer, what, "I want a refund of 60 euros."))
    assert said(case) == ["I want a refund of 60 euros."]
    assert state(case).waiting_since == clock.now(), "and it is our turn again"


def test_an_offer_that_was_taken_stands_as_a_promise_to_look_at(client: Client, case: Case, offer: str) -> None:
    shown = page(client, answer(client, case, offer, "yes"))
    assert "then we are agreed" in shown
    (promise,) = state(case).promises
    assert promise.status is PromiseStatus.PROPOSED
    assert "What we promised" not in shown  # it is none before somebody said by when


def test_the_offer_asks_with_three_buttons_that_need_no_script(client: Client, case: Case, offer: str) -> None:
    shown = client.get(address(case)).content.decode().split('id="offer"')[1].split("</section>")[0]
    assert [part.split('"')[0] for part in shown.split('name="answer" value="')[1:]] == ["yes", "instead", "no"]
    assert "<script" not in shown
    assert "€40" in shown
