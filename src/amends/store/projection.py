"""What the rows say, worked out from the state alone: rebuilding them gives the same rows."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from amends.method.calendar import Calendar
from amends.method.clock import Deadline, Kind, due
from amends.method.path import station
from amends.method.policy import Policy
from amends.method.state import UPSET, State
from amends.store.heat import heat_of
from amends.store.models import Approval, Case, Offer, Promise
from amends.transcript import Money

_CENT, _MOST = Decimal("0.01"), Decimal("999999999999.99")
OPEN, RESOLVED, CLOSED, QUIET = "open", "resolved", "closed", "quiet"
_FROM_THE_CLOCK = frozenset({"acknowledge", "update", "silence", "callback", "late", "legal"})


def case_columns(state: State, case: Case, policy: Policy, calendar: Calendar) -> dict[str, Any]:
    """Return the columns of a case's row that follow from its state."""
    deadline = due(state, policy, calendar)
    return {
        "seq": state.seq,
        "channel": state.channel,
        "status": status(state),
        "station": station(state).value,
        "upset": state.upset,
        "peak": state.peak,
        "heat": heat_of(state, case.customer, policy),
        "owner_id": int(state.owner) if state.owner else None,
        "waiting_since": state.waiting_since,
        "resolved_at": state.resolved_at,
        "closed_at": state.closed_at,
        "next_due_at": deadline.at if deadline else None,
        "next_due_kind": deadline.kind.value if deadline else "",
        "calls": ",".join(sorted(calls(state) | _quietly(state, deadline))),
        "call_at": state.call_at,
        "incident_id": state.incident or None,
    }


def status(state: State) -> str:
    """Return open, resolved, closed, or quiet: we wrote before there was a complaint, and there is none yet."""
    if state.closed_at is not None:
        return CLOSED
    if state.opened_at is not None and state.complained_at is None:
        return QUIET
    return RESOLVED if state.resolved_at is not None else OPEN


def calls(state: State) -> set[str]:
    """Return what this case calls its people for now: what Today shows."""
    names = {name.split(":")[0] for name in state.called} & _FROM_THE_CLOCK
    closed = state.closed_at is not None
    if closed or state.resolved_at is None or state.called_back:
        names -= {"callback", "late"}
    if closed and state.waiting_since is None:  # called before the farewell; who writes after it waits anew
        names -= {"acknowledge", "update", "silence"}
    if state.unheard >= UPSET and state.waiting_since is not None:
        names.add("unheard")  # at once, not only when the acknowledgement is overdue
    if any(p.status == "broken" for p in state.promises):
        names.add("broken")
    if any(p.escalated and p.status == "broken" for p in state.promises):
        names.add("escalated")
    if any(p.asked for p in state.promises):
        names.add("asked")
    if any(p.status == "proposed" for p in state.promises):
        names.add("proposed")
    if any(a.granted is None for a in state.approvals) and not closed:
        names.add("approval")
    if state.bounced and not closed:  # a thank-you that did not arrive is nobody's work
        names.add("bounced")
    return names


def _quietly(state: State, deadline: Deadline | None) -> set[str]:
    """Return what there is still time for, and nobody waits for: a line of one's own in the thank-you."""
    waits = deadline is not None and deadline.kind is Kind.THANKS and state.thanks_line is None
    return {"thanks"} if waits else set()


def heaps(row: Mapping[str, Any]) -> set[str]:
    """Return the heaps that a case with these columns is counted in."""
    found = {row["status"]}
    if row["status"] == OPEN:
        found |= {f"station:{row['station']}"}
        if (row["upset"] or 0) >= UPSET:
            found.add("upset")
        if row["waiting_since"] is not None:
            found.add("waiting")
    return found | {f"calls:{name}" for name in str(row["calls"]).split(",") if name}


def promise_rows(state: State, case: Case) -> list[Promise]:
    """Return the rows of the case's promises."""
    return [
        Promise(
            id=p.promise,
            case_id=case.pk,
            team_id=case.team_id,
            owner_id=int(p.owner) if p.owner else None,
            status=p.status.value,
            source=p.what.source,
            start=p.what.start,
            end=p.what.end,
            made_at=p.made_at,
            due=p.due,
            kept_at=p.kept_at,
            warned=p.warned,
            moved=p.moved,
            escalated=p.escalated,
            asked_id=int(p.asked) if p.asked else None,
        )
        for p in state.promises
    ]


def offer_rows(state: State, case: Case, policy: Policy) -> list[Offer]:
    """Return the rows of the case's offers."""
    return [
        Offer(
            id=o.offer,
            case_id=case.pk,
            giver_id=int(o.giver) if o.giver else None,
            remedy=o.remedy.value,
            item=o.item,
            amount=_cents(o.amount.amount) if o.amount is not None else None,
            currency=o.amount.currency if o.amount is not None else "",
            cost=_in_house(o.in_house or o.cost or o.amount, o.at, policy),
            status=o.status.value,
            at=o.at,
            answered_at=o.answered_at,
        )
        for o in state.offers
    ]


def _in_house(money: Money | None, at: datetime, policy: Policy) -> Decimal | None:
    known = None if money is None else policy.in_house(money, at)
    return None if known is None else _cents(known)


def approval_rows(state: State, case: Case) -> list[Approval]:
    """Return the rows of the case's approvals."""
    return [
        Approval(
            id=a.approval,
            case_id=case.pk,
            asked_by_id=int(a.asked_by) if a.asked_by else None,
            amount=_cents(a.cost.amount),
            currency=a.cost.currency,
            granted=a.granted,
        )
        for a in state.approvals
    ]


def _cents(amount: Decimal) -> Decimal:
    """Return the amount as a column keeps it, rounded by us: each database would round in a way of its own."""
    return min(amount.quantize(_CENT, ROUND_HALF_UP), _MOST)
