"""A house in two countries: each case falls due by the hours of its own team."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.actions import house
from amends.actions.incoming import do_receive
from amends.actions.ticks import do_tick_due
from amends.store.models import Case, Promise
from amends.testing import MONDAY, Cast, mail_from
from tests.actions.doing import complaint, fresh, later, names, send
from tests.actions.plain import BY_FRIDAY

pytestmark = pytest.mark.django_db

BERLIN_TOO = """
[teams."Back office".calendar]
zone = "Europe/Berlin"
hours = { mon-thu = ["12:00-16:00"] }
country = "DE"
"""
EASTER_MONDAY = datetime(2026, 4, 6, 10, tzinfo=UTC)  # a holiday in Germany, a working day of the house


@pytest.fixture(autouse=True)
def _two_countries(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(BERLIN_TOO)


def of_back_office(cast: Cast, text: str = "It leaks.", at: datetime = MONDAY) -> Case:
    message = do_receive(mail_from(cast.customer, text, subject="Leak", team="Back office"), at=at).message
    assert message is not None
    return fresh(message.case)


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_the_calendar_of_a_case_is_that_of_its_team(cast: Cast) -> None:
    assert house.calendar_of(complaint(cast)) == house.calendar()
    assert house.calendar_of(of_back_office(cast)) == house.calendar_of_team("Back office")
    assert house.calendar_of_team("Back office").zone == "Europe/Berlin"
    assert house.calendar_of_team("Nobody") == house.calendar()


def test_a_first_word_is_due_by_the_hours_of_the_team(cast: Cast) -> None:
    ours, theirs = complaint(cast), of_back_office(cast)
    assert ours.next_due_at == later(hours=1)
    assert theirs.next_due_at == later(hours=2)  # they open at noon in Berlin


def test_the_holidays_of_another_country_count_for_its_team_alone(cast: Cast) -> None:
    ours, theirs = complaint(cast, at=EASTER_MONDAY), of_back_office(cast, at=EASTER_MONDAY)
    assert ours.next_due_at == EASTER_MONDAY.replace(hour=11)
    assert theirs.next_due_at == datetime(2026, 4, 7, 11, tzinfo=UTC)


def test_cases_of_two_teams_are_ticked_at_once_each_by_its_own_hours(cast: Cast) -> None:
    ours, theirs = complaint(cast), of_back_office(cast)
    Case.objects.update(next_due_at=MONDAY)
    assert do_tick_due(later(hours=1)) == 2
    assert "AcknowledgementOverdue" in names(ours)
    assert "AcknowledgementOverdue" not in names(theirs)
    assert fresh(theirs).next_due_at == later(hours=2)


def test_what_our_words_promise_is_meant_by_the_hours_of_the_team(cast: Cast) -> None:
    theirs = of_back_office(cast)
    send(cast.stranger, theirs, BY_FRIDAY)
    promise = Promise.objects.get()
    assert promise.due == datetime(2026, 3, 6, 16, tzinfo=UTC)  # five o'clock in Berlin


def test_ticking_asks_for_the_teams_of_all_cases_at_once(cast: Cast) -> None:
    def queries(cases: int) -> int:
        for number in range(cases):
            of_back_office(cast, f"It leaks, {number} of {cases}.")
        with counted() as made:
            do_tick_due(later(days=1))
        return len(made)

    few = queries(1)
    assert queries(8) - few <= 1
