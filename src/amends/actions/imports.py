"""Customers, orders and subscriptions from elsewhere: known by their ids, so that twice the same changes nothing.

What a customer spent, and how often they ordered, is brought up to date in the same transaction as their orders.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.db.models import Count, Exists, F, Field, Max, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from amends.actions import house
from amends.actions.csvlines import CustomerLine, OrderLine, SubscriptionLine
from amends.actions.foreign import spent_in_house, with_foreign_orders
from amends.formats.tables import Problem
from amends.store.heat import heat_of
from amends.store.journal import state_of
from amends.store.models import Case, Customer, CustomerAddress, Order, Subscription

Bought = TypeVar("Bought", OrderLine, SubscriptionLine)
BATCH = 2000
_TOLD = ("name", "since", "currency", "language", "time_zone")


@dataclass(slots=True)
class Imported:
    """What became of some lines: how many were new, how many were known, and which were left out."""

    new: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Imported") -> None:
        """Count `other` in."""
        self.new += other.new
        self.known += other.known
        self.problems += other.problems


def do_import_customers(lines: Sequence[CustomerLine], *, at: datetime) -> Imported:
    """Bring in customers, in one transaction. What a line does not tell (an empty cell) stays as it is.

    Somebody who wrote to us before they were imported is recognised by their e-mail address. An address that
    belongs to another customer makes a problem of its line.
    """
    result = Imported()
    lines = _last_of_each(lines, lambda line: line.id or line.email)
    with transaction.atomic():
        by_id = {c.external_id: c for c in Customer.objects.filter(external_id__in=[x.id for x in lines if x.id])}
        owners = _owners([x.email for x in lines] + [x.phone for x in lines])
        fresh: list[tuple[Customer, CustomerLine]] = []
        known: list[tuple[Customer, CustomerLine]] = []
        other_currency: list[int] = []
        for line in lines:
            found = by_id.get(line.id) if line.id else None
            owner = owners.get(line.email) if line.email else None
            if found is None and owner is not None and (not line.id or not owner.external_id):
                found = owner
            if owner is not None and (found is None or owner.pk != found.pk):
                result.problems.append(Problem(line.line, _taken(line.email, owner)))
                continue
            customer = found or Customer(created_at=at)
            if found and line.currency not in ("", found.currency):
                other_currency.append(found.pk)
            _tell(customer, line)
            (known if found else fresh).append((customer, line))
            if line.email:
                owners[line.email] = customer
        Customer.objects.bulk_create([customer for customer, _line in fresh])
        _update([customer for customer, _line in known], ("external_id", *_TOLD))
        _keep_addresses(fresh + known, owners)
        if other_currency:
            do_sum_up(other_currency)
    result.new, result.known = len(fresh), len(known)
    return result


def do_import_orders(lines: Sequence[OrderLine], *, at: datetime) -> Imported:
    """Bring in orders, in one transaction, and what their customers spent with them.

    An order of a customer whom nobody knows makes a problem of its line, unless it names an e-mail address: then
    the customer is made.
    """
    result = Imported()
    with transaction.atomic():
        rows = [_order(line, whose) for line, whose in _with_customers(lines, result, at)]
        before = dict(
            Order.objects.filter(external_id__in=[row.external_id for row in rows]).values_list(
                "external_id", "customer_id"
            )
        )
        Order.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["external_id"],
            update_fields=["customer", "placed_at", "amount", "currency", "what"],
        )
        do_sum_up({row.customer_id for row in rows} | set(before.values()))
    result.known = len(before)
    result.new = len(rows) - result.known
    return result


def do_import_subscriptions(lines: Sequence[SubscriptionLine], *, at: datetime) -> Imported:
    """Bring in subscriptions, in one transaction; their customers are found, or made, as those of orders are."""
    result = Imported()
    with transaction.atomic():
        rows = [_subscription(line, whose) for line, whose in _with_customers(lines, result, at)]
        result.known = Subscription.objects.filter(external_id__in=[row.external_id for row in rows]).count()
        Subscription.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["external_id"],
            update_fields=["customer", "plan", "amount", "currency", "months", "started_on", "renews_on", "ended_on"],
        )
    result.new = len(rows) - result.known
    return result


def do_sum_up(customers: Iterable[int]) -> None:
    """Work out anew what these customers spent, how often and when they ordered.

    The sum is in one currency. Who paid in several is summed up in the house's, each order at the rate of its day.
    Where a rate is missing, only the orders in one currency count: the customer's own, else that of the house if they
    ever paid in it, else the one of most of their orders. Returns lower the sum; they are no orders.
    """
    wanted = sorted(set(customers))
    orders = Order.objects.filter(customer=OuterRef("pk")).order_by()
    paid = orders.filter(currency=OuterRef("currency"))
    mostly = orders.values("currency").annotate(count=Count("pk")).order_by("-count", "currency").values("currency")
    in_ours = orders.filter(currency=house.policy().currency).values("currency")
    Customer.objects.filter(~Exists(paid), pk__in=wanted).update(
        currency=Coalesce(Subquery(in_ours[:1]), Subquery(mostly[:1]), F("currency"))
    )
    bought = orders.filter(amount__gt=0).values("customer")
    spent = paid.values("customer").annotate(sum=Sum("amount")).values("sum")
    Customer.objects.filter(pk__in=wanted).update(
        spent=Coalesce(Subquery(spent), Value(Decimal(0)), output_field=_field("spent")),
        orders_count=Coalesce(Subquery(bought.annotate(count=Count("pk")).values("count")), 0),
        first_order_at=Subquery(bought.annotate(first=Min("placed_at")).values("first")),
        last_order_at=Subquery(bought.annotate(last=Max("placed_at")).values("last")),
    )
    for customer, sum_ in spent_in_house(wanted).items():
        Customer.objects.filter(pk=customer).update(spent=sum_, currency=house.policy().currency)
    do_warm(wanted)


def do_convert() -> int:
    """Work out anew what everybody spent who paid in another currency: rates have come. Return how many that were."""
    count, customers = 0, with_foreign_orders()
    while batch := list(islice(customers, BATCH)):
        with transaction.atomic():
            do_sum_up(batch)
        count += len(batch)
    return count


def do_warm(customers: list[int]) -> None:
    """What is at stake has changed, so open cases of these customers may be hotter or cooler."""
    cases = Case.objects.filter(customer_id__in=customers).exclude(status="closed").select_related("customer")
    policy = house.policy()
    for case in cases:
        Case.objects.filter(pk=case.pk).update(heat=heat_of(state_of(case), case.customer, policy))


def _update(customers: Iterable[Customer], names: tuple[str, ...]) -> None:
    """Write these columns of many customers: one plain statement, a hundred times as fast as `bulk_update`."""
    fields = [_field(name) for name in names]
    rows = [
        [*(field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields), one.pk]
        for one in customers
    ]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE store_customer SET {columns} WHERE id = %s", rows)  # noqa: S608  names of our own


def _field(name: str) -> "Field[Any, Any]":
    found = Customer._meta.get_field(name)  # noqa: SLF001  Django's documented way to its fields
    return cast("Field[Any, Any]", found)  # none of the names given is a relation


def _tell(customer: Customer, line: CustomerLine) -> None:
    """Put what the line tells on the customer."""
    if line.id:
        customer.external_id = line.id
    told = (line.name, line.since, line.currency, line.language, line.zone)
    for name, value in zip(_TOLD, told, strict=True):
        if value:
            setattr(customer, name, value)


def _owners(addresses: Iterable[str]) -> dict[str, Customer]:
    """Return whose addresses these are."""
    wanted = {address for address in addresses if address}
    rows = CustomerAddress.objects.filter(value__in=wanted).select_related("customer")
    return {row.value: row.customer for row in rows}


def _keep_addresses(told: list[tuple[Customer, CustomerLine]], owners: dict[str, Customer]) -> None:
    """Keep the addresses told. A telephone number that somebody else has already stays theirs: families share one."""
    rows = [
        CustomerAddress(customer=customer, kind=kind, value=value)
        for customer, line in told
        for kind, value in ((CustomerAddress.EMAIL, line.email), (CustomerAddress.PHONE, line.phone))
        if value and owners.get(value, customer) is customer
    ]
    CustomerAddress.objects.bulk_create(rows, ignore_conflicts=True)


def _with_customers(lines: Sequence[Bought], result: Imported, at: datetime) -> list[tuple[Bought, int]]:
    """Return each line with whose it is, the last of each id only; put lines of nobody into the result as problems."""
    lines = _last_of_each(lines, lambda line: line.id)
    named = {line.customer for line in lines if line.customer}
    by_id = dict(Customer.objects.filter(external_id__in=named).values_list("external_id", "pk"))
    by_email = {value: owner.pk for value, owner in _owners(line.email for line in lines).items()}
    found = []
    for line in lines:
        customer = by_id.get(line.customer) if line.customer else by_email.get(line.email)
        if customer is None and line.email:
            customer = by_email.get(line.email) or _make(line, at)
            by_email[line.email] = by_id[line.customer or line.email] = customer
        if customer is None:
            result.problems.append(Problem(line.line, f"nobody has the customer id {line.customer!r}"))
            continue
        found.append((line, customer))
    return found


def _make(line: OrderLine | SubscriptionLine, at: datetime) -> int:
    customer = Customer.objects.create(external_id=line.customer or None, created_at=at)
    CustomerAddress.objects.create(customer=customer, kind=CustomerAddress.EMAIL, value=line.email)
    return customer.pk


def _order(line: OrderLine, customer: int) -> Order:
    return Order(
        customer_id=customer,
        external_id=line.id,
        placed_at=line.placed_at,
        amount=line.amount,
        currency=line.currency,
        what=line.what,
    )


def _subscription(line: SubscriptionLine, customer: int) -> Subscription:
    return Subscription(
        customer_id=customer,
        external_id=line.id,
        plan=line.plan,
        amount=line.amount,
        currency=line.currency,
        months=line.months,
        started_on=line.started_on,
        renews_on=line.renews_on,
        ended_on=line.ended_on,
    )


def _last_of_each(lines: Sequence[Any], key: Callable[[Any], str]) -> list[Any]:
    """Return the lines with the last one of each key only: a file may say the same thing twice."""
    return list({key(line): line for line in lines}.values())


def _taken(email: str, owner: Customer) -> str:
    whose = f"customer {owner.external_id}" if owner.external_id else "a customer who wrote to us before"
    return f"{email} is the address of {whose} already"
