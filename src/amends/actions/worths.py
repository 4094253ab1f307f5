"""When it is reckoned anew what customers are worth: once a week, and a while after something was brought in.

How it is done stands in `amends.actions.refit`, which loads the models; here it is only asked for.
"""

from datetime import datetime, timedelta

from amends.actions import house
from amends.actions.effects import queue_effect
from amends.store.models import Effect, Order, Subscription, WorthFit

WORTH = "worth"
EVERY = timedelta(days=7)
A_WHILE = timedelta(minutes=10)  # the next file or batch is often on its way


def do_ask_for_refit(at: datetime) -> None:
    """Ask for it where the last one is a week old, or where there was none and something is known to learn from."""
    last = WorthFit.objects.order_by("-pk").values_list("at", flat=True).first()
    if at - last < EVERY if last is not None else not (Order.objects.exists() or Subscription.objects.exists()):
        return
    _ask(at, at)


def do_refit_soon(at: datetime) -> None:
    """Ask for it a while from now; where today's has begun already, tomorrow."""
    if Effect.objects.filter(key=_key(at), attempts__gt=0).exists():
        tomorrow = at + timedelta(days=1)
        _ask(tomorrow, tomorrow)
    else:
        _ask(at, at + A_WHILE)


def _ask(day: datetime, at: datetime) -> None:
    queue_effect(WORTH, str(house.day_of(day)), key=_key(day), at=at)


def _key(day: datetime) -> str:
    """Once a day is enough: a shop that sends an order a minute does not keep the worker busy."""
    return f"{WORTH}:{house.day_of(day)}"
