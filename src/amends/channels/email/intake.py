"""From the bytes of a mail to the case that they belong to."""

import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from amends.actions import clock, house
from amends.actions.incoming import File, Incoming
from amends.actions.mails import Arrival, Kept, do_keep_mail, do_take_up_mail
from amends.actions.sending import BY_HASH
from amends.formats.email import Address, Attachment, Automatic, IncomingEmail, find_tokens, parse
from amends.store.models import RawMail

LONGEST = 50_000
"""Characters of a writer's own words that are read; the rest stands in the full text."""

_LONGEST_ID = 220  # characters; ids that are longer are known by their hash
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_MBOX = re.compile(rb">?From [^\n]*\n")
_UNFIT = re.compile(r"[\s<>\x00-\x1f\x7f]")


def take_in_mail(
    content: bytes,
    *,
    source: str,
    sender: str = "",
    recipients: tuple[str, ...] = (),
    team: str = "",
    problem: str = "",
    at: datetime | None = None,
) -> Kept:
    """Keep a mail and take it in; when this returns, it would survive a power cut.

    `sender` and `recipients` are the envelope's, empty where there was none; `source` says how it came, `problem` what
    was odd about that. Raises one of `amends.actions.mails.AWAY` where it could not be kept (the database is away, the
    disk is full), and nothing else.
    """
    arrival = Arrival(content=content, source=source, sender=sender, recipients=recipients)
    incoming = read_mail(content, sender, recipients, team=team)
    if problem:
        incoming = replace(incoming, problems=(problem, *incoming.problems))
    return do_keep_mail(arrival, incoming, at=at or clock.now())


def take_up_mail(mail: int, *, at: datetime | None = None) -> Kept:
    """Take in a mail that was held, or that failed; one that is in a case already stays as it is."""
    return do_take_up_mail(mail, _read_again, at=at or clock.now())


def read_mail(content: bytes, sender: str = "", recipients: tuple[str, ...] = (), *, team: str = "") -> Incoming:
    """Return what a mail says, as the desk takes it in. Never raises, whatever the bytes are."""
    mail = parse(with_envelope(content, sender, recipients))
    author = _author(mail)
    bounce = mail.bounce
    problems = list(mail.problems)
    if len(mail.own_text) > LONGEST:
        problems.append(_("This mail is very long; only its beginning was read."))
    return Incoming(
        channel="email",
        name=author.name,
        email=author.email,
        subject=mail.subject,
        text=mail.own_text[:LONGEST],
        full_text=mail.text,
        html=mail.html,
        external_id=_known_as(mail, content),
        thread=_thread(mail),
        tokens=find_tokens(mail),
        files=tuple(_file(attachment) for attachment in mail.attachments),
        written_at=mail.date,
        automatic=mail.automatic is not Automatic.NO,
        bounced=bounce.original_id if bounce else "",
        permanent=bounce.permanent if bounce else True,
        problems=tuple(problems),
        team=team,
        to=(*recipients, *(address.email for address in mail.to), "")[0],
    )


def with_envelope(content: bytes, sender: str, recipients: tuple[str, ...]) -> bytes:
    """Return the mail with its envelope written on top of it, as the last server on its way does (RFC 5321, 4.4).

    An empty sender says that a machine wrote it, and a receiver may carry the token of a case. Without recipients there
    was no envelope, and the mail stays as it is.
    """
    if not recipients:
        return content
    bare = _MBOX.sub(b"", content, count=1) if _MBOX.match(content) else content
    lines = [f"Return-Path: <{_UNFIT.sub('', sender)}>", *(f"Delivered-To: {_UNFIT.sub('', to)}" for to in recipients)]
    gap = b"" if _FIELD.match(bare) else b"\r\n"  # words without any header must not be taken for one
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace") + gap + bare


def _read_again(row: RawMail, content: bytes) -> Incoming:
    return read_mail(content, row.envelope_from, tuple(row.envelope_to.split("\n")) if row.envelope_to else ())


def _author(mail: IncomingEmail) -> Address:
    """Return who wrote it. A contact form of ours writes in our name, and gives the customer's address to answer to.

    Anybody can write any address to answer to, so only forms of our own domain are believed.
    """
    answer, sender = mail.reply_to, mail.sender
    if answer is None or not answer.email or answer.email.lower() == sender.email.lower():
        return sender
    ours = house.house().business.address
    by_a_form = sender.email.rpartition("@")[2].lower() == ours.rpartition("@")[2].lower()
    if not by_a_form or _same_box(answer.email, ours):
        return sender
    return Address(answer.name or sender.name, answer.email)


def _same_box(address: str, other: str) -> bool:
    """Whether both lead to one mailbox: `help+something@` is `help@`."""
    local, _at, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}" == other.lower()


def _known_as(mail: IncomingEmail, content: bytes) -> str:
    """Return the id by which the mail is known again: its own, or one made of its bytes."""
    if mail.message_id and len(mail.message_id) <= _LONGEST_ID:
        return mail.message_id
    return f"{BY_HASH}{sha256(mail.message_id.encode() or content).hexdigest()}"


def _thread(mail: IncomingEmail) -> tuple[str, ...]:
    """Return the ids of what it answers, the nearest first."""
    ids = (mail.in_reply_to, *reversed(mail.references))
    return tuple(dict.fromkeys(filter(None, ids)))


def _file(attachment: Attachment) -> File:
    return File(
        filename=attachment.filename,
        content_type=attachment.content_type,
        content=attachment.content,
        size=len(attachment.content),
        inline=attachment.inline,
        content_id=attachment.content_id,
        dropped=attachment.dropped,
    )
