"""Working time: opening hours, holidays and the deadlines that follow from them.

>>> from datetime import UTC, datetime, timedelta
>>> berlin = Calendar.build(zone="Europe/Berlin", hours={"mon-fri": ["09:00-12:30", "13:30-17:00"]})
>>> friday_at_four = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
>>> berlin.add_working(friday_at_four, timedelta(hours=2)).isoformat()
'2026-03-09T09:00:00+00:00'
"""

from amends.method.calendar.hours import BadCalendar, Shift, Week
from amends.method.calendar.moments import zone_named
from amends.method.calendar.working import ALWAYS, Calendar

__all__ = ["ALWAYS", "BadCalendar", "Calendar", "Shift", "Week", "zone_named"]
