"""Whom an incident met: who ordered its product in its period, and which of them have not written.

The period comes first: an index finds its orders, and only those are read for the words of the product.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.store.models import BroadcastCopy, Case, Customer, CustomerAddress, Incident, Message, Order

OUTREACH = "outreach"
"""The kind of a broadcast that goes to the silent others."""

_MOST_WORDS = 6


def product_words(product: str) -> list[str]:
    """Return the words of a product that all have to be in what was ordered; at most six."""
    return product.split()[:_MOST_WORDS]


def orders_met(incident: Incident) -> QuerySet[Order]:
    """Return the orders of the incident's product in its period; none where it names no product or no beginning."""
    words = product_words(incident.product)
    if not words or incident.began_at is None:
        return Order.objects.none()
    found = Order.objects.filter(placed_at__gte=incident.began_at)
    if incident.ended_at is not None:
        found = found.filter(placed_at__lte=incident.ended_at)
    for word in words:
        found = found.filter(what__icontains=word)
    return found


def silent_others(incident: Incident) -> QuerySet[Customer]:
    """Return who is met, has no case here, has not written since it began, and was not written to about it."""
    began = incident.began_at
    if began is None:
        return Customer.objects.none()
    theirs = {"customer": OuterRef("pk")}
    linked = Case.objects.filter(incident=incident, **theirs)
    told = BroadcastCopy.objects.filter(broadcast__incident=incident, broadcast__kind=OUTREACH, **theirs)
    met = Customer.objects.filter(pk__in=orders_met(incident).values("customer_id"))
    return (
        met.exclude(Exists(linked))
        .exclude(Exists(told))
        .exclude(Exists(_opened(incident)))
        .exclude(Exists(_written(incident)))
    )


def with_address(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Return those of these customers to whom one can write."""
    mail = CustomerAddress.objects.filter(customer=OuterRef("pk"), kind=CustomerAddress.EMAIL)
    return customers.filter(Exists(mail))


def has_written(incident: Incident, customer: int) -> bool:
    """Return whether this customer has a case here, or wrote anything since it began."""
    wrote = Q(incident=incident)
    if incident.began_at is not None:
        since = incident.began_at
        theirs = Q(messages__direction=Message.IN, messages__automatic=False, messages__at__gte=since)
        wrote |= Q(opened_at__gte=since) | theirs
    return Case.objects.filter(wrote, customer_id=customer).exists()


def _opened(incident: Incident) -> QuerySet[Case]:
    return Case.objects.filter(customer=OuterRef("pk"), opened_at__gte=incident.began_at)


def _written(incident: Incident) -> QuerySet[Message]:
    return Message.objects.filter(
        case__customer=OuterRef("pk"), direction=Message.IN, automatic=False, at__gte=incident.began_at
    )
