"""The customers: in a list, and one by one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from amends.desk.contexts.cases import EmptyView, StatView
from amends.desk.contexts.conversation import HeatView, QuoteView
from amends.desk.contexts.stake import GoodwillView
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One customer in the list."""

    url: Annotated[str, "Their page."]
    name: Annotated[str, "Their name, or their address where we know no name."]
    address: Annotated[str, "Their first address, where the name does not say it already; empty for none."]
    tenure: Annotated[str, "For how long they have been a customer, in words; empty where nothing says so."]
    spent: Annotated[Money | None, "What they spent with us; None for nothing."]
    orders: Annotated[int, "How many orders that were."]
    cases: Annotated[int, "How many cases of theirs the reader may see."]
    open_cases: Annotated[int, "How many of them are open."]
    last_url: Annotated[str, "The newest of them; empty for none."]
    last_title: Annotated[str, "What that one is about."]
    last_at: Annotated[datetime | None, "When it was opened."]
    heat: Annotated[HeatView | None, "How upset they are in it; None where it was not read."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersPage:
    """The list."""

    query: Annotated[str, "What was searched for; empty for nothing."]
    lead: Annotated[str, "In what order they stand, or what was searched for."]
    url: Annotated[str, "The page's own address, where the search asks."]
    rows: Annotated[tuple[CustomerLine, ...], "The customers."]
    more_url: Annotated[str, "Where the next page is; empty on the last."]
    first_url: Annotated[str, "Where the first page is, from a later one; empty on the first."]
    empty: Annotated[EmptyView | None, "What to say when there are none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Something that they bought."""

    number: Annotated[str, "The order's number in the shop."]
    what: Annotated[str, "What it was; empty where we do not know."]
    amount: Annotated[Money, "What it cost."]
    at: Annotated[datetime, "When it was placed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case of theirs."""

    ref: Annotated[str, "Its number, as people say it."]
    url: Annotated[str, "Its page."]
    title: Annotated[str, "What it is about."]
    opened_at: Annotated[datetime, "When it was opened."]
    became: Annotated[str, "What became of it: both outcomes, or where it stands."]
    heat: Annotated[HeatView, "How upset they were at the most."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A subscription of theirs."""

    plan: Annotated[str, "What it is, or its number where we do not know."]
    amount: Annotated[Money, "What a term costs."]
    every: Annotated[str, "How long a term is, in words."]
    stands: Annotated[str, "When it renews, and how likely; when it ends, or that it has ended."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthView:
    """What their custom is worth."""

    value: Annotated[Money | None, "What it is expected to bring; None where nothing says so."]
    alive: Annotated[str, "How likely they are still a customer, as a percentage; empty where nothing says so."]
    horizon: Annotated[str, "How far ahead is looked, and what is counted."]
    rests_on: Annotated[str, "What the figures rest on, and since when; or what it takes to have any."]
    contracts: Annotated[tuple[ContractLine, ...], "Their subscriptions, running ones first."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One customer."""

    name: Annotated[str, "Their name, or their address where we know no name."]
    stats: Annotated[tuple[StatView, ...], "Tenure, what they spent, orders, cases."]
    emails: Annotated[tuple[str, ...], "Where to write to them."]
    phones: Annotated[tuple[str, ...], "Where to call them."]
    zone: Annotated[str, "Their time zone; empty where we do not know it."]
    language: Annotated[str, "Their language; empty where we do not know it."]
    no_surveys: Annotated[bool, "Whether they asked not to be asked how it was."]
    worth: Annotated[WorthView, "What their custom is worth."]
    loyalty: Annotated[tuple[QuoteView, ...], "What they said of their loyalty, newest first."]
    goodwill: Annotated[GoodwillView, "Good and bad contacts over time."]
    cases: Annotated[tuple[CaseLine, ...], "Their cases, newest first."]
    orders: Annotated[tuple[OrderLine, ...], "A page of what they bought, newest first."]
    more_url: Annotated[str, "Where older orders are; empty on the last page."]
    first_url: Annotated[str, "Where the newest orders are, from a later page; empty on the first."]
