"""What a draft would do if it went out: on the path, and at the gates."""

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.actions.replies import Draft
from amends.desk.contexts import FindingView
from amends.desk.contexts.casepage import CoachView
from amends.desk.labels import GATES
from amends.desk.names import remedy
from amends.desk.show.refusals import said
from amends.desk.timewords import exact_words
from amends.method import facts as f
from amends.method.facts import AnyFact
from amends.method.gates import Refusal
from amends.method.path import path
from amends.method.state import State
from amends.method.words import Evidence, Gate, Station
from amends.transcript import Span

_GOOD: Final[dict[type[f.Fact], str | Promise]] = {
    f.FeelingAcknowledged: gettext_lazy("names what they feel."),
    f.CustomerAppreciated: gettext_lazy("says what their custom means to us."),
    f.QuestionAsked: gettext_lazy("asks, in order to understand."),
    f.ProblemReadBack: gettext_lazy("reads back what you understood."),
    f.BidInvited: gettext_lazy("asks what would be fair to them."),
    f.AboutFaceAsked: gettext_lazy("asks what they would do in our place."),
    f.CustomerUpdated: gettext_lazy("tells them how things stand."),
}
_MIND: Final[dict[type[f.Fact], str | Promise]] = {
    f.InstructionGiven: gettext_lazy("tells them what to do."),
    f.DemandRefused: gettext_lazy("says no. Say why, and what you can do instead."),
}
BLANK: Final = CoachView(findings=(), station=None, passed=0, blank=True)
"""Nothing is written yet."""


def coach_view(draft: Draft, before: State, text: str) -> CoachView:
    """Return what the draft `text` would do in a case that stands at `before`."""
    after = draft.outcome.state
    findings = [_refusal(refusal) for refusal in draft.outcome.refusals]
    findings += _unique(_findings(draft.outcome.facts, text))
    ahead = [step.station for step in path(after) if not step.passed]
    moved = [step.passed for step in path(before)] != [step.passed for step in path(after)]
    station = (ahead[0] if ahead else Station.LEARN) if moved else None
    return CoachView(
        findings=tuple(findings),
        station=station,
        passed=list(Station).index(station) if station is not None else 0,
        blank=False,
    )


def _refusal(refusal: Refusal) -> FindingView:
    says = f"{said(refusal.why, refusal.details)} {said(refusal.remedy, refusal.details)}"
    return FindingView(
        code="", title=str(GATES[refusal.gate]), says=says, weight="must", wording=_wording(refusal.gate)
    )


def _wording(gate: Gate) -> str:
    return _("What would make this right for you?") if gate is Gate.BID_FIRST else ""


def _findings(facts: tuple[AnyFact, ...], text: str) -> Iterator[FindingView]:
    for fact in facts:
        words = _words(fact, text)
        if says := _GOOD.get(type(fact)):
            yield FindingView(code="", says=str(says), words=words, weight="good")
        elif says := _MIND.get(type(fact)):
            yield FindingView(code="", says=str(says), words=words, weight="should")
        elif isinstance(fact, f.OfferMade):
            offer = remedy(fact.remedy, fact.amount)
            yield FindingView(code="", says=_("is an offer: %(offer)s.") % {"offer": offer}, words=words, weight="good")
        elif isinstance(fact, f.PromiseProposed):
            yield _promise(fact, words)


def _promise(fact: f.PromiseProposed, words: str) -> FindingView:
    if fact.due is None:
        says = _("is a promise without a time. Say by when: “soon” starts a clock that only they can see.")
        return FindingView(code="", says=says, words=words, weight="should")
    says = _("is a promise for %(when)s. It will be on the list, for you to confirm.") % {"when": exact_words(fact.due)}
    return FindingView(code="", says=says, words=words, weight="good")


def _unique(found: Iterator[FindingView]) -> list[FindingView]:
    """Return each kind of remark once: three named feelings are remarked once."""
    kept: dict[str, FindingView] = {}
    for view in found:
        kept.setdefault(view.says, view)
    return list(kept.values())


def _words(fact: AnyFact, text: str) -> str:
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        span = value.span if isinstance(value, Evidence) else value
        if isinstance(span, Span):
            return " ".join(span.of(text).split())
    return ""
