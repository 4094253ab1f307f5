"""The signed link to a customer's own page. It expires, and it can be revoked."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from amends.actions.access import NoAccess
from amends.actions.actors import Guest
from amends.store.models import Case

LIFETIME = timedelta(days=180)
_signer = signing.TimestampSigner(salt="amends.customer-page")


def sign(case: Case) -> str:
    """Return the token of this case's page; the same person, the same case, until the link is revoked."""
    return _signer.sign_object({"c": case.pk, "v": case.link_version})


def customer_url(case: Case) -> str:
    """Return the whole address of the customer's page."""
    return f"{settings.AMENDS_URL.rstrip('/')}/c/{sign(case)}/"


def guest(token: str) -> Guest:
    """Return the customer who holds this token. Raises `NoAccess` for one that is forged, expired or revoked."""
    try:
        held = _signer.unsign_object(token, max_age=LIFETIME)
        case = Case.objects.only("customer_id", "link_version").get(pk=held["c"], link_version=held["v"])
    except (signing.BadSignature, Case.DoesNotExist, KeyError, TypeError, ValueError):
        raise NoAccess from None
    return Guest(case=case.pk, customer=case.customer_id)
