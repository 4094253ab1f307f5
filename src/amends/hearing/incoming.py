"""What a customer's message means for their case.

The same words mean different things at different places of the path: "yes" confirms a read-back while one waits for
its answer, accepts an offer while one is open, and confirms the fix once we said that it is done.
"""

from collections.abc import Iterator

from amends.method.moves import (
    AcceptOffer,
    AnyMove,
    ConfirmBasis,
    ConfirmFix,
    DenyFix,
    DisputeBasis,
    GiveThanks,
    LeaveToUs,
    MakeBid,
    RaiseOption,
    ReadUpset,
    ReceiveMessage,
    RejectOffer,
    TellEarlierContact,
    TellLoyalty,
    TellProblem,
    Threaten,
)
from amends.method.state import UPSET, Offer, State
from amends.method.words import Evidence, Remedy, ThreatKind
from amends.reading import Act, ActKind, Reading, bids, proposals
from amends.transcript import Message, Money, Span


def hear(state: State, message: Message, reading: Reading, *, remark: bool = False) -> list[AnyMove]:
    """Return the moves that a customer's `message` makes in a case that stands at `state`.

    An automatic message is taken in, and means nothing. A message in a language that the reader does not know is
    taken in as it is: people read it. A `remark` came with an answer, such as the free line of a survey; a calm one
    that asks nothing needs no answer.
    """
    said_it_all = _calm_remark(message, reading) if remark else _bare_thanks(state, message, reading)
    receive = ReceiveMessage(message=message.id, automatic=message.automatic, needs_answer=not said_it_all)
    moves: list[AnyMove] = [receive]
    if message.automatic:
        return moves
    if reading.upset is not None:
        moves.append(ReadUpset(message=message.id, level=reading.upset))
    for act in reading.acts:
        moves.extend(_told(act, _evidence(message, act.start, act.end)))
    moves.extend(_answers(state, message, reading))
    moves.extend(_bids(state, message, reading))
    return moves


def denies_fix(reading: Reading) -> bool:
    """Return whether a customer's words say that it is not fixed."""
    return _fix_denied(reading) is not None


def _calm_remark(message: Message, reading: Reading) -> bool:
    return (reading.upset or 0) < UPSET and "?" not in message.text


def _bare_thanks(state: State, message: Message, reading: Reading) -> bool:
    """Whether nothing is left to say: the fix is done, they thank us for it or agree, and ask nothing."""
    content = {act.act for act in reading.acts}
    return (
        state.resolved_at is not None
        and bool(content)
        and content <= {ActKind.THANKS, ActKind.ACCEPT}
        and "?" not in message.text
    )


def _told(act: Act, words: Evidence) -> Iterator[AnyMove]:
    match act.act:
        case ActKind.PROBLEM:
            yield TellProblem(words=words, plain=act.plain)
        case ActKind.REPEAT:
            yield TellEarlierContact(words=words)
        case ActKind.LOYALTY:
            yield TellLoyalty(words=words, years=act.tenure_years)
        case ActKind.THREAT:
            yield Threaten(kind=ThreatKind(act.kind), words=words)
        case ActKind.THANKS:
            yield GiveThanks(words=words)
        case _:
            return


def _bids(state: State, message: Message, reading: Reading) -> Iterator[AnyMove]:
    if state.resolved_at is not None and not _fix_denied(reading):
        return
    if state.about_face is not None and state.agreement is None:
        yield from _in_our_place(message, reading)
    else:
        for act in bids(reading):
            amount = above_nothing(act.amount)
            yield MakeBid(remedy=Remedy(act.kind), words=_evidence(message, act.start, act.end), amount=amount)
    if reading.left_to_us is not None and state.bid_invited is not None:
        yield LeaveToUs(words=_evidence(message, *reading.left_to_us))


def _in_our_place(message: Message, reading: Reading) -> Iterator[AnyMove]:
    """Yield the options in the answer to the about-face; what they ask for themselves in it is their bid as well."""
    for one in proposals(message.text, reading):
        words, remedy, amount = _evidence(message, one.start, one.end), Remedy(one.kind), above_nothing(one.amount)
        if one.bid:
            yield MakeBid(remedy=remedy, words=words, amount=amount)
        yield RaiseOption(option=f"{message.id}:{one.start}", words=words, remedy=remedy, amount=amount)


def above_nothing(amount: Money | None) -> Money | None:
    """Return an amount that can be asked for; None for none, and for nothing or less."""
    return amount if amount is None or amount.amount > 0 else None


def _answers(state: State, message: Message, reading: Reading) -> Iterator[AnyMove]:
    """Yield what a yes, a no, an accept or a reject answers: the newest thing that waits for an answer."""
    yes = _first(message, reading, ActKind.ACCEPT, answer=True)
    no = _first(message, reading, ActKind.REJECT, answer=False)
    if state.asked_whether_fixed:
        yield from _about_the_fix(message, reading, yes)
        return
    offer = state.open_offer
    if offer is not None:
        if no is not None:
            yield RejectOffer(offer=offer.offer, words=no)
        elif yes is not None:
            if _asked_in_one(state, offer):
                yield ConfirmBasis(words=yes)
            yield AcceptOffer(offer=offer.offer, words=yes)
        return
    if state.read_back is not None and not state.established:
        if no is not None:
            yield DisputeBasis(words=no)
        elif yes is not None:
            yield ConfirmBasis(words=yes)


def _asked_in_one(state: State, offer: Offer) -> bool:
    """Whether the message with the offer also read back what we understood: one yes answers both."""
    read_back = None if state.established else state.read_back
    return read_back is not None and read_back.span.source == offer.words.span.source


def _about_the_fix(message: Message, reading: Reading, yes: Evidence | None) -> Iterator[AnyMove]:
    """Yield whether it is fixed. A bare thank-you says nothing about that, and never reopens."""
    denied = _fix_denied(reading)
    if denied is not None:
        yield DenyFix(words=_evidence(message, denied[0], denied[1]))
    elif yes is not None:
        yield ConfirmFix(words=yes)


def _fix_denied(reading: Reading) -> tuple[int, int] | None:
    """Return the words that say "no, still broken": a reject, a problem, or an upset "again"."""
    for act in reading.of(ActKind.REJECT):
        return act.start, act.end
    if reading.answer is not None and not reading.answer.yes:
        return reading.answer.start, reading.answer.end
    upset = (reading.upset or 0) >= UPSET
    for act in reading.of(ActKind.PROBLEM):
        if upset or not reading.of(ActKind.THANKS, ActKind.ACCEPT):
            return act.start, act.end
    for act in reading.of(ActKind.REPEAT):  # "it broke again", and not glad about it
        if upset:
            return act.start, act.end
    return None


def _first(message: Message, reading: Reading, kind: ActKind, *, answer: bool) -> Evidence | None:
    for act in reading.of(kind):
        return _evidence(message, act.start, act.end)
    found = reading.answer
    return _evidence(message, found.start, found.end) if found is not None and found.yes is answer else None


def _evidence(message: Message, start: int, end: int) -> Evidence:
    return Evidence(Span(message.id, start, end))
