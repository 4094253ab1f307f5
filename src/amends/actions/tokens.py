"""Keys for programs: made, checked, revoked. A program may do what the user may whose key it holds."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from amends.actions.access import NoAccess
from amends.actions.actors import Staff
from amends.actions.clock import new_token
from amends.actions.customers import clean_email
from amends.method.decide import Impossible
from amends.store.models import ApiToken, User

PREFIX: Final = "amends_"
_NOTED: Final = timedelta(minutes=15)
"""How exactly the last use is kept: a write for each request would cost more than the request."""


def do_make_token(user: User, name: str, *, at: datetime) -> str:
    """Make a key for this user, and return it. It is kept nowhere: who loses it makes another.

    Raises `Impossible` where the user is not let in, or has a key of this name.
    """
    named = name.strip()[:80]
    if not named:
        raise Impossible("Give the key a name: which program uses it?")
    if not user.is_active:
        raise Impossible(f"{user.email} is not let in any more.")
    secret = PREFIX + new_token()
    try:
        with transaction.atomic():
            ApiToken.objects.create(user=user, name=named, digest=_digest(secret), created_at=at)
    except IntegrityError:
        raise Impossible(
            f"{user.email} has a key called {named!r} already. Revoke that one, or choose another name."
        ) from None
    return secret


def do_revoke_token(user: User, name: str, *, at: datetime) -> None:
    """Let the key of this name open nothing any more. Raises `Impossible` where there is none."""
    live = ApiToken.objects.filter(user=user, name=name.strip()[:80], revoked_at__isnull=True)
    if not live.update(revoked_at=at):
        raise Impossible(f"{user.email} has no key called {name.strip()!r}.")


def check_user(email: str) -> User:
    """Return who has this address, or raise `Impossible`."""
    user = User.objects.filter(email=clean_email(email)).first()
    if user is None:
        raise Impossible(f"Nobody here has the address {email}. To let them in: amends user add {email}")
    return user


def holder(secret: str, at: datetime) -> Staff:
    """Return who holds this key, or raise `NoAccess`: there is no such key, it was revoked, or its user has left."""
    digest = _digest(secret)
    token = ApiToken.objects.select_related("user").filter(digest=digest, revoked_at__isnull=True).first()
    # Found by its digest, which tells an attacker's clock nothing of the key; compared once more in constant time.
    if token is None or not hmac.compare_digest(token.digest, digest) or not token.user.is_active:
        raise NoAccess
    if token.used_at is None or token.used_at < at - _NOTED:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
    return Staff.of(token.user)


def _digest(secret: str) -> str:
    """Return the hash of a key. A key is 128 random bits: nothing slower than SHA-256 is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
