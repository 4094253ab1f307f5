"""What most tests do first: a complaint comes in, somebody answers, time passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.actions.actors import Guest, Staff
from amends.actions.handling import Record, do_record
from amends.actions.incoming import do_receive
from amends.actions.promises import do_dismiss_promise
from amends.actions.replies import do_reply
from amends.actions.ticks import do_tick_due
from amends.method.facts import AnyFact
from amends.method.state import PromiseStatus, State
from amends.method.words import Gate
from amends.store import journal
from amends.store.models import (
    Approval,
    Broadcast,
    BroadcastCopy,
    Case,
    Effect,
    Incident,
    JournalEntry,
    Message,
    Note,
    Promise,
    Tally,
)
from amends.testing import MONDAY, Cast, mail_from
from tests.actions.plain import INVITED, NAMED, PLAINLY, READ_BACK, REFUND_40, WANTS_40, YES

HOLD = timedelta(seconds=10)


def later(**span: float) -> datetime:
    return MONDAY + timedelta(**span)


def complaint(cast: Cast, text: str = PLAINLY, at: datetime = MONDAY) -> Case:
    """Return the case that this mail of Maya's opens."""
    message = do_receive(mail_from(cast.customer, text), at=at).message
    assert message is not None
    return fresh(message.case)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("customer").get(pk=case.pk)


def state(case: Case) -> State:
    return journal.state_of(fresh(case))


def guest(case: Case) -> Guest:
    return Guest(case=case.pk, customer=case.customer_id)


def facts(case: Case) -> list[AnyFact]:
    return [entry.fact for entry in journal.entries(case.pk)]


def names(case: Case) -> list[str]:
    """Return the names of the facts of a case, in order."""
    return [type(fact).__name__ for fact in facts(case)]


def send(who: Staff, case: Case, text: str, at: datetime = MONDAY, reasons: dict[Gate, str] | None = None) -> Message:
    """Reply, and let the count of ten pass."""
    row = do_reply(who, case.pk, text, at=at, reasons=reasons)
    do_tick_due(at + HOLD)
    return Message.objects.get(pk=row.pk)


def write(cast: Cast, case: Case, text: str, at: datetime) -> Message:
    """Let Maya answer by mail."""
    message = do_receive(mail_from(cast.customer, text, tokens=(case.token,)), at=at).message
    assert message is not None
    return message


def record(who: Staff, case: Case, what: Record, at: datetime = MONDAY) -> State:
    return do_record(who, case.pk, what, at=at)


def agreed(cast: Cast) -> Case:
    """Return a case in which Maya has taken 40 dollars, an hour after she wrote."""
    case = complaint(cast, f"{PLAINLY} {WANTS_40}")
    send(cast.owner, case, f"{NAMED} {READ_BACK} {INVITED}", at=later(minutes=10))
    send(cast.owner, case, REFUND_40, at=later(minutes=20))
    write(cast, case, YES, at=later(hours=1))
    settle(cast.owner, case, at=later(hours=1))
    return fresh(case)


def settle(who: Staff, case: Case, at: datetime) -> None:
    """Say of what an agreement left to do that it is done already: nothing is promised any more."""
    for promise in state(case).promises:
        if promise.status is PromiseStatus.PROPOSED:
            do_dismiss_promise(who, case.pk, promise.promise, at=at)


@dataclass(frozen=True)
class Everything:
    """All rows that an action can leave behind, as they stand now."""

    rows: tuple[tuple[object, ...], ...]

    @classmethod
    def now(cls) -> "Everything":
        tables = (
            *(Approval, Broadcast, BroadcastCopy, Case, Effect, Incident),
            *(JournalEntry, Message, Note, Promise, Tally),
        )
        return cls(tuple(tuple(table._default_manager.order_by("pk").values_list()) for table in tables))
