"""What somebody may still give: the same sums for the gates, the advice, the sheet and programs."""

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Sum
from msgspec import structs

from amends.actions import house
from amends.actions.actors import Staff, Who, actor
from amends.method.authority import Room, room
from amends.method.clock import after
from amends.method.state import OfferStatus
from amends.method.words import Actor
from amends.store.journal import state_of
from amends.store.models import Case, Offer

_GIVEN = (OfferStatus.OPEN.value, OfferStatus.ACCEPTED.value)


def mover(who: Who, case: Case, at: datetime) -> Actor:
    """Return `who` as the method knows them in this case: with what they gave in others this month, where that counts.

    One query, and none where the policy limits no month.
    """
    by = actor(who)
    if not isinstance(who, Staff) or house.policy().authority.monthly(who.rank) is None:
        return by
    return structs.replace(by, given=_given_elsewhere(who, case, at))


def room_of(who: Staff, case: Case, *, at: datetime) -> Room:
    """Return what one may still give in this case and this month without asking, in the house's currency."""
    return room(state_of(case), mover(who, case, at), house.policy(), at)


def answer_by(case: Case, asked: datetime) -> datetime:
    """Return by when a wish that was asked at this moment should have its answer."""
    return after(house.policy().approval, asked, house.calendar_of(case))


def _given_elsewhere(who: Staff, case: Case, at: datetime) -> Decimal:
    """Return what they offered in other cases since the first of the month, as far as it was not turned down."""
    first = house.day_of(at).replace(day=1)
    start = datetime.combine(first, time(), tzinfo=ZoneInfo(house.calendar().zone))
    offers = Offer.objects.filter(giver_id=who.id, at__gte=start, status__in=_GIVEN).exclude(case_id=case.pk)
    return offers.aggregate(total=Sum("cost"))["total"] or Decimal(0)
