"""Who calls: customers found by number, address or name, with the cases that are open for them. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Q, QuerySet

from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.actions.customers import clean_email, clean_phone, email_of, phone_of
from amends.store.models import Case, Customer, CustomerAddress

MOST = 8
"""Customers that are shown for one name, and cases that are shown for one customer."""

_SHORTEST_NAME = 3  # characters; less finds half of all customers


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case that the call may be about."""

    number: Annotated[int, "Its number."]
    title: Annotated[str, "Its subject, or how it begins."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who may be calling."""

    id: Annotated[int, "The customer's number."]
    name: Annotated[str, "Their name; may be empty."]
    email: Annotated[str, "Where we write to them; empty where we do not know."]
    phone: Annotated[str, "Where we call them; empty where we do not know."]
    since: Annotated[int | None, "The year from which they are a customer; None where nothing says so."]
    cases: Annotated[tuple[OpenCase, ...], "Their cases that are not closed, the newest first."]


def find_callers(who: Staff, *, name: str, phone: str, email: str) -> list[Caller]:
    """Return who may be calling, as far as `who` may know them: the one with this number or address, else by name.

    A customer is known to those who see a case of theirs, and to everybody while no team has one.
    """
    addresses = [(CustomerAddress.PHONE, clean_phone(phone)), (CustomerAddress.EMAIL, clean_email(email))]
    wanted = Q()
    for kind, value in addresses:
        if value:
            wanted |= Q(addresses__kind=kind, addresses__value=value)
    found = list(_known(who).filter(wanted).distinct()[:MOST]) if wanted else []
    if not found and not wanted and len(name.strip()) >= _SHORTEST_NAME:
        found = list(_known(who).filter(name__icontains=name.strip()).exclude(addresses=None).distinct()[:MOST])
    return [_caller(who, customer) for customer in found]


def caller(who: Staff, customer_id: int) -> Caller | None:
    """Return the customer with this number; None where `who` may not know them."""
    found = _known(who).filter(pk=customer_id).first()
    return _caller(who, found) if found is not None else None


def numbers(cases: Iterable[OpenCase]) -> list[int]:
    """Return the numbers of the cases."""
    return [case.number for case in cases]


def _known(who: Staff) -> QuerySet[Customer]:
    theirs = visible_cases(who).values("customer_id")
    return (
        Customer.objects.filter(Q(pk__in=theirs) | Q(cases=None)).prefetch_related("addresses").order_by("name", "pk")
    )


def _caller(who: Staff, customer: Customer) -> Caller:
    cases = visible_cases(who).filter(customer=customer).exclude(status="closed").order_by("-opened_at", "-pk")
    since = customer.customer_since
    return Caller(
        id=customer.pk,
        name=customer.name,
        email=email_of(customer),
        phone=phone_of(customer),
        since=since.year if since is not None else None,
        cases=tuple(_open_case(case) for case in cases.only("pk", "subject", "preview")[:MOST]),
    )


def _open_case(case: Case) -> OpenCase:
    return OpenCase(number=case.pk, title=case.subject or case.preview)
