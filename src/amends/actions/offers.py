"""What a handler records beside an offer: the purchase, what they would have given, a counter-offer, its end."""

from amends.actions.handling import Pen, Record
from amends.actions.readings import read_words
from amends.actions.texts import storable
from amends.hearing import above_nothing, counter_bid
from amends.method.decide import Impossible
from amends.method.moves import AnyMove, MakeBid, NamePurchase, RejectOffer, ThinkOffer, WithdrawOffer
from amends.method.state import State
from amends.method.words import Remedy
from amends.reading import ActKind
from amends.store.models import Order
from amends.transcript import Money


def name_purchase(*, order: str = "", what: str = "", price: Money | None = None) -> Record:
    """Say which purchase it is about: an `order` of theirs by its number, or `what` somebody typed with its `price`.

    The journal keeps the number, or where the typed words are; the price is that of the order where none is given.
    """

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        if order:
            found = Order.objects.filter(customer=pen.case.customer_id, external_id=storable(order)).first()
            if found is None:
                raise Impossible("They have no order of this number. Choose one of theirs, or type what it was.")
            return [NamePurchase(purchase=order, price=price or Money(found.amount, found.currency))]
        span = pen.must(what, "purchase", "Say which purchase it is about.")
        if price is None:
            raise Impossible("Say what they paid for it.")
        return [NamePurchase(purchase=span.source, price=price)]

    return record


def think_offer(remedy: Remedy, amount: Money | None = None) -> Record:
    """Note what one would give, before they say what they want."""
    return lambda _pen, _state: [ThinkOffer(remedy=remedy, amount=amount)]


def withdraw_offer(offer: str, why: str) -> Record:
    """Take an offer back that was not answered yet."""
    return lambda pen, _state: [
        WithdrawOffer(offer=offer, why=pen.must(why, "withdrawal", "Say why it is taken back."))
    ]


def counter_offer(offer: str, words: str) -> Record:
    """Record that an offer was not enough, and what they said would be fair instead; their words are read for it."""

    def record(pen: Pen, state: State) -> list[AnyMove]:
        declined = state.offer(offer)
        if declined is None or not words.strip():
            raise Impossible("Write down what they said would be fair instead.")
        said_so = pen.said(words, "answer")
        read = read_words(words, None, pen.at).of(ActKind.BID)
        bids = [MakeBid(remedy=Remedy(act.kind), words=said_so, amount=above_nothing(act.amount)) for act in read]
        return [RejectOffer(offer=offer, words=said_so), *bids, *counter_bid(declined, words, said_so, heard=bids)]

    return record
