"""Averages of what customers say: by the month in which they were asked, and never of a few."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from amends.insight.surveys import LEAST, SurveyFigures, survey_figures
from amends.method.facts import AnyFact, SurveyAnswered, SurveySent
from amends.store.models import Note
from amends.testing import MONDAY
from amends.transcript import Span
from tests.store.given import later, new_case, opened, write

pytestmark = pytest.mark.django_db


def asked(number: int, *facts: AnyFact, team: str = "Front desk") -> int:
    """Return the number of a case in which these facts follow each other."""
    case = new_case(number, team)
    write(case, *opened(), *facts)
    return case.pk


def sent(at: datetime = MONDAY, *, reminder: bool = False) -> SurveySent:
    return SurveySent(at=at, message="s", reminder=reminder)


def answered(outcome: int = 4, at: datetime | None = None, **more: object) -> SurveyAnswered:
    return SurveyAnswered(at=at or later(days=1), outcome=outcome, treatment=5, process=3, **more)  # type: ignore[arg-type]  # a test's own


def figures(teams: Sequence[int] | None = None) -> SurveyFigures:
    return survey_figures(teams, since=later(days=-30), zone=UTC)


def test_a_few_make_no_average_and_are_counted() -> None:
    for number in range(LEAST - 1):
        asked(number, sent(), answered())
    found = figures().together
    assert (found.asked, found.answered) == (LEAST - 1, LEAST - 1)
    assert (found.outcome, found.treatment, found.process, found.buy_again) == (None, None, None, None)


def test_three_make_one() -> None:
    for number, outcome in enumerate((5, 4, 3)):
        asked(
            number, sent(), sent(later(days=2), reminder=True), answered(outcome, buy_again=number < 2, recommend=None)
        )
    asked(9, sent())
    found = figures().together
    assert (found.asked, found.answered) == (4, 3)
    assert (found.outcome, found.treatment, found.process) == (4.0, 5.0, 3.0)
    assert found.buy_again == pytest.approx(2 / 3)
    assert found.recommend is None


def test_an_answer_counts_for_the_month_in_which_they_were_asked_and_for_their_team() -> None:
    for number in range(LEAST):
        asked(number, sent(), answered(at=later(days=40)))
    asked(7, sent(later(days=40)), team="Back office")
    found = figures()
    assert [(one.month.month, one.team, one.figures.asked, one.figures.answered) for one in found.teams] == [
        (4, "Back office", 1, 0),
        (3, "Front desk", 3, 3),
    ]
    assert [one.figures.outcome for one in found.months] == [4.0, None]


def test_other_teams_and_earlier_times_are_left_out() -> None:
    number = asked(1, sent(), answered(), team="Back office")
    asked(2, sent(later(days=-90)), answered(at=later(days=-80)))
    mine = figures(teams=[10**6])
    assert mine.together.asked == 0
    assert [one.figures.asked for one in figures().teams] == [1]
    assert number


def test_words_come_with_their_marks_the_newest_first() -> None:
    for number in (1, 2):
        case = new_case(number)
        note = Note.objects.create(id=f"n{number}", case=case, kind="survey", text=f"Word {number}.", at=MONDAY)
        write(case, *opened(), sent(), answered(at=later(days=number), words=Span.whole(note.id, note.text)))
    asked(3, sent(), answered())
    found = figures().words
    assert [(one.words, one.marks) for one in found] == [("Word 2.", (4, 5, 3)), ("Word 1.", (4, 5, 3))]
