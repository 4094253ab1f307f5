"""The inbox: cases by heat, or those that were searched for."""

from dataclasses import dataclass
from typing import Annotated

from amends.desk.contexts.cases import CaseRow, EmptyView
from amends.desk.contexts.controls import NavItem


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """What the inbox shows."""

    title: Annotated[str, "The page's heading."]
    lead: Annotated[str, "In what order the cases stand, or what was searched for."]
    tabs: Annotated[tuple[NavItem, ...], "Open, resolved, closed, with how many there are; none in a search."]
    filters: Annotated[tuple[NavItem, ...], "Whose cases: everybody's or one's own; none in a search."]
    rows: Annotated[tuple[CaseRow, ...], "The cases of this page."]
    more_url: Annotated[str, "Where the next page is; empty on the last."]
    first_url: Annotated[str, "Where the first page is, from a later one; empty on the first."]
    empty: Annotated[EmptyView | None, "What to say when there are none."]
