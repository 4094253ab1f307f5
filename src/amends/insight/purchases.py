"""What everybody bought, as the models of worth want it."""

import numpy as np

from amends.method.policy import Policy
from amends.store.models import Customer, CustomerAddress, Order
from amends.transcript import Money
from amends.worth.histories import Purchases


def all_purchases(policy: Policy) -> Purchases:
    """Return every order, in the house's currency, with customers by their ids in the database.

    An order in another currency counts at the rate of its day, and without one, not at all. One query, read in pieces.
    """
    found = Order.objects.order_by("customer_id").values_list("customer_id", "placed_at", "amount", "currency")
    valued = (
        (customer, at, policy.in_house(Money(amount, currency), at))
        for customer, at, amount, currency in found.iterator(chunk_size=10_000)
    )
    rows = [(customer, at, value) for customer, at, value in valued if value is not None]
    return Purchases(
        customers=np.array([number for number, _at, _amount in rows], np.int64),
        days=np.array([at.toordinal() for _number, at, _amount in rows], np.int64),
        amounts=np.array([float(amount) for _number, _at, amount in rows], np.float64),
    )


def customer_called(name: str) -> Customer | None:
    """Return the customer with this id of theirs or this e-mail address, or None."""
    found = Customer.objects.filter(external_id=name).first()
    if found is not None:
        return found
    address = CustomerAddress.objects.select_related("customer").filter(kind=CustomerAddress.EMAIL, value=name.lower())
    known = address.first()
    return None if known is None else known.customer
