"""What has to be done in the world: asked for inside the transaction, done outside of it, once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import Q

from amends.store.models import Effect

LEASE = timedelta(minutes=5)
_PAUSES = (
    timedelta(seconds=30),
    *(timedelta(minutes=m) for m in (2, 10, 30, 60)),
)
MOST_ATTEMPTS = 60  # with the last pause repeated: two days and more

_PROBES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300))


class Hopeless(Exception):
    """Trying again would not help; the message says why, for the person who has to act."""


class NotReached(Exception):
    """The other side is not there at all, so nothing of this kind can be done now. It is no fault of this effect."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An effect that this worker has leased."""

    id: int
    kind: str
    subject: str
    fence: int
    attempts: int


Do = Callable[[str], None]


def queue_effect(kind: str, subject: str, *, key: str, at: datetime, lane: str = "") -> None:
    """Ask for an effect from `at` on. The same `key` asked twice is done once. `lane` keeps an order: one at a time."""
    queue_effects([Effect(key=key, kind=kind, subject=subject, lane=lane, not_before=at)])


def queue_effects(wanted: Collection[Effect]) -> None:
    """Ask for many at once, in one statement."""
    if wanted:
        Effect.objects.bulk_create(wanted, batch_size=1000, ignore_conflicts=True)


def claim(at: datetime, limit: int = 20, *, kinds: Collection[str] = ()) -> list[Claim]:
    """Lease up to `limit` effects that are due, oldest first, one of each lane; others leave them alone.

    With `kinds` only those: what one of them waits for holds up no other.
    """
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    wanted = f"AND kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE store_effect SET leased_until = %s, attempts = attempts + 1, fence = fence + 1
                WHERE id IN (SELECT id FROM store_effect e
                             WHERE done_at IS NULL AND failed_at IS NULL AND not_before <= %s {wanted}
                               AND (leased_until IS NULL OR leased_until < %s)
                               AND NOT EXISTS (SELECT 1 FROM store_effect f
                                               WHERE e.lane <> '' AND f.lane = e.lane AND f.id < e.id
                                                 AND f.done_at IS NULL AND f.failed_at IS NULL)
                             ORDER BY not_before, id LIMIT %s {skip})
                RETURNING id, kind, subject, fence, attempts""",  # noqa: S608 - both are made of constants
            [_sql(at + LEASE), _sql(at), *kinds, _sql(at), limit],
        )
        return sorted((Claim(*row) for row in cursor.fetchall()), key=lambda c: c.id)


def do_effects(
    doers: Mapping[str, Do], *, now: Callable[[], datetime], limit: int = 20, kinds: Collection[str] = ()
) -> int:
    """Claim and do what is due (with `kinds` only of those), and return how many were done.

    A failure is kept with its reason and tried again. Where the other side is not there, all effects of the kind wait
    together, for minutes at the most and as often as it takes; once it is back, they all go, the oldest first.
    """
    done = 0
    for effect in claim(now(), limit, kinds=kinds):
        if not _renew(effect, now()):
            continue  # those before it took so long that somebody else has it now
        try:
            doers[effect.kind](effect.subject)
        except Hopeless as why:
            _give_up(effect, str(why), now())
        except NotReached as why:
            _wait_together(effect, str(why), now())
        except Exception as wrong:  # noqa: BLE001 - whatever an effect raises, the others go on
            _try_again(effect, wrong, now())
        else:
            _mine(effect).update(done_at=now(), leased_until=None, error="")
            _wake(effect.kind, now())
            done += 1
    return done


def _renew(effect: Claim, at: datetime) -> bool:
    """Lease the effect anew, just before it is done; False where our lease ran out and another worker claimed it."""
    return bool(_mine(effect).update(leased_until=at + LEASE))


def _try_again(effect: Claim, wrong: Exception, at: datetime) -> None:
    if effect.attempts >= MOST_ATTEMPTS:
        _give_up(effect, f"Given up after {effect.attempts} tries. {wrong}", at)
        return
    pause = _PAUSES[min(effect.attempts, len(_PAUSES)) - 1]
    _mine(effect).update(leased_until=None, not_before=at + pause, error=_short(f"{type(wrong).__name__}: {wrong}"))


def _wait_together(effect: Claim, why: str, at: datetime) -> None:
    """Let everything of this kind that waits, wait for the next look whether the other side is back."""
    again = at + _PROBES[min(effect.attempts, len(_PROBES)) - 1]
    said = _short(Effect.NOBODY_THERE + why)
    _mine(effect).update(leased_until=None, not_before=again, error=said)
    alike = _waiting(effect.kind).filter(Q(leased_until=None) | Q(leased_until__lt=at))
    alike.filter(not_before__lt=again).update(not_before=again, error=said)


def _wake(kind: str, at: datetime) -> None:
    """Let go at once what waited for the other side to come back."""
    _waiting(kind).filter(error__startswith=Effect.NOBODY_THERE, not_before__gt=at).update(not_before=at)


def _waiting(kind: str) -> models.QuerySet[Effect]:
    return Effect.objects.filter(kind=kind, done_at=None, failed_at=None)


def _give_up(effect: Claim, why: str, at: datetime) -> None:
    _mine(effect).update(failed_at=at, leased_until=None, error=_short(why))


def _mine(effect: Claim) -> models.QuerySet[Effect]:
    """Return the effect if the lease is still ours: the fence has not moved on."""
    return Effect.objects.filter(Q(pk=effect.id, fence=effect.fence))


def _sql(at: datetime) -> str | datetime:
    """Return the time as this database compares it in plain SQL."""
    return connection.ops.adapt_datetimefield_value(at) or at


def _short(text: str) -> str:
    return text[:500]
