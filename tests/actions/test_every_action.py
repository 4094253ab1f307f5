"""Every action: the owner and a teammate may, a stranger and the guest of another case may not; a no leaves nothing."""

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType

import pytest

from amends.actions import booking, guests, handling, incidents, offers, options, promises, replies, surveys, updates
from amends.actions.access import (
    NoAccess,
    NotAllowed,
    access_case,
    access_customer,
    check_colleague,
    check_rank,
    visible_cases,
)
from amends.actions.actors import DESK, Guest, Staff, actor
from amends.actions.booking import do_book_call, do_decline_call, do_unbook_call
from amends.actions.guests import (
    do_answer_offer,
    do_answer_read_back,
    do_counter_offer,
    do_say_fair,
    do_say_fixed,
    do_write,
)
from amends.actions.handling import Record, do_record
from amends.actions.incidents import Told, do_link_cases, do_open_incident, do_unlink_case
from amends.actions.promises import (
    do_ask_promise_owner,
    do_confirm_promise,
    do_dismiss_promise,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
    do_take_promise,
    do_turn_down_promise,
)
from amends.actions.replies import do_log_spoken, do_reply, do_reply_to_one_of_many, do_take_back, do_write_note
from amends.actions.surveys import do_answer_survey, do_decline_survey
from amends.actions.ticks import do_tick_due
from amends.actions.updates import do_send_update
from amends.method.decide import Impossible
from amends.method.state import State
from amends.method.words import CLOCK, CallResult, CustomerOutcome, ProblemOutcome, Rank, Remedy, Side
from amends.store.models import Case, Incident, Message, User
from amends.testing import MONDAY, Cast, make_customer, make_staff, make_team
from amends.transcript import Money, Span
from tests.actions.doing import Everything, agreed, complaint, fresh, later, names, record, send, state
from tests.actions.plain import BY_FRIDAY, FURIOUS, NAMED, PLAINLY, READ_BACK, REFUND_40, UNDATED, WANTS_40

pytestmark = pytest.mark.django_db

AT = later(hours=3)
SOON = AT + timedelta(days=1)
CALL = later(days=2, hours=3)

Prepare = Callable[[Cast], Case]
Act = Callable[[Cast, Staff, Case], object]


def new(cast: Cast) -> Case:
    return complaint(cast, f"{PLAINLY} {WANTS_40}")


def replied(cast: Cast) -> Case:
    case = new(cast)
    send(cast.owner, case, NAMED)
    return case


def offered(cast: Cast) -> Case:
    case = new(cast)
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    return case


def read_back(cast: Cast) -> Case:
    case = complaint(cast)
    send(cast.owner, case, READ_BACK, at=later(minutes=5))
    return case


def held(cast: Cast) -> Case:
    case = new(cast)
    do_reply(cast.owner, case.pk, NAMED, at=AT - timedelta(seconds=5))
    return case


def promising(cast: Cast) -> Case:
    """Return a case with a proposed promise and, after it, an open one."""
    case = new(cast)
    send(cast.owner, case, UNDATED, at=later(minutes=5))
    do_make_promise(cast.owner, case.pk, "A new lamp", due=SOON, owner=cast.owner.id, at=later(minutes=6))
    return case


def spoken_to(cast: Cast) -> Case:
    case = new(cast)
    send(cast.owner, case, NAMED, at=later(minutes=5))
    return case


def closed(cast: Cast) -> Case:
    case = called_back(cast)
    record(cast.owner, case, handling.close(), at=AT)
    return case


def put_off(cast: Cast) -> Case:
    case = spoken_to(cast)
    record(cast.owner, case, handling.snooze(SOON, "The spare part is on its way."), at=later(minutes=6))
    return case


def resolved(cast: Cast) -> Case:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    return case


def called_back(cast: Cast) -> Case:
    case = resolved(cast)
    record(cast.owner, case, handling.call_back(CallResult.REACHED, "All is well."), at=AT)
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=AT)
    return case


def booked(cast: Cast) -> Case:
    case = resolved(cast)
    do_book_call(cast.owner, case.pk, CALL, at=AT)
    return case


def asking(cast: Cast) -> Case:
    case = new(cast)
    record(cast.owner, case, handling.ask_approval(Money.of(150, "USD"), "She is right."), at=later(minutes=5))
    return case


def met(cast: Cast) -> Case:
    """Return a case that is linked to an incident, before another one was opened."""
    case = new(cast)
    do_open_incident(cast.owner, Told(title="Lamps"), at=AT, cases=[case.pk])
    do_open_incident(cast.owner, Told(title="Vases"), at=SOON)
    return case


def proposed_of(case: Case) -> str:
    return state(case).promises[0].promise


def open_of(case: Case) -> str:
    return state(case).promises[-1].promise


def recorded(what: Callable[[Cast, State], Record]) -> Act:
    return lambda cast, who, case: do_record(who, case.pk, what(cast, state(case)), at=AT)


RECORDS: dict[str, tuple[Prepare, Callable[[Cast, State], Record], str]] = {
    "assign": (new, lambda cast, _: handling.assign(cast.teammate.id), "OwnerAssigned"),
    "upset": (new, lambda _, s: handling.upset(s.temperature[0].message, 3), "UpsetRead"),
    "take_back_fact": (new, lambda _, s: handling.take_back_fact(s.seq), "FactTakenBack"),
    "basis": (new, lambda *_: handling.basis(expected="A lamp", got="A vase", cause="Mixed up"), "BasisEstablished"),
    "bid": (new, lambda *_: handling.bid(Remedy.REFUND, "40", Money.of(40, "USD")), "BidMade"),
    "left_to_us": (new, lambda *_: handling.left_to_us("You decide"), "BidLeftToUs"),
    "unwarranted": (new, lambda *_: handling.unwarranted("She broke it"), "DemandUnwarranted"),
    "option": (new, lambda *_: options.option("Train the driver", Remedy.CHANGE), "OptionRaised"),
    "option_in": (new, lambda _, s: options.option_in(Span(s.temperature[0].message, 0, 9)), "OptionRaised"),
    "answer_to_offer": (
        offered,
        lambda _, s: handling.answer_to_offer(s.offers[0].offer, "Yes", accepted=True),
        "OfferAccepted",
    ),
    "final_answer": (new, lambda *_: handling.final_answer("We cannot", "The ombudsman"), "FinalAnswerGiven"),
    "final_answer_in": (
        replied,
        lambda cast, _: handling.final_answer_in(Message.objects.get(direction="out").pk, "The ombudsman"),
        "FinalAnswerGiven",
    ),
    "ask_approval": (new, lambda *_: handling.ask_approval(Money.of(500, "USD"), "It is fair"), "ApprovalAsked"),
    "answer_approval": (
        asking,
        lambda _, s: handling.answer_approval(s.approvals[0].approval, granted=False, why="Too much"),
        "ApprovalDeclined",
    ),
    "name_purchase": (
        new,
        lambda *_: offers.name_purchase(what="A lamp", price=Money.of(40, "USD")),
        "PurchaseNamed",
    ),
    "think_offer": (complaint, lambda *_: offers.think_offer(Remedy.REFUND, Money.of(60, "USD")), "OfferThought"),
    "counter_offer": (
        offered,
        lambda _, s: offers.counter_offer(s.offers[0].offer, "Make it 55."),
        "BidMade",
    ),
    "withdraw_offer": (
        offered,
        lambda _, s: offers.withdraw_offer(s.offers[0].offer, "It was a slip"),
        "OfferWithdrawn",
    ),
    "snooze": (spoken_to, lambda *_: handling.snooze(SOON, "The spare part is on its way."), "CaseSnoozed"),
    "end_snooze": (put_off, lambda *_: handling.end_snooze(), "SnoozeEnded"),
    "resolve": (agreed, lambda *_: handling.resolve(), "CaseResolved"),
    "fix": (resolved, lambda *_: handling.fix("It works", fixed=True), "FixConfirmed"),
    "call_back": (resolved, lambda *_: handling.call_back(CallResult.REACHED, "Fine"), "CallbackMade"),
    "outcomes": (
        resolved,
        lambda *_: handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT, "Glad"),
        "OutcomesRecorded",
    ),
    "close": (called_back, lambda *_: handling.close("Thank you."), "CaseClosed"),
    "thanks_line": (resolved, lambda *_: handling.thanks_line("Thank you for your patience."), "ThanksLineWritten"),
    "reopen": (resolved, lambda *_: handling.reopen("It broke again"), "CaseReopened"),
    "follow": (closed, lambda *_: handling.follow(bought_again=True, recommends=None), "OutcomeFollowed"),
    "root_cause": (new, lambda *_: handling.root_cause("Wrong or missing item", "Labels"), "RootCauseConfirmed"),
}

ACTS: dict[str, tuple[Prepare, Act, str]] = {
    "do_reply": (new, lambda _, who, case: do_reply(who, case.pk, NAMED, at=AT), "MessageHeld"),
    "do_take_back": (
        held,
        lambda _, who, case: do_take_back(who, case.pk, case.messages.latest("at").pk, at=AT),
        "MessageTakenBack",
    ),
    "do_reply_to_one_of_many": (
        new,
        lambda _, who, case: do_reply_to_one_of_many(who, case.pk, NAMED, purpose="word", at=AT),
        "MessageHeld",
    ),
    "do_open_incident": (
        new,
        lambda _, who, case: do_open_incident(who, Told(title="Lamps"), at=AT, cases=[case.pk]),
        "IncidentLinked",
    ),
    "do_link_cases": (
        met,
        lambda _, who, case: do_link_cases(who, Incident.objects.latest("opened_at").pk, [case.pk], at=AT),
        "IncidentLinked",
    ),
    "do_unlink_case": (met, lambda _, who, case: do_unlink_case(who, case.pk, at=AT), "IncidentUnlinked"),
    "do_log_spoken": (new, lambda _, who, case: do_log_spoken(who, case.pk, NAMED, at=AT), "FeelingAcknowledged"),
    "do_write_note": (new, lambda _, who, case: do_write_note(who, case.pk, "Careful", at=AT), "NoteWritten"),
    "do_confirm_promise": (
        promising,
        lambda _, who, case: do_confirm_promise(who, case.pk, proposed_of(case), at=AT, due=SOON),
        "PromiseMade",
    ),
    "do_dismiss_promise": (
        promising,
        lambda _, who, case: do_dismiss_promise(who, case.pk, proposed_of(case), at=AT),
        "PromiseDismissed",
    ),
    "do_make_promise": (
        new,
        lambda cast, who, case: do_make_promise(who, case.pk, "A lamp", due=SOON, owner=cast.owner.id, at=AT),
        "PromiseMade",
    ),
    "do_keep_promise": (
        promising,
        lambda _, who, case: do_keep_promise(who, case.pk, open_of(case), at=AT, how="Sent"),
        "PromiseKept",
    ),
    "do_move_promise": (
        promising,
        lambda _, who, case: do_move_promise(
            who, case.pk, open_of(case), due=SOON + timedelta(days=1), tell="A day later, sorry.", at=AT
        ),
        "CustomerUpdated",
    ),
    "do_send_update": (spoken_to, lambda _, who, case: do_send_update(who, case.pk, at=AT), "MessageHeld"),
    "do_hand_over_promise": (
        promising,
        lambda cast, who, case: do_hand_over_promise(who, case.pk, open_of(case), owner=cast.teammate.id, at=AT),
        "PromiseHandedOver",
    ),
    "do_ask_promise_owner": (
        promising,
        lambda cast, who, case: do_ask_promise_owner(who, case.pk, open_of(case), owner=cast.stranger.id, at=AT),
        "PromiseOwnerAsked",
    ),
    "do_book_call": (resolved, lambda _, who, case: do_book_call(who, case.pk, CALL, at=AT), "CallbackBooked"),
    "do_unbook_call": (booked, lambda _, who, case: do_unbook_call(who, case.pk, at=AT), "CallbackUnbooked"),
} | {name: (prepare, recorded(what), fact) for name, (prepare, what, fact) in RECORDS.items()}


def public(module: ModuleType, start: str = "") -> set[str]:
    """Return the functions that a room offers under names that begin so."""
    return {
        name
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and name.startswith(start) and not name.startswith("_")
    }


def test_no_action_of_the_staff_is_left_out() -> None:
    acts = public(replies, "do_") | public(promises, "do_") | public(updates, "do_") | public(handling) | public(offers)
    acts |= public(incidents, "do_") | public(booking, "do_") | public(options)
    assert acts - {"do_record", "do_change_incident", "do_decline_call"} == ACTS.keys() | ANSWERS.keys()


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["owner", "teammate", "lead", "admin"])
def test_the_team_may(cast: Cast, name: str, who: str) -> None:
    prepare, act, fact = ACTS[name]
    case = prepare(cast)
    before = len(names(case))
    if name == "answer_approval" and who in ("owner", "teammate"):  # one asked, and both only handle cases
        with pytest.raises(Impossible, match=r"somebody else|who leads"):
            act(cast, getattr(cast, who), case)
    else:
        act(cast, getattr(cast, who), case)
        assert fact in names(case)[before:]


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_finds_no_such_case_and_leaves_nothing_behind(cast: Cast, name: str) -> None:
    prepare, act, _fact = ACTS[name]
    case = prepare(cast)
    before = Everything.now()
    with pytest.raises(NoAccess):
        act(cast, cast.stranger, case)
    assert Everything.now() == before


# ── Who was asked to keep a promise ──

ANSWERS: dict[str, tuple[Callable[[Staff, str], None], str]] = {
    "do_take_promise": (lambda who, promise: do_take_promise(who, promise, at=AT), "PromiseTaken"),
    "do_turn_down_promise": (
        lambda who, promise: do_turn_down_promise(who, promise, why="We are closed.", at=AT),
        "PromiseTurnedDown",
    ),
}


def asked(cast: Cast, whom: Staff) -> Case:
    case = promising(cast)
    do_ask_promise_owner(cast.owner, case.pk, open_of(case), owner=whom.id, at=later(minutes=7))
    return case


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("who", ["stranger", "teammate", "lead", "admin"])
def test_who_was_asked_answers_whichever_team_they_are_of(cast: Cast, name: str, who: str) -> None:
    act, fact = ANSWERS[name]
    case = asked(cast, getattr(cast, who))
    act(getattr(cast, who), open_of(case))
    assert names(case)[-1] == fact


@pytest.mark.parametrize("name", ANSWERS)
def test_nobody_answers_for_somebody_else(cast: Cast, name: str) -> None:
    act, _fact = ANSWERS[name]
    case = asked(cast, cast.teammate)
    before = Everything.now()
    with pytest.raises(NoAccess):
        act(cast.stranger, open_of(case))
    with pytest.raises(Impossible, match="only they can answer"):
        act(cast.lead, open_of(case))
    assert Everything.now() == before


# ── Guests ───────────────────────────────────────────────────────────────────────────────────────

GuestAct = Callable[[Guest, Case], object]


def surveyed(cast: Cast) -> Case:
    case = called_back(cast)
    record(cast.owner, case, handling.close(), at=AT)
    do_tick_due(AT + timedelta(days=2))
    assert state(case).survey_open
    return case


def answer_survey(who: Guest, outcome: int) -> State:
    return do_answer_survey(
        who, outcome=outcome, treatment=5, process=4, buy_again=True, recommend=None, words="Good.", at=AT
    )


GUEST_ACTS: dict[str, tuple[Prepare, GuestAct, str]] = {
    "do_write": (new, lambda who, _: do_write(who, FURIOUS, at=AT), "UpsetRead"),
    "do_say_fair": (
        new,
        lambda who, _: do_say_fair(who, "As it was.", remedy=Remedy.REPAIR, at=AT),
        "BidMade",
    ),
    "do_answer_read_back": (
        read_back,
        lambda who, _: do_answer_read_back(who, right=True, words="", at=AT),
        "BasisConfirmed",
    ),
    "do_answer_offer": (
        offered,
        lambda who, case: do_answer_offer(who, state(case).offers[0].offer, accepted=True, words="", at=AT),
        "OfferAccepted",
    ),
    "do_counter_offer": (
        offered,
        lambda who, case: do_counter_offer(who, state(case).offers[0].offer, words="Make it 55.", at=AT),
        "OfferRejected",
    ),
    "do_say_fixed": (resolved, lambda who, _: do_say_fixed(who, fixed=True, words="Yes!", at=AT), "FixConfirmed"),
    "do_answer_survey": (surveyed, lambda who, _: answer_survey(who, 5), "SurveyAnswered"),
    "do_book_call": (
        resolved,
        lambda who, case: do_book_call(who, case.pk, CALL, at=AT, phone="+44 20 7946 0000"),
        "CallbackBooked",
    ),
    "do_unbook_call": (booked, lambda who, case: do_unbook_call(who, case.pk, at=AT), "CallbackUnbooked"),
    "do_decline_call": (booked, lambda who, _: do_decline_call(who, writes=True, at=AT), "CallbackMade"),
    "do_decline_survey": (surveyed, lambda who, _: do_decline_survey(who, at=AT), "SurveyDeclined"),
}


def test_no_action_of_a_guest_is_left_out() -> None:
    assert public(guests, "do_") | public(booking, "do_") | public(surveys, "do_") == GUEST_ACTS.keys()


@pytest.mark.parametrize("name", GUEST_ACTS)
def test_a_guest_acts_in_their_own_case_as_the_customer(cast: Cast, name: str) -> None:
    prepare, act, fact = GUEST_ACTS[name]
    case = prepare(cast)
    before = len(names(case))
    act(Guest(case=case.pk, customer=cast.customer.pk), case)
    assert fact in names(case)[before:]
    assert case.journal.latest("seq").side == Side.CUSTOMER.value


@pytest.mark.parametrize("name", GUEST_ACTS)
def test_a_guest_of_another_case_finds_none(cast: Cast, name: str) -> None:
    prepare, act, _fact = GUEST_ACTS[name]
    case, ben = prepare(cast), make_customer("Ben Hill")
    before = Everything.now()
    for forged in (Guest(case=case.pk, customer=ben.pk), Guest(case=case.pk + 1, customer=cast.customer.pk)):
        with pytest.raises(NoAccess):
            act(forged, case)
    assert Everything.now() == before


@pytest.mark.parametrize("name", GUEST_ACTS)
def test_one_who_only_looks_says_nothing_in_the_customers_name(cast: Cast, name: str) -> None:
    prepare, act, _fact = GUEST_ACTS[name]
    case = prepare(cast)
    before = Everything.now()
    with pytest.raises(NotAllowed):
        act(Guest(case=case.pk, customer=cast.customer.pk, preview=True), case)
    assert Everything.now() == before


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────


def test_lists_show_the_own_team_only(cast: Cast) -> None:
    case = complaint(cast)
    lonely = make_staff("Lou Lost", None)
    sees = {who: list(visible_cases(getattr(cast, who))) for who in ("owner", "teammate", "lead", "admin")}
    assert sees == {name: [case] for name in sees}
    assert not visible_cases(cast.stranger).exists()
    assert not visible_cases(lonely).exists()
    assert list(visible_cases(DESK)) == [case]
    assert list(visible_cases(Guest(case.pk, cast.customer.pk))) == [case]
    assert not visible_cases(Guest(case.pk, cast.customer.pk + 1)).exists()


def test_a_customer_is_seen_by_who_sees_a_case_of_theirs(cast: Cast) -> None:
    complaint(cast)
    assert access_customer(cast.teammate, cast.customer.pk) == cast.customer
    assert access_customer(cast.admin, make_customer("Ben Hill").pk).name == "Ben Hill"
    for nosy, whom in ((cast.stranger, cast.customer.pk), (cast.owner, make_customer("Ben Hill").pk), (cast.admin, 0)):
        with pytest.raises(NoAccess):
            access_customer(nosy, whom)


def test_no_access_says_nothing_about_what_is_there(cast: Cast) -> None:
    case = complaint(cast)
    with pytest.raises(NoAccess) as there:
        access_case(cast.stranger, case.pk)
    with pytest.raises(NoAccess) as nowhere:
        access_case(cast.stranger, case.pk + 999)
    assert str(there.value) == str(nowhere.value) == ""


@pytest.mark.parametrize(
    ("who", "rank", "may"),
    [
        ("owner", Rank.HANDLER, True),
        ("owner", Rank.LEAD, False),
        ("lead", Rank.LEAD, True),
        ("lead", Rank.ADMIN, False),
        ("admin", Rank.HANDLER, True),
    ],
)
def test_each_rank_includes_those_before_it(cast: Cast, who: str, rank: Rank, may: bool) -> None:
    if may:
        check_rank(getattr(cast, who), rank)
        return
    with pytest.raises(NotAllowed):
        check_rank(getattr(cast, who), rank)


def test_neither_a_guest_nor_the_desk_has_a_rank(cast: Cast) -> None:
    for who in (Guest(1, cast.customer.pk), DESK):
        with pytest.raises(NotAllowed):
            check_rank(who, Rank.HANDLER)
    assert actor(DESK) == CLOCK


def test_only_who_may_see_a_case_can_own_it_or_a_promise_in_it(cast: Cast) -> None:
    case = promising(cast)
    for nobody in (cast.stranger.id, 10**9, make_staff("Lou Lost", None).id):
        before = Everything.now()
        with pytest.raises(Impossible, match="Nobody of this team"):
            do_record(cast.admin, case.pk, handling.assign(nobody), at=AT)
        with pytest.raises(Impossible, match="Nobody of this team"):
            do_hand_over_promise(cast.admin, case.pk, open_of(case), owner=nobody, at=AT)
        with pytest.raises(Impossible, match="Nobody of this team"):
            do_confirm_promise(cast.admin, case.pk, proposed_of(case), owner=nobody, due=SOON, at=AT)
        with pytest.raises(Impossible, match="Nobody of this team"):
            do_make_promise(cast.admin, case.pk, "A lamp", owner=nobody, due=SOON, at=AT)
        assert Everything.now() == before
    do_record(cast.owner, case.pk, handling.assign(cast.admin.id), at=AT)
    assert fresh(case).owner_id == cast.admin.id
    do_record(cast.owner, case.pk, handling.assign(None), at=AT)
    assert fresh(case).owner_id is None


def test_who_has_left_owns_nothing_new(cast: Cast) -> None:
    case = complaint(cast)
    User.objects.filter(pk=cast.teammate.id).update(is_active=False)
    with pytest.raises(Impossible):
        check_colleague(case, cast.teammate.id)


def test_an_admin_of_another_team_gives_a_case_to_its_own_people(cast: Cast) -> None:
    case = complaint(cast)
    root = make_staff("Ruth Root", make_team("Back office"), rank=Rank.ADMIN)
    do_record(root, case.pk, handling.assign(cast.owner.id), at=AT)
    assert fresh(case).owner_id == cast.owner.id


def test_the_same_moment_is_given_to_all_that_an_action_writes(cast: Cast) -> None:
    case = complaint(cast)
    moment: datetime = later(hours=1, microseconds=7)
    do_log_spoken(cast.owner, case.pk, f"{NAMED} {BY_FRIDAY}", at=moment)
    assert {at for at, seq in case.journal.values_list("at", "seq") if seq > case.seq} == {moment}
    assert MONDAY not in set(case.journal.filter(seq__gt=case.seq).values_list("at", flat=True))
