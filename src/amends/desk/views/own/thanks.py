"""The thank-you card behind the customer's link: as a page, and as a PDF. Both only show."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.actions import clock
from amends.actions.actors import Guest
from amends.actions.cards import thanks_card, thanks_pdf
from amends.desk.views.own.door import for_guest
from amends.formats.cards import Card, Twig, twig
from amends.formats.cards.twig import HEIGHT, WIDTH
from amends.insight.history import state_of
from amends.store.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksPage:
    """What the template is given."""

    card: Annotated[Card, "The card."]
    twig: Annotated[Twig, "What adorns it."]
    box: Annotated[str, "The box that the twig grows in, as SVG has it."]
    url: Annotated[str, "The address of the customer's own page."]
    pdf_url: Annotated[str, "Where the card is as a PDF; empty where it was asked for and there is none."]
    looking: Annotated[bool, "Whether one of the staff looks at it, perhaps before it goes out."]


@require_safe
@for_guest
def thanks(request: HttpRequest, who: Guest, case: Case) -> HttpResponse:
    """Show the card. Before it has gone out only the staff see it; the customer's page is where all others go."""
    token = _token(request)
    if not _may_see(who, case):
        return HttpResponseRedirect(reverse("desk:own", args=[token]))
    page = ThanksPage(
        card=thanks_card(case, clock.now()),
        twig=twig(case.pk),
        box=f"0 0 {WIDTH:g} {HEIGHT:g}",
        url=reverse("desk:own", args=[token]),
        pdf_url="" if "print" in request.GET else reverse("desk:own_thanks_pdf", args=[token]),
        looking=who.preview,
    )
    return render(request, "desk/own/thanks.html", {"page": page, "business": page.card.house})


@require_safe
@for_guest
def thanks_as_pdf(request: HttpRequest, who: Guest, case: Case) -> HttpResponse:
    """Return the card as a PDF; where our fonts lack a letter of it, lead to the page, which can be printed."""
    token = _token(request)
    pdf = thanks_pdf(case, clock.now()) if _may_see(who, case) else None
    if pdf is None:
        return HttpResponseRedirect(f"{reverse('desk:own_thanks', args=[token])}?print=1")
    name = slugify(_("thank you")) or "card"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


def _may_see(who: Guest, case: Case) -> bool:
    state = state_of(case)
    return state.thanks_sent_at is not None or (who.preview and state.resolved_at is not None)


def _token(request: HttpRequest) -> str:
    """Return the token in the address; the door has taken it from the view's arguments."""
    match = request.resolver_match
    return str(match.kwargs["token"]) if match is not None else ""
