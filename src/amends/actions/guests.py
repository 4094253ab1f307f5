"""What a customer does on their own page. The link alone lets them; every change is a POST."""

from datetime import datetime

from django.db import transaction

from amends.actions.access import NotAllowed, access_case
from amends.actions.actors import Guest
from amends.actions.carry import carry_out, said
from amends.actions.customers import email_of
from amends.actions.incoming import File, Incoming, Received, do_receive
from amends.actions.texts import storable
from amends.hearing import counter_bid
from amends.method.decide import Impossible
from amends.method.moves import (
    AcceptOffer,
    AnyMove,
    ConfirmBasis,
    ConfirmFix,
    DenyFix,
    DisputeBasis,
    MakeBid,
    RejectOffer,
)
from amends.method.state import OfferStatus, State
from amends.method.words import Evidence, Remedy, Voice
from amends.store.journal import state_of
from amends.store.models import Case, Message
from amends.transcript import Span

LONGEST = 20_000


def check_speaks(who: Guest) -> None:
    """Raise `NotAllowed` for a guest who only looks: what stands as the customer's word has to be theirs."""
    if who.preview:
        raise NotAllowed


def do_write(
    who: Guest, text: str, *, at: datetime, once: str = "", remark: bool = False, files: tuple[File, ...] = ()
) -> Received:
    """Take in what the customer writes on their page: a correction, an answer, anything; with `files`, or only these.

    `once` is what the page's form was given: sent twice (a second tap on the button), it is taken in once. A `remark`
    came with an answer of theirs, and waits for one of ours only where it asks or complains.
    """
    check_speaks(who)
    text = storable(text).strip()[:LONGEST]
    if not text and not files:
        raise Impossible("Write something first.")
    case = access_case(who, who.case)
    incoming = Incoming(
        channel="page",
        name=case.customer.name,
        email=email_of(case.customer),
        subject=case.subject,
        text=text,
        external_id=f"{once}.{case.pk}@page" if once else "",
        case=case.pk,
        remark=remark,
        files=files,
    )
    return do_receive(incoming, at=at, by=who)


def do_say_fair(who: Guest, text: str, *, remedy: Remedy | None, at: datetime, once: str = "") -> State:
    """Take in what would be fair in the customer's eyes.

    `remedy` is what they chose as coming closest. It is their bid where the words alone were not read as one.
    """
    with transaction.atomic():
        case = _own(who)
        before = len(state_of(case).bids)
        received = do_write(who, text, at=at, once=once)
        case = _own(who)
        state = state_of(case)
        heard = len(state.bids) > before or state.resolved_at is not None
        if remedy is None or heard or received.duplicate or received.message is None:
            return state
        return carry_out(case, [MakeBid(remedy=remedy, words=_all_of(received.message))], by=who, at=at)[0]


def do_answer_read_back(who: Guest, *, right: bool, words: str, at: datetime, once: str = "") -> State:
    """Take the customer's word on whether we understood. A no comes with what was wrong, in their words."""
    with transaction.atomic():
        case = _own(who)
        if right:
            carry_out(case, [ConfirmBasis(words=said(case, "Yes", kind="answer", by=who, at=at))], by=who, at=at)
            return _heard_as_well(who, words, at, once)
        if not words.strip():
            raise Impossible("Tell us what is not right.")
        given = said(case, words[:LONGEST], kind="answer", by=who, at=at)
        carry_out(case, [DisputeBasis(words=given)], by=who, at=at)
        return _heard_as_well(who, words, at, once)


def do_answer_offer(who: Guest, offer: str, *, accepted: bool, words: str, at: datetime, once: str = "") -> State:
    """Take the customer's answer to an offer. What they say with it is heard like a message of theirs.

    Who says the same again has said it already; words that they add are heard all the same.
    """
    with transaction.atomic():
        case = _own(who)
        if _has(case, offer, OfferStatus.ACCEPTED if accepted else OfferStatus.REJECTED):
            return _heard_as_well(who, words, at, once)
        given = said(case, words[:LONGEST].strip() or ("Yes" if accepted else "No"), kind="answer", by=who, at=at)
        move = AcceptOffer(offer=offer, words=given) if accepted else RejectOffer(offer=offer, words=given)
        carry_out(case, [move], by=who, at=at)
        return _heard_as_well(who, words, at, once)


def do_counter_offer(who: Guest, offer: str, *, words: str, at: datetime, once: str = "") -> State:
    """Take in that an offer is not enough, and what would be fair instead: their counter-offer.

    The words are read like any of theirs. Where no bid is seen in them, they stand as one for the same remedy.
    """
    if not words.strip():
        raise Impossible("Tell us what would be fair instead.")
    with transaction.atomic():
        case = _own(who)
        declined = state_of(case).offer(offer)
        if not _has(case, offer, OfferStatus.REJECTED):
            given = said(case, words[:LONGEST].strip(), kind="answer", by=who, at=at)
            carry_out(case, [RejectOffer(offer=offer, words=given)], by=who, at=at)
        before = len(state_of(case).bids)
        received = do_write(who, words, at=at, once=once)
        case = _own(who)
        state = state_of(case)
        if declined is None or received.duplicate or received.message is None:
            return state
        bids = counter_bid(declined, words, _all_of(received.message), heard=state.bids[before:])
        return carry_out(case, bids, by=who, at=at)[0]


def do_say_fixed(who: Guest, *, fixed: bool, words: str, at: datetime, once: str = "", partly: bool = False) -> State:
    """Take the customer's word on whether it is fixed. What they say with it is heard like a message of theirs.

    `partly`, with `fixed` False, says that a part of it is; which part is not has to be said with it.
    """
    with transaction.atomic():
        case = _own(who)
        if not state_of(case).asked_whether_fixed:
            raise Impossible("We are still working on this. We will ask you again once it is done.")
        if partly and not words.strip():
            raise Impossible("Tell us which part is not right yet.")
        given = said(case, words[:LONGEST], kind="fix", by=who, at=at) if words.strip() else None
        move: AnyMove = ConfirmFix(words=given) if fixed else DenyFix(words=given, partly=partly)
        carry_out(case, [move], by=who, at=at)
        return _heard_as_well(who, words, at, once)


def _own(who: Guest) -> Case:
    """Return their case, locked, for a word of theirs."""
    check_speaks(who)
    return access_case(who, who.case, lock=True)


def _has(case: Case, offer: str, status: OfferStatus) -> bool:
    found = state_of(case).offer(offer)
    return found is not None and found.status is status


def _heard_as_well(who: Guest, words: str, at: datetime, once: str) -> State:
    """Take in the words that came with an answer, so that they are read, and stand in the conversation."""
    if words.strip():
        do_write(who, words, at=at, once=once)
    return state_of(access_case(who, who.case))


def _all_of(message: Message) -> Evidence:
    return Evidence(Span.whole(message.id, message.text), Voice.PERSON)
