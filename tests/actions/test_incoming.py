"""A customer's words come in: once, whole, and into the case that they belong to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.actions.access import NoAccess
from amends.actions.actors import Guest
from amends.actions.incoming import File, Incoming, do_receive
from amends.method.facts import MessageReceived, UpsetRead
from amends.method.words import Side
from amends.store import blobs, journal
from amends.store.models import Attachment, Case, Customer, JournalEntry, Message, Team
from amends.testing import MONDAY, Cast, call_from, form_from, mail_from, make_customer
from tests.actions.doing import Everything, complaint, facts, fresh, later, names, send, state, write
from tests.actions.plain import BROKEN, FURIOUS, NAMED, PLAINLY, WANTS_40, PlainReader

pytestmark = pytest.mark.django_db


# ── A new case ───────────────────────────────────────────────────────────────────────────────────


def test_a_mail_of_somebody_new_opens_a_case(cast: Cast) -> None:
    received = do_receive(
        mail_from("ben@example.org", f"{FURIOUS} {PLAINLY}", name="Ben", subject="My lamp"), at=MONDAY
    )
    assert received.new_case
    assert received.message is not None
    case = fresh(received.message.case)
    assert (case.customer.name, case.subject, case.channel, case.team) == ("Ben", "My lamp", "email", cast.team)
    assert (case.upset, case.station, case.status, case.opened_at) == (4, "acknowledge", "open", MONDAY)
    assert case.preview == f"{FURIOUS} {PLAINLY}"
    assert names(case) == ["CaseOpened", "CustomerKnown", "MessageReceived", "UpsetRead", "ProblemTold"]


def test_the_journal_says_who_spoke(cast: Cast) -> None:
    case = complaint(cast)
    by = {entry.by for entry in journal.entries(case.pk) if isinstance(entry.fact, MessageReceived | UpsetRead)}
    assert {(actor.side, actor.id) for actor in by} == {(Side.CUSTOMER, str(cast.customer.pk))}


def test_the_named_team_gets_the_case_and_the_first_one_what_names_none(cast: Cast) -> None:
    named = do_receive(mail_from("a@example.org", "A", team="Back office"), at=MONDAY).message
    unnamed = do_receive(mail_from("b@example.org", "B", team="Nobody"), at=MONDAY).message
    assert named is not None
    assert unnamed is not None
    assert (named.case.team, unnamed.case.team) == (cast.other_team, cast.team)


def test_the_very_first_case_makes_the_first_team() -> None:
    do_receive(mail_from("a@example.org", "A"), at=MONDAY)
    assert Team.objects.get().name == "Our shop"


def test_somebody_without_any_address_is_heard_too() -> None:
    first = do_receive(form_from("", BROKEN), at=MONDAY).message
    second = do_receive(form_from("", BROKEN), at=MONDAY).message
    assert first is not None
    assert second is not None
    assert first.case.customer != second.case.customer
    assert "CustomerKnown" not in names(first.case)


def test_a_call_that_a_handler_writes_down_opens_a_case_of_their_team(cast: Cast) -> None:
    ben = make_customer("Ben Hill", email="", phone="+44 20 7946 0000")
    message = do_receive(call_from(ben, BROKEN), at=MONDAY, by=cast.stranger).message
    assert message is not None
    assert (message.case.team, message.case.customer, message.channel) == (cast.other_team, ben, "phone")
    assert message.sender == "+442079460000"


def test_a_form_is_kept_with_its_channel_and_its_sender() -> None:
    message = do_receive(form_from("Ben", PLAINLY, email="Ben@Example.org "), at=MONDAY).message
    assert message is not None
    assert (message.case.channel, message.sender) == ("webform", "Ben@Example.org ")
    assert message.case.customer.addresses.get().value == "ben@example.org"


def test_a_case_is_read_with_what_was_said_before(cast: Cast, plain: PlainReader) -> None:
    case = complaint(cast)
    send(cast.owner, case, NAMED, at=later(minutes=5))
    write(cast, case, BROKEN, at=later(hours=1))
    assert [c.previous for c in plain.contexts] == ["", PLAINLY, NAMED]


# ── Once ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_mail_twice_is_one(cast: Cast) -> None:
    mail = mail_from(cast.customer, PLAINLY)
    first = do_receive(mail, at=MONDAY)
    before = Everything.now()
    again = do_receive(mail, at=later(hours=1))
    assert (again.duplicate, again.message, again.new_case) == (True, first.message, False)
    assert Everything.now() == before


@pytest.mark.parametrize("text", ["Where is it?\0", "Half \ud800 a character", "\r\nWhere?\r\n"])
def test_the_same_mail_twice_is_one_whatever_characters_it_has(cast: Cast, text: str) -> None:
    mail = mail_from(cast.customer, text, external_id="x@example.org")
    do_receive(mail, at=MONDAY)
    assert do_receive(mail, at=MONDAY).duplicate


def test_the_same_mail_twice_is_one_however_long_its_id(cast: Cast) -> None:
    mail = mail_from(cast.customer, PLAINLY, external_id="x" * 400 + "@example.org")
    do_receive(mail, at=MONDAY)
    assert do_receive(mail, at=MONDAY).duplicate


def test_other_words_under_the_same_id_are_kept_and_say_so(cast: Cast) -> None:
    one = mail_from(cast.customer, PLAINLY, external_id="x@example.org")
    other = replace(one, text=BROKEN)
    do_receive(one, at=MONDAY)
    kept = do_receive(other, at=MONDAY)
    assert kept.message is not None
    assert not kept.duplicate
    assert kept.message.problems == ["Another message came with the same id; both are kept."]
    again = do_receive(other, at=MONDAY)  # and the other one twice is one, too
    assert (again.duplicate, again.message) == (True, kept.message)
    assert Message.objects.count() == 2


def test_messages_without_an_id_are_never_taken_for_each_other(cast: Cast) -> None:
    for _ in range(2):
        do_receive(mail_from(cast.customer, PLAINLY, external_id=""), at=MONDAY)
    assert Message.objects.count() == 2


# ── Where it belongs ─────────────────────────────────────────────────────────────────────────────


def test_an_answer_finds_its_case_by_the_token_of_the_reply_address(cast: Cast) -> None:
    case = complaint(cast)
    answer = do_receive(mail_from(cast.customer, BROKEN, tokens=("nonsense", case.token)), at=later(hours=1))
    assert answer.message is not None
    assert answer.message.case == case
    assert not answer.new_case


def test_an_answer_finds_its_case_by_the_mail_that_it_answers(cast: Cast) -> None:
    case = complaint(cast)
    ours = send(cast.owner, case, NAMED)
    answer = do_receive(
        mail_from(cast.customer, BROKEN, thread=("who@example.com", ours.external_id)), at=later(hours=1)
    )
    assert answer.message is not None
    assert answer.message.case == case
    assert answer.message.references == f"who@example.com {ours.external_id}"


def test_an_answer_to_two_cases_goes_to_the_newer_mail(cast: Cast) -> None:
    old, new = complaint(cast), complaint(cast, BROKEN, at=later(days=1))
    ids = tuple(Message.objects.order_by("-at").values_list("external_id", flat=True))
    answer = do_receive(mail_from(cast.customer, "Well?", thread=ids), at=later(days=2)).message
    assert answer is not None
    assert answer.case == new != old


def test_a_mail_that_answers_nothing_is_a_case_of_its_own(cast: Cast) -> None:
    complaint(cast)
    again = do_receive(mail_from(cast.customer, BROKEN, tokens=("nope",), thread=("nope@x",)), at=later(hours=1))
    assert again.new_case
    assert Case.objects.filter(customer=cast.customer).count() == 2


def test_another_customer_does_not_get_into_a_case_with_its_token(cast: Cast) -> None:
    case, ben = complaint(cast), make_customer("Ben Hill")
    seq = fresh(case).seq
    received = do_receive(mail_from(ben, WANTS_40, tokens=(case.token,)), at=later(hours=1))
    assert received.new_case
    assert received.message is not None
    assert received.message.case.customer == ben
    assert received.message.problems == ["This message names another customer's case, so it got a case of its own."]
    assert fresh(case).seq == seq


def test_an_address_that_is_nobodys_may_answer_in_the_case_that_it_knows(cast: Cast) -> None:
    case = complaint(cast)  # Maya writes from her office
    received = do_receive(mail_from("m.olsen@office.example", BROKEN, tokens=(case.token,)), at=later(hours=1))
    assert received.message is not None
    assert received.message.case == case
    assert Customer.objects.count() == 1


def test_a_person_without_an_address_does_not_get_into_a_case(cast: Cast) -> None:
    case = complaint(cast)
    received = do_receive(mail_from("", BROKEN, tokens=(case.token,)), at=later(hours=1))
    assert received.new_case


def test_a_case_that_is_named_is_only_for_who_may_see_it(cast: Cast) -> None:
    case = complaint(cast)
    before = Everything.now()
    for nosy in (cast.stranger, Guest(case=case.pk + 1, customer=cast.customer.pk)):
        with pytest.raises(NoAccess):
            do_receive(call_from(cast.customer, BROKEN, case=case.pk), at=MONDAY, by=nosy)
    assert Everything.now() == before
    assert do_receive(call_from(cast.customer, BROKEN, case=case.pk), at=MONDAY, by=cast.teammate).message is not None


# ── Machines ─────────────────────────────────────────────────────────────────────────────────────


def test_an_automatic_mail_that_answers_nothing_of_ours_disturbs_nobody() -> None:
    received = do_receive(mail_from("ben@example.org", "I am away.", automatic=True), at=MONDAY)
    assert received.message is None
    assert not Case.objects.exists()
    assert not Customer.objects.exists()


def test_an_automatic_answer_stands_in_its_case_and_is_nobodys_word(cast: Cast) -> None:
    case = complaint(cast)
    send(cast.owner, case, f"{NAMED} What happened?")
    before = fresh(case)
    away = mail_from(cast.customer, f"I am away. {FURIOUS} {WANTS_40}", automatic=True, tokens=(case.token,))
    assert do_receive(away, at=later(hours=1)).message is not None
    after = fresh(case)
    assert facts(case)[-1] == MessageReceived(
        at=later(hours=1), message=Message.objects.latest("at").pk, automatic=True
    )
    assert (after.upset, after.waiting_since, after.preview) == (before.upset, before.waiting_since, before.preview)


def test_an_automatic_answer_of_an_unknown_address_is_let_in_by_its_thread(cast: Cast) -> None:
    case = complaint(cast)
    away = mail_from("", "Out of office", automatic=True, tokens=(case.token,))
    received = do_receive(away, at=later(hours=1)).message
    assert received is not None
    assert received.case == case


def test_a_mail_that_was_passed_on_lets_nobody_speak_for_the_customer(cast: Cast) -> None:
    case = complaint(cast)
    before = state(case)
    ours = Message.objects.create(
        id="o1", case=case, direction="out", channel="email", status="sent", external_id="<o1@localhost>", at=MONDAY
    )
    nosy = mail_from("eve@evil.example", BROKEN, thread=(ours.external_id,))
    received = do_receive(nosy, at=later(hours=1)).message
    assert received is not None
    assert received.case == case
    assert "do not know" in " ".join(received.problems)
    after = state(case)
    assert (after.temperature, after.bids, after.problem) == (before.temperature, before.bids, before.problem)
    assert after.waiting_since is not None  # somebody has to look at it


# ── Hostile and broken ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written_at", "doubted"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), True),
        (datetime(2099, 1, 1, tzinfo=UTC), True),
        (datetime(1, 1, 1, tzinfo=UTC), True),
        (datetime(9999, 12, 31, tzinfo=UTC), True),
        (MONDAY + timedelta(minutes=11), True),
        (MONDAY + timedelta(minutes=9), False),
        (MONDAY - timedelta(days=29), False),
        (MONDAY - timedelta(days=31), True),
        (MONDAY.replace(tzinfo=None), False),
        (None, False),
    ],
)
def test_it_came_in_now_whatever_its_writers_clock_says(cast: Cast, written_at: datetime | None, doubted: bool) -> None:
    message = do_receive(mail_from(cast.customer, PLAINLY, written_at=written_at), at=MONDAY).message
    assert message is not None
    assert message.at == MONDAY
    assert any("cannot be right" in problem for problem in message.problems) is doubted


def test_every_text_of_a_stranger_may_hold_any_character() -> None:
    evil = "a\0b\ud800c\u202e\x1b[31m"
    file = File(evil, evil, b"x", 1, content_id=evil)
    incoming = Incoming(
        channel="webform",
        name=evil,
        email="ben@example.org",
        phone=evil,
        subject=evil,
        text=evil,
        full_text=evil,
        html=evil,
        external_id=evil,
        thread=(evil,),
        tokens=(evil,),
        files=(file,),
        to=evil,
    )
    message = do_receive(incoming, at=MONDAY).message
    assert message is not None
    kept = Message.objects.get(pk=message.pk)
    assert kept.text == kept.full_text == kept.html == kept.subject == "ab?c\u202e\x1b[31m"
    assert kept.case.customer.name == "ab?c\u202e\x1b[31m"
    assert Attachment.objects.get().filename == "ab?c\u202e\x1b[31m"


def test_a_giant_text_is_kept_whole(cast: Cast) -> None:
    giant = f"{PLAINLY} " + "very " * 400_000
    message = do_receive(mail_from(cast.customer, giant), at=MONDAY).message
    assert message is not None
    kept = Message.objects.get(pk=message.pk)
    assert kept.text == giant
    assert len(kept.case.preview) <= 160


def test_long_names_subjects_and_ids_are_cut_and_not_refused() -> None:
    long = "x" * 5000
    incoming = form_from(long, "Hi", email=f"{long}@example.org", subject=long, external_id=long, to=long, team=long)
    message = do_receive(incoming, at=MONDAY).message
    assert message is not None
    assert len(message.case.subject) == 300
    assert len(message.case.customer.name) == 200
    assert not message.case.customer.addresses.exists()


def test_an_empty_message_is_a_message(cast: Cast) -> None:
    message = do_receive(mail_from(cast.customer, ""), at=MONDAY).message
    assert message is not None
    assert state(message.case).waiting_since == MONDAY


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_kept_under_its_hash_and_a_dropped_one_is_named(cast: Cast) -> None:
    photo = File("lamp.jpg", "image/jpeg", b"the lamp", 8, inline=True, content_id="p1")
    film = File("film.mp4", "video/mp4", b"", 90_000_000, dropped=True)
    do_receive(mail_from(cast.customer, BROKEN, files=(photo, film)), at=MONDAY)
    kept, dropped = Attachment.objects.order_by("pk")
    assert blobs.fetch(kept.sha256) == b"the lamp"
    assert (kept.filename, kept.size, kept.inline, kept.content_id, kept.dropped) == ("lamp.jpg", 8, True, "p1", False)
    assert (dropped.filename, dropped.size, dropped.sha256, dropped.dropped) == ("film.mp4", 90_000_000, "", True)


def test_the_same_file_twice_is_kept_once_and_listed_twice(cast: Cast) -> None:
    photo = File("lamp.jpg", "image/jpeg", b"the lamp", 8)
    do_receive(mail_from(cast.customer, BROKEN, files=(photo, replace(photo, filename="again.jpg"))), at=MONDAY)
    assert len(set(Attachment.objects.values_list("sha256", flat=True))) == 1
    assert Attachment.objects.count() == 2


def test_a_failure_half_way_leaves_nothing_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Everything.now()

    def full(_content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs, "keep", full)
    with pytest.raises(OSError, match="No space"):
        do_receive(mail_from("ben@example.org", BROKEN, files=(File("a", "b", b"c", 1),)), at=MONDAY)
    assert Everything.now() == before
    assert JournalEntry.objects.count() == 0
