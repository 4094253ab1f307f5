"""The thank-you card of a case: what they did for us, as far as it is true, and the handler's own line."""

from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.links import customer_url
from amends.formats.cards import CannotDraw, Card, card_pdf, fit
from amends.method.state import State
from amends.method.words import ProblemOutcome
from amends.store.journal import state_of
from amends.store.models import Case, Note

_A_WAIT = 2  # days from which waiting is worth a word


def thanks_url(case: Case) -> str:
    """Return the whole address of the customer's card."""
    return f"{customer_url(case)}thanks/"


def thanks_card(case: Case, at: datetime) -> Card:
    """Return the card as it stands now. Who wrote the line signs it; without one, who looks after the case."""
    state = state_of(case)
    line = None if state.thanks_line is None else Note.objects.filter(pk=state.thanks_line.source)
    note = None if line is None else line.select_related("author").first()
    author = case.owner if note is None or note.author is None else note.author
    business = house.house().business.name
    name = case.customer.name
    return fit(
        Card(
            number=case.pk,
            house=business,
            greeting=_("Dear %(name)s,") % {"name": name} if name else _("Dear customer,"),
            thanks=tuple(thanks_for(state, case.customer.tenure_years(at))),
            line="" if note is None else note.text,
            signed=business if author is None else author.name,
            language=get_language() or "en",
        )
    )


def thanks_pdf(case: Case, at: datetime) -> bytes | None:
    """Return the card as a PDF; None where it has letters that our fonts do not have."""
    try:
        return card_pdf(thanks_card(case, at), at)
    except CannotDraw:
        return None


def thanks_for(state: State, years: float | None) -> list[str]:
    """Return what they did for us, one sentence each; only what is so."""
    said = [_first(state)]
    if state.root_cause:
        said.append(_("You showed us where we have to do better, for everybody who comes after you."))
    if years is not None and years >= 1:
        with_us = ngettext(
            "You have been with us for %(count)d year, and we are glad of it.",
            "You have been with us for %(count)d years, and we are glad of every one of them.",
            int(years),
        )
        said.append(with_us % {"count": int(years)})
    return said


def _first(state: State) -> str:
    if not _mended(state):
        return _("Thank you for telling us what went wrong, and for hearing us out.")
    begun, done = state.complained_at, state.resolved_at
    days = (done - begun).days if begun is not None and done is not None else 0
    if days < _A_WAIT:
        return _("Thank you for telling us what went wrong, and for giving us the chance to put it right.")
    return _(
        "Thank you for telling us what went wrong, and for the %(days)d days that you gave us to put it right."
    ) % {"days": days}


def _mended(state: State) -> bool:
    """Whether it was put right: nobody is thanked for a fix that there was not."""
    if state.outcomes is not None:
        return state.outcomes.problem in (ProblemOutcome.FIXED, ProblemOutcome.PARTLY)
    return state.final_answer is None or state.agreement is not None
