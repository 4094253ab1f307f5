"""The ledger of promises, how they were kept, and the page of one promise for who is asked to keep it."""

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock
from amends.actions.access import access_promise, visible_promises
from amends.actions.actors import Staff
from amends.actions.promises import Overtaken, do_keep_promise, do_take_promise, do_turn_down_promise
from amends.desk.forms.ledger import Filters
from amends.desk.forms.promises import Kept, PromiseForm, TurnDown
from amends.desk.shell import shell
from amends.desk.show.keeping import kept_page
from amends.desk.show.ledger import ledger_page, promise_page
from amends.desk.staff import for_staff
from amends.desk.text import number_in
from amends.desk.views.promise_steps import told
from amends.insight.keeping import keeping
from amends.insight.ledger import STATES, Place, asked_by, asked_of, ledger, lines_of
from amends.insight.people import colleagues
from amends.method.decide import Impossible
from amends.method.words import Rank
from amends.store.models import Promise

_BACK, _AHEAD, _SHOWN = 12, 3, 6
"""Months that can be chosen before and after this one; and those that the figure shows."""
_DONE: Final[dict[str, str | Words]] = {
    "take": gettext_lazy("It is yours now. Thank you!"),
    "turn-down": gettext_lazy("Thank you for saying so. They know, and find another way."),
    "keep": gettext_lazy("Kept. Well done."),
}
_FORMS: Final[dict[str, type[PromiseForm] | None]] = {"take": None, "turn-down": TurnDown, "keep": Kept}


@require_safe
@for_staff
def promises(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show a part of the ledger (`?state=`, `?person=`, `?month=`, `?after=`), and what the reader is asked to keep."""
    now, visible, people = clock.now(), visible_promises(who), colleagues(None)
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    seen = people.everybody() if who.rank is Rank.ADMIN or who.team is None else people.of_team(who.team)
    months = [_month(now, away) for away in range(_AHEAD, -_BACK - 1, -1)]
    choices = [(f"{month:%Y-%m}", formats.date_format(month, "F Y")) for month in months]
    filters = Filters(request.GET, people=seen, months=choices)
    within = next((_span(month) for month in months if f"{month:%Y-%m}" == filters.asked.get("month")), None)
    after = Place.read(request.GET.get("after", ""))
    found = ledger(visible, state=state, person=filters.asked.get("person"), within=within, after=after)
    page = ledger_page(
        found,
        asked_of(visible, who.id) if after is None else [],
        who=who,
        people=people,
        now=now,
        state=state,
        filters=filters,
        later=after is not None,
    )
    return render(request, "desk/promises.html", {"page": page, "shell": shell(request, who, "promises"), "now": now})


@require_safe
@for_staff
def kept(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show how promises were kept: with `?person=` (an id) their months, with `?month=` that month's people."""
    now = clock.now()
    bounds = [_month(now, away) for away in range(1 - _SHOWN, 2)]
    wanted = request.GET.get("month", "")
    month = next((place for place, start in enumerate(bounds[:-1]) if f"{start:%Y-%m}" == wanted), None)
    visible = visible_promises(who)
    person = number_in(request.GET.get("person", ""))
    whose = colleagues(None).name(person) if visible.filter(owner_id=person).exists() else ""
    person = person if whose else None
    found = keeping(visible, bounds, now=now, person=person, month=month)
    page = kept_page(found, bounds[:-1], person=person, whose=whose, month=month)
    context = {"page": page, "shell": shell(request, who, "promises"), "now": now}
    return render(request, "desk/promises_kept.html", context)


@require_safe
@for_staff
def promise(request: HttpRequest, who: Staff, promise: str) -> HttpResponse:
    """Show one promise to who keeps it, is asked to, or may see its case."""
    return _show(request, who, access_promise(who, promise))


@require_POST
@for_staff
def answer(request: HttpRequest, who: Staff, promise: str, what: str) -> HttpResponse:
    """Take a promise on, turn it down, or say that it is done."""
    if what not in _FORMS:
        raise Http404
    row, now, kind = access_promise(who, promise), clock.now(), _FORMS[what]
    form = kind(request.POST, promise=promise) if kind is not None else None
    if form is not None and not form.is_valid():
        return _show(request, who, row, form=form, status=422)
    given = form.cleaned_data if form is not None else {}
    try:
        if what == "take":
            do_take_promise(who, promise, at=now)
        elif what == "turn-down":
            do_turn_down_promise(who, promise, why=given["why"], at=now)
        else:
            seen = number_in(request.POST.get("seen", ""))
            do_keep_promise(who, row.case_id, promise, at=now, how=given["how"], seen=seen)
    except Overtaken as late:
        messages.error(request, told(late))
        return _show(request, who, access_promise(who, promise), form=form, status=409)
    except Impossible as why:
        messages.error(request, _(str(why)))
        return _show(request, who, row, form=form, status=422)
    messages.success(request, str(_DONE[what]))
    page = reverse("desk:promises") if what == "turn-down" else reverse("desk:promise-page", args=[promise])
    return HttpResponseRedirect(page)


def _show(
    request: HttpRequest, who: Staff, row: Promise, *, form: PromiseForm | None = None, status: int = 200
) -> HttpResponse:
    (line,) = lines_of(visible_promises(who).filter(pk=row.pk))
    now, asker = clock.now(), colleagues(None).name(asked_by(line.case, line.id))
    page = promise_page(
        line,
        who=who,
        asker=asker,
        now=now,
        keep=form if isinstance(form, Kept) else None,
        turn_down=form if isinstance(form, TurnDown) else None,
    )
    context = {"page": page, "shell": shell(request, who, "promises"), "now": now}
    return render(request, "desk/promise.html", context, status=status)


def _month(now: datetime, away: int) -> datetime:
    """Return the first moment of the month so many months away, where the reader is."""
    here = timezone.localtime(now)
    year, zero_based = divmod(here.year * 12 + here.month - 1 + away, 12)
    return timezone.make_aware(datetime(year, zero_based + 1, 1))  # noqa: DTZ001 - the zone is put on it here


def _span(month: datetime) -> tuple[datetime, datetime]:
    return month, _month(month, 1)
