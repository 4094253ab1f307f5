"""The seal of a form: when it was handed out, and that it was us. It stands in for the CSRF cookie.

A framed form gets no cookies from many browsers, so the usual protection would lock customers out. What that protects
from is somebody else's page acting with the rights of who looks at it; this form has no rights to act with: it reads
no session, and what it does any machine could do by itself. What is left to ask is that the form was handed out by us,
not long ago, to somebody who took a moment to fill it in.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.core import signing

from amends.actions import clock

QUICKEST = timedelta(seconds=3)
"""Nobody tells what went wrong in less; programs do."""
LONGEST = timedelta(hours=24)
SHOWN = timedelta(hours=1)
"""How long the page after the form can be looked at again."""

_form = signing.Signer(salt="amends.complaint-form")
_thanks = signing.Signer(salt="amends.complaint-thanks")


class Verdict(Enum):
    """What a seal says about the form that came back."""

    FINE = auto()
    TOO_QUICK = auto()
    STALE = auto()


@dataclass(frozen=True, slots=True)
class Seal:
    """The verdict, and the form's own number (empty where the seal is not ours)."""

    verdict: Verdict
    once: str = ""


def seal_form(at: datetime) -> str:
    """Return the seal of a form that is handed out at `at`."""
    return _form.sign_object({"t": int(at.timestamp()), "n": clock.new_token()})


def check_seal(text: str, at: datetime) -> Seal:
    """Return what the seal says at `at`; forged ones are stale."""
    held = _unsigned(_form, text)
    if held is None:
        return Seal(Verdict.STALE)
    age = at - datetime.fromtimestamp(held["t"], UTC)
    if age > LONGEST:
        return Seal(Verdict.STALE)
    return Seal(Verdict.TOO_QUICK if age < QUICKEST else Verdict.FINE, held["n"])


def sign_thanks(case: int, at: datetime) -> str:
    """Return the address part of the page after the form."""
    return _thanks.sign_object({"t": int(at.timestamp()), "c": case})


def read_thanks(text: str, at: datetime) -> int | None:
    """Return the case of such an address; None where it is forged or too old."""
    held = _unsigned(_thanks, text)
    if held is None or at - datetime.fromtimestamp(held["t"], UTC) > SHOWN:
        return None
    return int(held["c"])


def _unsigned(signer: signing.Signer, text: str) -> dict[str, Any] | None:
    try:
        held: dict[str, Any] = signer.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return held
