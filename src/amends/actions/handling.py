"""What a handler records about a case with a click: the basis, the bid, answers, the fix, the call-back, the cause."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.actions.access import access_case, check_colleague
from amends.actions.actors import Staff
from amends.actions.carry import carry_out, keep_note, said
from amends.actions.clock import new_id
from amends.method.decide import Impossible
from amends.method.facts import FactTakenBack, UpsetRead
from amends.method.moves import (
    AcceptOffer,
    AnyMove,
    Approve,
    AskApproval,
    AssignOwner,
    Close,
    ConfirmBasis,
    ConfirmFix,
    ConfirmRootCause,
    DeclineApproval,
    DenyFix,
    EndSnooze,
    EstablishBasis,
    FindUnwarranted,
    FollowOutcome,
    GiveFinalAnswer,
    LeaveToUs,
    MakeBid,
    MakeCallback,
    ReadUpset,
    RecordOutcomes,
    RejectOffer,
    Reopen,
    Resolve,
    Snooze,
    TakeBackFact,
    WriteThanksLine,
)
from amends.method.state import State
from amends.method.words import CallResult, CustomerOutcome, Evidence, Gate, ProblemOutcome, Remedy, Voice
from amends.store.journal import fact_at, state_of
from amends.store.models import Case, Message
from amends.transcript import Money, Span


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes down what somebody typed about one case, as evidence."""

    case: Case
    who: Staff
    at: datetime

    def said(self, text: str, kind: str) -> Evidence:
        """Keep a text that carries a fact."""
        return said(self.case, text, kind=kind, by=self.who, at=self.at)

    def must(self, text: str, kind: str, ask: str) -> Span:
        """Keep a text that has to be there, or raise `Impossible` with what to `ask` for."""
        if not text.strip():
            raise Impossible(ask)
        return keep_note(self.case, text, kind=kind, by=self.who, at=self.at)

    def note(self, text: str, kind: str) -> Span | None:
        """Keep a text where there is one."""
        return keep_note(self.case, text, kind=kind, by=self.who, at=self.at) if text.strip() else None


Record = Callable[[Pen, State], list[AnyMove]]
_A_REASON = 3  # words; fewer explain nothing


def do_record(
    who: Staff, case_id: int, record: Record, *, at: datetime, reasons: Mapping[Gate, str] | None = None
) -> State:
    """Carry out what one of the functions below records, in one transaction; gates with a reason are gone past.

    >>> do_record(jonas, 12, resolve(), at=now)                                      # doctest: +SKIP
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        pen = Pen(case, who, at)
        given = {gate: why for gate, why in (reasons or {}).items() if why.strip()}
        overrides = {gate: keep_note(case, why, kind="override", by=who, at=at) for gate, why in given.items()}
        state, _facts = carry_out(case, record(pen, state_of(case)), by=who, at=at, overrides=overrides)
    return state


def assign(owner: int | None) -> Record:
    """Give the case to one of the staff who may see it, or to nobody in particular."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        if owner is not None:
            check_colleague(pen.case, owner)
        return [AssignOwner(owner=str(owner or ""))]

    return record


def upset(message: str, level: int) -> Record:
    """Correct how upset a message was read."""
    return lambda _pen, _state: [ReadUpset(message=message, level=level)]


def take_back_fact(seq: int) -> Record:
    """Take back what the reader saw in words, or an earlier correction.

    Nothing else: who could take a promise, an override or a breach back would be past every gate.
    """

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        fact = fact_at(pen.case.pk, seq)
        words = getattr(fact, "words", None)
        read = isinstance(fact, UpsetRead) or (isinstance(words, Evidence) and words.by is Voice.READER)
        if not read and not isinstance(fact, FactTakenBack):
            raise Impossible("Only what was read in somebody's words can be taken back.")
        return [TakeBackFact(seq=seq)]

    return record


def basis(*, expected: str, got: str, cause: str = "", since: str = "", confirmed: bool = False) -> Record:
    """Record what they expected, what they got, why and since when; and whether they confirmed it."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        words = {
            name: pen.said(text, "basis") for name, text in _typed(expected=expected, got=got, cause=cause, since=since)
        }
        if "expected" not in words or "got" not in words:
            raise Impossible("Say both: what they expected, and what they got.")
        moves: list[AnyMove] = [
            EstablishBasis(
                expected=words["expected"], got=words["got"], cause=words.get("cause"), since=words.get("since")
            )
        ]
        return [*moves, ConfirmBasis(words=words["got"])] if confirmed else moves

    return record


def bid(remedy: Remedy, words: str, amount: Money | None = None) -> Record:
    """Record what the customer asked for, in their words."""
    return lambda pen, _state: [MakeBid(remedy=remedy, words=pen.said(words, "bid"), amount=amount)]


def left_to_us(words: str) -> Record:
    """Record that the customer, asked, left it to us."""
    return lambda pen, _state: [LeaveToUs(words=pen.said(words, "bid"))]


def unwarranted(why: str) -> Record:
    """Record that no practical remedy is there, or none is warranted: the way to the about-face."""
    return lambda pen, _state: [FindUnwarranted(why=pen.must(why, "unwarranted", "Say why nothing is warranted."))]


def answer_to_offer(offer: str, words: str, *, accepted: bool) -> Record:
    """Record the customer's answer to an offer."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        said_so = pen.said(words, "answer")
        return [AcceptOffer(offer=offer, words=said_so) if accepted else RejectOffer(offer=offer, words=said_so)]

    return record


def final_answer(why: str, elsewhere: str) -> Record:
    """Record what we can and cannot do, why, and where else they can turn."""
    return lambda pen, _state: [
        GiveFinalAnswer(
            why=pen.must(why, "final", "Say what we can and cannot do, and why."),
            elsewhere=pen.must(elsewhere, "final", "Say where else they can turn."),
        )
    ]


def final_answer_in(message: str, elsewhere: str) -> Record:
    """Take a reply of ours that has gone out as our final answer: its own words are the reason."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        gone = Message.objects.filter(pk=message, case=pen.case, direction=Message.OUT, status__in=("queued", "sent"))
        text = gone.exclude(author=None).values_list("text", flat=True).first() if "\0" not in message else None
        if not text:
            raise Impossible("Choose a reply of ours in this case that has gone out.")
        where = pen.must(elsewhere, "final", "Say where else they can turn.")
        return [GiveFinalAnswer(why=Span(message, 0, len(text)), elsewhere=where)]

    return record


def ask_approval(cost: Money, why: str, draft: str = "") -> Record:
    """Ask to give more than is one's own to give, for a draft where there is one."""
    return lambda pen, _state: [
        AskApproval(
            approval=new_id(), cost=cost, why=pen.note(why, "approval"), draft=pen.note(draft, "approval-draft")
        )
    ]


def answer_approval(approval: str, *, granted: bool, why: str = "") -> Record:
    """Answer that."""
    answer = Approve if granted else DeclineApproval
    return lambda pen, _state: [answer(approval=approval, why=pen.note(why, "approval"))]


def snooze(until: datetime, why: str) -> Record:
    """Put the next word off, for a reason that the customer reads on their page."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        if len(why.split()) < _A_REASON:
            raise Impossible("Say why they have to wait, in a few words: they read them on their page.")
        return [Snooze(until=until, why=keep_note(pen.case, why, kind="snooze", by=pen.who, at=pen.at))]

    return record


def end_snooze() -> Record:
    """Look at it now after all. What they were told of the wait stands until they hear from us."""
    return lambda _pen, _state: [EndSnooze()]


def resolve() -> Record:
    """Say that it is fixed, as far as we know."""
    return lambda _pen, _state: [Resolve()]


def fix(words: str, *, fixed: bool) -> Record:
    """Record whether the customer says that it is fixed."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        said_so = pen.said(words, "fix") if words.strip() else None
        return [ConfirmFix(words=said_so) if fixed else DenyFix(words=said_so)]

    return record


def call_back(result: CallResult, note: str = "") -> Record:
    """Record a try at the call-back."""
    return lambda pen, _state: [MakeCallback(result=result, note=pen.note(note, "call"))]


def outcomes(problem: ProblemOutcome, customer: CustomerOutcome, note: str = "") -> Record:
    """Record both outcomes."""
    return lambda pen, _state: [RecordOutcomes(problem=problem, customer=customer, note=pen.note(note, "outcome"))]


def close(line: str = "") -> Record:
    """Close the case, with a line of one's own for the thank-you where there is one."""

    def record(pen: Pen, state: State) -> list[AnyMove]:
        return [Close()] if not line.strip() else [*thanks_line(line)(pen, state), Close()]

    return record


def thanks_line(line: str) -> Record:
    """Write a line of one's own for the thank-you."""
    return lambda pen, _state: [WriteThanksLine(words=pen.must(line, "thanks", "Write a line for them."))]


def reopen(why: str = "") -> Record:
    """Open the case again."""
    return lambda pen, _state: [Reopen(why=pen.note(why, "reopen"))]


def root_cause(cause: str, note: str = "") -> Record:
    """Say why it happened."""
    return lambda pen, _state: [ConfirmRootCause(cause=cause, note=pen.note(note, "cause"))]


def follow(*, bought_again: bool | None, recommends: bool | None) -> Record:
    """Say what became of them past the case; None for what nobody knows."""
    return lambda _pen, _state: [FollowOutcome(bought_again=bought_again, recommends=recommends)]


def _typed(**texts: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in texts.items() if text.strip()]
