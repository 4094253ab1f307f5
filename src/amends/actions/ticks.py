"""Time passes: the cases that are due are ticked, and what follows from it is done."""

from datetime import datetime

from django.db import connection, transaction

from amends.actions import house
from amends.actions.actors import DESK
from amends.actions.carry import carry_out
from amends.actions.letters import write_letters
from amends.actions.replies import let_go
from amends.method.facts import MessageSent
from amends.method.moves import Tick
from amends.store.journal import rebuild, state_of
from amends.store.models import Case

BATCH = 100


def do_tick_due(at: datetime, limit: int = BATCH) -> int:
    """Tick up to `limit` cases that are due by `at`, each locked, and return how many there were.

    Several workers share the work: on PostgreSQL each skips the cases that another one has locked; SQLite has one
    writer at a time. What a tick makes is in the journal, or nothing of it is.
    """
    with transaction.atomic():
        due = Case.objects.filter(next_due_at__lte=at).order_by("next_due_at").select_related("customer", "owner")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        cases = list(due[:limit])
        for case in cases:
            tick(case, at)
    return len(cases)


def tick(case: Case, at: datetime) -> None:
    """Let time pass for one locked case."""
    held = state_of(case).held
    _state, facts = carry_out(case, [Tick()], by=DESK, at=at)
    if held is not None and any(isinstance(f, MessageSent) and f.message == held.message for f in facts):
        let_go(case, held, at)
    write_letters(case, facts, at)
    if not facts:  # policy or calendar changed since: look again when it is due by the new ones
        rebuild(case, policy=house.policy(), calendar=house.calendar())
