"""What could not leave the desk: tried once more because somebody says so."""

from datetime import datetime

from django.db import transaction

from amends.actions.access import LARGEST, NoAccess, access_case, check_rank
from amends.actions.actors import Staff
from amends.method.words import Rank
from amends.store.models import Effect, Message


def do_try_again(who: Staff, effect: int, *, at: datetime) -> None:
    """Try an effect again now: one that waits, or one that was given up. Of mails only those that one may see.

    Raises `NoAccess` where there is none, `NotAllowed` for handlers.
    """
    check_rank(who, Rank.LEAD)
    with transaction.atomic():
        found = Effect.objects.select_for_update().filter(pk=min(effect, LARGEST), done_at=None).first()
        if found is None:
            raise NoAccess
        message = Message.objects.filter(pk=found.subject).first()
        if message is not None:
            access_case(who, message.case_id, lock=True)
            Message.objects.filter(pk=message.pk, status="failed").update(status="queued")
        elif who.rank is not Rank.ADMIN:
            raise NoAccess
        Effect.objects.filter(pk=found.pk).update(not_before=at, failed_at=None, attempts=0, leased_until=None)
