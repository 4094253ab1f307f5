"""An update with one key, an update by the desk itself, and a wait for a reason that the customer reads."""

import smtplib
from datetime import datetime, timedelta

import pytest
from django.core import mail

from amends.actions import handling, house, letters, sending
from amends.actions.access import NoAccess
from amends.actions.carry import Conflict
from amends.actions.effects import do_effects
from amends.actions.promises import do_hand_over_promise, do_keep_promise, do_make_promise
from amends.actions.sending import do_send_mail
from amends.actions.ticks import do_tick_due
from amends.actions.updates import access_update, do_send_update
from amends.insight.customer_page import own_case
from amends.method.decide import Impossible
from amends.store.models import Case, Customer, Message, Note
from amends.testing import Cast
from tests.actions.doing import HOLD, complaint, fresh, later, names, record, send, state, write
from tests.actions.plain import ANNOYED, ASKED, NAMED, PLAINLY

pytestmark = pytest.mark.django_db

SOON = later(days=2)
WHY = "The maker sends a spare part, and it comes on Wednesday."
TOMORROW_AT_FIVE = later(days=1, hours=7)
"""When an update falls due, after a word on Monday."""


@pytest.fixture
def case(cast: Cast) -> Case:
    """Return a case in which Jonas has written, and the next step is ours."""
    made = complaint(cast)
    send(cast.owner, made, NAMED, at=later(minutes=10))
    return fresh(made)


@pytest.fixture
def lamp(cast: Cast, case: Case) -> str:
    return do_make_promise(cast.owner, case.pk, "You get a new lamp", due=SOON, owner=cast.owner.id, at=later(hours=1))


# ── With one key ─────────────────────────────────────────────────────────────────────────────────


def test_the_draft_says_what_has_happened_since(cast: Cast, case: Case, lamp: str) -> None:
    do_hand_over_promise(cast.owner, case.pk, lamp, owner=cast.teammate.id, at=later(hours=2))
    text = access_update(cast.owner, case.pk, at=later(hours=3))
    assert "Kim Okoro is looking after this now:" in text
    assert "> “You get a new lamp”, due on Wednesday 4 March, 10:00" in text
    do_keep_promise(cast.owner, case.pk, lamp, at=later(hours=4), how="Ask Tom in the cellar")
    text = access_update(cast.teammate, case.pk, at=later(hours=5))
    assert "This has been done:\n\n> “You get a new lamp”" in text
    assert "cellar" not in text
    assert text.endswith("Kim Okoro\nOur shop")


def test_it_is_held_like_a_reply_and_goes_out_as_it_stood(cast: Cast, case: Case) -> None:
    text = access_update(cast.owner, case.pk, at=later(days=1))
    row = do_send_update(cast.owner, case.pk, at=later(days=1), seen=case.seq)
    assert (row.status, row.text, row.automatic) == ("held", text, False)
    do_tick_due(later(days=1) + HOLD)
    assert Message.objects.get(pk=row.pk).status == "queued"
    assert state(case).last_word_at == later(days=1) + HOLD


@pytest.mark.usefixtures("real_reader")
def test_read_by_the_desks_own_reader_it_is_an_update_with_one_promise(cast: Cast, case: Case) -> None:
    do_send_update(cast.owner, case.pk, at=later(days=1))
    do_tick_due(later(days=1) + HOLD)
    now = state(case)
    assert now.updated is not None
    assert [promise.due for promise in now.promises] == [later(days=3, hours=7)]


def test_the_same_key_twice_sends_it_once(cast: Cast, case: Case) -> None:
    do_send_update(cast.owner, case.pk, at=later(days=1))
    with pytest.raises(Impossible):
        do_send_update(cast.owner, case.pk, at=later(days=1))
    assert case.messages.filter(status="held").count() == 1


def test_who_was_slower_than_the_customer_sends_nothing(cast: Cast, case: Case) -> None:
    write(cast, case, "Any news?", at=later(hours=1))
    with pytest.raises(Conflict):
        do_send_update(cast.owner, case.pk, at=later(days=1), seen=case.seq)


def test_nobody_is_told_how_things_stand_while_it_is_their_turn(cast: Cast, case: Case) -> None:
    send(cast.owner, case, f"{NAMED} {ASKED}", at=later(hours=1))
    with pytest.raises(Impossible, match="next step is the customer"):
        access_update(cast.owner, case.pk, at=later(days=1))


def test_a_stranger_reads_no_draft(cast: Cast, case: Case) -> None:
    with pytest.raises(NoAccess):
        access_update(cast.stranger, case.pk, at=later(days=1))


@pytest.mark.parametrize(("zone", "named"), [("America/New_York", True), ("Europe/London", False), ("Moon/Sea", False)])
def test_the_zone_is_named_where_theirs_is_another(cast: Cast, case: Case, zone: str, named: bool) -> None:
    Customer.objects.update(time_zone=zone)
    assert ("(UTC)" in access_update(cast.owner, case.pk, at=later(hours=1))) is named


# ── By the desk itself ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def routine() -> None:
    """Let the desk send up to two updates in a row."""
    (house.data_folder() / "policy.toml").write_text("routine_updates = 2\n")


def post(at: datetime) -> None:
    """Let all mail go out that can."""
    while do_effects({"mail": do_send_mail}, now=lambda: at):
        pass


def by_itself(case: Case) -> list[Message]:
    return list(case.messages.filter(purpose="update").order_by("at", "id"))


def test_it_is_off_by_default(case: Case) -> None:
    do_tick_due(TOMORROW_AT_FIVE)
    assert "UpdateFellDue" in names(case)
    assert by_itself(case) == []


@pytest.mark.usefixtures("routine")
def test_it_says_that_no_person_wrote_it_and_who_writes_when(cast: Cast, case: Case, lamp: str) -> None:
    do_keep_promise(cast.owner, case.pk, lamp, at=later(hours=2))
    do_tick_due(TOMORROW_AT_FIVE)
    (letter,) = by_itself(case)
    assert "no person wrote it" in letter.text
    assert "This has been done:\n\n> “You get a new lamp”" in letter.text
    assert "Jonas Weber writes to you in person by Wednesday 4 March, 17:00." in letter.text
    assert (letter.automatic, letter.author, letter.status) == (True, None, "queued")
    post(TOMORROW_AT_FIVE)
    sent = mail.outbox[-1]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Jonas" not in sent.from_email


@pytest.mark.usefixtures("routine")
def test_it_ends_no_silence_and_a_person_is_called_for_at_the_limit(case: Case) -> None:
    before = state(case).last_word_at
    for hours in range(31, 60):
        do_tick_due(later(hours=hours))
    assert len(by_itself(case)) == 1  # the next would come at the limit, when a person has to write
    assert state(case).last_word_at == before
    assert {"silence", "update"} <= set(fresh(case).calls.split(","))


@pytest.mark.usefixtures("routine")
def test_a_worker_that_was_away_too_long_leaves_it_to_a_person(case: Case) -> None:
    do_tick_due(later(days=4))
    assert by_itself(case) == []
    assert "SilenceLimitPassed" in names(case)


@pytest.mark.usefixtures("routine")
def test_who_is_upset_and_unheard_hears_from_a_person(cast: Cast, case: Case) -> None:
    write(cast, case, f"{ANNOYED} {PLAINLY}", at=later(hours=1))
    do_tick_due(TOMORROW_AT_FIVE)
    assert by_itself(case) == []


@pytest.mark.usefixtures("routine")
def test_without_an_address_nothing_is_written_and_the_update_stays_due(cast: Cast, case: Case) -> None:
    cast.customer.addresses.all().delete()
    do_tick_due(TOMORROW_AT_FIVE)
    assert by_itself(case) == []
    assert "update" in fresh(case).calls


@pytest.mark.usefixtures("routine")
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_next_one_sends_it_once(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(letters, "queue_mail", die)
    with pytest.raises(KeyboardInterrupt):
        do_tick_due(TOMORROW_AT_FIVE)
    assert by_itself(case) == []
    assert "UpdateFellDue" not in names(case)
    monkeypatch.undo()
    for minutes in (1, 2, 3):
        do_tick_due(TOMORROW_AT_FIVE + timedelta(minutes=minutes))
    assert len(by_itself(case)) == 1
    assert names(case).count("RoutineUpdateSent") == 1


@pytest.mark.usefixtures("routine")
def test_while_the_mail_server_is_down_it_waits_and_goes_out_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object) -> None:
        raise smtplib.SMTPServerDisconnected("no route")

    post(later(hours=1))
    before = len(mail.outbox)
    do_tick_due(TOMORROW_AT_FIVE)
    (letter,) = by_itself(case)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "_post", down)
        for hours in (0, 1, 2):
            do_tick_due(TOMORROW_AT_FIVE + timedelta(hours=hours))
            post(TOMORROW_AT_FIVE + timedelta(hours=hours))
    assert Message.objects.get(pk=letter.pk).status == "queued"
    for hours in (4, 5, 6):
        post(TOMORROW_AT_FIVE + timedelta(hours=hours))
    assert len(mail.outbox) == before + 1
    assert Message.objects.get(pk=letter.pk).status == "sent"


# ── A wait with a reason ─────────────────────────────────────────────────────────────────────────


def own(case: Case, at: datetime) -> tuple[str, str, datetime | None]:
    page = own_case(fresh(case), policy=house.policy(), calendar=house.calendar(), now=at)
    return (page.wait.why if page.wait else "", page.coming.kind, page.coming.by)


def test_the_customer_reads_why_and_until_when(cast: Cast, case: Case) -> None:
    record(cast.owner, case, handling.snooze(SOON, f"  {WHY} "), at=later(hours=1))
    assert own(case, later(hours=2)) == (WHY, "update", SOON)
    assert Note.objects.get(kind="snooze").author_id == cast.owner.id
    assert fresh(case).next_due_kind == "snooze"


def test_looked_at_early_the_customer_still_reads_what_they_were_told(cast: Cast, case: Case) -> None:
    record(cast.owner, case, handling.snooze(SOON, WHY), at=later(hours=1))
    record(cast.teammate, case, handling.end_snooze(), at=later(hours=2))
    assert "update" in fresh(case).calls
    assert own(case, later(hours=3)) == (WHY, "update", SOON)
    send(cast.owner, case, NAMED, at=later(hours=4))
    assert own(case, later(hours=5))[0] == ""


def test_when_the_time_has_come_it_stands_in_today_before_it_is_late(cast: Cast, case: Case) -> None:
    record(cast.owner, case, handling.snooze(SOON, WHY), at=later(hours=1))
    do_tick_due(SOON - timedelta(hours=4))
    assert fresh(case).calls == "update"
    do_tick_due(SOON)
    assert fresh(case).calls == "silence,update"


@pytest.mark.parametrize("why", ["", "later", "not now"])
def test_a_reason_is_more_than_a_word(cast: Cast, case: Case, why: str) -> None:
    with pytest.raises(Impossible, match="in a few words"):
        record(cast.owner, case, handling.snooze(SOON, why), at=later(hours=1))
    assert not Note.objects.filter(kind="snooze").exists()


def test_a_no_leaves_no_reason_behind(cast: Cast, case: Case) -> None:
    with pytest.raises(Impossible, match="is the latest"):
        record(cast.owner, case, handling.snooze(later(days=40), WHY), at=later(hours=1))
    assert not Note.objects.filter(kind="snooze").exists()
