"""Who is told of what: the right people, once, never of what they did themselves, and the cover of who is away."""

from datetime import date, timedelta

import pytest

from amends.actions import handling
from amends.actions.absences import do_plan_absence
from amends.actions.access import NoAccess
from amends.actions.actors import Staff
from amends.actions.guests import do_say_fixed
from amends.actions.notices import HOW, NOTICE, do_read_all_notices, do_read_notice
from amends.actions.people import do_set_wishes
from amends.actions.promises import do_hand_over_promise, do_make_promise
from amends.actions.surveys import do_answer_survey
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case, Effect, Notice, User
from amends.testing import MONDAY, Cast
from amends.transcript import Money
from tests.actions.doing import agreed, complaint, guest, later, record, send, state, write
from tests.actions.plain import FURIOUS, NAMED, PLAINLY, STILL_BROKEN

pytestmark = pytest.mark.django_db


def owned(cast: Cast) -> Case:
    case = complaint(cast)
    record(cast.owner, case, handling.assign(cast.owner.id))
    return case


def told(who: Staff) -> list[str]:
    return list(Notice.objects.filter(user_id=who.id).order_by("pk").values_list("kind", flat=True))


def promised(cast: Cast) -> tuple[Case, str]:
    case = owned(cast)
    send(cast.owner, case, NAMED)
    made = do_make_promise(cast.owner, case.pk, "A lamp", due=later(hours=3), owner=cast.teammate.id, at=MONDAY)
    return case, made


def closed(cast: Cast) -> Case:
    case = agreed(cast)
    record(cast.owner, case, handling.assign(cast.owner.id), at=later(hours=2))
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    do_tick_due(later(days=2))
    return case


def test_a_promise_warns_its_owner_and_in_the_end_calls_the_lead(cast: Cast) -> None:
    promised(cast)
    for hours in (1, 2, 3, 4):
        do_tick_due(later(hours=hours))
    assert told(cast.teammate) == ["promise_soon", "broken"]
    assert told(cast.lead) == []
    do_tick_due(later(days=1))
    assert "escalated" in told(cast.lead)
    assert told(cast.stranger) == told(cast.admin) == []


def test_of_all_that_fell_due_at_once_the_gravest_is_told(cast: Cast) -> None:
    _case, promise = promised(cast)
    do_tick_due(later(days=30))
    notices = Notice.objects.filter(user_id=cast.teammate.id, subject=promise)
    assert [notice.kind for notice in notices] == ["broken"]
    assert told(cast.owner) == ["silent"]


def test_what_is_told_is_told_once(cast: Cast) -> None:
    complaint(cast, f"{FURIOUS} {PLAINLY}")
    for _ in range(3):
        do_tick_due(later(hours=2))
    assert told(cast.lead) == ["unanswered"]  # nobody's case: those who lead


@pytest.mark.parametrize(("outcome", "kinds"), [(5, []), (3, []), (2, ["bad_survey"])])
def test_a_bad_answer_to_the_survey_is_told_at_once_and_a_good_one_is_not(
    cast: Cast, outcome: int, kinds: list[str]
) -> None:
    case = closed(cast)
    Notice.objects.all().delete()
    do_answer_survey(
        guest(case),
        outcome=outcome,
        treatment=5,
        process=5,
        buy_again=True,
        recommend=True,
        words="",
        at=later(days=3),
    )
    assert told(cast.lead) == told(cast.owner) == kinds


def test_not_fixed_is_told_to_the_owner_and_the_lead_once(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.assign(cast.owner.id), at=later(hours=2))
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    Notice.objects.all().delete()
    do_say_fixed(guest(case), fixed=False, words="", at=later(hours=3))
    assert told(cast.owner) == told(cast.lead) == ["not_fixed"]
    write(cast, case, STILL_BROKEN, at=later(hours=4))
    assert told(cast.owner) == ["not_fixed", "message"]


def test_an_approval_is_asked_of_those_who_may_and_answered_to_who_asked(cast: Cast) -> None:
    case = owned(cast)
    record(cast.owner, case, handling.ask_approval(Money.of(400, "USD"), "Seven years."))
    assert told(cast.lead) == ["approval"]
    record(cast.lead, case, handling.answer_approval(state(case).approvals[0].approval, granted=True))
    assert told(cast.owner) == ["approved"]
    record(cast.owner, case, handling.ask_approval(Money.of(4000, "USD"), "A whole kitchen."))
    assert told(cast.lead) == ["approval"]  # more than she may give
    assert told(cast.admin) == ["approval"]
    record(cast.lead, case, handling.ask_approval(Money.of(500, "USD"), ""))
    assert told(cast.lead) == ["approval"]  # her own wish


def test_nobody_is_told_what_they_did_themselves(cast: Cast) -> None:
    case, promise = promised(cast)
    assert told(cast.owner) == []
    record(cast.lead, case, handling.assign(cast.teammate.id))
    do_hand_over_promise(cast.teammate, case.pk, promise, owner=cast.owner.id, at=MONDAY)
    assert told(cast.owner) == ["handed_over"]
    assert told(cast.teammate) == ["assigned"]


def test_a_message_is_told_on_the_page_and_an_automatic_one_is_not(cast: Cast) -> None:
    case = owned(cast)
    write(cast, case, PLAINLY + " Hello?", at=later(minutes=5))
    assert told(cast.owner) == ["message"]
    assert not Effect.objects.filter(kind=NOTICE).exists()


def test_the_cover_of_who_is_away_is_told_too_and_loops_end(cast: Cast) -> None:
    case = owned(cast)
    day = date(2026, 3, 2)
    do_plan_absence(cast.owner, user=cast.owner.id, cover=cast.teammate.id, starts=day, ends=day, at=MONDAY)
    write(cast, case, PLAINLY + " Hello?", at=later(minutes=5))
    assert told(cast.owner) == told(cast.teammate) == ["message"]
    do_plan_absence(cast.teammate, user=cast.teammate.id, cover=cast.owner.id, starts=day, ends=day, at=MONDAY)
    write(cast, case, PLAINLY + " Anybody?", at=later(minutes=6))
    assert told(cast.owner) == ["message", "message"]
    assert told(cast.teammate) == ["message"]


def test_who_does_something_about_a_case_has_read_what_they_were_told_of_it(cast: Cast) -> None:
    case = owned(cast)
    write(cast, case, PLAINLY + " Hello?", at=later(minutes=5))
    send(cast.teammate, case, NAMED, at=later(minutes=6))
    assert Notice.objects.get().read_at is None  # somebody else did
    send(cast.owner, case, NAMED, at=later(minutes=7))
    assert Notice.objects.get().read_at == later(minutes=7)


def test_who_left_is_told_nothing_and_the_lead_is_instead(cast: Cast) -> None:
    promised(cast)
    User.objects.filter(pk=cast.teammate.id).update(is_active=False)
    do_tick_due(later(hours=3))
    assert told(cast.teammate) == []
    assert "broken" in told(cast.lead)


@pytest.mark.parametrize(("wish", "mails"), [("all", 1), ("urgent", 1), ("none", 0)])
def test_urgent_notices_of_a_minute_ask_for_one_mail(cast: Cast, wish: str, mails: int) -> None:
    do_set_wishes(cast.lead, mail_notices=wish, digest=True)
    for number in range(3):
        complaint(cast, f"{PLAINLY} {number}")
    do_tick_due(later(hours=2))
    assert told(cast.lead) == ["unanswered"] * 3
    asked = Effect.objects.filter(kind=NOTICE, subject__startswith=f"{cast.lead.id}:")
    assert asked.count() == mails
    assert all(effect.not_before <= later(hours=2) + timedelta(seconds=65) for effect in asked)


def test_wishes_that_there_are_not_are_refused(cast: Cast) -> None:
    with pytest.raises(Impossible):
        do_set_wishes(cast.owner, mail_notices="sometimes", digest=True)


def test_only_ones_own_notices_are_read(cast: Cast) -> None:
    complaint(cast)
    do_tick_due(later(hours=2))
    notice = Notice.objects.get(user_id=cast.lead.id)
    for nosy in (cast.owner, cast.stranger, cast.admin):
        with pytest.raises(NoAccess):
            do_read_notice(nosy, notice.pk, at=later(hours=3))
        assert do_read_all_notices(nosy, upto=notice.pk, at=later(hours=3)) == 0
    do_read_notice(cast.lead, notice.pk, at=later(hours=3))
    do_read_notice(cast.lead, notice.pk, at=later(hours=4))
    assert Notice.objects.get().read_at == later(hours=3)


def test_every_kind_fits_its_column() -> None:
    assert all(len(kind) <= 24 for kind in HOW)
