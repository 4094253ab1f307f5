"""What is recorded about a case with a click or a few words: every step is a POST, and ends with a redirect."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.actions import clock, house
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.handling import do_record
from amends.actions.promises import (
    do_confirm_promise,
    do_dismiss_promise,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
)
from amends.desk.contexts import ActionView
from amends.desk.forms.promises import Confirm, HandOver, Make, Move, PromiseForm
from amends.desk.forms.records import RECORDS
from amends.desk.forms.understanding import Assign
from amends.desk.show.absences import away_warning
from amends.desk.show.casepage import Written, known_of
from amends.desk.show.quotes import Quoter
from amends.desk.show.refusals import REASON, reasons_in, refused_view
from amends.desk.staff import for_staff
from amends.desk.views.case import desk_of, done, read, show
from amends.insight.absences import away_now
from amends.insight.people import Colleague, colleagues
from amends.method.decide import Impossible
from amends.method.gates import Refused

_PROMISE_FORMS: Mapping[str, type[PromiseForm]] = {"confirm": Confirm, "move": Move, "hand-over": HandOver}
_PROMISE_DONE: Mapping[str, str | Promise] = {
    "confirm": gettext_lazy("It is a promise now, with a name and a time."),
    "dismiss": gettext_lazy("It is off the list."),
    "keep": gettext_lazy("Kept. Well done."),
    "move": gettext_lazy("Moved, and the customer knows."),
    "hand-over": gettext_lazy("Handed over. The customer’s date stands."),
}


@require_POST
@for_staff
def record(request: HttpRequest, who: Staff, number: int, what: str) -> HttpResponse:
    """Record what the form called `what` says (see `amends.desk.forms.records`)."""
    kind = RECORDS.get(what)
    if kind is None:
        raise Http404
    form = kind(request.POST, people=_team(who, number))
    if not form.is_valid():
        return show(request, who, number, Written(bound={what: form}), status=422)
    reasons = reasons_in(request.POST.dict())

    def step() -> None:
        do_record(who, number, form.record(), at=clock.now(), reasons=reasons)

    stopped = _carry_out(request, who, number, step, form={what: form}, title=str(kind.title))
    if stopped is None and isinstance(form, Assign):
        _warn_of_absence(request, form.cleaned_data["owner"])
    return stopped or done(request, number, kind.done, kind.anchor)


def _warn_of_absence(request: HttpRequest, owner: int | None) -> None:
    away = away_now(owner, house.day_of(clock.now())) if owner is not None else None
    if away is not None:
        messages.warning(request, away_warning(away))


@require_POST
@for_staff
def make_promise(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Put a promise on the list that was made in other words than a message of ours."""
    form = Make(request.POST, people=_team(who, number))
    if not form.is_valid():
        return show(request, who, number, Written(bound={"make": form}), status=422)
    given = form.cleaned_data

    def step() -> None:
        do_make_promise(who, number, given["what"], due=given["due"], owner=given["owner"], at=clock.now())

    return _carry_out(request, who, number, step, form={"make": form}, title=_("A promise")) or done(
        request, number, _("It is on the list."), "#promises"
    )


@require_POST
@for_staff
def promise(request: HttpRequest, who: Staff, number: int, promise: str, what: str) -> HttpResponse:
    """Confirm, dismiss, keep, move or hand over a promise."""
    if what not in _PROMISE_DONE:
        raise Http404
    kind = _PROMISE_FORMS.get(what)
    form = kind(request.POST, people=_team(who, number), promise=promise) if kind is not None else None
    bound = {f"{what} {promise}": form} if form is not None else {}
    if form is not None and not form.is_valid():
        return show(request, who, number, Written(bound=bound), status=422)
    step = _promise_step(who, number, promise, what, form.cleaned_data if form is not None else {}, request)
    return _carry_out(request, who, number, step, form=bound, title=_("A promise")) or done(
        request, number, _PROMISE_DONE[what], f"#promise-{promise}"
    )


def _promise_step(
    who: Staff, number: int, promise: str, what: str, given: Mapping[str, Any], request: HttpRequest
) -> Callable[[], None]:
    now = clock.now()
    match what:
        case "confirm":
            return lambda: do_confirm_promise(who, number, promise, at=now, **given)
        case "dismiss":
            return lambda: do_dismiss_promise(who, number, promise, at=now)
        case "move":
            return lambda: do_move_promise(who, number, promise, at=now, **given)
        case "hand-over":
            return lambda: do_hand_over_promise(who, number, promise, at=now, **given)
        case _:
            how = request.POST.get("how", "")[:5000]
            return lambda: do_keep_promise(who, number, promise, at=now, how=how)


def _carry_out(
    request: HttpRequest, who: Staff, number: int, step: Callable[[], None], *, form: Mapping[str, Form], title: str
) -> HttpResponse | None:
    """Carry a step out; return the page with what stood in the way, or None where nothing did."""
    try:
        step()
    except Refused as no:
        file, desk = read(who, access_case(who, number)), desk_of(who)
        fields = tuple(
            (name, str(value))
            for name, value in request.POST.dict().items()
            if name != "csrfmiddlewaretoken" and not name.startswith(REASON)
        )
        again = ActionView(label=_("Do it, for this reason"), url=request.path, fields=fields)
        known = known_of(file, desk)
        refused = refused_view(title, no.refusals, Quoter.of(file), known, desk.policy, again)
        return show(request, who, number, Written(refused=refused), status=422)
    except Impossible as why:
        messages.error(request, _(str(why)))
        return show(request, who, number, Written(bound=form), status=422)
    return None


def _team(who: Staff, number: int) -> list[Colleague]:
    """Return those who could look after something in this case."""
    team = access_case(who, number).team_id
    return colleagues(team).of_team(team)
