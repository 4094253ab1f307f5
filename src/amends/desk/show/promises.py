"""Promises with what can be done about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.desk.contexts import ActionView, PromiseView
from amends.desk.contexts.casepage import PromiseCard
from amends.desk.contexts.duties import PromiseState
from amends.desk.forms.promises import Ask, Confirm, HandOver, Move
from amends.desk.show.quotes import Quoter
from amends.desk.show.rows import SOON
from amends.desk.timewords import exact_words, in_past
from amends.hearing.dues import suggestions
from amends.method.calendar import Calendar
from amends.method.facts import (
    AnyFact,
    Fact,
    PromiseDismissed,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseOwnerAsked,
    PromiseRenegotiated,
    PromiseTaken,
    PromiseTurnedDown,
)
from amends.method.state import Promise, PromiseStatus

_ORDER: Final = (
    PromiseStatus.BROKEN,
    PromiseStatus.PROPOSED,
    PromiseStatus.OPEN,
    PromiseStatus.LATE,
    PromiseStatus.KEPT,
    PromiseStatus.DISMISSED,
)


def promise_cards(
    quoter: Quoter, now: datetime, calendar: Calendar, bound: Mapping[str, Form]
) -> tuple[PromiseCard, ...]:
    """Return the promises: what hurts first, what is done last. `bound` holds forms that were not right, by name."""
    found = sorted(quoter.file.state.promises, key=lambda p: (_ORDER.index(p.status), p.due is None, p.due or now))
    offered = tuple((_as_sent(at), at) for at in suggestions(now, calendar))
    return tuple(_card(promise, quoter, now, offered, bound) for promise in found)


def _card(
    promise: Promise,
    quoter: Quoter,
    now: datetime,
    offered: tuple[tuple[str, datetime], ...],
    bound: Mapping[str, Form],
) -> PromiseCard:
    file = quoter.file
    people, others = file.people.of_team(file.team), file.people.elsewhere(file.team)
    base = reverse("desk:promise", args=[file.number, promise.promise, "keep"]).removesuffix("keep/")
    view = PromiseView(
        id=promise.promise,
        what=file.texts.words(promise.what) or _("The words were erased."),
        state=promise_state(promise.status, promise.due, promise.moved, now),
        owner=file.people.name(promise.owner),
        due=promise.due,
        done_at=promise.kept_at,
        asked=file.people.name(promise.asked),
        moved=promise.moved,
        escalated=promise.escalated,
        actions=_actions(promise, base, file.seq),
    )
    asked = {"owner": promise.owner, "due": promise.due}
    movable = promise.status is PromiseStatus.OPEN and (promise.due is None or promise.due > now)
    confirm = promise.status is PromiseStatus.PROPOSED
    name = promise.promise
    forms: dict[str, Form | None] = {
        "confirm": Confirm(initial=asked, people=people, others=others, promise=name) if confirm else None,
        "move": Move(initial={"due": promise.due}, promise=name) if movable else None,
        "hand-over": HandOver(initial=asked, people=people, promise=name) if promise.owed else None,
        "ask": Ask(others=others, promise=name) if promise.owed and others else None,
    }
    forms |= {name: form for name in forms if (form := bound.get(f"{name} {promise.promise}")) is not None}
    return PromiseCard(
        view=view,
        url=base,
        seen=file.seq,
        confirm=forms["confirm"],
        suggestions=offered if promise.due is None else (),
        move=forms["move"],
        hand_over=forms["hand-over"],
        ask=forms["ask"],
    )


def _as_sent(at: datetime) -> str:
    """Return a moment as the field for it sends it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def promise_state(status: PromiseStatus, due: datetime | None, moved: int, now: datetime) -> PromiseState:
    """Return how a promise is drawn."""
    match status:
        case PromiseStatus.OPEN if due is not None and due <= now:
            return "broken"  # its time has passed; the clock says so at its next tick
        case PromiseStatus.OPEN if due is not None and due - now <= SOON:
            return "soon"
        case PromiseStatus.OPEN:
            return "moved" if moved else "open"
        case PromiseStatus.PROPOSED:
            return "proposed"
        case PromiseStatus.BROKEN:
            return "broken"
        case PromiseStatus.KEPT:
            return "kept"
        case PromiseStatus.LATE:
            return "late"
        case PromiseStatus.DISMISSED:
            return "dismissed"
        case _:
            assert_never(status)


def overtaken(fact: AnyFact, who: str, owner: str, now: datetime) -> str:
    """Return what a colleague (`who`) did to a promise meanwhile; `owner` is whom their fact names, if anybody."""
    name, ago = who or _("A colleague"), in_past(fact.at, now)
    due = exact_words(fact.due) if isinstance(fact, PromiseRenegotiated | PromiseMade) else ""
    did = str(_DID.get(type(fact), _("%(name)s changed this promise %(ago)s.")))
    told = did % {"name": name, "ago": ago, "due": due, "owner": owner or _("somebody")}
    return told + " " + _("Nothing of yours was done, and what you typed is still here: look, and decide anew.")


_DID: Final[dict[type[Fact], str | LazyText]] = {
    PromiseMade: gettext_lazy("%(name)s confirmed this promise %(ago)s, for %(due)s."),
    PromiseDismissed: gettext_lazy("%(name)s said %(ago)s that it was no promise."),
    PromiseKept: gettext_lazy("%(name)s said %(ago)s that it is done."),
    PromiseRenegotiated: gettext_lazy("%(name)s moved this promise to %(due)s, %(ago)s. The customer knows."),
    PromiseHandedOver: gettext_lazy("%(name)s handed this promise over to %(owner)s %(ago)s."),
    PromiseOwnerAsked: gettext_lazy("%(name)s asked %(owner)s to keep this promise %(ago)s."),
    PromiseTaken: gettext_lazy("%(name)s took this promise on %(ago)s."),
    PromiseTurnedDown: gettext_lazy("%(name)s said %(ago)s that they cannot keep this promise."),
}


def _actions(promise: Promise, base: str, seen: int) -> tuple[ActionView, ...]:
    fields = (("seen", str(seen)),)
    done = ActionView(label=_("It is done"), url=f"{base}keep/", icon="circle-check", fields=fields)
    if promise.owed:
        return (done,)
    if promise.status is PromiseStatus.PROPOSED:
        no = _("That was no promise")
        return done, ActionView(label=no, url=f"{base}dismiss/", tone="quiet", icon="circle-slash", fields=fields)
    return ()
