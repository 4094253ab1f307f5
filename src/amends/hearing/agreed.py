"""What an agreement leaves to be done: who takes an offer waits for it, whether or not somebody said by when."""

from collections.abc import Iterable, Iterator

from amends.method.facts import AnyFact, OfferAccepted
from amends.method.moves import ProposePromise
from amends.method.state import PromiseStatus, State
from amends.method.words import Remedy

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
