"""How it was for them: heard with its words, once, and never from who does not want to be asked."""

import pytest

from amends.actions import handling
from amends.actions.guests import do_say_fixed
from amends.actions.surveys import do_answer_survey, do_decline_survey
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.facts import CaseReopened, MessageReceived, SurveyAnswered
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.store.models import Case, Message, Note
from amends.testing import Cast
from tests.actions.doing import Everything, agreed, facts, fresh, guest, later, names, record
from tests.actions.plain import ANNOYED, FURIOUS, STILL_BROKEN, THANKS

pytestmark = pytest.mark.django_db


def resolved(cast: Cast) -> Case:
    case = agreed(cast)
    record(cast.owner, case, handling.resolve(), at=later(hours=2))
    return case


def asked_how_it_was(cast: Cast) -> Case:
    case = resolved(cast)
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=1))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=1))
    record(cast.owner, case, handling.close(), at=later(days=1))
    do_tick_due(later(days=3))
    return case


def answer(case: Case, outcome: int = 5, words: str = "", days: float = 4) -> None:
    do_answer_survey(
        guest(case),
        outcome=outcome,
        treatment=4,
        process=4,
        buy_again=True,
        recommend=None,
        words=words,
        at=later(days=days),
    )


def test_a_survey_is_answered_once_and_with_its_words(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    answer(case, words="Kind people.")
    fact = next(fact for fact in facts(case) if isinstance(fact, SurveyAnswered))
    assert fact.words is not None
    assert fact.words.of(Note.objects.get(pk=fact.words.source).text) == "Kind people."
    assert (fact.buy_again, fact.recommend) == (True, None)
    before = Everything.now()
    with pytest.raises(Impossible, match="answered this already"):
        answer(case, words="Kind people. And one more thing.")
    assert Everything.now() == before


def test_a_second_tap_on_the_button_is_the_same_answer(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    answer(case, outcome=1, words="Still no lamp.")
    before = Everything.now()
    answer(case, outcome=1, words=" Still no lamp.")
    assert Everything.now() == before


@pytest.mark.parametrize("mark", [0, 6, -1])
def test_marks_go_from_one_to_five(cast: Cast, mark: int) -> None:
    case = asked_how_it_was(cast)
    before = Everything.now()
    with pytest.raises(Impossible, match="from 1"):
        answer(case, outcome=mark, words="Ha")
    assert Everything.now() == before


def test_a_bad_answer_opens_the_case_again(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    answer(case, outcome=1, words="It broke again.")
    assert fresh(case).status == "open"


# ── The free line is read ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "again"),
    [(THANKS, False), ("Kind people.", False), (ANNOYED, False), (FURIOUS, True), (STILL_BROKEN, True)],
)
def test_words_weigh_more_than_marks(cast: Cast, words: str, again: bool) -> None:
    case = asked_how_it_was(cast)
    answer(case, words=words)
    assert (fresh(case).status == "open") is again
    assert [type(fact) for fact in facts(case) if isinstance(fact, CaseReopened)] == [CaseReopened] * again
    assert "FixDenied" not in names(case)
    message = Message.objects.get(case=case, channel="page")
    assert (message.direction, message.text) == (Message.IN, words)


@pytest.mark.parametrize(
    ("words", "waits"), [(THANKS, False), ("Kind people.", False), ("Do you sell vases?", True), (ANNOYED, True)]
)
def test_who_says_something_kind_waits_for_nothing(cast: Cast, words: str, waits: bool) -> None:
    case = asked_how_it_was(cast)
    answer(case, words=words)
    received = [fact for fact in facts(case) if isinstance(fact, MessageReceived)][-1]
    assert received.needs_answer is waits
    assert (fresh(case).waiting_since is not None) is waits


# ── Answers that come late, and no more questions ────────────────────────────────────────────────


def test_nobody_answers_what_was_not_asked(cast: Cast) -> None:
    case = resolved(cast)
    with pytest.raises(Impossible, match="not asked you yet"):
        answer(case)


def test_an_answer_after_the_case_was_opened_again_comes_too_early(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    do_say_fixed(guest(case), fixed=False, words=STILL_BROKEN, at=later(days=3, hours=1))
    before = Everything.now()
    with pytest.raises(Impossible, match="working on this again"):
        answer(case)
    assert Everything.now() == before


def test_after_the_next_fix_they_are_asked_anew(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    answer(case, outcome=1)
    record(cast.owner, case, handling.resolve(), at=later(days=5))
    record(cast.owner, case, handling.call_back(CallResult.REACHED), at=later(days=6))
    record(cast.owner, case, handling.outcomes(ProblemOutcome.FIXED, CustomerOutcome.CONTENT), at=later(days=6))
    record(cast.owner, case, handling.close(), at=later(days=6))
    do_tick_due(later(days=9))
    assert Message.objects.filter(case=case, purpose="survey").count() == 2
    answer(case, outcome=5, days=10)
    assert fresh(case).status == "closed"


def test_who_does_not_want_to_be_asked_gets_no_reminder_and_no_other_survey(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    do_decline_survey(guest(case), at=later(days=3))
    do_tick_due(later(days=30))
    assert fresh(case).customer.no_surveys
    assert Message.objects.filter(case=case, purpose="survey").count() == 1
    with pytest.raises(Impossible, match="asked us not to ask"):
        answer(case)


def test_there_is_one_reminder_and_it_says_so(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    for days in (9, 15, 40):
        do_tick_due(later(days=days))
    first, reminder = Message.objects.filter(case=case, purpose="survey").order_by("at")
    assert first.text != reminder.text
    assert "we will not ask again" in reminder.text


def test_a_survey_leads_to_questions_and_to_no_more_questions(cast: Cast) -> None:
    case = asked_how_it_was(cast)
    text = Message.objects.get(case=case, purpose="survey").text
    assert "?outcome=5#survey" in text
    assert "#no-survey" in text
