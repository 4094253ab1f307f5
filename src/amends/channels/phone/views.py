"""The page about a call: who calls, what they say, what they were told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.actions import clock
from amends.actions.access import NoAccess
from amends.actions.actors import Staff
from amends.actions.calls import do_take_call
from amends.actions.incoming import Incoming
from amends.channels.phone.callers import Caller, caller, find_callers
from amends.channels.phone.forms import NEW, CallForm
from amends.method.decide import Impossible
from amends.store.models import User

Frame = Callable[[HttpRequest, Staff, str], object]
"""Makes the frame of a staff page in the room that is named; the server hands it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """What the template is given."""

    form: Annotated[CallForm, "The form, with what was typed so far."]
    caller: Annotated[Caller | None, "Who it is, where that is known."] = None
    looked: Annotated[bool, "Whether somebody was looked for."] = False


@dataclass(frozen=True, slots=True)
class _Found:
    """Who may be calling, and who it is where that is clear."""

    callers: tuple[Caller, ...]
    chosen: Caller | None


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Show the page; look for the customer (`do=find`), or keep the call."""
    user = request.user
    if not isinstance(user, User):
        raise Http404  # never reached: the address asks for a log-in first
    who = Staff.of(user)
    if request.method != "POST":
        return _show(request, who, frame, CallPage(form=CallForm(initial={"once": clock.new_token()})))
    found = _found(request, who)
    cases = found.chosen.cases if found.chosen is not None else ()
    form = CallForm(request.POST, callers=found.callers, cases=cases)
    page = CallPage(form=form, caller=found.chosen, looked=True)
    if request.POST.get("do") == "find":
        form.is_valid()
        return _show(request, who, frame, CallPage(form=_unasked(form), caller=found.chosen, looked=True))
    if not form.is_valid() or not form.check_complete():
        return _show(request, who, frame, page)
    try:
        number = _keep(form, found, who)
    except Impossible as why:
        form.add_error(None, str(why))
        return _show(request, who, frame, page)
    except NoAccess:
        raise Http404 from None
    messages.success(request, _("Written down in case #%(number)s.") % {"number": number})
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


def _show(request: HttpRequest, who: Staff, frame: Frame, page: CallPage) -> HttpResponse:
    context = {"page": page, "shell": frame(request, who, "call"), "now": clock.now()}
    return render(request, "phone/call.html", context)


def _found(request: HttpRequest, who: Staff) -> _Found:
    """Return who may be calling. A number or an address tells one person; a name has to be confirmed."""
    typed = {name: request.POST.get(name, "")[:250] for name in ("name", "phone", "email")}
    callers = tuple(find_callers(who, **typed))
    if len(callers) == 1 and (typed["phone"].strip() or typed["email"].strip()):
        return _Found((), callers[0])
    picked = request.POST.get("customer", "")
    chosen = caller(who, int(picked)) if picked.isdecimal() and picked in {str(c.id) for c in callers} else None
    return _Found(callers, chosen)


def _unasked(form: CallForm) -> CallForm:
    """Return the form without complaints about what nobody was asked for yet."""
    for name in ("customer", "case", "words"):
        form.errors.pop(name, None)
    return form


def _keep(form: CallForm, found: _Found, who: Staff) -> int:
    """Keep the call, and return the number of its case."""
    given = form.cleaned_data
    name, phone, email = given["name"], given["phone"], given["email"]
    chosen = found.chosen
    if chosen is not None and not found.callers:  # found by what was typed, so the rest of it is theirs as well
        name, phone, email = chosen.name or name, phone or chosen.phone, email or chosen.email
    elif chosen is not None:
        name, phone, email = chosen.name or name, chosen.phone, chosen.email
    elif given.get("customer") == NEW and len(found.callers) > 1:
        phone = email = ""  # what was typed belongs to others
    case = given.get("case", NEW) or NEW
    incoming = Incoming(
        channel="phone",
        name=name.strip(),
        phone=phone,
        email=email,
        text=given["words"].strip(),
        external_id=f"{given['once']}@call" if given["once"] else "",
        case=None if case == NEW else int(case),
    )
    received = do_take_call(who, incoming, said=given["said"], at=clock.now())
    if received.message is None:
        raise Impossible(_("The call could not be kept. Please try once more."))
    return received.message.case_id
