"""The call-back on the page of a case: the script, the hours that suit both sides, and the time that was agreed on."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from amends.coaching import Known, Script, Story, call_script
from amends.desk.contexts.casepage import BookedCall
from amends.insight.casefile import CaseFile
from amends.method.calendar import Calendar
from amends.method.clock import callback_opens
from amends.method.policy import Policy
from amends.method.slots import call_slots, clashes, hours_that_suit, suits_both
from amends.method.state import PromiseStatus, State
from amends.method.words import CallResult

FREE = 3
"""Free times that are shown beside the form; whoever wants another one types it."""


def script_of(file: CaseFile, known: Known) -> Script | None:
    """Return what to have in hand, between the fix and the call."""
    state, words = file.state, file.texts.words
    if state.resolved_at is None or state.closed_at is not None or state.called_back:
        return None
    done = [p for p in state.promises if p.status in (PromiseStatus.KEPT, PromiseStatus.LATE)]
    praise = state.loyalty or state.thanked
    story = Story(
        peak=state.peak,
        lately=state.upset or 0,
        given=words(state.agreement.words.span) if state.agreement is not None else "",
        refused=state.final_answer is not None and state.agreement is None,
        kept=tuple(words(p.what) for p in done if p.status is PromiseStatus.KEPT),
        late=tuple(words(p.what) for p in done if p.status is PromiseStatus.LATE),
        fixed=state.fixed,
        failures=len([case for case in file.customer.earlier if case.peak > 1]) + (state.earlier_contact is not None),
        praise=words(praise.span) if praise is not None else "",
        tries=len(state.calls),
    )
    return call_script(known, story)


def booked_call(
    file: CaseFile, policy: Policy, calendar: Calendar, beside: Sequence[tuple[datetime, int]]
) -> BookedCall | None:
    """Return the time that was agreed on. `beside` are the other calls of whoever handles the case."""
    at = file.state.call_at
    if at is None:
        return None
    zone = hours_that_suit(policy, calendar, file.customer.time_zone).zone
    hour = formats.time_format(at.astimezone(ZoneInfo(zone)), "H:i")
    theirs = _("%(hour)s by the clock of %(place)s") % {"hour": hour, "place": _place(zone)}
    return BookedCall(
        at=at,
        theirs=theirs if zone != calendar.zone else "",
        clashes=tuple(f"#{number}" for other, number in beside if clashes(at, [other], policy.slot)),
    )


def suits(file: CaseFile, policy: Policy, calendar: Calendar, now: datetime) -> tuple[datetime, datetime, str] | None:
    """Return from when until when to call, in working time that suits the customer; and their hours, if not ours."""
    opens = callback_opens(file.state, policy, calendar)
    if opens is None or file.state.call_at is not None:
        return None
    zone = hours_that_suit(policy, calendar, file.customer.time_zone).zone
    span = suits_both(policy, calendar, zone=zone, at=max(opens, now))
    if span is None:
        return None
    start, end = (formats.time_format(at.astimezone(ZoneInfo(zone)), "H:i") for at in span)
    elsewhere = zone != calendar.zone
    theirs = _("%(start)s to %(end)s by the clock of %(place)s") % {"start": start, "end": end, "place": _place(zone)}
    return (*span, theirs if elsewhere else "")


def next_free(
    file: CaseFile, policy: Policy, calendar: Calendar, beside: Sequence[tuple[datetime, int]], now: datetime
) -> tuple[datetime, ...]:
    """Return the next times that the customer could choose."""
    taken = [at for at, _number in beside]
    return tuple(call_slots(file.state, policy, calendar, zone=file.customer.time_zone, taken=taken, now=now)[:FREE])


def tried_enough(state: State, policy: Policy) -> bool:
    """Whether it was tried as often as the policy asks, in vain, and no time is agreed on."""
    vain = sum(call.result is CallResult.NOT_REACHED for call in state.calls)
    return not state.called_back and state.call_at is None and vain >= policy.callback_tries


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
