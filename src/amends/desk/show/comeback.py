"""The way out of a case: resolve, call back, both outcomes, close, learn."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.coaching import Known
from amends.desk.contexts.casepage import ComeBackView
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS
from amends.desk.show.callback import booked_call, next_free, script_of, suits, tried_enough
from amends.insight.casefile import CaseFile
from amends.method.calendar import Calendar
from amends.method.clock import callback_opens
from amends.method.path import station
from amends.method.policy import Policy
from amends.method.state import PromiseStatus, State
from amends.method.words import Station


def come_back_view(
    file: CaseFile,
    known: Known,
    policy: Policy,
    calendar: Calendar,
    *,
    beside: Sequence[tuple[datetime, int]],
    now: datetime,
) -> ComeBackView:
    """Return where the case stands on its way out. `beside` are the other calls of whoever handles the case."""
    state = file.state
    return ComeBackView(
        state="open" if file.status == "quiet" else file.status,  # type: ignore[arg-type]  # one of the three
        first=file.status in ("resolved", "closed") or _ready(state),
        phones=file.customer.phones[::-1],
        script=script_of(file, known),
        booked=booked_call(file, policy, calendar, beside),
        suits=suits(file, policy, calendar, now),
        free=next_free(file, policy, calendar, beside, now),
        tried_enough=tried_enough(state, policy),
        tries=tuple((str(CALLS[call.result]), call.at, file.texts.words(call.note)) for call in state.calls),
        called_back=state.called_back,
        fixed={None: "unknown", True: "yes", False: "no"}[state.fixed],  # type: ignore[arg-type]  # one of the three
        outcomes=_outcomes(state),
        cause=state.root_cause,
        bought_at=_bought_since(file),
        followed=_followed(state),
        opens=callback_opens(state, policy, calendar),
    )


def _bought_since(file: CaseFile) -> datetime | None:
    last, closed = file.customer.last_order_at, file.state.closed_at
    return last if last is not None and closed is not None and last > closed else None


def _followed(state: State) -> tuple[str, ...]:
    bought = {True: _("They bought again."), False: _("They did not buy again.")}
    tell = {True: _("They recommend us."), False: _("They do not recommend us.")}
    if not state.followed:
        return ()
    both = ((bought, state.bought_again), (tell, state.recommends))
    return tuple(said[known] for said, known in both if known is not None)


def _ready(state: State) -> bool:
    """Whether nothing is left but to say that it is done: not while somebody who wrote again waits to be heard."""
    looked_at = all(not p.owed and p.status is not PromiseStatus.PROPOSED for p in state.promises)
    heard = station(state) in (Station.ACT, Station.COME_BACK, Station.LEARN)
    return heard and looked_at and (state.agreement is not None or state.final_answer is not None)


def _outcomes(state: State) -> tuple[str, str] | None:
    if state.outcomes is None:
        return None
    return str(PROBLEMS[state.outcomes.problem]), str(CUSTOMERS[state.outcomes.customer])
