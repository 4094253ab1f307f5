"""The signed link to a customer's own page, and one to look at it only. They expire, and can be revoked."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from amends.actions.access import NoAccess, access_case
from amends.actions.actors import Guest, Staff
from amends.actions.carry import carry_out, keep_note
from amends.actions.clock import now
from amends.method.moves import WriteNote
from amends.store.models import Case

LIFETIME = timedelta(days=180)
PREVIEW_LIFETIME = timedelta(days=1)
_signer = signing.Signer(salt="amends.customer-page")
_previews = signing.Signer(salt="amends.customer-page-preview")
_MARK = "look-"  # begins a preview's token; a signature of its own keeps either from being taken for the other


def sign(case: Case) -> str:
    """Return the token of this case's page; the same person, the same case, until the link is revoked."""
    return _signer.sign_object(_held(case))


def customer_url(case: Case) -> str:
    """Return the whole address of the customer's page."""
    return _address(sign(case))


def preview_url(case: Case) -> str:
    """Return the whole address at which the staff see what the customer sees. Nothing can be said there."""
    return _address(_MARK + _previews.sign_object(_held(case)))


def guest(token: str) -> Guest:
    """Return the customer who holds this token; of a preview's, a guest who only looks (`preview`).

    Raises `NoAccess` for one that is forged, expired or revoked.
    """
    preview = token.startswith(_MARK)
    signer, lifetime = (_previews, PREVIEW_LIFETIME) if preview else (_signer, LIFETIME)
    try:
        held = signer.unsign_object(token.removeprefix(_MARK) if preview else token)
        # The time is in the signed words and read by our own clock; Django's TimestampSigner knows only the machine's.
        if now() - datetime.fromtimestamp(held["t"], UTC) > lifetime:
            raise NoAccess
        case = Case.objects.only("customer_id", "link_version").get(pk=held["c"], link_version=held["v"])
    except (signing.BadSignature, Case.DoesNotExist, KeyError, TypeError, ValueError, OverflowError):
        raise NoAccess from None
    return Guest(case=case.pk, customer=case.customer_id, preview=preview)


def case_behind(token: str) -> int | None:
    """Return the case that a customer's link was once made for, also where it opens nothing any more; None for others.

    For sending them a new one, and for nothing else: whoever holds an old link may not look.
    """
    try:
        held = _signer.unsign_object(token)
        return Case.objects.filter(pk=held["c"]).values_list("pk", flat=True).first()
    except (signing.BadSignature, KeyError, TypeError, ValueError, OverflowError):
        return None


def do_revoke_link(who: Staff, case_id: int, *, at: datetime) -> None:
    """Let no link to this case's page work any more that was ever sent; the next letter brings a new one.

    A note in the case says who did it.
    """
    with transaction.atomic():
        case = access_case(who, case_id, lock=True)
        Case.objects.filter(pk=case.pk).update(link_version=F("link_version") + 1)
        text = _("I revoked the links to the customer's page. Those that were sent before open it no more.")
        span = keep_note(case, text, kind="internal", by=who, at=at)
        carry_out(case, [WriteNote(note=span.source)], by=who, at=at)


def _held(case: Case) -> dict[str, int]:
    return {"c": case.pk, "v": case.link_version, "t": int(now().timestamp())}


def _address(token: str) -> str:
    return f"{settings.AMENDS_URL.rstrip('/')}/c/{token}/"
