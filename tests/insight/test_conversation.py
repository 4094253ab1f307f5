"""A window of a conversation: whole, in order, and never one message twice."""

from datetime import timedelta

import pytest

from amends.actions import clock
from amends.actions.clock import StoppedClock
from amends.actions.incoming import do_receive
from amends.actions.links import customer_url
from amends.actions.replies import do_write_note
from amends.insight.conversation import LONGEST, WINDOW, conversation
from amends.insight.texts import Texts
from amends.store.models import Message
from amends.testing import Cast, mail_from
from amends.transcript import Span
from tests.desk.own import complain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def test_every_message_stands_in_one_window_even_those_of_the_same_moment(cast: Cast) -> None:
    case = complain(cast.customer)
    for n in range(WINDOW + 20):
        do_receive(mail_from(cast.customer, f"Word {n}", case=case.pk), at=clock.now())
    last = conversation(case.pk)
    assert (last.earlier, last.newest, len(last.messages)) == (True, True, WINDOW)
    first = conversation(case.pk, before=last.messages[0].id)
    assert (first.earlier, first.newest, len(first.messages)) == (False, False, 21)
    ids = [words.id for words in (*first.messages, *last.messages)]
    assert ids == sorted(Message.objects.values_list("pk", flat=True))


def test_notes_come_with_the_messages_of_their_time(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    do_write_note(cast.owner, case.pk, "early", at=clock.now())
    for n in range(WINDOW):
        stopped_clock.pass_time(by=timedelta(minutes=1))
        do_receive(mail_from(cast.customer, f"Word {n}", case=case.pk), at=clock.now())
    last = conversation(case.pk)
    assert [note.text for note in last.notes] == []
    assert [note.text for note in conversation(case.pk, before=last.messages[0].id).notes] == ["early"]


def test_a_place_that_is_not_in_the_case_shows_its_end(cast: Cast) -> None:
    case, other = complain(cast.customer), complain(cast.customer, "Something else is broken!")
    elsewhere = Message.objects.get(case=other).pk
    assert conversation(case.pk, before=elsewhere).newest
    assert conversation(case.pk, before="nothing").newest


def test_what_was_quoted_is_set_aside_and_what_is_endless_is_cut(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = complain(cast.customer)
    stopped_clock.pass_time(by=timedelta(minutes=1))
    quoted = mail_from(
        cast.customer, "New words", full_text="New words\n\nOn Monday we wrote:\n> old words", case=case.pk
    )
    do_receive(quoted, at=clock.now())
    stopped_clock.pass_time(by=timedelta(minutes=1))
    do_receive(mail_from(cast.customer, "x" * (LONGEST + 10), case=case.pk), at=clock.now())
    _first, second, third = conversation(case.pk).messages
    assert second.set_aside.endswith("> old words")
    assert (len(third.text), third.set_aside) == (LONGEST, "")


def test_words_that_are_gone_are_empty() -> None:
    texts = Texts()
    texts.fetch(["nothing"])
    assert texts.words(Span("nothing", 0, 5)) == ""
    assert texts.words(None) == ""
    assert texts.source("nothing") is None


def test_the_customers_link_stays_theirs(cast: Cast) -> None:
    case = complain(cast.customer)
    link = customer_url(case)
    do_receive(mail_from(cast.customer, f"I looked at {link} today.", case=case.pk), at=clock.now())
    (kept,) = (words.text for words in conversation(case.pk).messages if words.text.startswith("I looked"))
    assert link.split("/c/")[1].strip("/") not in kept
    assert kept.endswith("·/ today.")
