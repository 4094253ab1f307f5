"""What tests of incidents share: a bad batch of lamps, who ordered one, and a worker who comes by."""

from dataclasses import replace
from datetime import datetime, timedelta

from amends.actions.broadcasts import do_send_copy
from amends.actions.clock import stopped
from amends.actions.effects import do_effects
from amends.actions.incidents import Told, do_open_incident
from amends.actions.sending import MAIL
from amends.actions.ticks import do_tick_due
from amends.store.models import BroadcastCopy, Case, Customer, Incident, Order
from amends.testing import MONDAY, Cast, make_customer
from tests.actions.doing import complaint

BEGAN = MONDAY - timedelta(days=7)
LAMP = Told(
    title="Lamps without a bulb",
    what="A batch of reading lamps left us without a bulb.",
    product="reading lamp",
    began_at=BEGAN,
    ended_at=MONDAY,
)


def incident_of(cast: Cast, *cases: Case, told: Told = LAMP, at: datetime = MONDAY) -> Incident:
    """Return an incident of Jonas's with these cases."""
    return do_open_incident(cast.owner, told, at=at, cases=[case.pk for case in cases])


def ordered(
    customer: Customer, what: str = "Reading lamp, brass", at: datetime = BEGAN + timedelta(days=1), number: str = ""
) -> Order:
    """Return an order of theirs."""
    number = number or f"A-{customer.pk}"
    return Order.objects.create(
        customer=customer, external_id=number, placed_at=at, amount=40, currency="USD", what=what
    )


def complaint_of(name: str, cast: Cast, text: str = "I ordered a lamp and got a vase.") -> Case:
    """Return a complaint of somebody else than Maya."""
    customer = make_customer(name)
    return complaint(replace(cast, customer=customer), text)


def work(at: datetime) -> None:
    """Let a worker do all that is due at `at`, but for mailing."""
    with stopped(at):
        doers = {"broadcast": do_send_copy, MAIL: lambda _subject: None}
        while do_effects(doers, now=lambda: at, limit=50):
            pass
        while do_tick_due(at):
            pass


def became(incident: Incident) -> list[tuple[str, str]]:
    """Return what became of each copy: for whom, and its status."""
    copies = BroadcastCopy.objects.filter(broadcast__incident=incident).order_by("pk")
    return list(copies.values_list("customer__name", "status"))
