"""What follows from the answer to an offer: who takes it waits for it, and who wants something else bids."""

from collections.abc import Iterable, Iterator, Sequence

from amends.method.facts import AnyFact, OfferAccepted
from amends.method.moves import MakeBid, ProposePromise
from amends.method.state import Bid, Offer, PromiseStatus, State
from amends.method.words import Evidence, Remedy
from amends.reading import only_amount

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
            yield ProposePromise(promise=f"{offer.offer}:agreed", what=offer.words.span, owner=owner)


def counter_bid(declined: Offer, said: str, words: Evidence, *, heard: Sequence[Bid | MakeBid]) -> list[MakeBid]:
    """Return the bid of somebody who `said` what would be fair instead, beside what was `heard` in it already.

    It is for the same remedy, with the amount where they name a single one: "make it 60" is an action to the reader.
    """
    amount = only_amount(said, declined.amount.currency) if declined.amount is not None else None
    vague = all(bid.remedy is Remedy.ACTION and bid.amount is None for bid in heard)
    if heard and not (vague and amount is not None):
        return []
    return [MakeBid(remedy=declined.remedy, words=words, amount=amount)]
