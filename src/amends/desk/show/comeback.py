"""The way out of a case: resolve, call back, both outcomes, close, learn."""

from amends.coaching import Known, call_script
from amends.desk.contexts.casepage import ComeBackView, WordingView
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS
from amends.insight.casefile import CaseFile
from amends.method.calendar import Calendar
from amends.method.clock import callback_opens
from amends.method.policy import Policy
from amends.method.state import PromiseStatus, State


def come_back_view(file: CaseFile, known: Known, policy: Policy, calendar: Calendar) -> ComeBackView:
    """Return where the case stands on its way out."""
    state = file.state
    return ComeBackView(
        state=file.status,  # type: ignore[arg-type]  # one of the three
        first=file.status != "open" or _ready(state),
        phone=next(iter(file.customer.phones), ""),
        script=tuple(_script(state, known)),
        tries=tuple((str(CALLS[call.result]), call.at, file.texts.words(call.note)) for call in state.calls),
        called_back=state.called_back,
        fixed={None: "unknown", True: "yes", False: "no"}[state.fixed],  # type: ignore[arg-type]  # one of the three
        outcomes=_outcomes(state),
        cause=state.root_cause,
        opens=callback_opens(state, policy, calendar),
    )


def _ready(state: State) -> bool:
    """Whether nothing is left but to say that it is done."""
    looked_at = all(not p.owed and p.status is not PromiseStatus.PROPOSED for p in state.promises)
    return looked_at and (state.agreement is not None or state.final_answer is not None)


def _script(state: State, known: Known) -> list[WordingView]:
    """Return what to say on the phone, once there is something to call about."""
    if state.resolved_at is None or state.called_back:
        return []
    return [WordingView(text=one.text, why=one.why) for one in call_script(known)]


def _outcomes(state: State) -> tuple[str, str] | None:
    if state.outcomes is None:
        return None
    return str(PROBLEMS[state.outcomes.problem]), str(CUSTOMERS[state.outcomes.customer])
