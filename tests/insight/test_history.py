"""What the journal says about the words that facts rest on."""

import pytest

from amends.actions import clock, handling
from amends.actions.clock import StoppedClock
from amends.insight.history import facts_on_words, newest, seen_by_the_reader, state_of
from amends.method.words import Remedy, Side
from amends.store import journal
from amends.store.models import Case
from amends.testing import Cast
from tests.desk.own import complain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


def test_the_state_is_the_journals(cast: Cast) -> None:
    case = complain(cast.customer)
    assert state_of(Case.objects.get(pk=case.pk)) == journal.replay(case.pk)


def test_entries_come_newest_first_with_their_actors(cast: Cast) -> None:
    case = complain(cast.customer)
    entries = newest(case.pk)
    assert [entry.seq for entry in entries] == list(range(case.seq, 0, -1))
    assert [entry.fact for entry in reversed(entries)] == [entry.fact for entry in journal.entries(case.pk)]
    assert {entry.side for entry in entries} == {Side.CUSTOMER}
    assert len(newest(case.pk, 2)) == 2


def test_what_the_reader_saw_has_its_place_until_it_is_taken_back(cast: Cast) -> None:
    case = complain(cast.customer)
    bid = state_of(case).bids[0].words.span
    seqs = seen_by_the_reader(facts_on_words(case.pk, [bid.source]))
    seq = seqs["BidMade", bid]
    assert type(journal.entries(case.pk)[seq - 1].fact).__name__ == "BidMade"
    handling.do_record(cast.owner, case.pk, handling.take_back_fact(seq), at=clock.now())
    assert ("BidMade", bid) not in seen_by_the_reader(facts_on_words(case.pk, [bid.source]))


def test_what_a_person_said_has_nothing_to_take_back(cast: Cast) -> None:
    case = complain(cast.customer)
    state = handling.do_record(cast.owner, case.pk, handling.bid(Remedy.REPAIR, "Mend it"), at=clock.now())
    span = state.bids[-1].words.span
    facts = facts_on_words(case.pk, [span.source])
    assert facts
    assert seen_by_the_reader(facts) == {}


def test_facts_on_other_words_are_left_alone(cast: Cast) -> None:
    case = complain(cast.customer)
    assert facts_on_words(case.pk, ["0" * 32]) == []
    assert facts_on_words(case.pk, []) == []
