"""What is done about the promises of a case: every step is a POST, and ends with a redirect."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.actions import clock
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.promises import (
    Overtaken,
    do_ask_promise_owner,
    do_confirm_promise,
    do_dismiss_promise,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
)
from amends.desk.forms.promises import Ask, Confirm, HandOver, Make, Move, PromiseForm
from amends.desk.show.casepage import Written
from amends.desk.show.promises import overtaken
from amends.desk.staff import for_staff
from amends.desk.text import number_in
from amends.desk.views.case import done, show
from amends.desk.views.case_steps import carry_step
from amends.insight.people import Colleague, colleagues

_FORMS: Mapping[str, type[PromiseForm]] = {"confirm": Confirm, "move": Move, "hand-over": HandOver, "ask": Ask}
_DONE: Mapping[str, str | Promise] = {
    "confirm": gettext_lazy("It is a promise now, with a name and a time."),
    "dismiss": gettext_lazy("It is off the list."),
    "keep": gettext_lazy("Kept. Well done."),
    "move": gettext_lazy("Moved, and the customer knows."),
    "hand-over": gettext_lazy("Handed over. The customer’s date stands."),
    "ask": gettext_lazy("They are asked. Until they say yes, it stays with its owner."),
}


@require_POST
@for_staff
def make_promise(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Put a promise on the list that was made in other words than a message of ours."""
    people, others = _people(who, number)
    form = Make(request.POST, people=people, others=others)
    if not form.is_valid():
        return show(request, who, number, Written(bound={"make": form}), status=422)
    given = form.cleaned_data

    def step() -> None:
        due, owner, ask = given["due"], given["owner"], given.get("ask")
        do_make_promise(who, number, given["what"], due=due, owner=owner, ask=ask, at=clock.now())

    return carry_step(request, who, number, step, form={"make": form}, title=_("A promise")) or done(
        request, number, _("It is on the list."), "#promises"
    )


@require_POST
@for_staff
def promise(request: HttpRequest, who: Staff, number: int, promise: str, what: str) -> HttpResponse:
    """Confirm, dismiss, keep, move or hand over a promise, or ask somebody else to keep it.

    Who is overtaken by a colleague gets the page with what they typed and what the colleague did.
    """
    if what not in _DONE:
        raise Http404
    kind = _FORMS.get(what)
    people, others = _people(who, number)
    form = kind(request.POST, promise=promise, people=people, others=others) if kind is not None else None
    bound: dict[str, Form] = {f"{what} {promise}": form} if form is not None else {}
    if form is not None and not form.is_valid():
        return show(request, who, number, Written(bound=bound), status=422)
    step = _step(who, number, promise, what, form.cleaned_data if form is not None else {}, request)
    try:
        answer = carry_step(request, who, number, step, form=bound, title=_("A promise"))
    except Overtaken as late:
        messages.error(request, told(late))
        return show(request, who, number, Written(bound=bound), status=409)
    return answer or done(request, number, _DONE[what], f"#promise-{promise}")


def told(late: Overtaken) -> str:
    """Return what somebody did while another was still writing."""
    fact, people = late.entry.fact, colleagues(None)
    return overtaken(fact, people.name(late.by), people.name(getattr(fact, "owner", "")), clock.now())


def _step(
    who: Staff, number: int, promise: str, what: str, given: Mapping[str, Any], request: HttpRequest
) -> Callable[[], None]:
    now, seen = clock.now(), number_in(request.POST.get("seen", ""))
    match what:
        case "confirm":
            return lambda: do_confirm_promise(who, number, promise, at=now, seen=seen, **given)
        case "dismiss":
            return lambda: do_dismiss_promise(who, number, promise, at=now, seen=seen)
        case "move":
            return lambda: do_move_promise(who, number, promise, at=now, seen=seen, **given)
        case "hand-over":
            return lambda: do_hand_over_promise(who, number, promise, at=now, seen=seen, **given)
        case "ask":
            return lambda: do_ask_promise_owner(who, number, promise, owner=given["ask"], at=now, seen=seen)
        case _:
            how = request.POST.get("how", "")[:5000]
            return lambda: do_keep_promise(who, number, promise, at=now, how=how, seen=seen)


def _people(who: Staff, number: int) -> tuple[list[Colleague], list[Colleague]]:
    """Return those who could look after a promise of this case, and those of other teams who could be asked to."""
    team, everybody = access_case(who, number).team_id, colleagues(None)
    return everybody.of_team(team), everybody.elsewhere(team)
