"""What goes onto the sheet: purchases, thoughts, offers of the catalogue with their stock, counter-offers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from amends.actions import handling, offers, readings
from amends.actions.access import NoAccess, NotAllowed
from amends.actions.guests import do_answer_offer, do_counter_offer
from amends.actions.incoming import do_receive
from amends.actions.promises import do_keep_promise
from amends.actions.remedies import (
    STARTING,
    RemedyTold,
    do_add_remedy,
    do_begin_catalogue,
    do_change_remedy,
    do_switch_remedy,
)
from amends.actions.replies import do_reply
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.state import OfferStatus, PromiseStatus
from amends.method.words import Remedy
from amends.reading import read
from amends.store.catalogue import mark_of
from amends.store.models import Case, Note, Order, RemedyItem
from amends.testing import Cast, mail_from, make_customer
from amends.transcript import Money
from tests.actions.doing import complaint, fresh, guest, later, names, record, send, state, write
from tests.actions.plain import BY_FRIDAY, PLAINLY, REFUND_40, WANTS_40, YES

pytestmark = pytest.mark.django_db

GIFT = RemedyTold(
    title="A box of tea",
    kind=Remedy.GIFT,
    words="We can send you a box of our best tea.",
    cost=Decimal(8),
    worth=Decimal(15),
    stock=1,
)


def wanting(cast: Cast) -> Case:
    return complaint(cast, f"{PLAINLY} {WANTS_40}")


def offered_gift(cast: Cast, case: Case) -> str:
    """Offer the box of tea in its own sentence, and return the offer's id."""
    do_reply(cast.owner, case.pk, GIFT.words, at=later(minutes=5), item="a-box-of-tea", hold=False)
    send_held()
    return state(case).offers[-1].offer


def send_held() -> None:
    do_tick_due(later(minutes=6))


def mark(code: str) -> str:
    return mark_of(RemedyItem.objects.get(code=code))


def left() -> int | None:
    return RemedyItem.objects.get(code="a-box-of-tea").stock


def test_a_new_house_gets_the_starting_set_once(cast: Cast) -> None:
    do_begin_catalogue()
    RemedyItem.objects.filter(code="gift").delete()
    do_begin_catalogue()
    assert RemedyItem.objects.count() == len(STARTING) - 1
    assert RemedyItem.objects.get(code="credit").currency == "USD"


def test_leads_keep_the_catalogue_and_handlers_do_not(cast: Cast) -> None:
    made = do_add_remedy(cast.lead, GIFT)
    assert do_add_remedy(cast.lead, GIFT).code == f"{made.code}-2"
    do_switch_remedy(cast.lead, made.code, on=False)
    tea = RemedyTold(title="Tea", kind=Remedy.GIFT, words="We can send you tea.")
    do_change_remedy(cast.lead, made.code, tea, seen=mark(made.code))
    row = RemedyItem.objects.get(code=made.code)
    assert (row.title, row.active, row.stock) == ("Tea", False, None)
    for step in (
        lambda: do_add_remedy(cast.owner, GIFT),
        lambda: do_change_remedy(cast.owner, made.code, GIFT, seen=mark(made.code)),
        lambda: do_switch_remedy(cast.owner, made.code, on=True),
    ):
        with pytest.raises(NotAllowed):
            step()
    with pytest.raises(NoAccess):
        do_switch_remedy(cast.lead, "nothing", on=True)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (RemedyTold(title="", kind=Remedy.GIFT, words="Tea."), "Give it a name"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea for {name}."), "only place"),
        (RemedyTold(title="Tea", kind=Remedy.CREDIT, words="A credit of {amount}."), "names an amount"),
        (RemedyTold(title="Tea", kind=Remedy.REFUND, words="Yes.", share=Decimal("1.5")), "share of the price"),
        (RemedyTold(title="Tea", kind=Remedy.CREDIT, words="A credit of {amount}.", worth=Decimal(0)), "be nothing"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea.", cost=Decimal(-1)), "nothing or more"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea.", worth=Decimal("0.001")), "smallest coin"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea.", worth=Decimal("1e15")), "anybody could pay"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea.", worth=Decimal("NaN")), "not an amount"),
        (RemedyTold(title="Tea", kind=Remedy.GIFT, words="Tea.", stock=-1), "nothing or more"),
    ],
)
def test_a_remedy_that_cannot_be_is_refused_with_what_would_be_right(cast: Cast, told: RemedyTold, why: str) -> None:
    with pytest.raises(Impossible, match=why):
        do_add_remedy(cast.lead, told)


def test_an_offer_of_the_catalogue_carries_its_item_and_its_cost(cast: Cast) -> None:
    do_add_remedy(cast.lead, GIFT)
    case = wanting(cast)
    offered_gift(cast, case)
    offer = state(case).offers[-1]
    assert (offer.remedy, offer.item, offer.amount, offer.cost) == (
        Remedy.GIFT,
        "a-box-of-tea",
        None,
        Money.of("8.00", "USD"),
    )
    assert offer.giver == str(cast.owner.id)


def test_the_stock_is_taken_with_the_yes_and_never_below_nothing(cast: Cast) -> None:
    do_add_remedy(cast.lead, GIFT)
    first, second = wanting(cast), other_case(cast)
    one, two = offered_gift(cast, first), offered_gift(cast, second)
    assert left() == 1
    do_answer_offer(guest(first), one, accepted=True, words="", at=later(hours=1))
    do_answer_offer(guest(second), two, accepted=True, words="", at=later(hours=1))
    assert left() == 0
    assert state(second).offers[-1].status is OfferStatus.ACCEPTED  # their yes stands, and somebody has to know
    assert "NoteWritten" in names(second)
    assert "none is left" in Note.objects.get(case=second, kind="internal").text
    assert "NoteWritten" not in names(first)


def other_case(cast: Cast) -> Case:
    message = do_receive(mail_from(make_customer("Tom Reed"), f"{PLAINLY} {WANTS_40}"), at=later()).message
    assert message is not None
    return fresh(message.case)


def test_what_was_no_yes_after_all_is_given_back(cast: Cast) -> None:
    do_add_remedy(cast.lead, GIFT)
    case = wanting(cast)
    offered_gift(cast, case)
    write(cast, case, YES, at=later(hours=1))
    assert left() == 0
    seq = names(case).index("OfferAccepted") + 1
    record(cast.owner, case, handling.take_back_fact(seq), at=later(hours=2))
    assert left() == 1


def test_what_is_taken_back_or_turned_down_was_never_taken(cast: Cast) -> None:
    do_add_remedy(cast.lead, GIFT)
    first, second = wanting(cast), other_case(cast)
    one, two = offered_gift(cast, first), offered_gift(cast, second)
    record(cast.owner, first, offers.withdraw_offer(one, "It was meant for somebody else."))
    do_answer_offer(guest(second), two, accepted=False, words="", at=later(hours=1))
    assert left() == 1
    assert state(first).offers[-1].status is OfferStatus.WITHDRAWN


def test_two_leads_at_once_do_not_undo_each_other(cast: Cast) -> None:
    code = do_add_remedy(cast.lead, GIFT).code
    seen = mark(code)
    do_change_remedy(cast.lead, code, replace(GIFT, title="Green tea"), seen=seen)
    with pytest.raises(Impossible, match="changed meanwhile"):
        do_change_remedy(cast.admin, code, replace(GIFT, stock=5), seen=seen)
    assert (RemedyItem.objects.get().title, left()) == ("Green tea", 1)
    do_change_remedy(cast.admin, code, replace(GIFT, stock=5), seen=mark(code))
    assert left() == 5


def test_a_stock_that_a_customer_took_from_meanwhile_is_not_set_back(cast: Cast) -> None:
    do_add_remedy(cast.lead, GIFT)
    case = wanting(cast)
    offer, seen = offered_gift(cast, case), mark("a-box-of-tea")
    do_answer_offer(guest(case), offer, accepted=True, words="", at=later(hours=1))
    with pytest.raises(Impossible, match="changed meanwhile"):
        do_change_remedy(cast.lead, "a-box-of-tea", replace(GIFT, title="Tea"), seen=seen)
    assert left() == 0


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"active": False}, "taken off"), ({"stock": 0}, "None of this is left"), ({"rank": "lead"}, "your lead to give")],
)
def test_what_cannot_be_offered_now_is_refused_before_it_is_sent(
    cast: Cast, changes: dict[str, object], why: str
) -> None:
    do_add_remedy(cast.lead, GIFT)
    RemedyItem.objects.update(**changes)
    case = wanting(cast)
    with pytest.raises(Impossible, match=why):
        do_reply(cast.owner, case.pk, GIFT.words, at=later(minutes=5), item="a-box-of-tea")
    assert "MessageHeld" not in names(case)


def test_a_purchase_is_an_order_of_theirs_or_words_with_a_price(cast: Cast) -> None:
    case = wanting(cast)
    Order.objects.create(
        customer=cast.customer, external_id="A-1", placed_at=later(), amount=Decimal("79.90"), currency="USD"
    )
    record(cast.owner, case, offers.name_purchase(order="A-1"))
    assert (state(case).purchase, state(case).price) == ("A-1", Money.of("79.90", "USD"))
    record(cast.owner, case, offers.name_purchase(what="A lamp, in the shop", price=Money.of(30, "USD")))
    assert Note.objects.get(pk=state(case).purchase).text == "A lamp, in the shop"
    with pytest.raises(Impossible, match="no order of this number"):
        record(cast.owner, case, offers.name_purchase(order="B-2"))
    with pytest.raises(Impossible, match="what they paid"):
        record(cast.owner, case, offers.name_purchase(what="A lamp"))


def test_a_thought_is_noted_before_the_bid_and_not_after_it(cast: Cast) -> None:
    case = complaint(cast)
    record(cast.owner, case, offers.think_offer(Remedy.REFUND, Money.of(60, "USD")))
    thought = state(case).thought
    assert thought is not None
    assert thought.amount == Money.of(60, "USD")
    with pytest.raises(Impossible):
        record(cast.owner, wanting(cast), offers.think_offer(Remedy.REFUND))


def test_a_counter_offer_turns_the_offer_down_and_stands_as_a_bid(cast: Cast) -> None:
    case = wanting(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    offer = state(case).offers[-1].offer
    do_counter_offer(guest(case), offer, words="Make it 55 and we are even.", at=later(hours=1))
    now = state(case)
    assert now.offers[-1].status is OfferStatus.REJECTED
    assert (now.bids[-1].remedy, now.bids[-1].amount) == (Remedy.REFUND, Money.of(55, "USD"))
    with pytest.raises(Impossible):
        do_counter_offer(guest(case), offer, words=" ", at=later(hours=1))


def test_what_was_agreed_on_and_not_promised_stands_as_a_promise_to_look_at(cast: Cast) -> None:
    case = wanting(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    do_answer_offer(guest(case), state(case).offers[-1].offer, accepted=True, words="", at=later(hours=1))
    promise = state(case).promises[-1]
    assert (promise.status, promise.owner, promise.due) == (PromiseStatus.PROPOSED, str(cast.owner.id), None)
    assert promise.what == state(case).offers[-1].words.span


def test_what_was_promised_with_the_offer_is_not_promised_again(cast: Cast) -> None:
    case = wanting(cast)
    send(cast.owner, case, f"{REFUND_40} {BY_FRIDAY}", at=later(minutes=5))
    do_answer_offer(guest(case), state(case).offers[-1].offer, accepted=True, words="", at=later(hours=1))
    assert len(state(case).promises) == 1


def test_what_is_promised_of_an_agreement_takes_its_place_on_the_list(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wanting(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    do_answer_offer(guest(case), state(case).offers[-1].offer, accepted=True, words="", at=later(hours=1))
    (waits,) = state(case).promises
    both = "Your refund of 40 dollars will be with you by Friday 17:00, and I will write to you once it has left."
    monkeypatch.setattr(readings, "read", read)
    reply = send(cast.owner, case, f"Thank you, Maya. {both}", at=later(hours=2))
    found, other = state(case).promises
    assert (found.promise, found.what.source, found.due is not None) == (waits.promise, reply.pk, True)
    assert (other.promise != waits.promise, other.due) == (True, None)


def test_what_is_promised_beside_an_agreement_leaves_it_on_the_list(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wanting(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    do_answer_offer(guest(case), state(case).offers[-1].offer, accepted=True, words="", at=later(hours=1))
    monkeypatch.setattr(readings, "read", read)
    send(cast.owner, case, "Thank you, Maya. I will call you on Friday at 10:00.", at=later(hours=2))
    agreed, _call = state(case).promises
    assert agreed.what == state(case).offers[-1].words.span


def test_what_was_agreed_on_may_be_done_before_anybody_promises_it(cast: Cast) -> None:
    case = wanting(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    do_answer_offer(guest(case), state(case).offers[-1].offer, accepted=True, words="", at=later(hours=1))
    do_keep_promise(cast.owner, case.pk, state(case).promises[-1].promise, at=later(hours=2))
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    assert state(case).promises[-1].status is PromiseStatus.KEPT
