"""Time passes: the cases that are due are ticked, and what follows from it is done."""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction

from amends.actions import house
from amends.actions.actors import DESK, actor
from amends.actions.appending import append_all
from amends.actions.letters import write_letters
from amends.actions.replies import let_go
from amends.method.decide import decide
from amends.method.facts import AnyFact, MessageSent, SurveyFellDue, ThanksFellDue, UpdateFellDue
from amends.method.moves import Tick
from amends.store.journal import rebuild, state_of
from amends.store.models import Case

BATCH = 500
_LATER = timedelta(hours=1)
_log = logging.getLogger(__name__)


def do_tick_due(at: datetime, limit: int = BATCH) -> int:
    """Tick up to `limit` cases that are due by `at`, each locked, and return how many there were.

    Several workers share the work: on PostgreSQL each skips the cases that another one has locked; SQLite has one
    writer at a time. What a tick makes is in the journal, or nothing of it is. A case that cannot be ticked is named
    in the log and looked at again in an hour; it never holds up the others.
    """
    try:
        with transaction.atomic():
            return _tick(_due(at, limit), at)
    except Exception:  # noqa: BLE001 - one of them failed, whatever the reason: find out which
        return sum(_tick_alone(pk, at) for pk in _due_ids(at, limit))


def _tick_alone(case_id: int, at: datetime) -> int:
    try:
        with transaction.atomic():
            return _tick(_due(at, 1, only=case_id), at)
    except Exception:  # noqa: BLE001 - whatever the reason, the others go on
        _log.exception("Case %s could not be ticked; it is looked at again in an hour.", case_id)
        Case.objects.filter(pk=case_id).update(next_due_at=at + _LATER)
        return 0


def _due_ids(at: datetime, limit: int) -> list[int]:
    return list(Case.objects.filter(next_due_at__lte=at).order_by("next_due_at").values_list("pk", flat=True)[:limit])


def _due(at: datetime, limit: int, only: int | None = None) -> list[Case]:
    due = Case.objects.filter(next_due_at__lte=at).order_by("next_due_at").select_related("customer", "owner", "team")
    if only is not None:
        due = due.filter(pk=only)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    return list(due[:limit])


def _tick(cases: list[Case], at: datetime) -> int:
    law, clock = house.law(), actor(DESK)
    policy, calendar_of = law.policy, law.calendar_for
    changes: list[tuple[Case, list[AnyFact]]] = []
    held = {}
    for case in cases:
        state = state_of(case)
        held[case.pk] = state.held
        decided = decide(state, Tick(), at=at, by=clock, policy=policy, calendar=calendar_of(case))
        changes.append((case, decided))
    append_all(changes, by=clock, policy=policy, calendar_of=calendar_of)
    for case, facts in changes:
        if not facts:  # policy or calendar changed since: look again when it is due by the new ones
            rebuild(case, policy=policy, calendar=calendar_of(case))
        elif any(isinstance(fact, MessageSent | ThanksFellDue | SurveyFellDue | UpdateFellDue) for fact in facts):
            reply = held[case.pk]
            if reply is not None and any(isinstance(fact, MessageSent) for fact in facts):
                let_go(case, reply, at)
            write_letters(case, facts, at)
    return len(cases)
