"""Approvals: asked with the draft, answered by somebody else, the draft sent with the yes; what was given this month."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from amends.actions import clock, handling
from amends.actions.access import NoAccess
from amends.actions.approval_links import LIFETIME, Answered, approval_url, approver
from amends.actions.approvals import check_needs_approval, do_answer_approval, do_ask_for_draft
from amends.actions.authority import mover, room_of
from amends.actions.clock import StoppedClock
from amends.actions.replies import do_reply
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.gates import Refused
from amends.method.words import Gate, Rank
from amends.store.models import Approval, Case, Message, Notice, Offer, User
from amends.testing import Cast, make_customer
from amends.transcript import Money
from tests.actions.doing import HOLD, complaint, later, names, record, send, state, write
from tests.actions.plain import PLAINLY, REFUND_40, WANTS_40

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

LITTLE = "[authority]\nhandler = 30\n"
MONTH = "[authority.month]\nhandler = 70\n"


@pytest.fixture
def case(cast: Cast, tmp_path: Path) -> Case:
    (tmp_path / "policy.toml").write_text(LITTLE, encoding="utf-8")
    return complaint(cast, f"{PLAINLY} {WANTS_40}")


def asked(cast: Cast, case: Case) -> str:
    do_ask_for_draft(cast.owner, case.pk, REFUND_40, "Seven years with us.", at=later(minutes=5))
    return state(case).approvals[-1].approval


def token(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


# ── With the draft ───────────────────────────────────────────────────────────────────────────────


def test_a_draft_asks_for_what_it_costs(cast: Cast, case: Case) -> None:
    assert check_needs_approval(cast.owner, case.pk, REFUND_40, at=later(minutes=5)) == Money.of(40, "USD")
    with pytest.raises(Impossible, match="yours to give"):
        check_needs_approval(cast.admin, case.pk, REFUND_40, at=later(minutes=5))
    with pytest.raises(NoAccess):
        check_needs_approval(cast.stranger, case.pk, REFUND_40, at=later(minutes=5))


def test_the_draft_goes_out_with_the_yes_under_the_name_of_who_wrote_it(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    with pytest.raises(Refused):
        do_reply(cast.owner, case.pk, REFUND_40, at=later(minutes=6))
    found = do_answer_approval(cast.lead, approval, granted=True, why="Of course.", send=True, at=later(minutes=9))
    assert found.sent is not None
    assert (found.sent.author_id, found.sent.text, found.kept_back) == (cast.owner.id, REFUND_40, "")
    do_tick_due(later(minutes=9) + HOLD)
    assert Offer.objects.get().giver_id == cast.owner.id
    assert [name for name in names(case) if name.startswith("Approval")] == ["ApprovalAsked", "ApprovalGiven"]
    assert state(case).approvals[0].word is not None


def test_a_yes_alone_sends_nothing_and_lets_them_send(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    assert do_answer_approval(cast.lead, approval, granted=True, at=later(minutes=9)).sent is None
    do_reply(cast.owner, case.pk, REFUND_40, at=later(minutes=10))


def test_what_was_overtaken_does_not_go_out_but_the_yes_stands(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    write(cast, case, "Hello?", at=later(minutes=7))
    found = do_answer_approval(cast.lead, approval, granted=True, send=True, at=later(minutes=9))
    assert found.sent is None
    assert "moved on" in found.kept_back
    assert state(case).approvals[0].granted is True
    assert not Message.objects.filter(direction=Message.OUT).exists()


def test_nothing_goes_out_for_somebody_who_has_left(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    User.objects.filter(pk=cast.owner.id).update(is_active=False)
    assert do_answer_approval(cast.lead, approval, granted=True, send=True, at=later(minutes=9)).kept_back


def test_two_leads_answer_and_the_first_counts(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    do_answer_approval(cast.lead, approval, granted=False, why="Half of it.", at=later(minutes=9))
    with pytest.raises(Impossible, match="answered already"):
        do_answer_approval(cast.admin, approval, granted=True, send=True, at=later(minutes=9))
    assert names(case).count("ApprovalGiven") == 0


@pytest.mark.parametrize("who", ["owner", "teammate", "stranger"])
def test_who_may_not_answer_cannot(cast: Cast, case: Case, who: str) -> None:
    approval = asked(cast, case)
    for granted in (True, False):
        with pytest.raises((Impossible, NoAccess)):
            do_answer_approval(getattr(cast, who), approval, granted=granted, at=later(minutes=9))
    assert Approval.objects.get().granted is None


def test_what_is_not_there_cannot_be_answered(cast: Cast) -> None:
    for nothing in ("nonsense", "a\0b", ""):
        with pytest.raises(NoAccess):
            do_answer_approval(cast.admin, nothing, granted=True, at=later())


# ── Links ────────────────────────────────────────────────────────────────────────────────────────


def test_a_link_names_who_answers_and_is_made_for_nobody_else(cast: Cast, case: Case) -> None:
    approval = asked(cast, case)
    who, row = approver(token(approval_url(cast.lead, approval)))
    assert (who, row.pk) == (cast.lead, approval)
    for other in (cast.owner, cast.teammate, cast.stranger):
        with pytest.raises(NoAccess):
            approval_url(other, approval)


def test_a_link_opens_nothing_once_it_is_old_answered_or_forged(
    cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    approval = asked(cast, case)
    link = token(approval_url(cast.lead, approval))
    for forged in (link[:-1] + ("a" if link[-1] != "a" else "b"), "", "x" * 5000, "ä:ö"):
        with pytest.raises(NoAccess):
            approver(forged)
    do_answer_approval(cast.admin, approval, granted=False, at=later(minutes=9))
    with pytest.raises(Answered):
        approver(link)
    record(cast.owner, case, handling.ask_approval(Money.of(300, "USD"), ""), at=later(minutes=10))
    link = token(approval_url(cast.lead, state(case).approvals[-1].approval))
    stopped_clock.pass_time(by=LIFETIME + timedelta(seconds=1))
    with pytest.raises(NoAccess):
        approver(link)


@pytest.mark.parametrize("lost", [{"rank": Rank.HANDLER.value}, {"is_active": False}, {"team": None}])
def test_a_link_opens_nothing_for_who_lost_what_it_takes(cast: Cast, case: Case, lost: dict[str, object]) -> None:
    link = token(approval_url(cast.lead, asked(cast, case)))
    User.objects.filter(pk=cast.lead.id).update(**lost)
    with pytest.raises(NoAccess):
        approver(link)


# ── Who is told ──────────────────────────────────────────────────────────────────────────────────


def told(who: int) -> list[str]:
    return list(Notice.objects.filter(user_id=who).order_by("pk").values_list("kind", flat=True))


def test_what_waits_too_long_goes_to_the_next_rank_and_never_to_who_asked(cast: Cast, case: Case) -> None:
    asked(cast, case)
    assert (told(cast.lead.id), told(cast.admin.id)) == (["approval"], [])
    do_tick_due(later(hours=5))
    assert state(case).approvals[0].overdue
    assert "approval_late" in told(cast.admin.id)
    assert "approval_late" not in told(cast.lead.id) + told(cast.owner.id)


# ── The month ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def monthly(tmp_path: Path, case: Case) -> Case:
    (tmp_path / "policy.toml").write_text(MONTH, encoding="utf-8")
    return case


def test_what_was_given_in_other_cases_this_month_counts(cast: Cast, monthly: Case) -> None:
    noah = replace(cast, customer=make_customer("Noah Berg", email="noah@example.org"))
    given = complaint(noah, f"{PLAINLY} {WANTS_40}", at=later(minutes=1))
    send(cast.owner, given, REFUND_40, at=later(minutes=5))
    assert mover(cast.owner, monthly, later(minutes=6)).given == Decimal(40)
    assert mover(cast.owner, given, later(minutes=6)).given == 0
    assert mover(cast.teammate, monthly, later(minutes=6)).given == 0
    left = room_of(cast.owner, monthly, at=later(minutes=6))
    assert (left.here, left.month) == (Decimal(200), Decimal(30))
    with pytest.raises(Refused) as no:
        do_reply(cast.owner, monthly.pk, REFUND_40, at=later(minutes=6))
    assert [refusal.gate for refusal in no.value.refusals] == [Gate.AUTHORITY]
    do_reply(cast.teammate, monthly.pk, REFUND_40, at=later(minutes=6))
    assert mover(cast.owner, monthly, clock.now() + timedelta(days=31)).given == 0


def test_no_query_is_made_where_no_month_is_limited(
    cast: Cast, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        mover(cast.owner, case, later())
