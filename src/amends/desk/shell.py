"""The frame of every staff page: the rooms with what waits in them, and who is there."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.actions import house
from amends.actions.actors import Staff
from amends.desk.contexts import NavItem, Person, ShellView
from amends.desk.show.notices import bell
from amends.desk.show.outbox import trouble
from amends.desk.staff import teams_of
from amends.insight.notices import unread
from amends.insight.outbox import stuck
from amends.insight.tallies import tallies
from amends.insight.today import Heap, size
from amends.method.words import Rank
from amends.store.models import User

# Name of the view, label, icon, keys. A room whose page is not there is left out.
_ROOMS: Final[tuple[tuple[str, str | Promise, str, str], ...]] = (
    ("today", _("Today"), "sun", "g t"),
    ("inbox", _("Inbox"), "inbox", "g i"),
    ("phone:call", _("A call"), "phone", "g a"),
    ("promises", _("Promises"), "handshake", "g p"),
    ("approvals", _("Approvals"), "user-check", "g y"),
    ("incidents", _("Incidents"), "layers", "g d"),
    ("customers", _("Customers"), "users-round", "g c"),
    ("insight", _("Insight"), "chart-no-axes-column", "g s"),
    ("practice", _("Practice"), "message-circle-heart", "g r"),
    ("settings", _("Settings"), "settings-2", ""),
)
_LEADS: Final = frozenset({"approvals"})
"""Rooms that are of use to those alone who lead."""
RANKS: Final[dict[Rank, str | Promise]] = {
    Rank.HANDLER: _("Handler"),
    Rank.LEAD: _("Team lead"),
    Rank.ADMIN: _("Admin"),
}
"""What people of each rank are called."""


def shell(
    request: HttpRequest,
    who: Staff,
    room: str,
    *,
    counts: Mapping[str, int] | None = None,
    things: int | None = None,
    query: str = "",
) -> ShellView:
    """Return the frame of a page in `room` (a name such as `inbox`).

    `counts` saves a query where they were read; `things` is how many things there are to do today, where the page
    has counted them one by one.
    """
    counted = tallies(teams_of(who)) if counts is None else counts
    today = sum(size(heap, counted) for heap in Heap) if things is None else things
    asked = size(Heap.APPROVAL, counted)
    waiting = {"today": today, "inbox": counted.get("waiting", 0), "approvals": asked}
    user = request.user
    return ShellView(
        business=house.house().business.name,
        person=Person(name=user.name, email=user.email, role=str(RANKS[who.rank])) if isinstance(user, User) else None,
        nav=tuple(
            NavItem(
                label=str(label),
                url=url,
                icon=icon,
                current=name.rpartition(":")[2] == room,
                count=waiting.get(name, 0),
                key=key,
            )
            for name, label, icon, key in _ROOMS
            if (url := _url(name)) and (name not in _LEADS or who.rank is not Rank.HANDLER)
        ),
        search_url=reverse("desk:inbox"),
        bell=bell(unread(who.id)),
        query=query,
        trouble=trouble(stuck()),
        trouble_url=reverse("desk:outbox"),
    )


def _url(name: str) -> str:
    try:
        return reverse(name if ":" in name else f"desk:{name}")
    except NoReverseMatch:
        return ""
