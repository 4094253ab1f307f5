"""The ledger of promises: its parts, its lines, and the page of one promise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.forms import Form
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.actions.actors import Staff
from amends.desk.contexts import ActionView, EmptyView, NavItem, PromiseView
from amends.desk.contexts.ledger import LedgerLine, LedgerPage, PromisePage
from amends.desk.forms.ledger import Filters
from amends.desk.forms.promises import HandOver, Kept, TurnDown
from amends.desk.show.promises import promise_state
from amends.insight.ledger import Ledger, Line
from amends.insight.people import Colleagues
from amends.method.state import PromiseStatus
from amends.method.words import Rank

_PARTS: Final[dict[str, tuple[str | Promise, str, str | Promise]]] = {
    "open": (gettext_lazy("Open"), "circle", gettext_lazy("What we owe and can still keep, the soonest first.")),
    "broken": (
        gettext_lazy("Broken"),
        "circle-x",
        gettext_lazy("Their time has passed and they are still owed, the oldest first: say so, and make them good."),
    ),
    "proposed": (
        gettext_lazy("Proposed"),
        "pencil-line",
        gettext_lazy("Words of ours that sound like a promise. Say who does it and by when, or that it was none."),
    ),
    "done": (gettext_lazy("Done"), "circle-check", gettext_lazy("Kept in time, or late; the newest first.")),
}
_OWED: Final = (PromiseStatus.OPEN, PromiseStatus.BROKEN)


def parts(state: str, kept: dict[str, str]) -> tuple[NavItem, ...]:
    """Return the tabs; `state` is the part that is shown, or `kept`. `kept` are the filters that stay."""
    base = reverse("desk:promises")
    tabs = [
        NavItem(
            label=str(label),
            url=_link(base, ({"state": name} if name != "open" else {}) | dict(kept)),
            icon=icon,
            current=name == state,
        )
        for name, (label, icon, _lead) in _PARTS.items()
    ]
    rate = NavItem(label=_("How we keep them"), url=reverse("desk:promises-kept"), icon="", current=state == "kept")
    return (*tabs, rate)


def ledger_page(
    found: Ledger,
    asked: Sequence[Line],
    *,
    who: Staff,
    people: Colleagues,
    now: datetime,
    state: str,
    filters: Filters,
    later: bool,
) -> LedgerPage:
    """Return a page of the ledger; `later` where it is not the first."""
    base = reverse("desk:promises")
    kept = {name: str(value) for name, value in filters.asked.items()}
    here = ({"state": state} if state != "open" else {}) | kept
    lines = tuple(_line(line, who, people, now, _link(base, here)) for line in found.lines)
    return LedgerPage(
        url=base,
        here=_link(base, here),
        state=state,
        lead=str(_PARTS[state][2]),
        tabs=parts(state, kept),
        filters=filters,
        asked=tuple(_line(line, who, people, now, "") for line in asked),
        lines=lines,
        more_url=_link(base, here | {"after": str(found.more)}) if found.more is not None else "",
        first_url=_link(base, here) if later else "",
        empty=None if lines else _empty(state, filtered=bool(kept)),
    )


def promise_page(
    line: Line, *, who: Staff, asker: str, now: datetime, keep: Form | None = None, turn_down: Form | None = None
) -> PromisePage:
    """Return the page of one promise; forms that were not right come along. `asker` is who asks, by name."""
    mine, asked = line.owner_id == who.id, line.asked_id == who.id
    owed = line.status in _OWED
    case = reverse("desk:case", args=[line.case]) + f"#promise-{line.id}" if sees_case(who, line) else ""
    turn_to = first_name(asker or line.owner)
    return PromisePage(
        view=_view(line, now),
        base=reverse("desk:promise-page", args=[line.id]),
        seen=line.seen,
        lead=_lead(asker=turn_to, mine=mine, asked=asked),
        due=line.due,
        mine_to_answer=asked,
        hint=_("Will it take longer? Tell %(name)s before it is due: then the customer can be told in time.")
        % {"name": turn_to or _("your colleague")}
        if owed and not case
        else "",
        case_url=case,
        keep=(keep or Kept(promise=line.id)) if owed and (mine or asked) else None,
        turn_down=(turn_down or TurnDown(promise=line.id)) if owed and asked else None,
    )


def sees_case(who: Staff, line: Line) -> bool:
    """Whether the case of this promise is theirs to see."""
    return who.rank is Rank.ADMIN or line.team == who.team


def first_name(name: str) -> str:
    """Return what colleagues of other teams call somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else ""


def _lead(*, asker: str, mine: bool, asked: bool) -> str:
    if asked:
        return _("%(name)s promised this to a customer, and asks whether you can do it.") % {
            "name": asker or _("A colleague")
        }
    if mine:
        return _("This was promised to a customer, and you look after it.")
    return _("This was promised to a customer.")


def _line(line: Line, who: Staff, people: Colleagues, now: datetime, back: str) -> LedgerLine:
    own = reverse("desk:promise-page", args=[line.id])
    if not sees_case(who, line):
        return LedgerLine(view=_view(line, now), url=own, where="", seen=line.seen)
    case = reverse("desk:case", args=[line.case])
    steps = f"{case}promises/{line.id}/"
    owed = line.status in _OWED
    done = (("seen", str(line.seen)), ("next", back))
    keep = ActionView(label=_("It is done"), url=f"{steps}keep/", icon="circle-check", fields=done)
    owner = {"owner": str(line.owner_id or "")}
    return LedgerLine(
        view=_view(line, now),
        url=own if line.asked_id == who.id else f"{case}#promise-{line.id}",
        where=_("%(customer)s, case #%(number)d") % {"customer": line.customer or _("Somebody"), "number": line.case},
        seen=line.seen,
        done=keep if owed and back else None,
        hand_over=HandOver(initial=owner, people=people.of_team(line.team), promise=line.id) if owed and back else None,
        hand_over_url=f"{steps}hand-over/",
    )


def _view(line: Line, now: datetime) -> PromiseView:
    return PromiseView(
        id=line.id,
        what=line.words or _("The words were erased."),
        state=promise_state(line.status, line.due, line.moved, now),
        owner=line.owner,
        due=line.due,
        done_at=line.kept_at,
        asked=line.asked,
        moved=line.moved,
        escalated=line.escalated,
    )


def _link(base: str, given: Mapping[str, str]) -> str:
    return f"{base}?{urlencode(given)}" if given else base


def _empty(state: str, *, filtered: bool) -> EmptyView:
    if filtered:
        show = ActionView(
            label=_("Show everybody’s"), url=_link(reverse("desk:promises"), {"state": state}), post=False
        )
        return EmptyView(
            icon="search", title=_("None here"), text=_("Try another person, or another month."), action=show
        )
    return EmptyView(
        icon="handshake",
        title={
            "open": _("Nothing is owed"),
            "broken": _("No promise is broken"),
            "proposed": _("Nothing waits to be looked at"),
            "done": _("No promise is done yet"),
        }[state],
        text=_("What you promise in a reply is proposed here by itself, with its owner and its time."),
    )
