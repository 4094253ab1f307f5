"""The few letters that the desk writes by itself: thanks, the survey, and its one reminder."""

from datetime import datetime

from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.actors import DESK
from amends.actions.cards import thanks_card, thanks_url
from amends.actions.carry import carry_out
from amends.actions.clock import new_id
from amends.actions.links import customer_url
from amends.actions.sending import address_of, queue_mail, thread_of
from amends.method.facts import AnyFact, SurveyFellDue, ThanksFellDue
from amends.method.moves import AnyMove, SendSurvey, SendThanks
from amends.store.journal import state_of
from amends.store.models import Case, Message


def write_letters(case: Case, facts: list[AnyFact], at: datetime) -> None:
    """Write and queue the letters that `facts` call for."""
    for fact in facts:
        if isinstance(fact, ThanksFellDue):
            _post(case, "thanks", _thanks(case, at), at)
        elif isinstance(fact, SurveyFellDue):
            _post(case, "survey", _survey(case, reminder=state_of(case).survey_open), at)


def _post(case: Case, purpose: str, text: str, at: datetime) -> None:
    recipient = address_of(case)
    if not recipient or (purpose == "survey" and case.customer.no_surveys):
        return
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


def _thanks(case: Case, at: datetime) -> str:
    return _("Dear %(name)s,\n\n%(thanks)s\n\nWe wrote you a card:\n%(link)s\n\n%(signature)s") % {
        "name": _name(case),
        "thanks": thanks_card(case, at).thanks[0],
        "link": thanks_url(case),
        "signature": _signature(case),
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
        "name": _name(case),
        "asks": asks,
        "right": f"{customer_url(case)}?outcome=5#survey",
        "wrong": f"{customer_url(case)}?outcome=2#survey",
        "signature": _signature(case),
        "stop": f"{customer_url(case)}#no-survey",
    }


def _name(case: Case) -> str:
    return case.customer.name or _("customer")


def _signature(case: Case) -> str:
    business = house.house().business.name
    return f"{case.owner.name}\n{business}" if case.owner is not None else business
