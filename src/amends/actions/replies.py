"""Our replies: weighed by the gates, held for a count of ten, taken back or let go."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.actions import customers, house
from amends.actions.access import access_case
from amends.actions.actors import DESK, Staff, actor
from amends.actions.appending import append
from amends.actions.authority import mover
from amends.actions.carry import carry_out, check_unchanged, keep_note, take_in
from amends.actions.clock import new_id
from amends.actions.coach import advice_on, note_overridden
from amends.actions.readings import last_message, message_of, read_row, stored, words_in
from amends.actions.remedies import check_offered, chosen_item
from amends.actions.sending import address_of, queue_mail, thread_of
from amends.actions.texts import storable
from amends.coaching import Advice
from amends.hearing import said_again, weigh
from amends.method.clock import after
from amends.method.decide import Impossible, Outcome, rehearse
from amends.method.facts import AnyFact, GateOverridden
from amends.method.gates import Refused
from amends.method.moves import (
    AnyMove,
    AskFix,
    AssignOwner,
    HoldMessage,
    Resolve,
    SendMessage,
    TakeBackMessage,
    WriteNote,
)
from amends.method.negotiation import Item
from amends.method.state import OUTREACH, Held, State
from amends.method.words import Evidence, Gate, Voice
from amends.reading import Reading
from amends.store.journal import state_of
from amends.store.models import Case, Message
from amends.transcript import Span

LONGEST = 50_000
FIXED = "fixed"
"""The purpose of a message that says so, and asks whether it is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft would do in a case that stands at `before`: the acts that were read in it, and what follows."""

    before: State
    reading: Reading
    outcome: Outcome
    advice: tuple[Advice, ...] = ()


def check_draft(who: Staff, case_id: int, text: str, *, at: datetime, item: str = "") -> Draft:
    """Return what this draft would do in this case, without doing it; with the `item` that was chosen for it."""
    case = access_case(who, case_id)
    row = _written(case, who, text, at)
    chosen = chosen_item(item, state_of(case).price)
    draft = _rehearse(state_of(case), row, last_message(case.pk), who, at, item=chosen)
    return replace(draft, advice=advice_on(case, who, row, draft.reading, draft.outcome, at))


def check_first_word(who: Staff, text: str, *, at: datetime) -> Draft:
    """Return what this text would do as our first word to somebody who has not written."""
    row = _written(Case(), who, text, at)
    return _rehearse(State(opened_at=at, channel=OUTREACH), row, None, who, at)


def do_reply(  # noqa: PLR0913 - each is its own thing about the one reply
    who: Staff,
    case_id: int,
    text: str,
    *,
    at: datetime,
    seen: int | None = None,
    reasons: Mapping[Gate, str] | None = None,
    dismissed: Collection[str] | None = None,
    hold: bool = True,
    item: str = "",
) -> Message:
    """Hold a reply; the worker lets it go when the count is over (at once without `hold`). Return its message.

    `seen` is how long the journal was when the writer looked: raises `Conflict` where the customer or a colleague
    was quicker. `dismissed` are the keys of the advice that the writer waved away; None where no coach was there to
    give any. `item` is what the writer chose from the catalogue.
    Raises `Refused` with every gate that stands in the way and has no reason in `reasons`.
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        check_unchanged(case, seen)
        row = _posted(case, who, text, at)
        chosen = check_offered(who, item, state_of(case).price) if item else None
        given = {gate: why.strip() for gate, why in (reasons or {}).items() if why.strip()}
        notes = {gate: keep_note(case, why, kind="override", by=who, at=at) for gate, why in given.items()}
        why = notes.pop(Gate.MORE_THAN_ASKED, None)  # giving more with a reason passes the gate; it is no override
        draft = _rehearse(state_of(case), row, last_message(case.pk), who, at, why, chosen)
        _pass_gates(case, draft.outcome, notes, who, at)
        until = after(house.policy().hold, at, house.calendar_of(case)) if hold else at
        if dismissed is not None:
            advice = advice_on(case, who, row, draft.reading, draft.outcome, at)
            refused = {refusal.gate for refusal in draft.outcome.refusals}  # these are counted by their gates
            note_overridden(case, [one for one in advice if one.gate not in refused], dismissed, row.id, who, at)
        row.status = "held"
        row.save(force_insert=True)
        mine: list[AnyMove] = [] if state_of(case).owner else [AssignOwner(owner=str(who.id))]  # who answers has it
        carry_out(case, [*mine, HoldMessage(message=row.id, until=until, why=why, item=item)], by=who, at=at)
    return row


def do_reply_to_one_of_many(who: Staff, case_id: int, text: str, *, purpose: str, at: datetime) -> Message:
    """Send what was written for many to this one of them, past the same gates; return its message.

    It is not held here, and makes nobody the owner. One whose `purpose` is `FIXED` asks whether it is, and resolves
    the case where it may be.
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        row = _posted(case, who, text, at)
        row.purpose = purpose
        draft = _rehearse(state_of(case), row, last_message(case.pk), who, at)
        _pass_gates(case, draft.outcome, {}, who, at)
        row.status = "held"
        row.save(force_insert=True)
        carry_out(case, [HoldMessage(message=row.id, until=at)], by=who, at=at)
    return row


def do_take_back(who: Staff, case_id: int, message_id: str, *, at: datetime) -> str:
    """Take a held reply back before anybody saw it, and return its text. Raises `Impossible` once it has gone out."""
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        carry_out(case, [TakeBackMessage(message=message_id)], by=who, at=at)
        row = Message.objects.get(pk=message_id, case=case)
        Message.objects.filter(pk=row.pk).update(status="taken_back")
    return row.text


def do_log_spoken(who: Staff, case_id: int, text: str, *, at: datetime, item: str = "") -> Message:
    """Write down what we said to the customer on the telephone.

    It was said: nothing can be refused any more. A gate that would have refused it was gone past, and that is counted.
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        row = _row(case, who, text, at, channel="phone")
        row.status, row.recipient = "sent", customers.phone_of(case.customer)
        reading = read_row(row, last_message(case.pk))
        row.save(force_insert=True)
        state, _facts = carry_out(case, [SendMessage(message=row.id)], by=who, at=at)
        calendar, chosen = house.calendar_of(case), chosen_item(item, state.price)
        moves = weigh(state, message_of(row), reading, at=at, calendar=calendar, owner=str(who.id), item=chosen)
        _count_breaches(case, moves, who, at)
        take_in(case, said_again(state, moves, words_in(case)), by=who, at=at)
    return row


def _count_breaches(case: Case, moves: list[AnyMove], who: Staff, at: datetime) -> None:
    policy, calendar = house.policy(), house.calendar_of(case)
    outcome = rehearse(state_of(case), moves, at=at, by=mover(who, case, at), policy=policy, calendar=calendar)
    if outcome.refusals:
        why = keep_note(case, _("It was said before anybody could be asked."), kind="override", by=who, at=at)
        _override(case, {refusal.gate: why for refusal in outcome.refusals}, who, at)


def do_write_note(who: Staff, case_id: int, text: str, *, at: datetime) -> None:
    """Leave a note for the others; the customer never sees it."""
    if not storable(text).strip():
        raise Impossible("Write something first.")
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        span = keep_note(case, text, kind="internal", by=who, at=at)
        carry_out(case, [WriteNote(note=span.source)], by=who, at=at)


def let_go(case: Case, held: Held, at: datetime) -> tuple[State, list[AnyFact]]:
    """Send a reply whose count is over: its words begin to count now. Called by the worker, after `MessageSent`."""
    row = Message.objects.select_related("author").get(pk=held.message)
    writer = Staff.of(row.author) if row.author is not None else DESK
    owner = str(row.author_id or "")
    state, calendar = state_of(case), house.calendar_of(case)
    item = chosen_item(held.item, state.price)
    moves = weigh(state, message_of(row), stored(row), at=at, calendar=calendar, owner=owner, why=held.why, item=item)
    moves = [*said_again(state, moves, words_in(case))]
    if row.purpose == FIXED:
        moves.append(AskFix(words=Evidence(Span.whole(row.id, row.text), Voice.PERSON)))
    result = take_in(case, moves, by=writer, at=at)
    if row.purpose == FIXED:
        with suppress(Refused, Impossible):  # what is owed still stays owed, and a yes or no counts all the same
            result = carry_out(case, [Resolve()], by=writer, at=at)
    row.status, row.at = "queued", at
    row.save(update_fields=["status", "at"])
    queue_mail(row, at)
    return result


def _row(case: Case, who: Staff, text: str, at: datetime, *, channel: str = "email") -> Message:
    """Return what was written as a message that can be sent."""
    row = _written(case, who, text, at, channel=channel)
    row.recipient = address_of(case)
    thread_of(case, row)
    return row


def _posted(case: Case, who: Staff, text: str, at: datetime) -> Message:
    """Return the same, where there is an address to send it to."""
    if not customers.email_of(case.customer):
        raise Impossible("We have no e-mail address of this customer. Call them, and write down what you said.")
    return _row(case, who, text, at)


def _written(case: Case, who: Staff, text: str, at: datetime, *, channel: str = "email") -> Message:
    text = storable(text).replace("\r\n", "\n").strip()
    if not text:
        raise Impossible("Write something first.")
    if len(text) > LONGEST:
        raise Impossible(f"A reply of more than {LONGEST} characters is not read. Attach it, or say it shorter.")
    return Message(
        id=new_id(),
        case=case,
        direction=Message.OUT,
        channel=channel,
        status="draft",
        author_id=who.id,
        sender=house.house().business.address,
        text=text,
        full_text=text,
        at=at,
    )


def _rehearse(
    state: State,
    row: Message,
    last: Message | None,
    who: Staff,
    at: datetime,
    why: Span | None = None,
    item: Item | None = None,
) -> Draft:
    reading, calendar = read_row(row, last), house.calendar_of(row.case)
    moves = weigh(state, message_of(row), reading, at=at, calendar=calendar, owner=str(who.id), why=why, item=item)
    by = mover(who, row.case, at)
    outcome = rehearse(state, moves, at=at, by=by, policy=house.policy(), calendar=calendar)
    return Draft(state, reading, outcome)


def _pass_gates(case: Case, outcome: Outcome, notes: Mapping[Gate, Span], who: Staff, at: datetime) -> None:
    """Raise `Refused` for gates without a reason; write down the override of the others."""
    from_policy = house.policy().authority.override
    shut = [r for r in outcome.refusals if r.gate not in notes or (r.gate is Gate.AUTHORITY and not from_policy)]
    if shut:
        raise Refused(*shut)
    _override(case, {r.gate: notes[r.gate] for r in outcome.refusals}, who, at)


def _override(case: Case, reasons: Mapping[Gate, Span], who: Staff, at: datetime) -> None:
    """Write down that these gates were gone past, and why."""
    facts: list[AnyFact] = [GateOverridden(at=at, gate=gate, why=why) for gate, why in reasons.items()]
    append(case, facts, by=actor(who), policy=house.policy(), calendar=house.calendar_of(case))
