"""Today: each heap with its words, each row with its one next step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, Literal, NamedTuple

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.desk.contexts import ActionView, DeadlineView, EmptyView, HeatView, NavItem
from amends.desk.contexts.today import AwayView, DutyGroup, DutyRow, TodayPage
from amends.desk.show.rows import deadline, title
from amends.desk.text import money
from amends.insight.today import TALLIES, Due, Heap, size
from amends.transcript import Money

SHOWN: Final = 12
"""Rows of a heap; the rest is a click away."""


class _Words(NamedTuple):
    title: str | Promise
    why: str | Promise
    icon: str
    tone: Literal["broken", "due", "plain"]
    step: str | Promise
    anchor: str


HEAPS: Final[dict[Heap, _Words]] = {
    Heap.UNHEARD: _Words(
        gettext_lazy("Upset, and not heard yet"),
        gettext_lazy("Nobody has named what they feel. Two sentences are enough to begin with."),
        "message-circle-warning",
        "broken",
        gettext_lazy("Answer"),
        "#reply",
    ),
    Heap.ESCALATED: _Words(
        gettext_lazy("Broken promises that need your help"),
        gettext_lazy("Hours after they were due they are not made good. What stands in the way?"),
        "siren",
        "broken",
        gettext_lazy("Help out"),
        "#promises",
    ),
    Heap.BROKEN: _Words(
        gettext_lazy("Promises that were broken"),
        gettext_lazy("Say so before they have to ask, make it good, and promise anew."),
        "circle-x",
        "broken",
        gettext_lazy("Make it good"),
        "#promises",
    ),
    Heap.LEGAL: _Words(
        gettext_lazy("Legal terms that have passed"),
        gettext_lazy("The law sets these. They never pause."),
        "scale",
        "broken",
        gettext_lazy("Answer"),
        "#reply",
    ),
    Heap.PROMISE: _Words(
        gettext_lazy("Promises due today"),
        gettext_lazy("Keep each one, or tell the customer of another time before it is due."),
        "alarm-clock",
        "due",
        gettext_lazy("It is done"),
        "#promises",
    ),
    Heap.SILENCE: _Words(
        gettext_lazy("Customers who hear nothing"),
        gettext_lazy("It is the dead time that does the damage: a short word on where things stand is enough."),
        "message-circle-dashed",
        "due",
        gettext_lazy("Write to them"),
        "update/#reply-text",
    ),
    Heap.CALLBACK: _Words(
        gettext_lazy("Call-backs to make"),
        gettext_lazy("A day or two after it was fixed: is it, and how are they?"),
        "phone",
        "due",
        gettext_lazy("Call back"),
        "#come-back",
    ),
    Heap.ASKED: _Words(
        gettext_lazy("Promises that you are asked to keep"),
        gettext_lazy("A colleague cannot do this without you. Until you say yes, they answer for it."),
        "hand-helping",
        "due",
        gettext_lazy("Say if you can"),
        "#promises",
    ),
    Heap.APPROVAL: _Words(
        gettext_lazy("Waiting for your yes"),
        gettext_lazy("A colleague wants to give more than is theirs to give. The customer is waiting, too."),
        "user-check",
        "due",
        gettext_lazy("Look and answer"),
        "#sheet",
    ),
    Heap.PROPOSED: _Words(
        gettext_lazy("Did we promise this?"),
        gettext_lazy("These words sound like a promise. Say who does it and by when, or that it was none."),
        "pencil-line",
        "plain",
        gettext_lazy("Look at it"),
        "#promises",
    ),
    Heap.BOUNCED: _Words(
        gettext_lazy("Mails that came back"),
        gettext_lazy("They never got our words. Call them, or find another address."),
        "mail-x",
        "plain",
        gettext_lazy("Find another way"),
        "#reply",
    ),
    Heap.THANKS: _Words(
        gettext_lazy("Thank-yous that go out soon"),
        gettext_lazy("There is still time for a line of your own."),
        "heart",
        "plain",
        gettext_lazy("Add a line"),
        "#thanks",
    ),
}
"""Each heap in words, the worst first."""
_PROMISES: Final = frozenset({Heap.ESCALATED, Heap.BROKEN, Heap.PROMISE, Heap.ASKED, Heap.PROPOSED})


def today_page(
    dues: Sequence[Due], counts: Mapping[str, int], now: datetime, *, mine: bool, away: AwayView | None = None
) -> TodayPage:
    """Return the page. With `mine` only what one looks after oneself, stands in for, or nobody does."""
    shown = [due for due in dues if due.mine] if mine else list(dues)
    groups = tuple(_group(heap, list(heaped), counts, now, mine) for heap, heaped in groupby(shown, _heap))
    base = reverse("desk:today")
    own = sum(due.mine for due in dues)
    return TodayPage(
        groups=groups,
        tabs=(
            NavItem(label=_("The whole team"), url=base, icon="users-round", current=not mine, count=len(dues)),
            NavItem(label=_("Mine, and nobody’s"), url=f"{base}?whose=mine", icon="user", current=mine, count=own),
        ),
        summary=_summary(shown),
        empty=None if groups else _empty(elsewhere=mine and bool(dues)),
        away=away,
    )


def _heap(due: Due) -> Heap:
    return due.heap


def _group(heap: Heap, dues: Sequence[Due], counts: Mapping[str, int], now: datetime, mine: bool) -> DutyGroup:  # noqa: FBT001  one of five plain values
    words, total = HEAPS[heap], 0 if mine else size(heap, counts)
    more = len(dues) > SHOWN
    call = TALLIES[heap][0] if TALLIES[heap] else ""
    return DutyGroup(
        id=heap.value,
        title=str(words.title),
        why=str(words.why),
        icon=words.icon,
        tone=words.tone,
        rows=tuple(_row(due, words, now) for due in dues[:SHOWN]),
        count=max(total, len(dues)) if more else len(dues),
        more_url=f"{reverse('desk:inbox')}?calls={call}" if more and call else "",
    )


def _row(due: Due, words: _Words, now: datetime) -> DutyRow:
    url = place(due)
    return DutyRow(
        ref=f"#{due.case.number}",
        url=url,
        customer=due.case.customer or _("Somebody"),
        title="" if due.foreign else title(due.case),
        says=says(due),
        heat=HeatView(level=due.case.upset or 0),
        deadline=_deadline(due, now),
        owner=due.owner,
        instead=instead(due),
        step=_step(due, words, url),
    )


def place(due: Due) -> str:
    """Return where a thing is done: in its case, or on the page of the promise alone, where the case is not theirs."""
    if due.foreign:
        return f"/promises/{due.subject}/"
    if due.heap is Heap.APPROVAL:
        return f"{reverse('desk:approvals')}#approval-{due.subject}"
    anchor = f"#promise-{due.subject}" if due.heap in _PROMISES else HEAPS[due.heap].anchor
    return reverse("desk:case", args=[due.case.number]) + anchor


def heap_title(heap: Heap) -> str:
    """Return what the things of a heap have in common."""
    return str(HEAPS[heap].title)


def instead(due: Due) -> str:
    """Return for whom one stands in, and how long; empty where it is nobody else's."""
    if due.away_until is None:
        return ""
    day = formats.date_format(due.away_until, "l j F")
    return _("for %(name)s, away until %(day)s") % {"name": due.owner or _("a colleague"), "day": day}


def says(due: Due) -> str:
    """Return what it is about, in somebody's words or in ours; empty where the heap says it all."""
    if due.amount is not None:
        asked = {"name": due.owner or _("A colleague"), "amount": money(Money(due.amount, due.currency))}
        return _("%(name)s asks for %(amount)s") % asked
    if due.heap is Heap.BOUNCED and due.words:
        return _("to %(address)s") % {"address": due.words}
    if due.heap is Heap.CALLBACK and due.due is not None:
        return _("at %(hour)s, as they asked") % {"hour": formats.time_format(timezone.localtime(due.due), "H:i")}
    return due.words


def _deadline(due: Due, now: datetime) -> DeadlineView | None:
    if due.due is not None:
        return deadline(_("Due") if due.due > now else "", due.due, now)
    if due.since is not None and due.heap in (Heap.UNHEARD, Heap.SILENCE, Heap.LEGAL):
        return DeadlineView(label=_("Waiting since"), due=due.since, state="met")
    return None


def _step(due: Due, words: _Words, url: str) -> ActionView:
    tone: Literal["main", "plain"] = "main" if words.tone == "broken" else "plain"
    if due.heap is Heap.PROMISE:
        done = reverse("desk:promise", args=[due.case.number, due.subject, "keep"])
        fields = (("next", reverse("desk:today")),)
        return ActionView(label=str(words.step), url=done, icon="circle-check", fields=fields)
    if due.heap is Heap.CALLBACK and due.phone:
        return ActionView(
            label=_("Call %(number)s") % {"number": due.phone}, url=f"tel:{due.phone}", post=False, icon="phone"
        )
    return ActionView(label=str(words.step), url=url, post=False, tone=tone)


def _summary(dues: Sequence[Due]) -> str:
    if not dues:
        return _("Nothing is due.")
    count, people = len(dues), len({due.case.number for due in dues})
    things = ngettext("%(count)d thing to do", "%(count)d things to do", count) % {"count": count}
    for_whom = ngettext("for one customer", "for %(people)d customers", people) % {"people": people}
    return f"{things}, {for_whom}. " + _("The worst stands first.")


def _empty(*, elsewhere: bool) -> EmptyView:
    if elsewhere:
        return EmptyView(
            icon="sun",
            title=_("Nothing of yours is due"),
            text=_("Your colleagues still have something to do; perhaps one of them would be glad of a hand."),
            action=ActionView(label=_("Show the whole team"), url=reverse("desk:today"), post=False),
        )
    return EmptyView(
        icon="sun",
        title=_("Nobody is waiting for you"),
        text=_(
            "When a promise falls due, a customer has heard nothing for too long, or somebody upset writes, "
            "it stands here."
        ),
        action=ActionView(label=_("Look at the inbox"), url=reverse("desk:inbox"), post=False),
    )
