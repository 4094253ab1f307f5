"""Mail in and out, the worker, and what waits or has failed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from amends.cli.checks.model import Found

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.store.models import Effect

_FRESH = timedelta(seconds=60)
_PATIENCE = timedelta(minutes=15)


def outgoing() -> Iterator[Found]:
    """Look whether mail gets out: log in at the server, send nothing."""
    from django.conf import settings
    from django.core.mail import get_connection

    kind = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if kind == "filebased":
        yield Found(
            "warn", f"Mail out is kept as files in {settings.EMAIL_FILE_PATH}", "set AMENDS_SMTP_URL to have it sent"
        )
        return
    if kind != "smtp":
        yield Found("ok", f"Mail out: {settings.EMAIL_BACKEND} (not tried)")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            yield Found("ok", f"Mail out: {where} lets us in")
    except OSError as wrong:  # every error of SMTP is one
        yield Found(
            "bad", f"Mail out: {where} does not let us in: {wrong}", "correct AMENDS_SMTP_URL, or start that server"
        )


def mailboxes() -> Iterator[Found]:
    """Look whether each mailbox opens."""
    from amends.actions import house
    from amends.channels.email.opened import WRONG, NoPassword, opened

    try:
        boxes = house.house().mailboxes
    except house.BadHouse:
        return  # said already
    for box in boxes:
        try:
            with opened(box):
                yield Found("ok", f"Mailbox: {box.user} at {box.host}")
        except NoPassword:
            yield Found("bad", f"Mailbox {box.user}: there is no password", f"set the variable {box.password_env}")
        except WRONG as wrong:
            yield Found(
                "bad", f"Mailbox {box.user} at {box.host}: {wrong}", "correct it in amends.toml, or try again later"
            )


def worker() -> Iterator[Found]:
    """Look for signs of life."""
    from amends.actions import clock, heartbeat

    beats = {beat.name: beat for beat in heartbeat.beats()}
    alive = beats.pop(heartbeat.WORKER, None)
    if alive is None:
        yield Found("warn", "No worker is running, so nothing is sent and no deadline is seen", "amends up")
    elif clock.now() - alive.at > _FRESH:
        since = f"{alive.at:%Y-%m-%d %H:%M} UTC"
        yield Found("bad", f"The worker has not been seen since {since}", "start it again: amends up, or amends work")
    else:
        yield Found("ok", "Worker: at work")
    for beat in beats.values():
        if beat.trouble:
            yield Found("warn", f"{beat.name}: {beat.trouble}")


def waiting() -> Iterator[Found]:
    """Look for what should have been done, and what was given up."""
    from amends.actions import clock
    from amends.actions.mails import Status
    from amends.store.models import Effect, RawMail

    late = Effect.objects.filter(done_at=None, failed_at=None, not_before__lte=clock.now() - _PATIENCE)
    failed = Effect.objects.exclude(failed_at=None).order_by("-failed_at")
    odd = RawMail.objects.filter(status__in=[Status.FAILED.value, Status.HELD.value])
    nothing = True
    if count := late.count():
        nothing = False
        yield Found("bad", f"To be sent for more than a quarter of an hour: {count}{_why(late)}", "see the lines above")
    if count := failed.count():
        nothing = False
        yield Found(
            "warn", f"Given up: {count} to be sent{_why(failed)}", "call these customers, or correct the address"
        )
    for status, words in ((Status.HELD, "held back, as one sender sent many"), (Status.FAILED, "not understood")):
        if count := odd.filter(status=status.value).count():
            nothing = False
            yield Found("warn", f"Mails {words}: {count}", "look at them; they are kept as they came")
    if nothing:
        yield Found("ok", "Nothing waits that should be done")


def _why(effects: "QuerySet[Effect]") -> str:
    error = effects.values_list("error", flat=True).first()
    return f" (the last: {error})" if error else ""
