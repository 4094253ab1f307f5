"""Time passes: what is due is called once, letters go out by themselves, one bad case does not stop the clock."""

import logging
from datetime import timedelta

import pytest

from amends.actions import handling, house
from amends.actions.replies import do_reply, let_go
from amends.actions.surveys import do_answer_survey
from amends.actions.ticks import do_tick_due
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.journal import rebuild
from amends.store.models import Case, Customer, Effect, Message, Promise
from amends.testing import MONDAY, Cast
from tests.actions.doing import agreed, complaint, fresh, guest, later, names, record, send, state
from tests.actions.plain import BY_FRIDAY, FURIOUS, NAMED, PLAINLY

pytestmark = pytest.mark.django_db


def closed(cast: Cast) -> Case:
    case = agreed(cast)
    record(cast.owner, case, handling.assign(cast.owner.id), at=later(hours=2))
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    return fresh(case)


def purposes(case: Case) -> list[str]:
    return list(case.messages.filter(automatic=True).order_by("at", "id").values_list("purpose", flat=True))


def test_nothing_is_due_before_anything_came_in() -> None:
    assert do_tick_due(MONDAY) == 0


def test_a_complaint_that_nobody_answers_calls_louder_and_louder(cast: Cast) -> None:
    case = complaint(cast, f"{FURIOUS} {PLAINLY}")
    seen = []
    for at in (later(minutes=59), later(hours=1), later(days=1, hours=7), later(days=2, hours=7)):
        do_tick_due(at)
        seen.append(fresh(case).calls)
    assert seen == [
        "unheard",
        "acknowledge,unheard",
        "acknowledge,unheard,update",
        "acknowledge,silence,unheard,update",
    ]
    before = len(names(case))
    assert do_tick_due(later(days=2, hours=7)) == 0
    assert len(names(case)) == before


def test_a_worker_that_was_away_calls_all_that_fell_due_meanwhile(cast: Cast) -> None:
    case = complaint(cast)
    do_tick_due(later(days=30))
    assert {"AcknowledgementOverdue", "UpdateFellDue", "SilenceLimitPassed"} <= set(names(case))


def test_a_few_at_a_time_until_none_is_left(cast: Cast) -> None:
    for number in range(5):
        complaint(cast, f"{PLAINLY} {number}")
    assert [do_tick_due(later(days=1), limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_cases_of_others_and_not_yet_due_are_left_alone(cast: Cast) -> None:
    one = complaint(cast)
    two = complaint(cast, "Another matter.", at=later(days=7))
    do_tick_due(later(hours=2))
    assert "AcknowledgementOverdue" in names(one)
    assert "AcknowledgementOverdue" not in names(two)


# ── Letters ──────────────────────────────────────────────────────────────────────────────────────


def test_thanks_a_survey_and_one_reminder_each_once(cast: Cast) -> None:
    case = closed(cast)
    do_tick_due(later(days=1))
    assert purposes(case) == []  # there is time for a line of one's own
    do_tick_due(later(days=1, hours=3))
    assert purposes(case) == ["thanks"]
    do_tick_due(later(days=2))
    assert purposes(case) == ["thanks", "survey"]
    for days in (7, 8, 20, 40):
        do_tick_due(later(days=days))
    assert purposes(case) == ["thanks", "survey", "survey"]
    letters = list(case.messages.filter(automatic=True))
    assert {letter.status for letter in letters} == {"queued"}
    assert Effect.objects.filter(subject__in=[letter.pk for letter in letters]).count() == 3
    assert all("Maya Olsen" in letter.text and "Jonas Weber" in letter.text for letter in letters)


def test_who_has_answered_is_not_reminded(cast: Cast) -> None:
    case = closed(cast)
    do_tick_due(later(days=1, hours=3))
    do_tick_due(later(days=2))
    do_answer_survey(
        guest(case), outcome=5, treatment=5, process=5, buy_again=True, recommend=True, words="", at=later(days=3)
    )
    do_tick_due(later(days=40))
    assert purposes(case) == ["thanks", "survey"]


def test_who_wants_no_surveys_gets_none(cast: Cast) -> None:
    Customer.objects.update(no_surveys=True)
    case = closed(cast)
    for days in (1, 2, 7, 40):
        do_tick_due(later(days=days))
    assert purposes(case) == ["thanks"]


def test_who_has_no_address_gets_no_letters(cast: Cast) -> None:
    case = closed(cast)
    cast.customer.addresses.all().delete()
    for days in (1, 2, 7):
        do_tick_due(later(days=days))
    assert purposes(case) == []


def test_who_is_unhappy_still_is_not_asked_how_it_was(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.NO_REMEDY, CustomerOutcome.LOST), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    for days in (1, 2, 7, 40):
        do_tick_due(later(days=days))
    assert purposes(case) == []


# ── One bad case ─────────────────────────────────────────────────────────────────────────────────


def test_a_case_that_cannot_be_ticked_is_named_in_the_log_and_the_others_go_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = complaint(cast), complaint(cast, "Another matter.")
    rows = [do_reply(cast.owner, case.pk, NAMED, at=MONDAY).pk for case in (good, bad)]

    def stumble(case: Case, *rest: object) -> object:
        if case.pk == bad.pk:
            raise RuntimeError("a bug")
        return let_go(case, *rest)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("amends.actions.ticks.let_go", stumble)
    with caplog.at_level(logging.ERROR):
        do_tick_due(later(minutes=1))
    assert [Message.objects.get(pk=row).status for row in rows] == ["queued", "held"]
    assert f"Case {bad.pk} " in caplog.text
    assert state(bad).held is not None
    monkeypatch.undo()
    rebuild(fresh(bad), policy=house.policy(), calendar=house.calendar())
    do_tick_due(later(minutes=2))
    assert Message.objects.get(pk=rows[1]).status == "queued"


def test_after_a_change_of_policy_a_case_is_looked_at_by_the_new_one(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, BY_FRIDAY)
    do_tick_due(later(hours=1))
    was = fresh(case).next_due_at
    assert was is not None
    (house.data_folder() / "policy.toml").write_text(
        '[update]\namount = 9\nunit = "working_days"\n[silence]\namount = 10\n'
    )
    do_tick_due(was)
    assert "UpdateFellDue" not in names(case)
    moved = fresh(case).next_due_at
    assert moved is not None
    assert moved > was + timedelta(days=5)
    assert Promise.objects.count() == 1
