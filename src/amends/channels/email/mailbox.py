"""Mailboxes elsewhere: what is unread in them is taken in, and marked as read once it is kept."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

from django.db import close_old_connections, connections
from django.utils.translation import gettext as _
from imap_tools import BaseMailBox

from amends.actions import clock
from amends.actions.heartbeat import do_beat, do_forget_beat
from amends.actions.house import Mailbox
from amends.actions.mails import AWAY
from amends.channels.email.intake import take_in_mail
from amends.channels.email.opened import (
    WRONG,
    NoPassword,
    can_idle,
    fetch,
    idle,
    mark_seen,
    opened,
    sentence,
    sizes,
    unseen,
)

BATCH = 50  # mails whose sizes are asked for at once
LARGEST = 60 * 1024 * 1024  # bytes; of a mail that is larger only the beginning is fetched
BEGINNING = 1024 * 1024  # bytes
PAUSES = tuple(timedelta(seconds=s) for s in (2, 10, 30, 120, 600))
"""How long to wait after the first, the second … failure in a row; the last one is repeated."""

_log = logging.getLogger(__name__)


class NotKept(Exception):
    """The mail could not be kept (the database is away, the disk is full); it stays unread where it is."""


def watch(box: Mailbox, stop: threading.Event) -> None:
    """Look into one mailbox until `stop` is set, whatever happens; to run in a thread of its own."""
    failures = 0
    try:
        while not stop.is_set():
            try:
                with opened(box) as mailbox:
                    for _visit in _visits(mailbox, box, stop):
                        failures = 0
                        do_beat(beat_name(box), at=clock.now())
            except (NotKept, NoPassword, *WRONG) as wrong:
                failures += 1
                _complain(box, wrong, failures)
            except Exception as wrong:  # noqa: BLE001  a mailbox that nobody looks into any more helps nobody
                failures += 1
                _log.exception("The mailbox %s", box.user)
                _complain(box, wrong, failures)
            finally:
                close_old_connections()
            if failures:
                stop.wait(PAUSES[min(failures, len(PAUSES)) - 1].total_seconds())
    finally:
        do_forget_beat(beat_name(box))
        connections.close_all()


def look_in(box: Mailbox, stop: threading.Event | None = None) -> int:
    """Look into a mailbox once, and return how many mails were taken in.

    Raises `NotKept`, and what `opened` raises.
    """
    with opened(box) as mailbox:
        return _take_unseen(mailbox, box, stop or threading.Event(), set())


def beat_name(box: Mailbox) -> str:
    """Return the name under which this mailbox gives signs of life."""
    return f"mailbox {box.user} at {box.host} ({box.folder})"


def _visits(mailbox: BaseMailBox, box: Mailbox, stop: threading.Event) -> Iterator[int]:
    """Take in what is there, again whenever the server has news or the time between two looks is over."""
    done: set[str] = set()
    idles = can_idle(mailbox)
    seconds = max(1, box.every_seconds)
    while not stop.is_set():
        yield _take_unseen(mailbox, box, stop, done)
        if idles:
            idle(mailbox, seconds, stop)
        else:
            stop.wait(seconds)


def _take_unseen(mailbox: BaseMailBox, box: Mailbox, stop: threading.Event, done: set[str]) -> int:
    """Take in what is unread and not in `done`, in batches, and return how many mails there were."""
    waiting = [uid for uid in unseen(mailbox) if uid not in done]
    taken = 0
    for start in range(0, len(waiting), BATCH):
        for uid, size in sizes(mailbox, waiting[start : start + BATCH]).items():
            if stop.is_set():
                return taken
            taken += _take(mailbox, box, uid, size)
            done.add(uid)  # a server on which nothing can be marked as read must not offer it for ever
    return taken


def _take(mailbox: BaseMailBox, box: Mailbox, uid: str, size: int) -> bool:
    """Take one mail in; it is marked as read only after that."""
    large = size > LARGEST
    content = fetch(mailbox, uid, BEGINNING if large else None)
    if content is None:
        return False
    problem = (
        _("This mail is very large; only its beginning was fetched. The whole mail is in the mailbox %(user)s.")
        % {"user": box.user}
        if large
        else ""
    )
    try:
        take_in_mail(content, source=f"imap {box.user}", team=box.team, problem=problem)
    except AWAY as wrong:
        raise NotKept(str(wrong)) from wrong
    mark_seen(mailbox, uid)
    return True


def _complain(box: Mailbox, wrong: Exception, failures: int) -> None:
    """Say what is wrong, from the second time on: a connection that breaks off once is nothing to worry about."""
    if failures == 1 and not isinstance(wrong, NoPassword):
        return
    words = sentence(box, wrong)
    if isinstance(wrong, NotKept):
        words = f"Mail waits in the mailbox {box.user} at {box.host}, as it cannot be kept just now ({wrong})."
    if failures <= len(PAUSES):
        _log.warning("%s", words)
    do_beat(beat_name(box), at=clock.now(), trouble=words)
