"""The worker: lets time pass for the cases, sends what waits, takes mail in. It outlives whatever goes wrong.

>>> stop = threading.Event()                                                        # doctest: +SKIP
>>> run(stop, smtp=("127.0.0.1", 8025))                                             # doctest: +SKIP
"""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import close_old_connections, connections
from django.db.models import Min

from amends.actions import clock, house
from amends.actions.broadcasts import BROADCAST, do_send_copy
from amends.actions.digests import DIGEST, do_ask_for_digests
from amends.actions.effects import Do, do_effects
from amends.actions.heartbeat import WORKER, do_beat, do_forget_beat
from amends.actions.mails import AWAY
from amends.actions.notices import NOTICE
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.ticks import BATCH, do_tick_due
from amends.actions.webhooks import WEBHOOK
from amends.actions.worths import WORTH, do_ask_for_refit
from amends.channels.email.listener import Listener
from amends.channels.email.mailbox import watch
from amends.channels.webhook.posting import do_call
from amends.desk.mails.digest import do_mail_digest
from amends.desk.mails.notices import do_mail_notices
from amends.store.models import Case, Effect

TICKING, SENDING, CALLING, RECKONING = "Ticking", "Sending", "Calling programs", "Reckoning"
DOERS = {MAIL: do_send_mail, BROADCAST: do_send_copy, NOTICE: do_mail_notices, DIGEST: do_mail_digest}
CALLS = {WEBHOOK: do_call}
"""These have a thread of their own: a program that hangs keeps no customer waiting for a mail."""
RECKONINGS: dict[str, Do] = {WORTH: lambda _day: _refit()}
"""These as well: what a million customers are worth takes a while."""
BEAT = timedelta(seconds=10)
"""How often the worker says that it is alive; older than a few of these, it is not."""

_MOST_MISSED = 5  # effects in a row
_MOST_ROUNDS = 1000  # batches of one round: more than any desk has due at once, and an end to it all the same
_LONGEST_WAIT = 5.0  # seconds between two looks at a database that is away
_GRACE = 1.5  # seconds for the threads to end
_SHORTEST = 0.02  # seconds
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """What one round did: cases ticked, effects done."""

    ticked: int
    sent: int


def run_once(at: datetime) -> Work:
    """Do all that is due at `at`, and return what that was."""
    return Work(ticked=tick_all(at), sent=sum(send_all(at, doers=doers) for doers in (DOERS, CALLS, RECKONINGS)))


def tick_all(at: datetime) -> int:
    """Let time pass for every case that is due, and return how many there were."""
    ticked = 0
    for _round in range(_MOST_ROUNDS):
        found = do_tick_due(at)
        ticked += found
        if found < BATCH:
            break
    return ticked


def send_all(at: datetime, stop: threading.Event | None = None, *, doers: Mapping[str, Do] = DOERS) -> int:
    """Do the effects that wait and that `doers` know, and return how many were done.

    One is claimed at a time, so that a worker which is killed holds up one. After a few that could not be done, the
    rest waits for the next round.
    """
    sent = missed = 0
    while missed < _MOST_MISSED and not (stop is not None and stop.is_set()):
        done = do_effects(doers, now=lambda: max(at, clock.now()), limit=1, kinds=doers.keys())
        sent += done
        missed += not done
    return sent


def run(
    stop: threading.Event,
    *,
    smtp: tuple[str, int] | None = None,
    pause: float = 1.0,
    ready: Callable[[], object] | None = None,
) -> None:
    """Work until `stop` is set, and end within two seconds of that.

    `smtp` is where to listen for mail; None listens nowhere. `pause` is the longest time in seconds between two looks
    at what is due, `ready` is called once all is running. Raises `OSError` where somebody else listens at `smtp`.
    """
    listener = Listener(*smtp).start() if smtp is not None else None
    post = threading.Event()  # set when there may be something to send
    boxes = _Watchers()
    threads = [
        _thread(TICKING, _ticking(post, boxes, pause), stop, stop),
        _thread(SENDING, _sending(stop, pause, DOERS), stop, post),
        _thread(CALLING, _sending(stop, pause, CALLS), stop, stop),
        _thread(RECKONING, _sending(stop, pause, RECKONINGS), stop, stop),
    ]
    if ready is not None:
        ready()
    try:
        while threads[0].is_alive():
            # Not in `stop.wait`: a signal handler that sets `stop` in this thread would wait for a lock held by it.
            threads[0].join(1)
    finally:
        stop.set()
        post.set()
        boxes.end()
        if listener is not None:
            listener.stop()
        for thread in threads:
            thread.join(_GRACE)
        do_forget_beat(WORKER)
        for what in (TICKING, SENDING, CALLING, RECKONING):
            do_forget_beat(_beat_name(what))


def _thread(what: str, once: Callable[[], float], stop: threading.Event, news: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=_loop, args=(what, once, stop, news), name=what.lower(), daemon=True)
    thread.start()
    return thread


@dataclass(slots=True)
class _Watchers:
    """One thread for each mailbox of the configuration, which may change at any time."""

    running: dict[house.Mailbox, tuple[threading.Thread, threading.Event]] = field(default_factory=dict)

    def keep_up(self) -> None:
        """Start a thread for each new mailbox, and end those that are no longer wanted."""
        wanted = set(house.house().mailboxes)
        for box in self.running.keys() - wanted:
            self.running.pop(box)[1].set()
        for box in wanted - self.running.keys():
            stop = threading.Event()
            thread = threading.Thread(target=watch, args=(box, stop), name=f"mailbox {box.user}", daemon=True)
            self.running[box] = thread, stop
            thread.start()

    def end(self) -> None:
        """End them all; one that waits for its server is left behind, and ends with the process."""
        for _thread, stop in self.running.values():
            stop.set()
        for thread, _stop in self.running.values():
            thread.join(_GRACE / len(self.running))


def _ticking(post: threading.Event, boxes: _Watchers, pause: float) -> Callable[[], float]:
    last_beat: list[datetime] = []

    def once() -> float:
        at = clock.now()
        if tick_all(at):
            post.set()
        if not last_beat or at - last_beat[0] >= BEAT:
            do_beat(WORKER, at=at)
            do_ask_for_digests(at)
            do_ask_for_refit(at)
            boxes.keep_up()  # after the rest: with a mistake in the configuration, time passes all the same
            last_beat[:] = [at]
        due = Case.objects.aggregate(at=Min("next_due_at"))["at"]
        return _until(due, pause)

    return once


def _sending(stop: threading.Event, pause: float, doers: Mapping[str, Do]) -> Callable[[], float]:
    def once() -> float:
        waiting = Effect.objects.filter(done_at=None, failed_at=None, kind__in=doers)
        if waiting.filter(not_before__lte=clock.now()).exists():
            send_all(clock.now(), stop, doers=doers)
        return _until(waiting.aggregate(at=Min("not_before"))["at"], pause)

    return once


def _refit() -> None:
    from amends.actions.refit import do_refit  # it loads scipy, which a desk without orders never needs

    do_refit(at=clock.now())


def _until(due: datetime | None, pause: float) -> float:
    """Return how many seconds to rest: until something is due, and at most `pause`, as others may add to it."""
    if due is None:
        return pause
    left = (due - clock.now()).total_seconds()
    return min(pause, left + _SHORTEST) if left > 0 else pause


def _loop(what: str, once: Callable[[], float], stop: threading.Event, news: threading.Event) -> None:
    """Call `once` until `stop` is set; it returns how many seconds to rest, and `news` ends a rest early.

    What goes wrong is said once, and outlived.
    """
    failures = 0
    while not stop.is_set():
        try:
            rest = once()
        except Exception as wrong:  # noqa: BLE001  nothing may end the worker but the one who started it
            failures += 1
            rest = min(0.25 * 2**failures, _LONGEST_WAIT)
            if failures == 1:
                _say_trouble(what, wrong)
        else:
            if failures:
                _say_better(what)
            failures = 0
        close_old_connections()
        if news.wait(rest) and news is not stop:
            news.clear()
    connections.close_all()


def _say_trouble(what: str, wrong: Exception) -> None:
    """Say it to whoever reads the log, and to `amends check`."""
    words = f"{what} has to wait: {wrong}"
    if isinstance(wrong, AWAY):
        _log.warning("%s", words)
    else:
        _log.error("%s failed, and will be tried again", what, exc_info=wrong)
    with suppress(OSError):
        do_beat(_beat_name(what), at=clock.now(), trouble=words)


def _say_better(what: str) -> None:
    _log.warning("%s goes on.", what)
    with suppress(OSError):
        do_forget_beat(_beat_name(what))


def _beat_name(what: str) -> str:
    return f"{WORKER}: {what}"
