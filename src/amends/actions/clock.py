"""The one place that reads the wall clock and makes ids. Everything else is given both."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_stopped: datetime | None = None


def now() -> datetime:
    """Return the time, in UTC."""
    return _stopped if _stopped is not None else datetime.now(UTC)


def new_id() -> str:
    """Return a new id: 32 letters, sorted by time as far as its first 12."""
    millis = int(now().timestamp() * 1000)
    return f"{millis & 0xFFFFFFFFFFFF:012x}{secrets.token_hex(10)}"


def new_token() -> str:
    """Return a new secret that nobody can guess: 128 bits, lower-case letters and digits, fit for a mail address."""
    return secrets.token_hex(16)


@contextmanager
def stopped(at: datetime) -> Iterator["StoppedClock"]:
    """Stop the clock at `at`, for tests and for the demonstration: time moves when `pass_time` says so."""
    global _stopped  # noqa: PLW0603 - the one clock of the process
    before = _stopped
    _stopped = at
    try:
        yield StoppedClock()
    finally:
        _stopped = before


class StoppedClock:
    """Moves the stopped clock."""

    def pass_time(self, *, to: datetime | None = None, by: timedelta = timedelta()) -> datetime:
        """Let time pass, and return what it is then."""
        global _stopped  # noqa: PLW0603 - the one clock of the process
        _stopped = (to or now()) + by
        return _stopped
