"""Tokens that may name a case, from where an answer carries them: plus-addresses and subjects."""

import re

from amends.formats.email.model import IncomingEmail

_MOST = 50
_PLUS = re.compile(r"\+([A-Za-z0-9_-]{6,64})@")
_SUBJECT = re.compile(r"\[#([A-Za-z0-9_-]{6,64})\]")


def find_tokens(mail: IncomingEmail) -> tuple[str, ...]:
    """Return what may be tokens of cases, likeliest first, each once: from `help+TOKEN@…`, then from `[#TOKEN]`.

    Anybody can write anything there, so a token means nothing until its signature has been checked.

    >>> find_tokens(IncomingEmail(subject="Re: Parcel [#k3y-of-case]", delivered_to=("help+t0k3n_x@shop.example",)))
    ('t0k3n_x', 'k3y-of-case')
    """
    receivers = [*mail.delivered_to, *(address.email for address in (*mail.to, *mail.cc))]
    found = [match[1] for email in receivers if (match := _PLUS.search(email))]
    return tuple(dict.fromkeys([*found, *_SUBJECT.findall(mail.subject)]))[:_MOST]
