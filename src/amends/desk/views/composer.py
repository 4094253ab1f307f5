"""The composer: a reply with its coach, what was said on the phone, and notes."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.actions import clock
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.approvals import do_ask_for_draft
from amends.actions.carry import Conflict
from amends.actions.remedies import check_offered
from amends.actions.replies import do_log_spoken, do_reply, do_take_back, do_write_note
from amends.actions.updates import access_update
from amends.desk.show.casepage import Written
from amends.desk.show.history import meanwhile
from amends.desk.show.quotes import Quoter
from amends.desk.show.refusals import reasons_in
from amends.desk.staff import for_staff
from amends.desk.views.case import coach, done, read, show
from amends.insight.history import state_of
from amends.method.decide import Impossible
from amends.method.gates import Refused

_KEY, _MOST_DISMISSED = 120, 50  # characters of a key; keys of a draft
_CODE = 40  # characters of a remedy's name in the catalogue
LONGEST = 60_000
"""Characters that a draft may have here; `do_reply` says kindly that a shorter limit is passed."""


@require_POST
@for_staff
def reply(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Send a reply, held for a count of ten. Whatever stands in the way, the text stays."""
    text, reasons, dismissed = _text(request), reasons_in(request.POST.dict()), _dismissed(request)
    item = _item(request)
    kept, now = Written(text=text, reasons=reasons, dismissed=dismissed, item=item), clock.now()
    return send(
        request,
        who,
        number,
        kept,
        lambda: do_reply(
            who, number, text, at=now, seen=seen(request), reasons=reasons, dismissed=dismissed, item=item
        ),
    )


def send(request: HttpRequest, who: Staff, number: int, kept: Written, step: Callable[[], object]) -> HttpResponse:
    """Send a reply by `step`; where something stands in its way, return the page with the words `kept`."""
    try:
        step()
    except Refused as no:
        return show(request, who, number, replace(kept, refusals=no.refusals), status=422)
    except Conflict:
        news = meanwhile(Quoter.of(read(who, access_case(who, number))), seen(request) or 0)
        return show(request, who, number, replace(kept, notices=(news,)), status=409)
    except Impossible as why:
        messages.error(request, _(str(why)))
        return show(request, who, number, kept, status=422)
    return done(request, number, _("Your reply is held for a moment; until then you can take it back."), "#talk-end")


@require_POST
@for_staff
def draft(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Put a wording or an update into the draft, or look at the draft with the coach, without scripts."""
    text, wording = _text(request), request.POST.get("insert", "")[:LONGEST]
    item = _item(request)
    try:
        if "update" in request.POST:
            wording = access_update(who, number, at=clock.now())
        elif chosen := request.POST.get("choose", "")[:_CODE]:
            wording = check_offered(who, chosen, state_of(access_case(who, number)).price).words
            item = chosen
    except Impossible as why:
        messages.error(request, _(str(why)))
    joined = f"{text.rstrip()}\n\n{wording}" if text.strip() and wording else wording or text
    return show(request, who, number, Written(text=joined, dismissed=_dismissed(request), item=item))


@require_POST
@for_staff
def ask(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Ask for what the draft needs, and keep the draft with it. Whatever stands in the way, the text stays."""
    text, why = _text(request), request.POST.get("ask-why", "")[:LONGEST]
    try:
        do_ask_for_draft(who, number, text, why, at=clock.now())
    except Impossible as no:
        messages.error(request, _(str(no)))
        kept = Written(text=text, reasons=reasons_in(request.POST.dict()), dismissed=_dismissed(request))
        return show(request, who, number, kept, status=422)
    return done(request, number, _("Asked. Your draft is kept with it, and you are told the answer."), "#sheet")


@require_POST
@for_staff
def coach_part(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Return what the draft would do, as a part of the page."""
    context = {
        "view": coach(who, number, _text(request), _dismissed(request), _item(request)),
        "draft_url": reverse("desk:draft", args=[number]) + "#reply",
        "now": clock.now(),
    }
    return render(request, "desk/case/_coach.html", context)


@require_POST
@for_staff
def spoken(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Write down what we said on the phone."""
    try:
        do_log_spoken(who, number, _text(request), at=clock.now(), item=_item(request))
    except Impossible as why:
        messages.error(request, _(str(why)))
        return show(request, who, number, Written(), status=422)
    return done(request, number, _("What you said is written down."), "#talk-end")


@require_POST
@for_staff
def note(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Leave a note for the others."""
    try:
        do_write_note(who, number, _text(request), at=clock.now())
    except Impossible as why:
        messages.error(request, _(str(why)))
        return show(request, who, number, Written(), status=422)
    return done(request, number, _("Your note is there, for us alone."), "#talk-end")


@require_POST
@for_staff
def take_back(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Take a held reply back; its text is in the composer again."""
    try:
        text = do_take_back(who, number, request.POST.get("message", "")[:40], at=clock.now())
    except Impossible as why:
        messages.error(request, _(str(why)))
        return show(request, who, number, Written(), status=422)
    messages.success(request, _("Taken back. Nobody has seen it, and your words are below."))
    return show(request, who, number, Written(text=text))


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "")[:LONGEST]


def _item(request: HttpRequest) -> str:
    """Return what was chosen from the catalogue for this draft."""
    return request.POST.get("item", "")[:_CODE]


def _dismissed(request: HttpRequest) -> tuple[str, ...]:
    """Return the advice that was waved away on this draft."""
    keys = dict.fromkeys(key[:_KEY] for key in request.POST.getlist("dismissed")[:_MOST_DISMISSED] if key)
    return tuple(keys)


def seen(request: HttpRequest) -> int | None:
    """Return how long the journal was when the page was made from which this comes."""
    given = request.POST.get("seen", "")
    return int(given) if given.isdigit() and len(given) < 10 else None  # a number that a journal can have
