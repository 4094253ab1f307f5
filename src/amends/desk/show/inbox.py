"""The inbox's tabs, rows and empty places."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.contexts import ActionView, CaseRow, EmptyView, NavItem
from amends.desk.contexts.inbox import InboxPage
from amends.insight.inbox import Listing

TABS: Final[tuple[tuple[str, str | Promise, str], ...]] = (
    ("open", gettext_lazy("Open"), "inbox"),
    ("resolved", gettext_lazy("Resolved"), "circle-check"),
    ("closed", gettext_lazy("Closed"), "archive"),
)


def inbox_page(
    listing: Listing, counts: Mapping[str, int], rows: tuple[CaseRow, ...], *, status: str, asked: Mapping[str, str]
) -> InboxPage:
    """Return a page of the inbox with these rows. `asked` is what the address says: `whose`, `calls`, `after`."""
    base = reverse("desk:inbox")
    mine, call = asked.get("whose") == "mine", asked.get("calls", "")
    kept = {name: value for name, value in (("status", status), ("calls", call)) if value and value != "open"}
    whose = {"whose": "mine"} if mine else {}
    return InboxPage(
        title=_("Inbox"),
        lead=_("The hottest first: how upset they are, what is at stake, and how long they have been waiting."),
        tabs=tuple(
            NavItem(
                label=str(label),
                url=_link(base, whose | ({"status": name} if name != "open" else {})),
                icon=icon,
                current=name == status and not call,
                count=counts.get(name, 0),
            )
            for name, label, icon in TABS
        ),
        filters=(
            NavItem(label=_("Everybody’s"), url=_link(base, kept), icon="users-round", current=not mine),
            NavItem(label=_("Mine"), url=_link(base, kept | {"whose": "mine"}), icon="user", current=mine),
        ),
        rows=rows,
        more_url=_link(base, kept | whose | {"after": str(listing.more)}) if listing.more else "",
        first_url=_link(base, kept | whose) if asked.get("after") else "",
        empty=None if listing.rows else _empty(status, mine=mine),
    )


def found_page(listing: Listing, rows: tuple[CaseRow, ...], *, query: str, later: bool) -> InboxPage:
    """Return what a search found, newest first."""
    base = reverse("desk:inbox")
    return InboxPage(
        title=_("Search"),
        lead=_("Cases with “%(query)s” as number, name, address or in the subject; the newest first.")
        % {"query": query},
        tabs=(),
        filters=(),
        rows=rows,
        more_url=_link(base, {"q": query, "before": str(listing.more.number)}) if listing.more else "",
        first_url=_link(base, {"q": query}) if later else "",
        empty=None if listing.rows else _nothing_found(base),
    )


def _link(base: str, given: Mapping[str, str]) -> str:
    return f"{base}?{urlencode(given)}" if given else base


def _empty(status: str, *, mine: bool) -> EmptyView:
    if mine:
        return EmptyView(
            icon="user",
            title=_("No case is yours here"),
            text=_("A case becomes yours when you or a colleague says so at the top of its page."),
            action=ActionView(label=_("Show everybody’s"), url=reverse("desk:inbox"), post=False),
        )
    if status == "open":
        return EmptyView(
            icon="inbox",
            title=_("No complaint is open"),
            text=_(
                "Mail to your desk, the form on your site and calls that you write down become cases, and stand here."
            ),
        )
    return EmptyView(
        icon="archive",
        title=_("Nothing here yet"),
        text=_("A case is resolved once you have done what you agreed on, and closed once you have called back."),
        action=ActionView(label=_("Look at the open cases"), url=reverse("desk:inbox"), post=False),
    )


def _nothing_found(base: str) -> EmptyView:
    return EmptyView(
        icon="search",
        title=_("Nothing was found"),
        text=_("Try a case’s number, the beginning of a name or an address, or a word of the subject."),
        action=ActionView(label=_("Back to the inbox"), url=base, post=False),
    )
