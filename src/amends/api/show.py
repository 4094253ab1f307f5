"""From a case, as it was read, to what goes out."""

from datetime import datetime

from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.api.sums import sum_out
from amends.insight.case_list import Line
from amends.insight.casefile import CaseFile
from amends.insight.conversation import Words
from amends.insight.ledger import Line as PromiseLine
from amends.method.calendar import Calendar
from amends.method.clock import deadlines
from amends.method.path import Step as PathStep
from amends.method.path import path, station
from amends.method.policy import Policy
from amends.method.state import Promise


def case_line(line: Line) -> dict[str, object]:
    """Return a case as it stands in a list."""
    return {
        "number": line.number,
        "subject": line.subject,
        "customer": {"id": line.customer, "name": line.customer_name},
        "status": line.status,
        "station": line.station,
        "upset": line.upset,
        "owner": line.owner,
        "opened_at": line.opened_at,
        "changed_at": line.changed_at,
        "waiting_since": line.waiting_since,
        "next_due_at": line.next_due_at,
        "next_due_kind": line.next_due_kind,
    }


def case_out(file: CaseFile, page: str, *, policy: Policy, calendar: Calendar) -> dict[str, object]:
    """Return a case with all that the API shows of it. `page` is where to look at the customer's page."""
    state, texts = file.state, file.texts
    owed: list[tuple[datetime, str, str]] = [
        (d.at, d.kind.value, d.subject) for d in deadlines(state, policy, calendar)
    ]
    return {
        "number": file.number,
        "subject": file.subject,
        "channel": file.channel,
        "status": file.status,
        "station": station(state),
        "upset": state.upset,
        "peak": state.peak,
        "customer": {"id": file.customer.id, "name": file.customer.label},
        "owner": _person(file, state.owner),
        "opened_at": state.opened_at,
        "waiting_since": state.waiting_since,
        "resolved_at": state.resolved_at,
        "fixed": state.fixed,
        "closed_at": state.closed_at,
        "seen": file.seq,
        "path": [_step(file, step) for step in path(state)],
        "promises": [_promise(file, promise) for promise in state.promises],
        "bids": [
            {"remedy": b.remedy, "words": texts.words(b.words.span), "amount": sum_out(b.amount), "at": b.at}
            for b in state.bids
        ],
        "offers": [
            {
                "id": o.offer,
                "remedy": o.remedy,
                "words": texts.words(o.words.span),
                "amount": sum_out(o.amount),
                "status": o.status.value,
                "at": o.at,
            }
            for o in state.offers
        ],
        "deadlines": [{"kind": kind, "at": at, "subject": subject} for at, kind, subject in sorted(owed)],
        "outcomes": None
        if state.outcomes is None
        else {"problem": state.outcomes.problem, "customer": state.outcomes.customer},
        "messages": [_message(words) for words in file.talk.messages],
        "customer_page": page,
    }


def standing(who: Staff, number: int) -> dict[str, object]:
    """Return where a case stands after a change."""
    case = access_case(who, number)
    return {"number": case.pk, "status": case.status, "station": case.station, "seen": case.seq}


def promise_line(line: PromiseLine) -> dict[str, object]:
    """Return a promise as the ledger has it."""
    return {
        "id": line.id,
        "what": line.words,
        "status": line.status.value,
        "owner": None if line.owner_id is None else {"id": line.owner_id, "name": line.owner},
        "due": line.due,
        "kept_at": line.kept_at,
        "moved": line.moved,
        "asked": None if line.asked_id is None else {"id": line.asked_id, "name": line.asked},
    }


def _step(file: CaseFile, step: PathStep) -> dict[str, object]:
    evidence = step.evidence
    return {
        "station": step.station,
        "passed": step.passed,
        "words": file.texts.words(evidence.span) if evidence is not None else "",
        "source": evidence.span.source if evidence is not None else "",
        "said_by": evidence.by if evidence is not None else None,
        "remedy": step.remedy,
    }


def _promise(file: CaseFile, promise: Promise) -> dict[str, object]:
    return {
        "id": promise.promise,
        "what": file.texts.words(promise.what),
        "status": promise.status.value,
        "owner": _person(file, promise.owner),
        "due": promise.due,
        "kept_at": promise.kept_at,
        "moved": promise.moved,
        "asked": _person(file, promise.asked),
    }


def _message(words: Words) -> dict[str, object]:
    return {
        "id": words.id,
        "direction": "in" if words.incoming else "out",
        "channel": words.channel,
        "status": words.status,
        "automatic": words.automatic,
        "at": words.at,
        "text": words.text,
    }


def _person(file: CaseFile, who: str) -> dict[str, object] | None:
    return {"id": int(who), "name": file.people.name(who)} if who.isdigit() else None
