"""The negotiation sheet: their bid first, then our offers, and the about-face where both are stuck."""

from datetime import datetime
from itertools import dropwhile
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.actions.actors import Staff
from amends.desk.contexts.casepage import ApprovalView, BidView, OfferView, SentenceView, SheetView
from amends.desk.names import remedy
from amends.desk.show.approvals import may_give
from amends.desk.show.exchange import in_house
from amends.desk.show.fair import fair_view
from amends.desk.show.quotes import Quoter
from amends.desk.text import money
from amends.insight.casefile import NEWEST, CaseFile
from amends.method.authority import room
from amends.method.policy import Policy
from amends.method.state import Approval, Bid, Offer, Option, State
from amends.method.words import Actor
from amends.reading import leaves_sum_open, overlap, split
from amends.transcript import Money

_SENTENCES: Final = 12


def sheet_view(quoter: Quoter, who: Staff, by: Actor, policy: Policy, now: datetime) -> SheetView:
    """Return the sheet as `who` sees it (`by`: as the method knows them), with approvals for those who may answer."""
    state, texts = quoter.file.state, quoter.file.texts
    final = state.final_answer
    return SheetView(
        invited=None if state.bid_settled else quoter.maybe(state.bid_invited, "BidInvited"),
        bids=tuple(
            _bid(bid, quoter, "BidMade", policy, in_house(bid.amount, bid.at, policy))
            for bid in reversed(state.bids[-NEWEST:])
        ),
        left_to_us=quoter.maybe(state.bid_left_to_us, "BidLeftToUs"),
        unanswered=state.bid_unanswered,
        offers=tuple(_offer(offer, quoter, policy) for offer in reversed(state.offers[-NEWEST:])),
        gap=_gap(state, policy),
        approvals=tuple(_approval(one, quoter, who, policy, now) for one in reversed(state.approvals)),
        deadlock=state.deadlock,
        last_reply=_last_reply(quoter.file),
        about_face=quoter.maybe(state.about_face, "AboutFaceAsked"),
        options=tuple(_bid(option, quoter, "OptionRaised", policy) for option in state.options[-NEWEST:]),
        markable=_markable(quoter.file),
        unwarranted=texts.words(state.unwarranted),
        refused=tuple(quoter.quote(words, "DemandRefused") for words in state.refused[-1:]),
        final=None if final is None else (texts.words(final.why), texts.words(final.elsewhere)),
        can_offer_more=may_give(room(state, by, policy, now), policy.currency),
        fair=fair_view(quoter.file, by, policy, now),
    )


def _bid(bid: Bid | Option, quoter: Quoter, kind: str, policy: Policy, here: str = "") -> BidView:
    quote = quoter.quote(bid.words, kind)
    return BidView(
        what=remedy(bid.remedy, bid.amount),
        here=here,
        quote=quote,
        open_sum=bid.amount is None and leaves_sum_open(quote.words, policy.currency),
    )


def _last_reply(file: CaseFile) -> str:
    """Return the id of our last reply since they said what they want, if nothing is offered, settled or closed."""
    state = file.state
    if not state.bids or state.settled or state.open_offer is not None or state.closed_at is not None:
        return ""
    since = state.bids[-1].at
    ours = (words for words in reversed(file.talk.messages) if not words.incoming and words.author is not None)
    return next((words.id for words in ours if words.status in ("queued", "sent") and words.at > since), "")


def _markable(file: CaseFile) -> tuple[SentenceView, ...]:
    """Return the sentences of their last answer to the about-face that are no options yet, while nothing is agreed."""
    state, asked = file.state, file.state.about_face
    if asked is None or state.agreement is not None or state.final_answer is not None:
        return ()
    messages = dropwhile(lambda words: words.id != asked.span.source, file.talk.messages)
    answers = [words for words in messages if words.incoming and not words.automatic]
    if not answers:
        return ()
    answer = answers[-1]
    taken = [option.words.span for option in state.options if option.words.span.source == answer.id]
    return tuple(
        SentenceView(place=f"{answer.id}:{one.start}:{one.end}", words=answer.text[one.start : one.end])
        for one in split(answer.text)[:_SENTENCES]
        if not any(overlap(span, one) for span in taken)
    )


def _offer(offer: Offer, quoter: Quoter, policy: Policy) -> OfferView:
    return OfferView(
        id=offer.offer,
        what=remedy(offer.remedy, offer.amount),
        here=in_house(offer.amount, offer.at, policy),
        quote=quoter.quote(offer.words, "OfferMade"),
        state=offer.status.value,
        answer=quoter.maybe(offer.answer, "OfferAccepted", "OfferRejected"),
        why=quoter.file.texts.words(offer.why),
    )


def _approval(approval: Approval, quoter: Quoter, who: Staff, policy: Policy, now: datetime) -> ApprovalView:
    file = quoter.file
    mine, waits = approval.asked_by == str(who.id), approval.granted is None and file.state.closed_at is None
    at = approval.asked_at
    used = at is None or any(o.giver == approval.asked_by and o.at >= at for o in file.state.offers)
    answered = {None: "asked", True: "granted", False: "declined"}[approval.granted]
    return ApprovalView(
        id=approval.approval,
        amount=approval.cost,
        here=in_house(approval.cost, approval.asked_at, policy),
        asked_by=file.people.name(approval.asked_by),
        why=file.texts.words(approval.why),
        state=answered,  # type: ignore[arg-type]  # one of the three
        mine_to_answer=waits and not mine and policy.may_approve(who.rank, approval.cost, now),
        answer_url=f"{reverse('desk:approvals')}#approval-{approval.approval}" if approval.draft is not None else "",
        overdue=approval.overdue and waits,
        word=file.texts.words(approval.word),
        answered_by=file.people.name(approval.answered_by),
        draft=_draft(approval, quoter) if approval.granted and mine and not used else "",
    )


def _draft(approval: Approval, quoter: Quoter) -> str:
    """Return what was drafted with a wish, as it was typed."""
    source = quoter.file.texts.source(approval.draft.source) if approval.draft is not None else None
    return source.text if source is not None else ""


def _gap(state: State, policy: Policy) -> str:
    """Return how far our newest offer is from their newest bid, where both name an amount.

    Of two currencies, what each was worth in the house's on its day is compared.
    """
    bid = next((b for b in reversed(state.bids) if b.amount is not None), None)
    offer = next((o for o in reversed(state.offers) if o.amount is not None), None)
    if bid is None or offer is None or bid.amount is None or offer.amount is None:
        return ""
    if bid.amount.currency == offer.amount.currency:
        asked, offered, currency = bid.amount.amount, offer.amount.amount, bid.amount.currency
    else:
        theirs, ours = policy.in_house(bid.amount, bid.at), policy.in_house(offer.amount, offer.at)
        if theirs is None or ours is None:
            return _("in another currency than they asked for, and no rate is known")
        asked, offered, currency = theirs, ours, policy.currency
    apart = Money(abs(asked - offered), currency).rounded
    if not apart.amount:
        return _("exactly what they asked for")
    if asked > offered:
        return _("%(amount)s less than they asked for") % {"amount": money(apart)}
    return _("%(amount)s more than they asked for") % {"amount": money(apart)}
