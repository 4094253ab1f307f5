"""The wait of a customer, in words and as a bar."""

from datetime import datetime, timedelta

from amends.desk.contexts.waiting import WaitBar, WaitState, WaitTold, WaitView
from amends.desk.timewords import span
from amends.insight.casefile import CaseFile
from amends.method.calendar import Calendar
from amends.method.clock import after, silence_limit
from amends.method.evolve.hear import silent_since
from amends.method.policy import Policy
from amends.method.state import UPSET, State

_ROOM = 1.25
"""How long the bar is, against the longest that it shows: what stands at its end is still seen."""


def wait_view(
    file: CaseFile, now: datetime, policy: Policy, calendar: Calendar, preview: WaitTold | None = None
) -> WaitView:
    """Return how long they have waited, against how long they may."""
    state = file.state
    since, limit = silent_since(state), silence_limit(state, policy, calendar)
    waited = now - since if since is not None else timedelta()
    longest = max(state.longest_silence, waited)
    told = state.put_off
    return WaitView(
        state=_state(state, limit, now),
        since=since,
        limit=limit,
        longest=span(longest) if longest else "",
        bar=_bar(waited, (limit or after(policy.silence, now, calendar)) - (since or now), longest),
        told=None if told is None else WaitTold(why=file.texts.words(told.why), until=told.until),
        preview=preview,
        can_put_off=state.ours and state.last_word_at is not None and state.unheard < UPSET,
    )


def _state(state: State, limit: datetime | None, now: datetime) -> WaitState:
    if limit is None:
        return "theirs"
    if limit <= now:
        return "late"
    if state.snoozed is not None:
        return "put_off"
    return "due" if "update" in state.called else "fine"


def _bar(waited: timedelta, limit: timedelta, longest: timedelta) -> WaitBar:
    whole = max(waited, limit, longest, timedelta(minutes=1)) * _ROOM
    return WaitBar(now=_percent(waited, whole), limit=_percent(limit, whole), longest=_percent(longest, whole))


def _percent(part: timedelta, whole: timedelta) -> int:
    return round(100 * (part / whole))
