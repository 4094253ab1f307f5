"""Approvals: asked for with the draft that needs one, answered by somebody who may, the draft sent with the yes."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from amends.actions.access import NoAccess, access_approval, access_case
from amends.actions.actors import DESK, Staff
from amends.actions.handling import answer_approval, ask_approval, do_record
from amends.actions.replies import check_draft, do_reply
from amends.method.decide import Impossible
from amends.method.gates import Refused
from amends.method.state import Approval, State
from amends.method.words import Gate, Side
from amends.store.journal import state_of
from amends.store.models import Case, JournalEntry, Message, Note, User
from amends.transcript import Money, Span

_ASIDE: Final = ("ApprovalAsked", "ApprovalGiven", "ApprovalDeclined", "NoteWritten", "OwnerAssigned")
"""Facts that change nothing about what a draft answers to."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer came to: the reply that went with it, if one did; else why it did not, where it was wanted."""

    sent: Message | None = None
    kept_back: str = ""


def check_needs_approval(who: Staff, case_id: int, text: str, *, at: datetime) -> Money:
    """Return the sum that somebody has to approve before this draft can go out, or raise `Impossible`."""
    found = (refusal.asks for refusal in check_draft(who, case_id, text, at=at).outcome.refusals)
    asks = next((sum_of_money for sum_of_money in found if sum_of_money is not None), None)
    if asks is None:
        raise Impossible("This is yours to give: nobody has to approve it.")
    return asks


def do_ask_for_draft(who: Staff, case_id: int, text: str, why: str, *, at: datetime) -> State:
    """Ask for what this draft needs, and keep the draft with the wish."""
    with transaction.atomic():
        cost = check_needs_approval(who, case_id, text, at=at)
        return do_record(who, case_id, ask_approval(cost, why, text), at=at)


def do_answer_approval(
    who: Staff, approval: str, *, granted: bool, why: str = "", send: bool = False, at: datetime
) -> Answered:
    """Say yes or no to a colleague's wish; with `send`, let the draft that came with it go out under their name.

    A yes stands, whether or not the draft could go. Raises `NoAccess`, or `Impossible` where it is not theirs to say.
    """
    case_id = access_approval(who, approval).case_id
    do_record(who, case_id, answer_approval(approval, granted=granted, why=why), at=at)
    return _send(case_id, approval, at) if granted and send else Answered()


def words_of(case: Case, span: Span | None) -> str:
    """Return what somebody typed in this case, as they typed it; empty where it was nothing, or was erased."""
    if span is None:
        return ""
    return Note.objects.filter(pk=span.source, case=case).values_list("text", flat=True).first() or ""


def _send(case_id: int, approval: str, at: datetime) -> Answered:
    case = access_case(DESK, case_id)
    found = next(a for a in state_of(case).approvals if a.approval == approval)
    text = words_of(case, found.draft)
    asker = User.objects.filter(pk=int(found.asked_by), is_active=True).first() if found.asked_by.isdigit() else None
    if not text or asker is None:
        return Answered(kept_back="There is no draft that could go out.")
    if _moved_on(case, found):
        return Answered(kept_back="The case has moved on since they wrote it; they look at it once more.")
    try:
        return Answered(sent=_reply(Staff.of(asker), case, found, text, at))
    except (Refused, Impossible, NoAccess) as no:
        return Answered(kept_back=str(no) or "They do not see this case any more.")


def _reply(asker: Staff, case: Case, approval: Approval, text: str, at: datetime) -> Message:
    """Send the draft. Where it gives more than was asked, the reason that was approved is the reason for that."""
    with suppress(Refused):
        return do_reply(asker, case.pk, text, at=at)
    why = words_of(case, approval.why)
    return do_reply(asker, case.pk, text, at=at, reasons={Gate.MORE_THAN_ASKED: why})


def _moved_on(case: Case, approval: Approval) -> bool:
    """Whether anybody has said or done something in the case since the wish."""
    if approval.asked_at is None:  # so old that nobody knows
        return True
    later = JournalEntry.objects.filter(case=case, at__gt=approval.asked_at).exclude(side=Side.CLOCK.value)
    return later.exclude(kind__in=_ASIDE).exists()
