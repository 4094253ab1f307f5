"""Telling a customer how things stand: a draft of what has happened since, sent as it stands, or by the desk itself."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from amends.actions import house
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.carry import check_unchanged
from amends.actions.replies import do_reply
from amends.coaching import Known
from amends.coaching.news import news, since_last_word
from amends.coaching.updates import Told, routine_letter, update_letter
from amends.method.clock import after, silence_limit
from amends.method.decide import Impossible
from amends.method.evolve import taken_back
from amends.method.facts import AnyFact
from amends.method.state import State
from amends.store.journal import entries, state_of
from amends.store.models import Case, Message, Note, User
from amends.transcript import Span

_TOLD_TO_THEM = "promise"
"""The kind of notes that promises stand in which were made in other words than a message."""


def access_update(who: Staff, case_id: int, *, at: datetime) -> str:
    """Return a letter that says truly what has happened since they last heard from us; `who` writes it."""
    return _letter(access_case(who, case_id), who, at)


def do_send_update(who: Staff, case_id: int, *, at: datetime, seen: int | None = None) -> Message:
    """Send that letter as it stands, held for a count of ten like every reply. Raises what `do_reply` raises."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_unchanged(case, seen)
        return do_reply(who, case_id, _letter(case, who, at), at=at)


def routine_words(case: Case, at: datetime) -> str:
    """Return the letter by which the desk itself says how things stand. `case` has its customer and its owner."""
    state = state_of(case)
    owner = case.owner.name if case.owner is not None else ""
    told = _told(case, state, silence_limit(state, house.policy(), house.calendar_of(case)) or at)
    return routine_letter(told, Known(name=case.customer.name, handler=owner, business=house.house().business.name))


def _letter(case: Case, who: Staff, at: datetime) -> str:
    state = state_of(case)
    if not state.ours:
        raise Impossible("The next step is the customer's: they are not waiting for a word from us.")
    known = Known(
        name=case.customer.name,
        handler=who.name,
        business=house.house().business.name,
        years=case.customer.tenure_years(at),
        problem=_texts([state.problem.span]).get(state.problem.span, "") if state.problem is not None else "",
    )
    told = _told(case, state, after(house.policy().silence, at, house.calendar_of(case)))
    return update_letter(state, told, known, str(who.id))


def _told(case: Case, state: State, again: datetime) -> Told:
    journal: list[AnyFact] = [entry.fact for entry in entries(case.pk)]
    found = news(since_last_word(journal, state, taken_back(journal)), state)
    promises = [one.promise for one in found if one.promise is not None]
    texts = _texts([promise.what for promise in promises])
    here, theirs = ZoneInfo(house.calendar_of(case).zone), _zone(case.customer.time_zone)
    return Told(
        news=found,
        words={promise.promise: texts.get(promise.what, "") for promise in promises},
        names=_names({one.who for one in found}),
        again=again,
        zone=here,
        name_zone=theirs is not None and again.astimezone(theirs).utcoffset() != again.astimezone(here).utcoffset(),
    )


def _texts(spans: list[Span]) -> dict[Span, str]:
    """Return the words of these spans, as far as the customer knows them."""
    sources = {span.source for span in spans}
    found = dict(Message.objects.filter(pk__in=sources).values_list("pk", "text"))
    notes = Note.objects.filter(pk__in=sources - found.keys(), kind=_TOLD_TO_THEM)
    found |= dict(notes.values_list("pk", "text"))
    return {span: " ".join(span.of(found.get(span.source, "")).split()) for span in spans}


def _names(staff: set[str]) -> dict[str, str]:
    ids = {int(one) for one in staff if one.isdigit()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")} if ids else {}


def _zone(name: str) -> ZoneInfo | None:
    """Return the customer's zone; None where we do not know it, or what is written there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
