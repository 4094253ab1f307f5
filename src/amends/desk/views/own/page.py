"""The customer's page, and the steps that they can take on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from amends.actions import clock, house
from amends.actions.actors import Guest
from amends.desk.views.own import zones
from amends.desk.views.own.call import CALLED, own_call
from amends.desk.views.own.door import for_guest
from amends.desk.views.own.forms import ENDS, OFFERED, OwnForm
from amends.desk.views.own.limit import within_limit
from amends.desk.views.own.refusals import sorry
from amends.desk.views.own.steps import STEPS
from amends.insight.customer_page import OwnCase, own_case
from amends.method.decide import Impossible
from amends.store.models import Case, User

DONE: Final[dict[str, str | Promise]] = {
    "wrote": gettext_lazy("Thank you, your message is with us."),
    "fair": gettext_lazy("Thank you for telling us what would be fair. We answer you on that."),
    "right": gettext_lazy("Thank you. Now we know that we talk about the same thing."),
    "not-right": gettext_lazy("Thank you for putting us right. We look at it again."),
    "agreed": gettext_lazy("Thank you, then we are agreed. We get to work."),
    "declined": gettext_lazy("Thank you for saying so openly. We look for something better."),
    "fixed": gettext_lazy("We are glad. Thank you for telling us, and for your patience."),
    "not-fixed": gettext_lazy("We are sorry. Your case is open again, and we go on until it is right."),
    "no-survey": gettext_lazy("Then we will not ask you again. If there is anything that we should know, write to us."),
    "partly": gettext_lazy("Thank you. Your case is open again, and we go on with what is not right yet."),
    "surveyed": gettext_lazy("Thank you for your answers. We read every one of them."),
    **CALLED,
}
"""What is said after each step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """What the template is given."""

    case: Annotated[OwnCase, "The case, as its customer may see it."]
    url: Annotated[str, "The page's own address; a step's is this with its name and a slash."]
    elsewhere: Annotated[str, "Where customers can turn if we do not agree; empty where the house names none."]
    zone: Annotated[str, "Whose times these are, in a sentence."]
    done: Annotated[str, "What to say to what they just did; empty for nothing."]
    trouble: Annotated[str, "Why what they just did was not taken; empty for nothing."]
    forms: Annotated[Mapping[str, OwnForm], "The form of each step, with what they typed where it was not taken."]
    opened: Annotated[str, "The step whose form has to stand open; empty for none."]
    looking: Annotated[bool, "Whether one of the staff looks at it: then nothing can be sent."]


@require_safe
@for_guest
def own(request: HttpRequest, who: Guest, case: Case) -> HttpResponse:
    """Show the page (`?before=` earlier messages, `?done=` what was just done). Changes nothing."""
    return _show(request, who, case, done=request.GET.get("done", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@for_guest
def own_step(request: HttpRequest, who: Guest, case: Case, step: str) -> HttpResponse:
    """Take a step, and lead back to the page. To look at a step's address leads there as well."""
    if step not in STEPS:
        raise Http404
    page = _url(request)
    if request.method != "POST":
        return HttpResponseRedirect(page)
    now, (form_of, do) = clock.now(), STEPS[step]
    form = form_of(request.POST, request.FILES, auto_id=f"{step}-%s")
    if _only_looks(request, who):  # what stands in the journal as the customer's word has to be theirs
        return _show(request, who, case, trouble=_("Only the customer can answer here. You only look."), status=403)
    if not within_limit(case.pk, now):
        trouble = _(
            "That was a lot in one hour. Please wait a little, and send it again then; your words are kept here."
        )
        return _show(request, who, case, form=form, opened=step, trouble=trouble, status=429)
    if not form.is_valid():
        return _show(
            request,
            who,
            case,
            form=form,
            opened=step,
            trouble=_("Something is missing or not right yet; see below."),
            status=422,
        )
    try:
        done = do(who, form.cleaned_data, now)
    except Impossible as why:
        return _show(request, who, case, form=form, opened=step, trouble=sorry(why), status=409)
    return HttpResponseRedirect(f"{page}?done={done}" if done else page)


own_step.takes_files = True  # type: ignore[attr-defined]  # for the server, which lets files in nowhere else


def _show(
    request: HttpRequest,
    who: Guest,
    case: Case,
    *,
    form: OwnForm | None = None,
    opened: str = "",
    done: str = "",
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    now, business = clock.now(), house.house().business
    before = request.GET.get("before", "")
    before = before if before.isalnum() else ""  # a message's id, or nothing that a database should be asked for
    shown = own_case(case, policy=house.policy(), calendar=house.calendar_of(case), now=now, before=before)
    once = clock.new_id()
    chosen = {"once": once, "outcome": request.GET.get("outcome", "")}  # a link chooses a mark; it sends nothing
    forms = {name: made(auto_id=f"{name}-%s", initial=chosen) for name, (made, _do) in STEPS.items()}
    page = OwnPage(
        case=shown,
        url=_url(request),
        elsewhere=business.elsewhere,
        zone=zones.words(timezone.get_current_timezone_name()),
        done=str(DONE.get(done, "")),
        trouble=trouble,
        forms=forms if form is None else forms | {opened: form},
        opened=opened,
        looking=_only_looks(request, who),
    )
    given = {"page": page, "business": business.name, "now": now, "REMEDIES": OFFERED, "ENDS": ENDS}
    given["call"] = own_call(case, now)
    return render(request, "desk/own/page.html", given, status=status)


def _only_looks(request: HttpRequest, who: Guest) -> bool:
    return who.preview or isinstance(request.user, User)


def _url(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        raise Http404
    return reverse("desk:own", args=[match.kwargs.get("token") or match.args[0]])
