"""What follows from the answer to an offer: who takes it waits for it, and who wants something else bids."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import structs

from amends.method.facts import AnyFact, OfferAccepted
from amends.method.moves import AnyMove, MakeBid, ProposePromise
from amends.method.state import Bid, Offer, PromiseStatus, State
from amends.method.words import Evidence, Remedy
from amends.reading import only_amount
from amends.transcript import Span

_AGREED: Final = ":agreed"
_SAID = frozenset({Remedy.EXPLANATION, Remedy.APOLOGY})
"""Remedies that mostly stand in the words that offer them."""


def to_be_promised(state: State, facts: Iterable[AnyFact]) -> Iterator[ProposePromise]:
    """Yield a promise to look at for each offer that was just taken and that nothing was promised of since it was made.

    Its words are those of the offer; its owner is who offered it, else who handles the case; somebody has to say when.
    """
    for fact in facts:
        offer = state.offer(fact.offer) if isinstance(fact, OfferAccepted) else None
        if offer is None or offer.remedy in _SAID:
            continue
        source = offer.words.span.source
        promised = (p for p in state.promises if p.status is not PromiseStatus.DISMISSED)
        if not any(p.made_at >= offer.at or p.what.source == source for p in promised):
            owner = offer.giver or state.owner
            yield ProposePromise(promise=f"{offer.offer}{_AGREED}", what=offer.words.span, owner=owner)


def counter_bid(declined: Offer, said: str, words: Evidence, *, heard: Sequence[Bid | MakeBid]) -> list[MakeBid]:
    """Return the bid of somebody who `said` what would be fair instead, beside what was `heard` in it already.

    It is for the same remedy, with the amount where they name a single one: "make it 60" is an action to the reader.
    """
    amount = only_amount(said, declined.amount.currency) if declined.amount is not None else None
    vague = all(bid.remedy is Remedy.ACTION and bid.amount is None for bid in heard)
    if heard and not (vague and amount is not None):
        return []
    return [MakeBid(remedy=declined.remedy, words=words, amount=amount)]


def said_again(state: State, moves: Iterable[AnyMove], words_of: Callable[[Span], str]) -> Iterator[AnyMove]:
    """Yield the moves of our words; what they promise of an agreement takes its place on the list, with its time.

    Else an agreed refund would stand there twice: once since they said yes, and once since we said by when.
    """
    waiting = {
        p.promise: _named(words_of(p.what))
        for p in state.promises
        if p.status is PromiseStatus.PROPOSED and p.promise.endswith(_AGREED)
    }
    for move in moves:
        if isinstance(move, ProposePromise) and waiting:
            names = _named(words_of(move.what))
            same = next((promise for promise, agreed in waiting.items() if agreed & names), None)
            if same is not None:
                del waiting[same]
                yield structs.replace(move, promise=same)
                continue
        yield move


_WORD: Final = re.compile(r"[^\W_]{3,}")
_COMMON: Final = frozenset(
    "and any are back been before but can could dear for from have hear here how just know let like make next now our "
    "please put see send sent should soon thank that the them then they this today tomorrow until very want was week "
    "well were what when will with within would write you your yours".split()
)
"""Words that two sentences about different things may share."""


def _named(words: str) -> set[str]:
    """Return what a sentence is about: its words, but for common ones, a plural as its singular."""
    return {word.removesuffix("s") for word in _WORD.findall(words.lower())} - _COMMON
