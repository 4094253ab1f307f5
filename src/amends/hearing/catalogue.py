"""Which words of our message offer what somebody chose from the catalogue.

The reader hears a credit, a discount or a gift as a compensation: it is the catalogue that knows which of them it is.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from amends.method.moves import MakeOffer
from amends.method.negotiation import Item
from amends.method.state import State
from amends.method.words import Evidence, Remedy
from amends.reading import Act, ActKind, names_all, overlap
from amends.transcript import Message, Money, Span

HEARD_AS: Final[Mapping[Remedy, Remedy]] = {
    Remedy.CREDIT: Remedy.COMPENSATION,
    Remedy.DISCOUNT: Remedy.COMPENSATION,
    Remedy.GIFT: Remedy.COMPENSATION,
}
"""What the reader hears where the catalogue knows better."""


def heard_as(remedy: Remedy) -> str:
    """Return the kind of an act by which the reader tells of an offer of this remedy."""
    return HEARD_AS.get(remedy, remedy).value


def offering(acts: Sequence[Act], item: Item, message: Message) -> tuple[Sequence[Act], Act | None]:
    """Return the acts, and the one of them that offers `item`; None where the message does not offer it any more.

    The item's own sentence offers it, whatever else is read in it. Where its writer changed the sentence, it is the
    first offer of this kind.
    """
    sentence = item.words.rstrip(".")
    start = message.text.find(sentence) if sentence else -1
    if start >= 0:
        one = Act(
            act=ActKind.OFFER, start=start, end=start + len(sentence), kind=heard_as(item.remedy), amount=item.amount
        )
        return [act for act in acts if act.act is not ActKind.OFFER or not overlap(act, one)] + [one], one
    kind = heard_as(item.remedy)
    return acts, next((act for act in acts if act.act is ActKind.OFFER and act.kind == kind), None)


def whole_price(state: State, act: Act, message: Message) -> Money | None:
    """Return what it costs where `act` gives back all that they paid, and names no sum; None for any other offer."""
    whole = act.kind == Remedy.REFUND and act.amount is None and names_all(message.text[act.start : act.end])
    return state.price if whole else None


def offer_of(item: Item, act: Act, message: Message, why: Span | None, whole: Money | None = None) -> MakeOffer:
    """Return the offer of `item` that `act` makes; the catalogue's cost is that of the catalogue's amount alone.

    `whole` is what it costs where its writer gives back all that they paid; see `whole_price`.
    """
    return MakeOffer(
        offer=f"{message.id}:{act.start}",
        remedy=item.remedy,
        words=Evidence(Span(message.id, act.start, act.end)),
        amount=act.amount,
        cost=item.cost if act.amount == item.amount else whole,
        why=why,
        item=item.code,
    )
