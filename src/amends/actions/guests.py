"""What a customer does on their own page. The link alone lets them; every change is a POST."""

from datetime import datetime

from django.db import transaction

from amends.actions.access import access_case
from amends.actions.actors import Guest
from amends.actions.carry import carry_out, said
from amends.actions.customers import email_of
from amends.actions.incoming import Incoming, Received, do_receive
from amends.method.decide import Impossible
from amends.method.moves import AcceptOffer, AnswerSurvey, AnyMove, ConfirmFix, DenyFix, RejectOffer
from amends.method.state import State
from amends.store.journal import state_of

LONGEST = 20_000


def do_write(who: Guest, text: str, *, at: datetime) -> Received:
    """Take in what the customer writes on their page: what would be fair, a correction, anything."""
    if not text.strip():
        raise Impossible("Write something first.")
    case = access_case(who, who.case)
    incoming = Incoming(
        channel="page",
        name=case.customer.name,
        email=email_of(case.customer),
        subject=case.subject,
        text=text.strip()[:LONGEST],
        case=case.pk,
    )
    return do_receive(incoming, at=at, by=who)


def do_answer_offer(who: Guest, offer: str, *, accepted: bool, words: str, at: datetime) -> State:
    """Take the customer's answer to an offer."""
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        given = said(case, words or ("Yes" if accepted else "No"), kind="answer", by=who, at=at)
        move = AcceptOffer(offer=offer, words=given) if accepted else RejectOffer(offer=offer, words=given)
        return carry_out(case, [move], by=who, at=at)[0]


def do_say_fixed(who: Guest, *, fixed: bool, words: str, at: datetime) -> State:
    """Take the customer's word on whether it is fixed."""
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        if state_of(case).resolved_at is None:
            raise Impossible("We are still working on this. We will ask you again once it is done.")
        given = said(case, words, kind="fix", by=who, at=at) if words.strip() else None
        moves: list[AnyMove] = [ConfirmFix(words=given) if fixed else DenyFix(words=given)]
        return carry_out(case, moves, by=who, at=at)[0]


def do_answer_survey(
    who: Guest,
    *,
    outcome: int,
    treatment: int,
    process: int,
    buy_again: bool | None,
    recommend: bool | None,
    words: str,
    at: datetime,
) -> State:
    """Take the customer's answer to the survey. A bad one opens the case again."""
    with transaction.atomic():
        case = access_case(who, who.case, lock=True)
        given = said(case, words[:LONGEST], kind="survey", by=who, at=at).span if words.strip() else None
        move = AnswerSurvey(
            outcome=outcome,
            treatment=treatment,
            process=process,
            buy_again=buy_again,
            recommend=recommend,
            words=given,
        )
        return carry_out(case, [move], by=who, at=at)[0]
