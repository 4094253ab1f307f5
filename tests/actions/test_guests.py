"""The customer on their own page: what they say counts, once, in their own case."""

import pytest

from amends.actions import handling
from amends.actions.guests import (
    LONGEST,
    do_answer_offer,
    do_answer_read_back,
    do_say_fair,
    do_say_fixed,
    do_write,
)
from amends.actions.replies import do_write_note
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy
from amends.store.models import Case, Message, Note
from amends.testing import Cast
from tests.actions.doing import Everything, agreed, complaint, fresh, guest, later, names, record, send, state
from tests.actions.plain import BROKEN, NAMED, PLAINLY, READ_BACK, REFUND_40, STILL_BROKEN, WANTS_40

pytestmark = pytest.mark.django_db

AT = later(hours=5)


def resolved(cast: Cast) -> Case:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    return case


def test_what_they_write_on_the_page_is_heard_like_a_mail(cast: Cast) -> None:
    case = complaint(cast)
    received = do_write(guest(case), f" {WANTS_40} ", at=AT)
    assert received.message is not None
    assert (received.message.channel, received.message.text) == ("page", WANTS_40)
    assert state(case).bids[0].remedy is Remedy.REFUND


@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_nothing_is_no_message(cast: Cast, text: str) -> None:
    case = complaint(cast)
    before = Everything.now()
    with pytest.raises(Impossible, match="Write something"):
        do_write(guest(case), text, at=AT)
    assert Everything.now() == before


def test_a_second_tap_on_the_button_is_no_second_message(cast: Cast) -> None:
    case = complaint(cast)
    do_write(guest(case), BROKEN, at=AT, once="form-1")
    assert do_write(guest(case), BROKEN, at=AT, once="form-1").duplicate
    assert Message.objects.filter(case=case).count() == 2


def test_a_book_is_cut_and_not_refused(cast: Cast) -> None:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    do_write(guest(case), "x" * (LONGEST + 1), at=AT)
    do_say_fixed(guest(case), fixed=False, words="x" * (LONGEST + 1), at=AT)
    assert max(len(text) for text in Message.objects.values_list("text", flat=True)) == LONGEST
    assert max(len(text) for text in Note.objects.values_list("text", flat=True)) == LONGEST


def test_what_would_be_fair_is_the_bid_that_was_chosen_where_words_alone_say_none(cast: Cast) -> None:
    case = complaint(cast)
    do_say_fair(guest(case), "Just make it good.", remedy=Remedy.REPAIR, at=AT)
    assert [bid.remedy for bid in state(case).bids] == [Remedy.REPAIR]


def test_words_that_bid_need_no_choice(cast: Cast) -> None:
    case = complaint(cast)
    do_say_fair(guest(case), WANTS_40, remedy=Remedy.REPAIR, at=AT)
    assert [bid.remedy for bid in state(case).bids] == [Remedy.REFUND]


def test_a_no_to_our_read_back_comes_with_what_was_wrong(cast: Cast) -> None:
    case = complaint(cast, BROKEN)
    send(cast.owner, case, f"{NAMED} {READ_BACK}", at=later(minutes=5))
    with pytest.raises(Impossible, match="what is not right"):
        do_answer_read_back(guest(case), right=False, words=" ", at=AT)
    do_answer_read_back(guest(case), right=False, words="It was a chair.", at=AT)
    assert state(case).read_back is None
    assert "It was a chair." in set(Note.objects.values_list("text", flat=True))


def test_an_offer_is_answered_once(cast: Cast) -> None:
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    send(cast.owner, case, REFUND_40, at=later(minutes=5))
    offer = state(case).offers[0].offer
    do_answer_offer(guest(case), offer, accepted=False, words="  ", at=AT)
    assert Note.objects.get().text == "No"
    before = Everything.now()
    for accepted, name in ((True, offer), (True, "nonsense"), (False, "")):
        with pytest.raises(Impossible):
            do_answer_offer(guest(case), name, accepted=accepted, words="Yes", at=AT)
    assert Everything.now() == before


def test_nobody_says_fixed_before_we_do(cast: Cast) -> None:
    case = agreed(cast)
    before = Everything.now()
    with pytest.raises(Impossible, match="still working"):
        do_say_fixed(guest(case), fixed=True, words="", at=AT)
    assert Everything.now() == before


def test_not_fixed_opens_the_case_again_with_their_words(cast: Cast) -> None:
    case = resolved(cast)
    do_say_fixed(guest(case), fixed=False, words=STILL_BROKEN, at=AT)
    assert (fresh(case).status, state(case).reopened) == ("open", 1)
    assert fresh(case).waiting_since == AT


def test_what_colleagues_write_to_each_other_is_in_no_mail_and_on_no_page_of_the_customer(cast: Cast) -> None:
    case = resolved(cast)
    do_write_note(cast.owner, case.pk, "A friend of the boss.", at=later(hours=3))
    record(cast.owner, case, handling.call_back(CallResult.REACHED, "Rather rude."), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    do_tick_due(later(days=3))
    out = Message.objects.filter(direction=Message.OUT)
    told = " ".join(f"{m.subject} {m.text} {m.full_text} {m.html}" for m in out)
    assert {m.purpose for m in out} >= {"reply", "thanks", "survey"}
    assert "boss" not in told
    assert "rude" not in told
    assert names(case).count("NoteWritten") == 1
