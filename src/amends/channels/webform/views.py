"""The complaint form, and the thanks for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from amends.actions import clock, house
from amends.actions.complaints import Complaint, do_complain
from amends.actions.links import customer_url
from amends.channels.webform.forms import ComplaintForm
from amends.channels.webform.framing import allow_frames
from amends.channels.webform.limit import within_limit
from amends.channels.webform.seal import Verdict, check_seal, read_thanks, seal_form, sign_thanks
from amends.store.models import Case

_TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What the form's template is given."""

    form: Annotated[ComplaintForm, "The form, with what they typed where it was not taken."]
    url: Annotated[str, "Where it is sent."]
    framed: Annotated[bool, "Whether it stands in a frame on another page."]
    notice: Annotated[str, "Why it was not taken yet, in a sentence; empty for nothing."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksPage:
    """What the page after the form is given."""

    name: Annotated[str, "Their name, as they wrote it."]
    url: Annotated[str, "The way to their own page; empty where it goes to their address only."]
    framed: Annotated[bool, "Whether it stands in a frame on another page."]


@csrf_exempt  # why nothing is lost by that: see `seal`
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Show the form (`?embed=1` for a frame), and take it in."""
    at = clock.now()
    if request.method != "POST":
        return _show(request, ComplaintForm(initial={"seal": seal_form(at)}))
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    seal = check_seal(form.cleaned_data["seal"], at)
    notice = _notice(seal.verdict, trapped=bool(form.cleaned_data["more"]))
    if notice:
        return _show(request, _once_more(request.POST, at, fresh=seal.verdict is Verdict.STALE), notice)
    if not within_limit(request, form.cleaned_data["email"], at):
        return _show(request, form, _enough(), status=_TOO_MANY)
    given = {name: form.cleaned_data[name] for name in ("name", "email", "order", "what", "fair", "remedy")}
    filed = do_complain(Complaint(**given, once=seal.once), at=at)
    url = reverse("webform:thanks", args=[sign_thanks(filed.case.pk if filed.may_see else 0, at)])
    return HttpResponseRedirect(_onward(request, url))


@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say thank you, and show the way to their own page where that is safe (see `Filed.may_see`)."""
    number = read_thanks(token, clock.now())
    if number is None:
        raise Http404
    case = Case.objects.select_related("customer").filter(pk=number).first()
    page = ThanksPage(
        name=case.customer.name if case else "", url=customer_url(case) if case else "", framed=_framed(request)
    )
    return _answer(request, "webform/thanks.html", page)


def _show(request: HttpRequest, form: ComplaintForm, notice: str = "", *, status: int = 200) -> HttpResponse:
    page = FormPage(
        form=form, url=_onward(request, reverse("webform:complain")), framed=_framed(request), notice=notice
    )
    return _answer(request, "webform/form.html", page, status)


def _answer(request: HttpRequest, template: str, page: FormPage | ThanksPage, status: int = 200) -> HttpResponse:
    response = render(request, template, {"page": page, "business": house.house().business.name}, status=status)
    return allow_frames(response) if page.framed else response


def _notice(verdict: Verdict, *, trapped: bool) -> str:
    """Return why the form has to be sent once more; empty where it is fine."""
    if verdict is Verdict.STALE:
        return _("This form lay open for a long time. Everything you wrote is still here: please send it once more.")
    if verdict is Verdict.TOO_QUICK or trapped:
        return _("That was quicker than people usually are. Everything you wrote is here: please send it once more.")
    return ""


def _enough() -> str:
    return _(
        "You have written to us several times within this hour, so we cannot take more by this form just now. "
        "What you wrote is still here: please copy it into an e-mail to %(address)s, and it reaches us at once."
    ) % {"address": house.house().business.address}


def _once_more(typed: QueryDict, at: datetime, *, fresh: bool) -> ComplaintForm:
    """Return the form with all that was typed, the trap emptied, and a fresh seal where the old one is of no use."""
    data = typed.copy()
    data["more"] = ""
    if fresh:
        data["seal"] = seal_form(at)
    return ComplaintForm(data)


def _framed(request: HttpRequest) -> bool:
    return request.GET.get("embed") == "1"


def _onward(request: HttpRequest, url: str) -> str:
    """Return the address, in the frame and the language in which they are here."""
    kept = {name: request.GET[name] for name in ("embed", "lang") if name in request.GET}
    return f"{url}?{urlencode(kept)}" if kept else url
