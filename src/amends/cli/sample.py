"""Fills an empty desk with the sample business: everybody who is there, and all that has happened."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from amends.cli.entrance import Entrance, Password

if TYPE_CHECKING:
    from amends.actions.actors import Staff
    from amends.cli.kettle.script import People

LOG_IN = "demo-log-in.txt"
TEAM = "Kettle & Cup"
STAFF_DOMAIN = "kettleandcup.example"


LEFT_OUT = "      Sample        left out: this desk has cases of its own already"


def fits() -> bool:
    """Return whether this desk is the sample business, or empty."""
    from amends.store.models import Case

    return _is_there() or not Case.objects.exists()


def fill(data: Path, password: Callable[[], Password]) -> Iterator[str | Entrance]:
    """Fill the desk in `data`, unless that was done; yield what was done, and how to get in."""
    if _is_there():
        yield "      Sample        Kettle & Cup, as it was"
    else:
        yield "      Sample        Kettle & Cup: playing through the last two weeks"
        fresh = password()
        count = _play(fresh)
        _note(data, fresh.plain)
        yield f"      Sample        Kettle & Cup: {count} cases"
    yield _entrance(data)


def _is_there() -> bool:
    from amends.store.models import User

    return User.objects.filter(email=f"noor@{STAFF_DOMAIN}").exists()


def _play(password: Password) -> int:
    """Make everybody, and tell the stories; all of it or nothing. Return how many cases there are."""
    from zoneinfo import ZoneInfo

    from django.db import transaction

    from amends.actions import clock, house
    from amends.actions.actors import Staff
    from amends.actions.people import do_add_user
    from amends.cli.kettle import script
    from amends.cli.kettle.telling import Teller
    from amends.method.words import Rank
    from amends.store.models import Customer

    now, people, stories = clock.now(), script.people(), script.stories()
    policy = house.policy()
    zone = ZoneInfo(policy.calendar.zone)
    with transaction.atomic(), _mail_to_nobody():
        staff = {
            one.key: Staff.of(
                do_add_user(
                    f"{one.key}@{STAFF_DOMAIN}",
                    name=one.name,
                    password=password.plain,
                    hashed=password.hashed,
                    rank=Rank(one.rank),
                    team=TEAM,
                )
            )
            for one in people.staff
        }
        _mails(staff.values(), "none")  # of what was told two weeks ago
        _buy(people, policy.currency)
        customers = {one.external_id or "": one for one in Customer.objects.all()}
        teller = Teller(staff, customers, script.today(now, zone), zone, policy.currency)
        teller.tell(stories, until=now)
        _mails(staff.values(), "urgent")
    return len(teller.cases)


def _mails(staff: Iterable["Staff"], which: str) -> None:
    """Choose for everybody which notices come by mail."""
    from amends.actions.people import do_set_wishes

    for who in staff:
        do_set_wishes(who, mail_notices=which, digest=True)


def _buy(people: "People", currency: str) -> None:
    """Bring in the customers and what they bought."""
    from datetime import timedelta

    from amends.actions import clock
    from amends.actions.csvlines import CustomerLine, OrderLine
    from amends.actions.imports import do_import_customers, do_import_orders
    from amends.cli.kettle.script import DOMAIN

    now = clock.now()
    buyers = [
        CustomerLine(
            line=0,
            id=one.key,
            name=one.name,
            email=f"{one.key}@{DOMAIN}",
            phone="".join(one.phone.split()),
            since=(now - timedelta(days=max(days for days, _amount, _what in one.orders))).date(),
            currency=currency,
        )
        for one in people.customers
    ]
    orders = [
        OrderLine(
            line=0,
            id=f"KC-{one.key}-{number}",
            customer=one.key,
            email="",
            placed_at=now - timedelta(days=days),
            amount=Decimal(amount),
            currency=currency,
            what=what,
        )
        for one in people.customers
        for number, (days, amount, what) in enumerate(one.orders, start=1)
    ]
    do_import_customers(buyers, at=now)
    do_import_orders(orders, at=now)


@contextmanager
def _mail_to_nobody() -> Iterator[None]:
    """Let mail go nowhere: these customers exist only on paper."""
    from django.conf import settings

    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before


def _note(data: Path, password: str) -> None:
    """Keep the password of the sample people, readable for the owner of the folder alone."""
    descriptor = os.open(data / LOG_IN, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")


def _entrance(data: Path) -> Entrance:
    path = data / LOG_IN
    password = path.read_text("utf-8").strip() if path.is_file() else ""
    note = f"the same for ada@{STAFF_DOMAIN}, a lead, and jonas@{STAFF_DOMAIN}; kept in {path}"
    return Entrance(f"noor@{STAFF_DOMAIN}", password, note if password else "")
