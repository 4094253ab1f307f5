"""Promises with what can be done about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, assert_never

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.desk.contexts import ActionView, PromiseView
from amends.desk.contexts.casepage import PromiseCard
from amends.desk.contexts.duties import PromiseState
from amends.desk.forms.promises import Confirm, HandOver, Move
from amends.desk.show.quotes import Quoter
from amends.desk.show.rows import SOON
from amends.insight.people import Colleague
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
    quoter: Quoter, people: Sequence[Colleague], now: datetime, bound: Mapping[str, Form]
) -> tuple[PromiseCard, ...]:
    """Return the promises: what hurts first, what is done last. `bound` holds forms that were not right, by name."""
    found = sorted(quoter.file.state.promises, key=lambda p: (_ORDER.index(p.status), p.due is None, p.due or now))
    return tuple(_card(promise, quoter, people, now, bound) for promise in found)


def _card(
    promise: Promise, quoter: Quoter, people: Sequence[Colleague], now: datetime, bound: Mapping[str, Form]
) -> PromiseCard:
    file = quoter.file
    base = reverse("desk:promise", args=[file.number, promise.promise, "keep"]).removesuffix("keep/")
    view = PromiseView(
        id=promise.promise,
        what=file.texts.words(promise.what) or _("The words were erased."),
        state=_state(promise, now),
        owner=file.people.name(promise.owner),
        due=promise.due,
        done_at=promise.kept_at,
        actions=_actions(promise, base),
    )
    asked = {"owner": promise.owner, "due": promise.due}
    movable = promise.status is PromiseStatus.OPEN and (promise.due is None or promise.due > now)
    confirm = promise.status is PromiseStatus.PROPOSED
    name = promise.promise
    forms: dict[str, Form | None] = {
        "confirm": Confirm(initial=asked, people=people, promise=name) if confirm else None,
        "move": Move(initial={"due": promise.due}, promise=name) if movable else None,
        "hand-over": HandOver(initial=asked, people=people, promise=name) if promise.owed else None,
    }
    forms |= {name: form for name in forms if (form := bound.get(f"{name} {promise.promise}")) is not None}
    return PromiseCard(view=view, url=base, confirm=forms["confirm"], move=forms["move"], hand_over=forms["hand-over"])


def _state(promise: Promise, now: datetime) -> PromiseState:
    match promise.status:
        case PromiseStatus.OPEN if promise.due is not None and promise.due <= now:
            return "broken"  # its time has passed; the clock says so at its next tick
        case PromiseStatus.OPEN if promise.due is not None and promise.due - now <= SOON:
            return "soon"
        case PromiseStatus.OPEN:
            return "moved" if promise.moved else "open"
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
            assert_never(promise.status)


def _actions(promise: Promise, base: str) -> tuple[ActionView, ...]:
    if promise.owed:
        return (ActionView(label=_("It is done"), url=f"{base}keep/", icon="circle-check"),)
    if promise.status is PromiseStatus.PROPOSED:
        return (ActionView(label=_("That was no promise"), url=f"{base}dismiss/", tone="quiet", icon="circle-slash"),)
    return ()
