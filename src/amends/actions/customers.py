"""Who a customer is: found by an address, made where there is none, imported with what they bought."""

import re
from datetime import datetime
from unicodedata import decimal

from django.db import IntegrityError, transaction

from amends.actions.texts import storable
from amends.store.models import Customer, CustomerAddress

_NOT_DIALLED = re.compile(r"[^0-9+]")


def find_or_make(*, name: str, email: str = "", phone: str = "", at: datetime) -> Customer:
    """Return the customer with one of these addresses, or make one. The one found keeps a name they already have."""
    wanted, known_as = _wanted(email, phone), " ".join(storable(name).split())[:200]
    found = _find(wanted)
    if found is None:
        found = _make(known_as, wanted, at)
    elif known_as and not found.name:
        Customer.objects.filter(pk=found.pk).update(name=known_as)
        found.name = known_as
    return found


def email_of(customer: Customer) -> str:
    """Return where to write to them; empty where we do not know."""
    return _address(customer, CustomerAddress.EMAIL)


def phone_of(customer: Customer) -> str:
    """Return where to call them; empty where we do not know."""
    return _address(customer, CustomerAddress.PHONE)


def learn_addresses(customer: int, *, email: str = "", phone: str = "") -> None:
    """Keep an address or a number that is new to us with the customer who gave it; another's stays another's."""
    rows = [CustomerAddress(customer_id=customer, kind=kind, value=value) for kind, value in _wanted(email, phone)]
    CustomerAddress.objects.bulk_create(rows, ignore_conflicts=True)


def clean_email(text: str) -> str:
    """Return the address as it is compared: lower case, no spaces; empty for what cannot be one."""
    address = storable(text).strip().lower()
    return address if address.isprintable() and re.fullmatch(r"[^@\s<>]{1,64}@[^@\s<>]{1,189}", address) else ""


def clean_phone(text: str) -> str:
    """Return the number as it is compared and dialled; empty for what cannot be one."""
    number = _NOT_DIALLED.sub("", "".join(str(decimal(c)) if c.isdecimal() else c for c in text))
    return number if re.fullmatch(r"\+?[0-9]{4,20}", number) else ""


def _wanted(email: str, phone: str) -> list[tuple[str, str]]:
    both = [(CustomerAddress.EMAIL, clean_email(email)), (CustomerAddress.PHONE, clean_phone(phone))]
    return [(kind, value) for kind, value in both if value]


def _find(wanted: list[tuple[str, str]]) -> Customer | None:
    for kind, value in wanted:
        address = CustomerAddress.objects.select_related("customer").filter(kind=kind, value=value).first()
        if address is not None:
            return address.customer
    return None


def _make(name: str, wanted: list[tuple[str, str]], at: datetime) -> Customer:
    try:
        with transaction.atomic():
            customer = Customer.objects.create(name=name, created_at=at)
            CustomerAddress.objects.bulk_create(
                CustomerAddress(customer=customer, kind=kind, value=value) for kind, value in wanted
            )
    except IntegrityError:  # the same customer came in by another door in this very moment
        found = _find(wanted)
        if found is None:
            raise
        return found
    return customer


def _address(customer: Customer, kind: str) -> str:
    """Return the address of this kind that we have known the longest."""
    known = sorted(customer.addresses.all(), key=lambda address: address.pk)
    return next((a.value for a in known if a.kind == kind), "")
