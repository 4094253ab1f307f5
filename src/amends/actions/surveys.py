"""A customer says how it was for them, or that they do not want to be asked. Every change is a POST of theirs."""

from datetime import datetime

from django.db import transaction

from amends.actions.access import access_case
from amends.actions.actors import Guest
from amends.actions.carry import carry_out, keep_note
from amends.actions.guests import LONGEST, check_speaks, do_write
from amends.actions.readings import last_message, read_words
from amends.actions.texts import storable
from amends.hearing import denies_fix
from amends.method.decide import Impossible
from amends.method.moves import AnswerSurvey, DeclineSurvey
from amends.method.state import State, Survey
from amends.reading import Reading
from amends.store.journal import state_of
from amends.store.models import Customer, Note


def do_answer_survey(  # noqa: PLR0913 - one for each question
    who: Guest,
    *,
    outcome: int,
    treatment: int,
    process: int,
    buy_again: bool | None,
    recommend: bool | None,
    words: str,
    at: datetime,
    once: str = "",
) -> State:
    """Take the customer's answer to the survey; its words are heard like a message of theirs, and stand among them.

    Bad marks open the case again, and so do words that are bitter or say that it is not fixed. The same answers sent
    twice (a second tap on the button) are taken in once.
    """
    check_speaks(who)
    words, marks = storable(words).strip()[:LONGEST], (outcome, treatment, process)
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        state = state_of(case)
        if not state.survey_open and state.survey is not None and _said(state.survey) == (marks, words):
            return state
        _check_asked(state)
        heard = read_words(words, last_message(case.pk), at) if words else Reading(upset=None)
        move = AnswerSurvey(
            outcome=outcome,
            treatment=treatment,
            process=process,
            buy_again=buy_again,
            recommend=recommend,
            words=keep_note(case, words, kind="survey", by=who, at=at) if words else None,
            upset=heard.upset or 0,
            unfixed=denies_fix(heard),
        )
        carry_out(case, [move], by=who, at=at)
        if words:
            do_write(who, words, at=at, once=once, remark=True)
        return state_of(access_case(who, who.case))


def do_decline_survey(who: Guest, *, at: datetime) -> State:
    """Ask this customer no more how it was, in this case or any other."""
    check_speaks(who)
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        Customer.objects.filter(pk=who.customer).update(no_surveys=True)
        return carry_out(case, [DeclineSurvey()], by=who, at=at)[0]


def _check_asked(state: State) -> None:
    """Raise `Impossible`, in words for the customer, where there is no survey to answer."""
    if state.survey_open:
        return
    if state.survey_declined:
        raise Impossible("You asked us not to ask you. If you want to tell us something, write to us here.")
    if state.closed_at is None and state.reopened:
        raise Impossible("We are working on this again, so these questions come too early. We will ask you afterwards.")
    if state.survey is not None:
        raise Impossible("You have answered this already, thank you. If there is more to say, write to us here.")
    raise Impossible("We have not asked you yet. If you want to tell us something now, write to us here.")


def _said(survey: Survey) -> tuple[tuple[int, int, int], str]:
    """Return the marks and the words of an answer."""
    note = None if survey.words is None else Note.objects.filter(pk=survey.words.source).first()
    return (survey.outcome, survey.treatment, survey.process), "" if note is None else note.text
