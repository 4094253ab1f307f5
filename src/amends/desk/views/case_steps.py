"""What is recorded about a case with a click or a few words: every step is a POST, and ends with a redirect."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.actions import clock, house
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.handling import do_record
from amends.desk.contexts import ActionView
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


@require_POST
@for_staff
def record(request: HttpRequest, who: Staff, number: int, what: str) -> HttpResponse:
    """Record what the form called `what` says (see `amends.desk.forms.records`)."""
    kind = RECORDS.get(what)
    if kind is None:
        raise Http404
    form = kind(request.POST, people=team_of(who, number))
    if not form.is_valid():
        return show(request, who, number, Written(bound={what: form}), status=422)
    reasons = reasons_in(request.POST.dict())

    def step() -> None:
        do_record(who, number, form.record(), at=clock.now(), reasons=reasons)

    stopped = carry_step(request, who, number, step, form={what: form}, title=str(kind.title))
    if stopped is None and isinstance(form, Assign):
        _warn_of_absence(request, form.cleaned_data["owner"])
    return stopped or done(request, number, kind.done, kind.anchor)


def _warn_of_absence(request: HttpRequest, owner: int | None) -> None:
    away = away_now(owner, house.day_of(clock.now())) if owner is not None else None
    if away is not None:
        messages.warning(request, away_warning(away))


def carry_step(
    request: HttpRequest, who: Staff, number: int, step: Callable[[], None], *, form: Mapping[str, Form], title: str
) -> HttpResponse | None:
    """Carry a step out that a form asked for; return the page with what stood in the way, or None where nothing did."""
    try:
        step()
    except Refused as no:
        row = access_case(who, number)
        file, desk = read(who, row), desk_of(who, row)
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


def team_of(who: Staff, number: int) -> list[Colleague]:
    """Return those who could look after something in this case."""
    team = access_case(who, number).team_id
    return colleagues(team).of_team(team)
