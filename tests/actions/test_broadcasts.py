"""Written once for many: an own message in the own thread, past the own gates; sent once; and whether it is fixed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from amends.actions import broadcasts
from amends.actions.access import NoAccess
from amends.actions.broadcasts import check_text, do_broadcast, do_send_copy, do_stop_broadcast
from amends.actions.effects import do_effects
from amends.actions.guests import do_say_fixed
from amends.actions.handling import resolve
from amends.actions.incidents import do_unlink_case
from amends.actions.places import PLACES, filled, plain_name
from amends.actions.previews import LOOKED_AT, check_broadcast
from amends.actions.replies import do_reply, do_reply_to_one_of_many
from amends.method.decide import Impossible
from amends.store.models import Broadcast, BroadcastCopy, Customer, Effect, Incident, Message, User
from amends.testing import Cast
from tests.actions.doing import agreed, complaint, fresh, guest, later, names, record, state, write
from tests.actions.meeting import became, complaint_of, incident_of, ordered, work
from tests.actions.plain import BY_FRIDAY, FURIOUS, NAMED, PLAINLY, STILL_BROKEN, UNDATED, YES

pytestmark = pytest.mark.django_db

AT = later(hours=1)
GONE = AT + timedelta(seconds=11)
WORD = f"Dear {{name}}, {{what}} {BY_FRIDAY} {{me}}"


def sent_in(case: object) -> list[str]:
    """Return what we wrote in a case."""
    rows = Message.objects.filter(case=case, direction="out").order_by("at", "pk")  # type: ignore[misc]  # a case
    return list(rows.values_list("text", flat=True))


# ── The word ─────────────────────────────────────────────────────────────────────────────────────


def test_each_gets_an_own_message_with_an_own_promise(cast: Cast) -> None:
    maya, ben = complaint(cast), complaint_of("Ben Hill", cast)
    incident = incident_of(cast, maya, ben)
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    work(AT + timedelta(seconds=5))
    assert became(incident) == [("Maya Olsen", "waiting"), ("Ben Hill", "waiting")]
    work(GONE)
    assert became(incident) == [("Maya Olsen", "sent"), ("Ben Hill", "sent")]
    for case, name in ((maya, "Maya Olsen"), (ben, "Ben Hill")):
        assert sent_in(case) == [f"Dear {name}, {incident.what} {BY_FRIDAY} Jonas Weber"]
        row = Message.objects.get(case=case, direction="out")
        assert (row.status, row.author_id, row.purpose) == ("queued", cast.owner.id, "word")
        assert row.in_reply_to == Message.objects.get(case=case, direction="in").external_id
        assert [p.what.source for p in state(case).promises] == [row.pk]
        assert not state(case).owner


def test_whom_a_gate_keeps_it_from_is_left_to_a_person(cast: Cast) -> None:
    calm, angry = complaint(cast), complaint_of("Ben Hill", cast, FURIOUS)
    incident = incident_of(cast, calm, angry)
    do_broadcast(cast.owner, incident.pk, "word", UNDATED, at=AT)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "sent"), ("Ben Hill", "refused")]
    assert "nobody has named it yet" in BroadcastCopy.objects.get(case=angry).why
    assert sent_in(angry) == []
    assert "MessageHeld" not in names(angry)


def test_who_has_no_address_is_left_to_a_person(cast: Cast) -> None:
    case = complaint(cast)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    cast.customer.addresses.all().delete()
    work(GONE)
    assert became(incident) == [("Maya Olsen", "refused")]
    assert "Call them" in BroadcastCopy.objects.get().why


def test_it_goes_to_no_case_that_was_closed_or_taken_out_since(cast: Cast) -> None:
    case = complaint(cast)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    do_unlink_case(cast.owner, case.pk, at=AT)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "refused")]
    assert sent_in(case) == []


def test_who_left_writes_to_nobody(cast: Cast) -> None:
    incident = incident_of(cast, complaint(cast))
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    User.objects.filter(pk=cast.owner.id).update(is_active=False)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "refused")]


def test_it_waits_for_a_reply_that_is_on_its_way(cast: Cast) -> None:
    case = complaint(cast)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    do_reply(cast.teammate, case.pk, NAMED, at=GONE)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "waiting")]
    work(GONE + timedelta(minutes=1))
    work(GONE + timedelta(minutes=5))
    assert became(incident) == [("Maya Olsen", "sent")]
    assert sent_in(case)[0] == NAMED


def test_it_is_stopped_before_it_goes(cast: Cast) -> None:
    case = complaint(cast)
    incident = incident_of(cast, case)
    made = do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    with pytest.raises(NoAccess):
        do_stop_broadcast(cast.stranger, incident.pk, made.pk, at=AT)
    assert do_stop_broadcast(cast.teammate, incident.pk, made.pk, at=AT) == 1
    work(GONE)
    assert became(incident) == [("Maya Olsen", "skipped")]
    assert BroadcastCopy.objects.get().why == "Kim Okoro stopped it at 2026-03-02 11:00 UTC."
    assert sent_in(case) == []
    assert do_stop_broadcast(cast.teammate, incident.pk, made.pk, at=AT) == 0


def test_without_cases_there_is_nobody_to_write_to(cast: Cast) -> None:
    incident = incident_of(cast)
    with pytest.raises(Impossible, match="Link one first"):
        do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    with pytest.raises(NoAccess):
        do_broadcast(cast.stranger, incident.pk, "word", WORD, at=AT)
    assert not Broadcast.objects.exists()


def test_the_same_form_sent_twice_writes_once(cast: Cast) -> None:
    incident, other = incident_of(cast, complaint(cast)), incident_of(cast, complaint_of("Ben Hill", cast))
    first = do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT, once="abc")
    assert do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT, once="abc") == first
    assert BroadcastCopy.objects.count() == 1
    with pytest.raises(Impossible, match="another incident"):
        do_broadcast(cast.owner, other.pk, "word", WORD, at=AT, once="abc")


# ── Once ─────────────────────────────────────────────────────────────────────────────────────────


class Killed(BaseException):
    """What nothing in the worker catches."""


@pytest.mark.parametrize("committed", [False, True])
def test_a_worker_that_dies_in_the_middle_sends_each_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    incident = incident_of(cast, *(complaint_of(name, cast) for name in ("Ann Ash", "Ben Hill", "Cleo Day")))
    do_broadcast(cast.owner, incident.pk, "word", WORD, at=AT)
    written: list[object] = []

    def dies_at_the_second(then: Callable[..., object]) -> Callable[..., object]:
        def dies(*args: object, **named: object) -> object:
            written.append(then(*args, **named))
            if len(written) == 2:
                raise Killed
            return written[-1]

        return dies

    doer: Any = dies_at_the_second(do_send_copy) if committed else do_send_copy
    with monkeypatch.context() as there:
        if not committed:
            there.setattr(broadcasts, "do_reply_to_one_of_many", dies_at_the_second(do_reply_to_one_of_many))
        with pytest.raises(Killed):
            do_effects({"broadcast": doer}, now=lambda: GONE, limit=3)
    assert [status for _name, status in became(incident)].count("sent") == 1 + committed
    work(GONE + timedelta(hours=1))  # the leases of the dead one have run out
    assert [status for _name, status in became(incident)] == ["sent"] * 3
    assert Message.objects.filter(purpose="word", status="queued").count() == 3
    assert Effect.objects.filter(kind="mail").count() == 3


# ── Places ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "{nmae}",
        "{}",
        "{0}",
        "{name.__class__}",
        "{name!r}",
        "{ name }",
        "{{name}}",
        "{name",
        "a } b",
        "{me:>99}",
        "{%x%}",
    ],
)
def test_unknown_places_are_refused_with_the_ones_there_are(text: str) -> None:
    with pytest.raises(Impossible, match=r"\{name\}"):
        check_text(f"Dear {text}")


def test_customers_are_no_templates(cast: Cast) -> None:
    evil = "Bob {me} %(x)s {what}"
    case = complaint(cast)
    Customer.objects.filter(pk=case.customer_id).update(name=evil)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "word", "Dear {name}.", at=AT)
    work(GONE)
    assert sent_in(case) == [f"Dear {evil}."]
    assert filled("{name}{me}", {"name": "{me}", "me": "Jo"}) == "{me}Jo"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Maya Olsen", "Maya Olsen"),
        ("  Dr. Åsa  O’Neil-Smith ", "Dr. Åsa O’Neil-Smith"),
        ("山田 太郎", "山田 太郎"),
        ("", "customer"),
        ("You will get a refund by Friday", "customer"),
        ("Pay 500", "customer"),
        ("http://evil.example", "customer"),
        ("x" * 100, "customer"),
        ("<b>Bob</b>", "customer"),
    ],
)
def test_a_name_is_no_more_than_a_name(name: str, called: str) -> None:
    assert plain_name(name) == called


def test_an_order_is_filled_in_where_there_is_one(cast: Cast) -> None:
    maya, ben = complaint(cast), complaint_of("Ben Hill", cast)
    ordered(cast.customer, number="A-1")
    incident = incident_of(cast, maya, ben)
    do_broadcast(cast.owner, incident.pk, "word", "Your order {order}: {page}", at=AT)
    work(GONE)
    assert sent_in(maya)[0].startswith("Your order A-1: http")
    assert became(incident)[1] == ("Ben Hill", "refused")
    assert "{order} would stay empty" in BroadcastCopy.objects.get(case=ben).why
    assert set(PLACES) == {"name", "order", "page", "what", "me"}


# ── The preview ──────────────────────────────────────────────────────────────────────────────────


def test_the_preview_says_who_gets_it_and_who_would_not(cast: Cast) -> None:
    calm, angry = complaint(cast), complaint_of("Ben Hill", cast, FURIOUS)
    incident = incident_of(cast, calm, angry)
    seen = check_broadcast(cast.owner, incident.pk, f"Dear {{name}}, {UNDATED}", at=AT)
    assert (seen.count, seen.looked_at) == (2, 2)
    assert seen.example == f"Dear Maya Olsen, {UNDATED}"
    assert [(one.customer, one.case) for one in seen.shut] == [("Ben Hill", angry.pk)]
    assert "nobody has named it yet" in seen.shut[0].why
    assert not Message.objects.filter(direction="out").exists()
    with pytest.raises(NoAccess):
        check_broadcast(cast.stranger, incident.pk, WORD, at=AT)
    empty = check_broadcast(cast.owner, incident_of(cast).pk, WORD, at=AT)
    assert (empty.count, empty.looked_at, empty.shut, empty.example) == (0, 0, (), "")


def test_of_many_a_sample_is_rehearsed(cast: Cast) -> None:
    cases = [complaint_of(f"N{n} Guest", cast) for n in range(LOOKED_AT + 10)]
    seen = check_broadcast(cast.owner, incident_of(cast, *cases).pk, WORD, at=AT)
    assert (seen.count, seen.looked_at) == (LOOKED_AT + 10, LOOKED_AT)


# ── Is it fixed? ─────────────────────────────────────────────────────────────────────────────────

FIXED = "{what} It is mended now. Is it fixed for you?"


def test_each_is_asked_and_resolved_where_nothing_is_owed(cast: Cast) -> None:
    done, waiting = agreed(cast), complaint_of("Ben Hill", cast)
    incident = incident_of(cast, done, waiting)
    do_broadcast(cast.owner, incident.pk, "fixed", FIXED, at=AT)
    assert Incident.objects.get().fixed_at == AT
    work(GONE)
    assert [fresh(case).status for case in (done, waiting)] == ["resolved", "open"]
    for case in (done, waiting):
        assert "FixAsked" in names(case)
        assert state(case).fix_asked_at == GONE
        assert state(case).waiting_since is None


@pytest.mark.parametrize("fixed", [True, False])
def test_a_yes_or_no_counts_where_it_could_not_be_resolved(cast: Cast, fixed: bool) -> None:
    case = complaint(cast)
    do_broadcast(cast.owner, incident_of(cast, case).pk, "fixed", FIXED, at=AT)
    work(GONE)
    do_say_fixed(guest(case), fixed=fixed, words="", at=GONE)
    assert state(case).fixed is fixed
    assert fresh(case).status == "open"
    assert (state(case).waiting_since is None) is fixed


def test_the_answer_may_come_by_mail(cast: Cast) -> None:
    case = agreed(cast)
    do_broadcast(cast.owner, incident_of(cast, case).pk, "fixed", FIXED, at=AT)
    work(GONE)
    write(cast, case, STILL_BROKEN, at=GONE)
    assert (state(case).fixed, fresh(case).status) == (False, "open")
    write(cast, case, YES, at=GONE)  # nobody asked again since
    assert state(case).fixed is False


def test_who_said_yes_already_is_not_asked_again(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, resolve(), at=AT)
    do_say_fixed(guest(case), fixed=True, words="", at=AT)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "fixed", FIXED, at=AT)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "skipped")]


def test_a_fix_can_be_asked_about_again(cast: Cast) -> None:
    case = agreed(cast)
    incident = incident_of(cast, case)
    do_broadcast(cast.owner, incident.pk, "fixed", FIXED, at=AT)
    work(GONE)
    do_say_fixed(guest(case), fixed=False, words="", at=GONE)
    do_broadcast(cast.owner, incident.pk, "fixed", f"{NAMED} {FIXED}", at=GONE)
    work(GONE + timedelta(minutes=1))
    assert state(case).fixed is None
    assert fresh(case).status == "resolved"
    assert names(case).count("FixAsked") == 2


def test_before_anybody_asked_there_is_nothing_to_say(cast: Cast) -> None:
    case = complaint(cast, PLAINLY)
    with pytest.raises(Impossible):
        do_say_fixed(guest(case), fixed=True, words="", at=AT)
