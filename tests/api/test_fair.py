"""The catalogue and the negotiation sheet by a program: read, offered, thought, named, taken back."""

from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.remedies import do_begin_catalogue
from amends.actions.replies import do_log_spoken
from amends.actions.ticks import do_tick_due
from amends.insight.history import state_of
from amends.method.state import OfferStatus, State
from amends.method.words import Remedy
from amends.store.models import Case, JournalEntry, Order, RemedyItem
from amends.testing import Cast, mail_from
from amends.transcript import Money
from tests.api.program import V1, Program, said

pytestmark = pytest.mark.django_db
PLAINLY = "I expected a working lamp, and I got a broken one from order A-1."
WANTS_40 = "I want a refund of 40 dollars."


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock, cast: Cast) -> None:
    """Everything happens on a Monday at ten, in a house with its catalogue."""
    do_begin_catalogue()


@pytest.fixture
def case(cast: Cast) -> Case:
    placed = clock.now() - timedelta(days=9)
    Order.objects.create(
        customer=cast.customer, external_id="A-1", placed_at=placed, amount=Decimal("60.00"), currency="USD"
    )
    return complained(cast, f"{PLAINLY} {WANTS_40}")


@pytest.fixture
def program(cast: Cast) -> Program:
    return Program.of(cast.owner)


def complained(cast: Cast, text: str) -> Case:
    message = do_receive(mail_from(cast.customer, text), at=clock.now()).message
    assert message is not None
    return Case.objects.get(pk=message.case_id)


def now_(case: Case) -> State:
    return state_of(Case.objects.get(pk=case.pk))


def sheet(program: Program, case: Case) -> Any:
    answer = program.get(f"/cases/{case.pk}/sheet")
    assert answer.status_code == HTTPStatus.OK, answer.content
    return said(answer)


def could(program: Program, case: Case, code: str) -> Any:
    return next(one for one in sheet(program, case)["could"] if one["code"] == code)


def test_every_key_of_the_staff_reads_the_catalogue_and_nobody_else(cast: Cast, client: Any) -> None:
    for who in (cast.owner, cast.stranger):
        assert len(said(Program.of(who).get("/remedies"))) == 12
    rows = said(Program.of(cast.lead).get("/remedies"))
    credit = next(row for row in rows if row["code"] == "credit")
    assert (credit["kind"], credit["cost"], credit["currency"], credit["active"]) == ("credit", "20.00", "USD", True)
    assert client.get(f"{V1}/remedies").status_code == HTTPStatus.UNAUTHORIZED


def test_the_sheet_is_the_teams_alone_and_to_read_it_changes_nothing(cast: Cast, program: Program, case: Case) -> None:
    before = JournalEntry.objects.count()
    assert Program.of(cast.stranger).get(f"/cases/{case.pk}/sheet").status_code == HTTPStatus.NOT_FOUND
    assert sheet(Program.of(cast.teammate), case)["still"] == sheet(program, case)["still"]
    assert JournalEntry.objects.count() == before


def test_the_sheet_weighs_the_catalogue_against_their_bid(program: Program, case: Case) -> None:
    found = sheet(program, case)
    assert (found["purchase"], found["price"], found["mentioned"], found["still"]) == ("", None, "A-1", "200")
    assert [(one["side"], one["amount"]) for one in found["course"]] == [("bid", {"amount": "40", "currency": "USD"})]
    assert could(program, case, "refund")["words"] == ""
    program.post(f"/cases/{case.pk}/purchase", order="A-1")
    refund = could(program, case, "refund")
    assert refund["words"] == "We can refund you the full 60 USD."
    assert (refund["distance"], refund["apart"], refund["cautions"]) == ("more", "20.00", ["more_than_asked"])
    part = could(program, case, "part-refund")
    assert (part["amount"], part["distance"]) == ({"amount": "30.00", "currency": "USD"}, "less")
    assert could(program, case, "gift")["distance"] == "other"


def test_an_offer_of_the_catalogue_goes_out_in_its_own_sentence_with_its_item(
    program: Program, case: Case, stopped_clock: StoppedClock
) -> None:
    made = program.post(f"/cases/{case.pk}/offer", item="credit")
    assert made.status_code == HTTPStatus.CREATED, made.content
    do_tick_due(stopped_clock.pass_time(by=timedelta(minutes=1)))
    (offer,) = now_(case).offers
    assert (offer.remedy, offer.item, offer.amount) == (Remedy.CREDIT, "credit", Money.of("20.00", "USD"))
    taken = program.post(f"/cases/{case.pk}/withdraw", offer=offer.offer, why="A slip.")
    assert taken.status_code == HTTPStatus.OK
    assert now_(case).offers[0].status is OfferStatus.WITHDRAWN
    twice = program.post(f"/cases/{case.pk}/withdraw", offer=offer.offer, why="A slip.")
    assert twice.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_offer_hears_the_same_gates(cast: Cast, program: Program) -> None:
    case = complained(cast, "I am furious: my lamp is broken!")
    refused = program.post(f"/cases/{case.pk}/offer", item="credit")
    assert refused.status_code == HTTPStatus.CONFLICT
    assert said(refused)["refusals"][0]["gate"] == "acknowledge-first"


@pytest.mark.parametrize(
    ("item", "changes", "why"),
    [
        ("nothing", {}, "not in the catalogue"),
        ("nul\0", {}, "not in the catalogue"),
        ("refund", {}, "Name the purchase first"),
        ("gift", {"active": False}, "taken off the catalogue"),
        ("gift", {"stock": 0}, "None of this is left"),
        ("gift", {"rank": "lead"}, "your lead to give"),
    ],
)
def test_what_cannot_be_offered_is_answered_with_why(
    program: Program, case: Case, item: str, changes: dict[str, Any], why: str
) -> None:
    if changes:
        RemedyItem.objects.filter(code=item).update(**changes)
    answer = program.post(f"/cases/{case.pk}/offer", item=item)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in said(answer)["detail"]
    assert now_(case).held is None


def test_what_one_would_have_given_is_noted_only_before_their_bid(cast: Cast, program: Program, case: Case) -> None:
    early = complained(cast, "My lamp is broken.")
    url = f"/cases/{early.pk}/think"
    assert program.post(url, remedy="refund", amount="60", currency="EUR").status_code == HTTPStatus.OK
    thought = now_(early).thought
    assert thought is not None
    assert thought.amount == Money.of(60, "EUR")
    late = program.post(f"/cases/{case.pk}/think", remedy="refund", amount="60")
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "They have said what they want" in said(late)["detail"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "Say which purchase it is about."),
        ({"what": "A lamp"}, "what they paid"),
        ({"order": "B-2"}, "no order of this number"),
        ({"order": "nul\0"}, "no order of this number"),
        ({"what": "A lamp", "price": "-1"}, ""),
        ({"what": "A lamp", "price": "0"}, ""),
        ({"what": "A lamp", "price": "1e400"}, ""),
        ({"what": "A lamp", "price": "NaN"}, ""),
        ({"what": "A lamp", "price": "a lot"}, ""),
        ({"what": "A lamp", "price": "10", "currency": "ABC"}, "is not a currency"),
        ({"what": "A lamp", "price": "10.50", "currency": "JPY"}, "smallest coin"),
    ],
)
def test_a_purchase_that_cannot_be_is_refused(program: Program, case: Case, given: dict[str, str], why: str) -> None:
    answer = program.post(f"/cases/{case.pk}/purchase", **given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, answer.content
    assert why in said(answer)["detail"]
    assert now_(case).purchase == ""


def test_a_purchase_is_named_in_words(program: Program, case: Case) -> None:
    assert program.post(f"/cases/{case.pk}/purchase", what="A lamp", price="10.50", currency="EUR").status_code == 200
    found = sheet(program, case)
    assert (found["purchase"], found["price"]) == ("A lamp", {"amount": "10.50", "currency": "EUR"})


def test_what_was_given_before_is_on_the_sheet(cast: Cast, program: Program, case: Case) -> None:
    do_log_spoken(cast.owner, case.pk, "We can offer you a credit of 20 USD.", at=clock.now(), item="credit")
    offer = now_(case).offers[-1]
    do_receive(mail_from(cast.customer, "Yes, I take it.", case=case.pk), at=clock.now())
    assert now_(case).offer(offer.offer).status is OfferStatus.ACCEPTED  # type: ignore[union-attr]  # it is there
    second = complained(cast, f"Another one is broken. {WANTS_40}")
    credit = could(program, second, "credit")
    assert "given_before" in credit["cautions"]
    assert credit["given_at"] == "2026-03-02T10:00:00Z"
