"""Whether the rows still say what the journal says, and making them say it again."""

from collections.abc import Iterator

import msgspec
from django.db import transaction

from amends.actions import house
from amends.store.journal import rebuild, recount, replay, state_of
from amends.store.models import Case, Tally


def cases_that_differ(limit: int | None = None) -> Iterator[int]:
    """Yield the cases whose stored state is not what their journal gives; of the newest `limit`, or of all."""
    newest = Case.objects.order_by("-pk").values_list("pk", flat=True)
    for pk in newest[:limit].iterator() if limit else newest.iterator():
        if _differs(pk):
            with transaction.atomic():  # the desk is at work: only what differs while nobody writes is wrong
                case = Case.objects.select_for_update().filter(pk=pk).first()
                still = case is not None and _differs(pk)
            if still:
                yield pk


def tallies_differ() -> bool:
    """Return whether the counted heaps are not what counting anew gives. Nothing is changed."""
    with transaction.atomic():
        before = _tallies()
        recount()
        after = _tallies()
        transaction.set_rollback(True)
    return before != after


def do_mend() -> int:
    """Make anew the rows of every case that differs, and the tallies. Return how many cases that were."""
    wrong = list(cases_that_differ())
    for pk in wrong:
        with transaction.atomic():
            case = Case.objects.select_related("customer", "team").select_for_update(of=("self",)).get(pk=pk)
            case.state = b""  # whatever stands there; it may not even be readable
            rebuild(case, policy=house.policy(), calendar=house.calendar_of(case))
    with transaction.atomic():
        recount()
    return len(wrong)


def _differs(pk: int) -> bool:
    case = Case.objects.only("pk", "state").get(pk=pk)
    try:
        return replay(pk) != state_of(case)
    except msgspec.DecodeError:
        return True


def _tallies() -> set[tuple[int, str, int]]:
    return set(Tally.objects.exclude(count=0).values_list("team_id", "heap", "count"))
