"""The path of a case, with the sentences that passed each station."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.desk.contexts import PathView, StationView
from amends.desk.contexts.path import StationState
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS, remedy
from amends.desk.show.quotes import Quoter
from amends.insight.casefile import NEWEST
from amends.method.path import Step, path
from amends.method.state import PromiseStatus, State
from amends.method.words import Evidence, Station, Voice

Told = Iterator[tuple[Evidence | None, tuple[str, ...]]]

HINTS: Final = {
    Station.HEAR: gettext_lazy("Find out who wrote, and how they feel."),
    Station.ACKNOWLEDGE: gettext_lazy("Name what they feel, in one or two sentences."),
    Station.DIAGNOSE: gettext_lazy("Ask, say back what you understood, and let them confirm it."),
    Station.ASK: gettext_lazy("Ask what would make it right for them."),
    Station.AGREE: gettext_lazy("Offer, and hear their answer; or give a final answer."),
    Station.ACT: gettext_lazy("Keep every promise, and let them confirm the fix."),
    Station.COME_BACK: gettext_lazy("Call back a day or two later, and record both outcomes."),
    Station.LEARN: gettext_lazy("Confirm the root cause, and see what becomes of them."),
}
"""What would pass each station."""


def path_view(quoter: Quoter) -> PathView:
    """Return the path of the quoter's case."""
    state = quoter.file.state
    steps = path(state)
    here = next((step.station for step in steps if not step.passed), None)
    return PathView(stations=tuple(_station(step, quoter, here=step.station is here) for step in steps))


def told(state: State) -> Iterator[tuple[Station, Told]]:
    """Yield for each station the evidence on it, the telling one first, with the facts that it may have made."""
    yield Station.HEAR, _hear(state)
    yield Station.ACKNOWLEDGE, _acknowledge(state)
    yield Station.DIAGNOSE, _diagnose(state)
    yield Station.ASK, _ask(state)
    yield Station.AGREE, _agree(state)
    yield Station.ACT, _act(state)
    yield Station.COME_BACK, _come_back(state)


def _station(step: Step, quoter: Quoter, *, here: bool) -> StationView:
    state = quoter.file.state
    quotes = quoter.all(dict(told(state)).get(step.station, iter(())))
    standing: StationState = "passed" if step.passed else "ahead"
    if here:
        standing = "reopened" if _thrown_back(step.station, state) else "current"
    return StationView(
        station=step.station,
        state=standing,
        summary=_summary(step.station, state) if step.passed else "",
        quotes=quotes,
        at=(quotes[0].at if quotes else _when(step.station, state)) if standing in ("passed", "reopened") else None,
        hint="" if step.passed else _hint(step.station, state),
    )


def _hint(station: Station, state: State) -> str:
    if station is Station.LEARN and state.root_cause:
        return _("The root cause is known. See what becomes of them.")
    return str(HINTS[station])


def _thrown_back(station: Station, state: State) -> bool:
    """Whether the station was passed once and is owed again."""
    match station:
        case Station.ACKNOWLEDGE:
            return state.acknowledged is not None
        case Station.AGREE:
            return any(offer.status == "accepted" for offer in state.offers)
        case Station.ACT:
            return state.reopened > 0
        case _:
            return False


def _hear(state: State) -> Told:
    yield state.problem, ("ProblemTold",)
    yield state.earlier_contact, ("EarlierContactTold",)


def _acknowledge(state: State) -> Told:
    yield state.acknowledged, ("FeelingAcknowledged",)
    yield state.appreciated, ("CustomerAppreciated",)


def _diagnose(state: State) -> Told:
    if state.basis is not None:
        yield state.basis.expected, ("BasisEstablished", "ProblemReadBack")
        yield state.basis.confirmed, ("BasisConfirmed",)
        yield state.basis.got, ("BasisEstablished", "ProblemTold")
        yield state.basis.cause, ("BasisEstablished", "ProblemReadBack")
    yield state.read_back, ("ProblemReadBack",)


def _ask(state: State) -> Told:
    for bid in reversed(state.bids[-NEWEST:]):
        yield bid.words, ("BidMade",)
    yield state.bid_left_to_us, ("BidLeftToUs",)
    yield state.bid_invited, ("BidInvited",)


def _agree(state: State) -> Told:
    agreement = state.agreement or state.open_offer
    if agreement is not None:
        yield agreement.answer, ("OfferAccepted",)
        yield agreement.words, ("OfferMade",)
    if state.final_answer is not None:
        yield Evidence(state.final_answer.why, Voice.PERSON), ()
        yield Evidence(state.final_answer.elsewhere, Voice.PERSON), ()


def _act(state: State) -> Told:
    yield state.fix_words, ("FixConfirmed", "FixDenied")
    yield state.updated, ("CustomerUpdated",)


def _come_back(state: State) -> Told:
    for call in reversed(state.calls[-NEWEST:]):
        yield None if call.note is None else Evidence(call.note, Voice.PERSON), ()


def _summary(station: Station, state: State) -> str:  # noqa: PLR0911  one line a station
    match station:
        case Station.ACKNOWLEDGE if state.acknowledged is None:
            return _("They were calm, and have been answered.")
        case Station.ASK if state.bids:
            return remedy(state.bids[-1].remedy, state.bids[-1].amount)
        case Station.ASK if state.bid_left_to_us is None:
            return _("Asked in vain, we go on without a bid.")
        case Station.AGREE if state.agreement is not None:
            return remedy(state.agreement.remedy, state.agreement.amount)
        case Station.AGREE:
            return _("Our final answer.")
        case Station.ACT:
            return _promises(state)
        case Station.COME_BACK if state.outcomes is not None:
            both = {"problem": PROBLEMS[state.outcomes.problem], "customer": CUSTOMERS[state.outcomes.customer]}
            return _("%(problem)s; %(customer)s") % both
        case Station.COME_BACK if state.calls:
            return str(CALLS[state.calls[-1].result])
        case Station.LEARN:
            return state.root_cause
        case _:
            return ""


def _promises(state: State) -> str:
    made = [p for p in state.promises if p.status not in (PromiseStatus.DISMISSED, PromiseStatus.PROPOSED)]
    if not made:
        return _("Fixed, as far as we know.")
    kept = sum(p.status is PromiseStatus.KEPT for p in made)
    all_of_them = ngettext("%(count)d promise", "%(count)d promises", len(made)) % {"count": len(made)}
    return _("%(promises)s, %(kept)d kept in time") % {"promises": all_of_them, "kept": kept}


def _when(station: Station, state: State) -> datetime | None:
    match station:
        case Station.HEAR:
            return state.opened_at
        case Station.ACKNOWLEDGE:
            return state.last_word_at
        case Station.ACT:
            return state.resolved_at
        case Station.COME_BACK:
            return state.calls[-1].at if state.calls else state.closed_at
        case _:
            return None
