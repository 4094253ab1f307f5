"""What gates refused, with what would pass them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from amends.coaching import Known, wordings
from amends.desk.contexts import ActionView, QuoteView, RefusalView
from amends.desk.contexts.casepage import RefusedView
from amends.desk.names import remedy
from amends.desk.show.quotes import Quoter
from amends.method.gates import Refusal
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Gate, Station

REASON = "why:"
"""Name of the field for the reason to go past a gate, with the gate's name after it."""

_STATION = {
    Gate.DIAGNOSE_BEFORE_PRESCRIBING: Station.DIAGNOSE,
    Gate.BID_FIRST: Station.ASK,
}


def reasons_in(posted: Mapping[str, str]) -> dict[Gate, str]:
    """Return the reasons that came with a form, by gate; names of no gate are left out."""
    gates = {gate.value: gate for gate in Gate}
    found = {name.removeprefix(REASON): why for name, why in posted.items() if name.startswith(REASON)}
    return {gates[name]: why for name, why in found.items() if name in gates and why.strip()}


def refusal_views(
    refusals: Sequence[Refusal],
    quoter: Quoter,
    known: Known,
    policy: Policy,
    *,
    form: str,
    reasons: Mapping[Gate, str] | None = None,
    ask_url: str = "",
    may_give: str = "",
) -> tuple[RefusalView, ...]:
    """Return the refusals; reasons go along with the form that has the id `form`, and stay in their fields.

    With `ask_url`, a sum that is too large can be asked for there, with the same form.
    """
    return tuple(
        RefusalView(
            gate=refusal.gate,
            why=said(refusal.why, refusal.details),
            remedy=said(refusal.remedy, refusal.details),
            quote=_quote(refusal.gate, quoter),
            wording=_wording(refusal.gate, quoter.file.state, known),
            actions=() if ask_url and refusal.asks is not None else _steps(refusal.gate),
            reason_form=form if may_override(refusal.gate, policy) else "",
            reason=(reasons or {}).get(refusal.gate, ""),
            asks=refusal.asks if ask_url else None,
            ask_url=ask_url if refusal.asks is not None else "",
            ask_why=_wish(quoter.file.state) if refusal.asks is not None else "",
            may_give=may_give if refusal.gate is Gate.AUTHORITY else "",
        )
        for refusal in refusals
    )


def refused_view(
    title: str, refusals: Sequence[Refusal], quoter: Quoter, known: Known, policy: Policy, again: ActionView
) -> RefusedView:
    """Return a step that was refused; `again` sends it once more, with the reasons."""
    passable = all(may_override(refusal.gate, policy) for refusal in refusals)
    return RefusedView(
        title=title,
        refusals=refusal_views(refusals, quoter, known, policy, form="again" if passable else ""),
        again=again if passable else None,
    )


def said(text: str, details: Mapping[str, str]) -> str:
    """Return a gate's sentence in the reader's language, with its places filled."""
    return _(text).format_map(details)


def may_override(gate: Gate, policy: Policy) -> bool:
    """Whether anybody may go past this gate with a reason."""
    if gate is Gate.RENEGOTIATE_IN_TIME:
        return False  # going past it changes nothing: a promise that is broken stays broken
    return policy.authority.override or gate is not Gate.AUTHORITY


def _wish(state: State) -> str:
    """Return why to give more, as far as the case says so by itself."""
    if not state.bids:
        return ""
    return _("They ask for this: %(what)s.") % {"what": remedy(state.bids[-1].remedy, state.bids[-1].amount)}


def _quote(gate: Gate, quoter: Quoter) -> QuoteView | None:
    """Return the words of theirs that the gate looks at."""
    state = quoter.file.state
    match gate:
        case Gate.ACKNOWLEDGE_FIRST:
            return quoter.maybe(state.problem)
        case Gate.MORE_THAN_ASKED if state.bids:
            return quoter.quote(state.bids[-1].words)
        case _:
            return None


def _wording(gate: Gate, state: State, known: Known) -> str:
    """Return words that would pass the gate, where words can."""
    if gate is Gate.ACKNOWLEDGE_FIRST:
        found = wordings(state, known)
        return _without_greeting(found[0].text) if found else ""
    if gate is Gate.BID_FIRST:
        return _("What would make this right for you?")
    if gate is Gate.DIAGNOSE_BEFORE_PRESCRIBING:
        return _("Is it right that this is what happened? What had you expected instead?")
    return ""


def _without_greeting(text: str) -> str:
    return text.partition("\n\n")[2] or text


def _steps(gate: Gate) -> tuple[ActionView, ...]:
    """Return links to what would pass the gate, where it is elsewhere on the page."""
    match gate:
        case Gate.AUTHORITY:
            return (ActionView(label=_("Ask for approval"), url="#ask-approval", post=False, icon="user-check"),)
        case Gate.DIAGNOSE_BEFORE_PRESCRIBING:
            return (ActionView(label=_("Write down what you know"), url="#basis", post=False, icon="pencil-line"),)
        case Gate.BID_FIRST:
            return (ActionView(label=_("Write down their wish"), url="#bid", post=False, icon="pencil-line"),)
        case Gate.ACT_FIRST:
            return (ActionView(label=_("Look at the promises"), url="#promises", post=False, icon="list-checks"),)
        case Gate.COME_BACK_FIRST:
            return (ActionView(label=_("Write down the call"), url="#come-back", post=False, icon="phone"),)
        case _:
            return ()
