"""The history of a case, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from amends.desk.contexts.casepage import HistoryLine, NoticeView
from amends.desk.labels import GATES, HEAT
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS, remedy
from amends.desk.show.facts import FACTS
from amends.desk.show.quotes import Quoter
from amends.desk.text import money
from amends.insight.casefile import CaseFile
from amends.insight.history import Entry
from amends.method.facts import (
    AdviceOverridden,
    AnyFact,
    ApprovalAsked,
    BidMade,
    CallbackMade,
    FactTakenBack,
    FixDenied,
    GateOverridden,
    MessageHeld,
    MessageReceived,
    MessageSent,
    NoteWritten,
    OfferMade,
    OfferThought,
    OptionRaised,
    OutcomesRecorded,
    OwnerAssigned,
    PromiseHandedOver,
    PromiseOwnerAsked,
    PurchaseNamed,
    RootCauseConfirmed,
    SurveyAnswered,
    UpsetRead,
)
from amends.method.words import Evidence, Side
from amends.transcript import Span

_BRIEF = 160  # characters of the words beside a line


def history_lines(file: CaseFile) -> tuple[HistoryLine, ...]:
    """Return the newest entries of the journal, the newest first."""
    gone = {entry.fact.seq for entry in file.history if isinstance(entry.fact, FactTakenBack)}
    return tuple(_line(entry, file, undone=entry.seq in gone) for entry in file.history)


def meanwhile(quoter: Quoter, seen: int) -> NoticeView:
    """Return who did what since the journal was `seen` long, for somebody whose reply came a moment too late."""
    file = quoter.file
    news = [entry for entry in file.history if entry.seq > seen and entry.side is not Side.CLOCK]
    spoken = [e for e in news if isinstance(e.fact, MessageReceived | MessageSent | MessageHeld | NoteWritten)]
    lines = dict.fromkeys(f"{_who(entry, file)} {_says(entry.fact, file)}" for entry in reversed(spoken or news))
    quotes = [quoter.span(span) for entry in reversed(spoken) if (span := _message(entry.fact, file)) is not None]
    return NoticeView(
        words=_("Somebody was quicker: %(news)s. Your words are kept below; read this first, then send them.")
        % {"news": "; ".join(list(lines)[:4])},
        tone="due",
        icon="triangle-alert",
        quotes=tuple(quotes[-2:]),
    )


def _line(entry: Entry, file: CaseFile, *, undone: bool) -> HistoryLine:
    words = file.texts.words(next(_spans(entry.fact), None))
    return HistoryLine(
        at=entry.at,
        who=_who(entry, file),
        says=_says(entry.fact, file),
        words=words if len(words) <= _BRIEF else f"{words[:_BRIEF].rstrip()} …",
        override=isinstance(entry.fact, GateOverridden),
        undone=undone,
    )


def _who(entry: Entry, file: CaseFile) -> str:
    match entry.side:
        case Side.STAFF:
            return file.people.name(entry.actor) or _("Somebody of us")
        case Side.CUSTOMER:
            return file.customer.label or _("The customer")
        case _:
            return _("The desk")


def _says(fact: AnyFact, file: CaseFile) -> str:
    if isinstance(fact, OwnerAssigned) and not fact.owner:
        return _("gave the case to nobody in particular")
    if isinstance(fact, FixDenied) and fact.partly:
        return _("said that it is partly fixed")
    values = _values(fact, file)
    words = str(FACTS[type(fact)])
    return words % values if values else words


def _values(fact: AnyFact, file: CaseFile) -> dict[str, Any]:  # noqa: C901, PLR0911 - one line a fact with details
    match fact:
        case OwnerAssigned() | PromiseHandedOver() | PromiseOwnerAsked():
            return {"owner": file.people.name(fact.owner) or _("somebody")}
        case UpsetRead():
            return {"level": HEAT[fact.level]}
        case BidMade() | OptionRaised() | OfferMade() | OfferThought():
            return {"what": remedy(fact.remedy, fact.amount)}
        case PurchaseNamed():
            return {"purchase": file.fair.purchase(fact.purchase), "price": money(fact.price)}
        case ApprovalAsked():
            return {"cost": money(fact.cost)}
        case CallbackMade():
            return {"result": CALLS[fact.result]}
        case OutcomesRecorded():
            return {"problem": PROBLEMS[fact.problem], "customer": CUSTOMERS[fact.customer]}
        case SurveyAnswered():
            return {"outcome": fact.outcome, "treatment": fact.treatment, "process": fact.process}
        case RootCauseConfirmed():
            return {"cause": fact.cause}
        case GateOverridden():
            return {"gate": GATES[fact.gate]}
        case AdviceOverridden():
            return {"rule": fact.rule}
        case _:
            return {}


def _spans(fact: AnyFact) -> Iterator[Span]:
    """Yield the spans of a fact, as an iterator."""
    values = [getattr(fact, name) for name in fact.__struct_fields__]
    spans = [value.span if isinstance(value, Evidence) else value for value in values]
    return iter([span for span in spans if isinstance(span, Span)])


def _message(fact: AnyFact, file: CaseFile) -> Span | None:
    source = getattr(fact, "message", "") or getattr(fact, "note", "")
    known = file.texts.source(source)
    return None if known is None else Span.whole(source, known.text[:_BRIEF])
