"""What is due next, from a case's state, the policy and the working calendar. Time is an input, never read."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from amends.method.calendar import Calendar
from amends.method.evolve.hear import silent_since
from amends.method.policy import LegalClock, Policy, Term
from amends.method.state import PromiseStatus, State
from amends.method.words import CallResult, CustomerOutcome

CALM = 1
"""Up to this level (displeased) we may thank and ask how it was."""


class Kind(StrEnum):
    """What a deadline asks for."""

    HELD = "held"
    ACKNOWLEDGE = "acknowledge"
    PROMISE_SOON = "promise_soon"
    PROMISE = "promise"
    ESCALATION = "escalation"
    UPDATE = "update"
    SILENCE = "silence"
    SNOOZE = "snooze"
    BID = "bid"
    APPROVAL = "approval"
    CALLBACK = "callback"
    CALLBACK_LATE = "callback_late"
    THANKS = "thanks"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey_reminder"
    FOLLOW_UP = "follow_up"
    LEGAL_SOON = "legal_soon"
    LEGAL = "legal"


class Deadline(Struct, frozen=True):
    """What falls due, when (UTC), and for which promise, message or clock."""

    at: datetime
    kind: Kind
    subject: str = ""


def due(state: State, policy: Policy, calendar: Calendar) -> Deadline | None:
    """Return the next deadline of a case, or None where nothing is waited for."""
    return min(deadlines(state, policy, calendar), key=lambda d: d.at, default=None)


def deadlines(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield every deadline that has not been called yet, past ones included, in no order."""
    if state.opened_at is None:
        return
    if state.held is not None:
        yield Deadline(state.held.until, Kind.HELD, state.held.message)
    yield from _legal(state, policy, calendar)
    yield from _promises(state, policy, calendar)  # a promise made in the farewell is one, too
    yield from _words(state, policy, calendar)
    yield from _approvals(state, policy, calendar)
    if state.closed_at is not None:
        yield from _after_closing(state, state.closed_at, policy, calendar)
    elif state.resolved_at is not None:
        yield from _come_back(state, state.resolved_at, policy, calendar)


def after(term: Term, start: datetime, calendar: Calendar) -> datetime:
    """Return the moment when `term` has passed since `start`."""
    match term.unit:
        case "working_hours":
            return calendar.add_working(start, timedelta(hours=term.amount))
        case "working_days":
            return calendar.add_working_days(start, int(term.amount))
        case "days":
            return calendar.add_days(start, int(term.amount))
        case unit:
            return start + timedelta(**{unit: term.amount})


def legal_end(clock: LegalClock, complained: datetime, calendar: Calendar) -> datetime:
    """Return when a legal term runs out.

    Its working days follow the very date of receipt: what comes after hours, or on a closed day, was received that day.
    (A target of the house counts it from the next opening.) So a law is never read to our own favour.
    """
    if clock.within.unit == "working_days":
        return calendar.add_working_days(complained, int(clock.within.amount), after_hours_next_day=False)
    return after(clock.within, complained, calendar)


def before(term: Term, end: datetime) -> datetime:
    """Return the moment `term` before `end`; a working unit counts as a plain one, a warning may come early."""
    unit = {"working_hours": "hours", "working_days": "days"}.get(term.unit, term.unit)
    return end - timedelta(**{unit: term.amount})


def _words(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield what is due in words: an acknowledgement, an update, the end of a silence, a bid waited for in vain."""
    first = state.opened_at if state.last_word_at is None and state.waiting_since is not None else None
    unheard = min((at for at in (first, state.unheard_since) if at is not None), default=None)
    if unheard is not None and "acknowledge" not in state.called:
        yield Deadline(after(policy.acknowledge, unheard, calendar), Kind.ACKNOWLEDGE)
    yield from _silence(state, policy, calendar)
    if (
        state.resolved_at is None
        and state.bid_invited_at is not None
        and not state.bid_settled
        and "bid" not in state.called
    ):
        yield Deadline(after(policy.bid_wait, state.bid_invited_at, calendar), Kind.BID)


def _silence(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield the next update and the limit of silence, but while there is a reason to wait that they can read.

    A word of the desk itself puts the update off, never the limit: by then a person writes.
    """
    since = silent_since(state)
    if state.snoozed is not None:
        yield Deadline(_soon(state.snoozed.at, state.snoozed.until, policy), Kind.SNOOZE)
    elif since is not None:
        if "update" not in state.called:
            yield Deadline(after(policy.update, max(since, state.routine_at or since), calendar), Kind.UPDATE)
        if "silence" not in state.called:
            yield Deadline(_limit(state, since, policy, calendar), Kind.SILENCE)


def silence_limit(state: State, policy: Policy, calendar: Calendar) -> datetime | None:
    """Return by when they have to hear from a person, be it past; None while the next step is not ours."""
    since = silent_since(state)
    return None if since is None else _limit(state, since, policy, calendar)


def _limit(state: State, since: datetime, policy: Policy, calendar: Calendar) -> datetime:
    return after(policy.silence, since, calendar) if state.put_off is None else state.put_off.until


def _promises(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    for promise in state.promises:
        if promise.due is None:
            continue
        if promise.status is PromiseStatus.BROKEN and not promise.escalated:
            yield Deadline(after(policy.promise_escalation, promise.due, calendar), Kind.ESCALATION, promise.promise)
        if promise.status is not PromiseStatus.OPEN:
            continue
        if not promise.warned:
            yield Deadline(_soon(promise.made_at, promise.due, policy), Kind.PROMISE_SOON, promise.promise)
        yield Deadline(promise.due, Kind.PROMISE, promise.promise)


def _soon(told: datetime, due: datetime, policy: Policy) -> datetime:
    """Return when to remind somebody of what the customer was `told`: in time to do it, in its second half."""
    return max(before(policy.promise_warning, due), due - (due - told) / 2)


def _approvals(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield by when each wish to give more should be answered; old journals do not know since when one waits."""
    for one in state.approvals:
        if one.granted is None and one.asked_at is not None and not one.overdue and state.closed_at is None:
            yield Deadline(after(policy.approval, one.asked_at, calendar), Kind.APPROVAL, one.approval)


def _come_back(state: State, resolved: datetime, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield when to call back: when they said that it suits them, else a day or two after the fix, and then again."""
    if state.called_back or (state.call_at is None and len(state.calls) >= policy.callback_tries):
        return  # who chose a time after that is called all the same
    opens, closes = _callback_window(state, resolved, policy, calendar)
    again = _call_again(state, policy, calendar) if state.call_at is None else None
    if "callback" not in state.called:
        yield Deadline(again or opens, Kind.CALLBACK)
    if "late" not in state.called and again is None:
        yield Deadline(closes, Kind.CALLBACK_LATE)


def callback_opens(state: State, policy: Policy, calendar: Calendar) -> datetime | None:
    """Return when it is time to call back, or to try again after nobody was reached; None before the fix.

    This is what `deadlines` says with `Kind.CALLBACK`, and it stays known when the clock has called.
    """
    if state.resolved_at is None:
        return None
    again = _call_again(state, policy, calendar) if state.call_at is None else None
    return again or _callback_window(state, state.resolved_at, policy, calendar)[0]


def _call_again(state: State, policy: Policy, calendar: Calendar) -> datetime | None:
    tried = [call.at for call in state.calls if call.result is CallResult.NOT_REACHED]
    return after(policy.callback_retry, tried[-1], calendar) if tried else None


def _callback_window(state: State, resolved: datetime, policy: Policy, calendar: Calendar) -> tuple[datetime, datetime]:
    """Return when to call back after a fix, from and until.

    It stays open for the rest of its first working day: after a fix on a Friday, both ends would be Monday's opening.
    """
    if state.call_at is not None:
        return state.call_at, after(policy.callback_slot, state.call_at, calendar)
    opens = calendar.next_open(after(policy.callback_opens, resolved, calendar))
    closes = calendar.next_open(after(policy.callback_closes, resolved, calendar))
    return opens, max(closes, calendar.add_working_days(opens, 0))


def _after_closing(state: State, closed: datetime, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield thanks, survey and its one reminder, never while still angry; then the look whether they came back."""
    if not _angry(state, closed) and not state.bounced:
        if state.thanks_sent_at is None and "thanks" not in state.called:
            own_line = state.thanks_line is not None  # then there is nothing to wait for
            yield Deadline(closed if own_line else after(policy.thanks, closed, calendar), Kind.THANKS)
        if "survey" not in state.called and _may_survey(state, policy):
            if state.survey_sent_at is None:
                yield Deadline(after(policy.survey, closed, calendar), Kind.SURVEY)
            elif state.survey_open and state.survey_reminded_at is None:
                yield Deadline(after(policy.survey_reminder, state.survey_sent_at, calendar), Kind.SURVEY_REMINDER)
    if not state.followed and "follow" not in state.called:
        yield Deadline(after(policy.follow_up, closed, calendar), Kind.FOLLOW_UP)


def _may_survey(state: State, policy: Policy) -> bool:
    """Whether we ask how it was: everybody, nobody, or only who was reached; never who does not want to be asked."""
    if state.survey_declined:
        return False
    return policy.surveys == "all" or (policy.surveys == "reached" and state.called_back)


def _angry(state: State, closed: datetime) -> bool:
    """Whether they are still upset: by what they wrote since, else by what the call-back found, else by their words.

    Who wrote in anger once, and was glad on the phone, is not angry any more.
    """
    last = state.temperature[-1] if state.temperature else None
    if state.outcomes is not None and (last is None or last.at <= closed):
        return state.outcomes.customer in (CustomerOutcome.UNHAPPY, CustomerOutcome.LOST)
    return last is not None and last.level > CALM


def _legal(state: State, policy: Policy, calendar: Calendar) -> Iterator[Deadline]:
    """Yield the legal terms that are not met. They never pause, and a reopened case does not start them anew."""
    begins = state.complained_at
    for name, clock in policy.legal.items():
        if begins is None or _met(state, clock) or f"legal:{name}" in state.called:
            continue
        end = legal_end(clock, begins, calendar)
        if f"legal-soon:{name}" not in state.called:
            yield Deadline(max(before(clock.warn, end), begins), Kind.LEGAL_SOON, name)
        yield Deadline(end, Kind.LEGAL, name)


def _met(state: State, clock: LegalClock) -> bool:
    if clock.met_by == "first_word":
        return state.last_word_at is not None
    return state.final_answer is not None or state.resolved_at is not None
