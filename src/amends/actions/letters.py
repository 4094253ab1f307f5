"""The few letters that the desk writes by itself: thanks, the survey, and its one reminder."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.actors import DESK
from amends.actions.carry import carry_out
from amends.actions.clock import new_id
from amends.actions.languages import in_language_of
from amends.actions.links import customer_url
from amends.actions.sending import address_of, queue_mail, thread_of
from amends.method.facts import AnyFact, SurveyFellDue, ThanksFellDue
from amends.method.moves import AnyMove, SendSurvey, SendThanks
from amends.store.journal import state_of
from amends.store.models import Case, Message


def write_letters(case: Case, facts: list[AnyFact], at: datetime) -> None:
    """Write and queue the letters that `facts` call for, in the customer's language."""
    for fact in facts:
        if isinstance(fact, ThanksFellDue):
            _post(case, "thanks", _thanks, at)
        elif isinstance(fact, SurveyFellDue):
            _post(case, "survey", _survey, at)


def _post(case: Case, purpose: str, words: Callable[[Case], str], at: datetime) -> None:
    recipient = address_of(case)
    if not recipient or (purpose == "survey" and case.customer.no_surveys):
        return
    with in_language_of(case):
        text = words(case)
    row = Message(
        id=new_id(),
        case=case,
        direction=Message.OUT,
        channel="email",
        status="queued",
        purpose=purpose,
        automatic=True,
        author_id=case.owner_id,
        sender=house.house().business.address,
        recipient=recipient,
        text=text,
        full_text=text,
        at=at,
    )
    thread_of(case, row)
    row.save(force_insert=True)
    state = state_of(case)
    move: AnyMove = SendThanks(message=row.id)
    if purpose == "survey":
        move = SendSurvey(message=row.id, reminder=state.survey_open)
    carry_out(case, [move], by=DESK, at=at)
    queue_mail(row, at)


def _thanks(case: Case) -> str:
    return _(
        "Dear %(name)s,\n\n"
        "thank you for telling us what went wrong, and for your patience while we put it right. "
        "You gave us the chance to mend it, and you showed us what to do better for everybody.\n\n"
        "We are glad to have you as our customer.\n\n%(signature)s"
    ) % {"name": _name(case), "signature": _signature(case)}


def _survey(case: Case) -> str:
    return _(
        "Dear %(name)s,\n\n"
        "may we ask how it was for you? Five short questions, and room for anything you want to tell us:\n"
        "%(link)s\n\n"
        "If anything is still not right, say so there, and we will look at it again.\n\n%(signature)s"
    ) % {"name": _name(case), "link": customer_url(case), "signature": _signature(case)}


def _name(case: Case) -> str:
    return case.customer.name or _("customer")


def _signature(case: Case) -> str:
    business = house.house().business.name
    return f"{case.owner.name}\n{business}" if case.owner is not None else business
