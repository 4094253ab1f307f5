"""Approvals by program: what one may still give, asking for more, the answer, and everything that cannot be."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.actions.replies import do_log_spoken
from amends.store.models import Approval, Case, Message
from amends.testing import Cast
from tests.api.program import Program, said
from tests.desk.own import complain

pytestmark = pytest.mark.django_db
OFFER = "We will refund you $400."
POLICY = "[authority]\nhandler = 200\nlead = 1000\n[authority.month]\nhandler = 250\n[[rates.GBP]]\nsince = 2020-01-01\nrate = 2\n"


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock, settings: Settings, tmp_path: Path) -> None:
    """Everything happens on a Monday at ten, under a policy with a month and a rate."""
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complain(cast.customer)
    do_log_spoken(cast.owner, case.pk, "I can hear how angry you are.", at=clock.now())
    given = {"expected": "A pump that works", "got": "A broken one", "confirmed": True}
    handling.do_record(cast.owner, case.pk, handling.basis(**given), at=clock.now())  # type: ignore[arg-type]  # a dict of several types
    return case


@pytest.fixture
def jonas(cast: Cast) -> Program:
    return Program.of(cast.owner)


@pytest.fixture
def ada(cast: Cast) -> Program:
    return Program.of(cast.lead)


def asked(program: Program, case: Case, **given: Any) -> str:
    answer = program.post(f"/cases/{case.pk}/approvals", **(given or {"text": OFFER, "why": "Seven years with us."}))
    assert answer.status_code == 201, answer.content
    return str(said(answer)["id"])


def test_what_one_may_still_give_is_the_same_on_both_addresses(jonas: Program, cast: Cast, case: Case) -> None:
    assert said(jonas.get(f"/cases/{case.pk}/allowance")) == {"here": "200.00", "month": "250.00", "currency": "USD"}
    other = complain(cast.customer, "I am furious: a second one. I want a refund of 90 dollars.")
    do_log_spoken(cast.owner, other.pk, "I hear how angry you are.", at=clock.now())
    do_log_spoken(cast.owner, other.pk, "We will refund you $90.", at=clock.now())
    assert said(jonas.get(f"/cases/{case.pk}/allowance"))["month"] == "160.00"
    assert Decimal(said(jonas.get(f"/cases/{case.pk}/sheet"))["still"]) == 160
    free = Program.of(cast.admin)
    assert said(free.get(f"/cases/{case.pk}/allowance")) == {"here": None, "month": None, "currency": "USD"}
    assert said(free.get(f"/cases/{case.pk}/sheet"))["still"] is None
    assert Program.of(cast.stranger).get(f"/cases/{case.pk}/allowance").status_code == 404


def test_a_wish_is_asked_listed_answered_and_sent(jonas: Program, ada: Program, cast: Cast, case: Case) -> None:
    wish = asked(jonas, case)
    (mine,), (hers,) = (said(program.get("/approvals"))["approvals"] for program in (jonas, ada))
    assert (mine["yours"], hers["yours"]) == (False, True)
    assert (hers["id"], hers["case"], hers["why"], hers["draft"]) == (wish, case.pk, "Seven years with us.", OFFER)
    assert (hers["cost"]["currency"], hers["asked_by"]["name"]) == ("USD", "Jonas Weber")
    assert Decimal(hers["cost"]["amount"]) == 400
    answer = said(ada.post(f"/approvals/{wish}/answer", granted=True, why="Of course.", send=True))
    assert (answer["granted"], answer["kept_back"]) == (True, "")
    assert Message.objects.get(pk=answer["message"]).author_id == cast.owner.id
    assert said(ada.get("/approvals"))["approvals"] == []
    again = ada.post(f"/approvals/{wish}/answer", granted=False)
    assert (again.status_code, "answered already" in again.content.decode()) == (422, True)


def test_others_cannot_answer_and_strangers_see_nothing(jonas: Program, cast: Cast, case: Case) -> None:
    wish = asked(jonas, case)
    stranger = Program.of(cast.stranger)
    assert said(stranger.get("/approvals"))["approvals"] == []
    assert stranger.post(f"/cases/{case.pk}/approvals", amount=400).status_code == 404
    assert stranger.post(f"/approvals/{wish}/answer", granted=True).status_code == 404
    assert jonas.post("/approvals/nonsense/answer", granted=True).status_code == 404
    for program in (jonas, Program.of(cast.teammate)):
        assert program.post(f"/approvals/{wish}/answer", granted=True).status_code == 422
    assert Approval.objects.get().granted is None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"amount": 0},
        {"amount": -1},
        {"amount": "1e400"},
        {"amount": "10000000000"},
        {"amount": "1.005"},
        {"amount": "much"},
        {"amount": 1, "currency": "ZZZ"},
        {"amount": 1, "currency": "eur"},
        {"amount": "1.50", "currency": "JPY"},
        {"text": "I hear how angry you are."},
        {"text": "We will refund you $90."},
    ],
    ids=str,
)
def test_what_is_no_sum_that_somebody_has_to_approve_is_said_so(
    jonas: Program, case: Case, given: dict[str, Any]
) -> None:
    answer = jonas.post(f"/cases/{case.pk}/approvals", **given)
    assert answer.status_code == 422
    assert said(answer)["detail"]
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    ("amount", "currency", "hers"), [(500, "GBP", True), (501, "GBP", False), (1, "SEK", False), (1000, "USD", True)]
)
def test_another_currency_counts_at_its_rate_and_without_one_is_for_who_has_no_limit(
    jonas: Program, ada: Program, cast: Cast, case: Case, amount: int, currency: str, hers: bool
) -> None:
    wish = asked(jonas, case, amount=amount, currency=currency)
    assert said(ada.get("/approvals"))["approvals"][0]["yours"] is hers
    assert ada.post(f"/approvals/{wish}/answer", granted=True).status_code == (200 if hers else 422)
    assert Program.of(cast.admin).post(f"/approvals/{wish}/answer", granted=True).status_code == (422 if hers else 200)


def test_the_largest_sum_that_can_be_written_down_can_be_asked_for(jonas: Program, ada: Program, case: Case) -> None:
    wish = asked(jonas, case, amount="9999999999.99")
    (shown,) = said(ada.get("/approvals"))["approvals"]
    assert (shown["id"], shown["cost"]["amount"], shown["yours"]) == (wish, "9999999999.99", False)


def test_limits_count_as_they_stand_when_it_is_answered(
    jonas: Program, ada: Program, case: Case, tmp_path: Path
) -> None:
    wish = asked(jonas, case)
    (tmp_path / "policy.toml").write_text("[authority]\nlead = 399\n", encoding="utf-8")
    assert said(ada.get("/approvals"))["approvals"][0]["yours"] is False
    assert ada.post(f"/approvals/{wish}/answer", granted=True).status_code == 422
    (tmp_path / "policy.toml").write_text("[authority]\nlead = 400\n", encoding="utf-8")
    assert ada.post(f"/approvals/{wish}/answer", granted=True).status_code == 200


def test_in_a_closed_case_there_is_nothing_to_ask_and_nothing_to_answer(
    jonas: Program, ada: Program, cast: Cast, case: Case
) -> None:
    wish = asked(jonas, case)
    reasons: Any = dict.fromkeys(("act-first", "come-back-first"), "Settled on the phone.")
    for what in (handling.resolve(), handling.close()):
        handling.do_record(cast.owner, case.pk, what, at=clock.now(), reasons=reasons)
    assert said(ada.get("/approvals"))["approvals"] == []
    for answer in (
        ada.post(f"/approvals/{wish}/answer", granted=True),
        jonas.post(f"/cases/{case.pk}/approvals", amount=1),
    ):
        assert (answer.status_code, "closed" in answer.content.decode()) == (422, True)


def test_a_yes_after_the_case_moved_on_stands_and_sends_nothing(
    jonas: Program, ada: Program, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    wish = asked(jonas, case)
    stopped_clock.pass_time(by=timedelta(minutes=5))
    do_log_spoken(cast.owner, case.pk, "We will refund you $90.", at=clock.now())
    answer = said(ada.post(f"/approvals/{wish}/answer", granted=True, send=True))
    assert (answer["granted"], answer["message"]) == (True, None)
    assert "moved on" in answer["kept_back"]
