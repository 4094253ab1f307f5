"""What a draft would do if it went out: on the path, and at the gates."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.actions.replies import Draft
from amends.coaching import Advice
from amends.coaching.rules import Severity
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
from amends.method.words import Evidence, Station
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
_MOST: Final = 4
"""Pieces of advice that stand open; more at once would be nagging."""
BLANK: Final = CoachView(findings=(), station=None, passed=0, blank=True)
"""Nothing is written yet."""


def coach_view(draft: Draft, text: str, dismissed: Collection[str] = ()) -> CoachView:
    """Return what the draft `text` would do, and what the rules say of it.

    Advice whose key is among the `dismissed` is not repeated; a gate's no always is.
    """
    after = draft.outcome.state
    refused = {refusal.gate for refusal in draft.outcome.refusals}
    at_gates = {one.gate: one for one in draft.advice if one.gate in refused}
    findings = [_refusal(refusal, at_gates.get(refusal.gate), text) for refusal in draft.outcome.refusals]
    advice = [one for one in draft.advice if one.gate not in refused and one.key not in dismissed]
    advice.sort(key=lambda one: -one.finding.severity.rank)
    first = [one for one in advice if one.finding.severity is not Severity.NOTE][:_MOST] or advice[:1]
    findings += [_advice(one, text) for one in first]
    findings += _unique(_findings(draft.outcome.facts, text))
    ahead = [step.station for step in path(after) if not step.passed]
    moved = [step.passed for step in path(draft.before)] != [step.passed for step in path(after)]
    station = (ahead[0] if ahead else Station.LEARN) if moved else None
    return CoachView(
        findings=tuple(findings),
        smaller=tuple(_advice(one, text) for one in advice if one not in first),
        station=station,
        passed=list(Station).index(station) if station is not None else 0,
        blank=False,
    )


def _refusal(refusal: Refusal, advice: Advice | None, text: str) -> FindingView:
    """Return a gate's no, with the words and better ones where a rule knows them."""
    says = f"{said(refusal.why, refusal.details)} {said(refusal.remedy, refusal.details)}"
    view = FindingView(code="", title=str(GATES[refusal.gate]), says=says, weight="must")
    if advice is None:
        return view
    known = _advice(advice, text)
    return replace(known, title=view.title, says=says, words="", weight="must", key="")


def _advice(advice: Advice, text: str) -> FindingView:
    finding = advice.finding
    return FindingView(
        code=finding.code,
        says=_(finding.why),
        words=" ".join(text[finding.start : finding.end].split()),
        wording=advice.wording,
        weight="should",
        url=f"{reverse('desk:settings')}#{finding.code}",
        key=advice.key,
        start=finding.start,
        end=finding.end,
        place=advice.place,
    )


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
            yield from _promise(fact, words)


def _promise(fact: f.PromiseProposed, words: str) -> Iterator[FindingView]:
    if fact.due is not None:  # of one without a time a rule speaks
        says = _("is a promise for %(when)s. It will be on the list, for you to confirm.")
        yield FindingView(code="", says=says % {"when": exact_words(fact.due)}, words=words, weight="good")


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
