"""The signed link by which one person answers one wish, also where nobody is logged in."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.core import signing

from amends.actions import house
from amends.actions.access import NoAccess, access_approval
from amends.actions.actors import Staff
from amends.actions.clock import now
from amends.store.journal import state_of
from amends.store.models import Approval, User

LIFETIME: Final = timedelta(days=7)
_signer = signing.Signer(salt="amends.approval")


class Answered(NoAccess):
    """The wish has been answered: its links open nothing any more."""


def approval_url(who: Staff, approval: str) -> str:
    """Return the whole address at which this person answers this wish. Raises `NoAccess` where they may not."""
    check_may_answer(who, access_approval(who, approval))
    token = _signer.sign_object({"a": approval, "u": who.id, "t": int(now().timestamp())})
    return f"{settings.AMENDS_URL.rstrip('/')}/a/{token}/"


def approver(token: str) -> tuple[Staff, Approval]:
    """Return who holds this link, and the wish that it is about.

    Raises `NoAccess` where it is forged or too old, or where they have left or may not answer any more; `Answered`
    where somebody has answered.
    """
    try:
        held = _signer.unsign_object(token)
        made, user, asked = datetime.fromtimestamp(held["t"], UTC), int(held["u"]), str(held["a"])
    except (signing.BadSignature, KeyError, TypeError, ValueError, OverflowError):
        raise NoAccess from None
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None or now() - made > LIFETIME:
        raise NoAccess
    who = Staff.of(person)
    row = access_approval(who, asked)
    check_may_answer(who, row)
    return who, row


def check_may_answer(who: Staff, row: Approval) -> None:
    """Raise `NoAccess` where a wish is their own or more than they may approve, `Answered` where it has an answer."""
    if row.granted is not None:
        raise Answered
    wish = next(a for a in state_of(row.case).approvals if a.approval == row.pk)
    if wish.asked_by == str(who.id) or not house.policy().may_approve(who.rank, wish.cost, now()):
        raise NoAccess
