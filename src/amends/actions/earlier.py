"""How often we had failed a customer shortly before: counted when their complaint comes in, and kept in its journal."""

from datetime import datetime
from typing import Final

from amends.actions import house
from amends.method.clock import after
from amends.method.moves import IdentifyCustomer
from amends.store.models import Case

_MOST: Final = 20  # who complained more often than that is counted no further


def identified(case: Case, at: datetime) -> IdentifyCustomer:
    """Return the move that says whose complaint this new case is. One query, by index."""
    term, calendar = house.policy().stake.again_within, house.calendar_of(case)
    others = Case.objects.filter(customer_id=case.customer_id, opened_at__lte=at).exclude(pk=case.pk)
    opened = others.exclude(status="quiet").order_by("-opened_at").values_list("opened_at", flat=True)[:_MOST]
    lately = sum(after(term, one, calendar) >= at for one in opened)
    return IdentifyCustomer(customer=str(case.customer_id), failed_before=lately)
