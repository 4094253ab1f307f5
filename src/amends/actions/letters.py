"""The few letters that the desk writes by itself: a routine update, thanks, the survey, and its one reminder."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.actors import DESK
from amends.actions.cards import thanks_card, thanks_url
from amends.actions.carry import carry_out
from amends.actions.clock import new_id
from amends.actions.languages import in_language_of
from amends.actions.links import customer_url
from amends.actions.sending import address_of, queue_mail, thread_of
from amends.actions.updates import routine_words
from amends.method.decide.act import may_update_by_itself
from amends.method.facts import AnyFact, SurveyFellDue, ThanksFellDue, UpdateFellDue
from amends.method.moves import AnyMove, SendRoutineUpdate, SendSurvey, SendThanks
from amends.store.journal import state_of
from amends.store.models import Case, Message


def write_letters(case: Case, facts: list[AnyFact], at: datetime) -> None:
    """Write and queue the letters that `facts` call for, in the customer's language."""
    for fact in facts:
        if isinstance(fact, ThanksFellDue):
            _post(case, "thanks", lambda: _thanks(case, at), at)
        elif isinstance(fact, SurveyFellDue):
            _post(case, "survey", lambda: _survey(case, reminder=state_of(case).survey_open), at)
        elif isinstance(fact, UpdateFellDue) and may_update_by_itself(state_of(case), house.policy()):
            _post(case, "update", lambda: routine_words(case, at), at)


def _post(case: Case, purpose: str, words: Callable[[], str], at: datetime) -> None:
    if purpose == "survey" and case.customer.no_surveys:
        return
    with in_language_of(case):
        row = letter(case, purpose, words(), at)
    if row is None:
        return
    carry_out(case, [_move(case, row)], by=DESK, at=at)
    queue_mail(row, at)


def letter(case: Case, purpose: str, text: str, at: datetime) -> Message | None:
    """Write a letter of the desk's own, to be queued by the caller; None where we know no address to send it to."""
    recipient = address_of(case)
    if not recipient:
        return None
    row = Message(
        id=new_id(),
        case=case,
        direction=Message.OUT,
        channel="email",
        status="queued",
        purpose=purpose,
        automatic=True,
        author_id=None if purpose == "update" else case.owner_id,  # that one says that nobody wrote it
        sender=house.house().business.address,
        recipient=recipient,
        text=text,
        full_text=text,
        at=at,
    )
    thread_of(case, row)
    row.save(force_insert=True)
    return row


def _move(case: Case, row: Message) -> AnyMove:
    match row.purpose:
        case "update":
            return SendRoutineUpdate(message=row.id)
        case "survey":
            return SendSurvey(message=row.id, reminder=state_of(case).survey_open)
        case _:
            return SendThanks(message=row.id)


def _thanks(case: Case, at: datetime) -> str:
    return _("Dear %(name)s,\n\n%(thanks)s\n\nWe wrote you a card:\n%(link)s\n\n%(signature)s") % {
        "name": name_of(case),
        "thanks": thanks_card(case, at).thanks[0],
        "link": thanks_url(case),
        "signature": signature(case),
    }


def _survey(case: Case, *, reminder: bool) -> str:
    asks = (
        _("a few days ago we asked how it was for you. If you like, tell us now; we will not ask again.")
        if reminder
        else _("may we ask how it was for you? Five short questions, and room for anything you want to tell us.")
    )
    return _(
        "Dear %(name)s,\n\n%(asks)s\n\n"
        "It was put right: %(right)s\n"
        "Not quite, or not at all: %(wrong)s\n\n"
        "Nothing is sent before you press the button there. "
        "If anything is still not right, say so, and we will look at it again.\n\n%(signature)s\n\n"
        "If you do not want to be asked: %(stop)s"
    ) % {
        "name": name_of(case),
        "asks": asks,
        "right": f"{customer_url(case)}?outcome=5#survey",
        "wrong": f"{customer_url(case)}?outcome=2#survey",
        "signature": signature(case),
        "stop": f"{customer_url(case)}#no-survey",
    }


def name_of(case: Case) -> str:
    """Return what to call the customer in a letter."""
    return case.customer.name or _("customer")


def signature(case: Case) -> str:
    """Return who signs a letter of the desk's own."""
    business = house.house().business.name
    return f"{case.owner.name}\n{business}" if case.owner is not None else business
