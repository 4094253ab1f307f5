"""Wishes to give more, and what somebody may still give without one, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.actions.actors import Staff
from amends.actions.approvals import Answered
from amends.actions.authority import answer_by
from amends.desk.contexts import EmptyView
from amends.desk.contexts.approvals import ApprovalsPage, WishView
from amends.desk.names import remedy
from amends.desk.show.rows import deadline
from amends.desk.text import money
from amends.insight.approvals import Wish
from amends.method.authority import Room
from amends.method.policy import Policy
from amends.store.heat import value_at_stake
from amends.transcript import Money


def may_give(room: Room, currency: str) -> str:
    """Return what one may still give without asking, in a sentence; empty for any amount."""
    if room.here is None and room.month is None:
        return ""
    if room.most == Decimal(0):
        return _("You have given here what you may give on your own. For more, ask for approval.")
    month = "" if room.month is None else money(Money(room.month, currency))
    if room.here is None:
        return _("You may give %(month)s more this month, without asking.") % {"month": month}
    here = money(Money(room.here, currency))
    if not month:
        return _("You may give %(here)s here, without asking.") % {"here": here}
    if room.month is not None and room.month <= room.here:
        return _("You may give %(month)s more this month, here as well, without asking.") % {"month": month}
    words = _("You may give %(here)s here, and %(month)s more this month, without asking.")
    return words % {"here": here, "month": month}


def approvals_page(
    wishes: Sequence[Wish], who: Staff, policy: Policy, now: datetime, *, typed: Mapping[str, str]
) -> ApprovalsPage:
    """Return the page. `typed` are words that could not be taken, by the wish that they were an answer to."""
    return ApprovalsPage(
        wishes=tuple(
            wish_view(one, policy, now, answer_url=_answer_url(one, who, policy, now), word=typed.get(one.id, ""))
            for one in wishes
        ),
        may_give=_ceiling(who, policy),
        empty=None if wishes else _empty(),
    )


def wish_view(
    wish: Wish, policy: Policy, now: datetime, *, answer_url: str, word: str = "", alone: bool = False
) -> WishView:
    """Return one wish; `alone` without ways into the desk, for who is not logged in."""
    case, bids, asked = wish.case, wish.state.bids, wish.approval.asked_at
    stake = value_at_stake(wish.state, case.customer, policy)
    return WishView(
        id=wish.id,
        ref=f"#{case.pk}",
        case_url="" if alone else reverse("desk:case", args=[case.pk]) + "#sheet",
        customer=wish.customer or _("Somebody"),
        title=case.subject or _("No words"),
        amount=wish.cost,
        asked_by=wish.asked_by,
        why=wish.why,
        bid=wish.bid,
        bid_what=remedy(bids[-1].remedy, bids[-1].amount) if bids else "",
        offers=tuple(remedy(offer.remedy, offer.amount) for offer in wish.offers),
        draft=wish.draft,
        worth=Money(stake, policy.currency) if stake > 0 else None,
        deadline=None if asked is None else deadline(_("Answer"), answer_by(case, asked), now),
        answer_url=answer_url,
        word=word,
    )


def said(answered: Answered, *, granted: bool) -> str:
    """Return what came of an answer."""
    if not granted:
        return _("You said no. They are told, with your word.")
    if answered.sent is not None:
        return _("Approved, and their draft goes out.")
    if answered.kept_back:
        return _("Approved. Their draft has not gone out: %(why)s") % {"why": _(answered.kept_back)}
    return _("Approved. They are told.")


def _answer_url(wish: Wish, who: Staff, policy: Policy, now: datetime) -> str:
    own = wish.approval.asked_by == str(who.id)
    may = not own and policy.may_approve(who.rank, wish.cost, now)
    return reverse("desk:answer-approval", args=[wish.id]) if may else ""


def _ceiling(who: Staff, policy: Policy) -> str:
    limit = policy.authority.limit(who.rank)
    if limit is None:
        return ""
    return _("On your own you may give %(limit)s in one case.") % {"limit": money(Money(limit, policy.currency))}


def _empty() -> EmptyView:
    return EmptyView(
        icon="user-check",
        title=_("Nobody waits for a yes"),
        text=_("When a colleague wants to give more than is theirs to give, they ask here."),
        action=None,
    )
