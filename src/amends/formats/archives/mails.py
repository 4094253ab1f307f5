"""Mails: a file with one (`.eml`), and a mailbox with many (`.mbox`), which are put together into conversations.

Mails belong together where one names the other (Message-ID, In-Reply-To, References). As a last resort, an answer that
finds nothing it names joins the mails with its subject between the same two addresses. Who speaks for the company is
told by its own addresses and domains; without them, the first person who writes in a conversation is the customer and
everybody else is the company.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from amends.formats.archives.gathering import gather
from amends.formats.archives.model import Broken, Found
from amends.formats.email import Automatic, IncomingEmail, normalise_message_id, one_line, parse, reply_subject
from amends.transcript import Message, Role

LARGEST_MAIL = 64 * 2**20  # bytes

_CHANNEL = "email"
_PIECE = 2**20  # bytes; what is longer than this without a line end is read in pieces
_TOP = re.compile(rb"From .{0,300}\d\d:\d\d")
_PROTECTED = re.compile(rb">+From ")
_TOO_LARGE = f"It is larger than {LARGEST_MAIL // 2**20} MiB; export it without its attachments."
_RECEIVERS = 20


def eml(stream: IO[bytes], name: str, *, own: Collection[str] = ()) -> Iterator[Found]:
    """Yield the conversation of one mail. `own` are the company's addresses and domains."""
    raw = stream.read(LARGEST_MAIL + 1)
    if len(raw) > LARGEST_MAIL:
        yield Broken("the mail", _TOO_LARGE)
        return
    yield from _conversation([_Mail.of(1, raw)], name, own)


def mbox(stream: IO[bytes], name: str, *, own: Collection[str] = ()) -> Iterator[Found]:
    """Yield the conversations of a mailbox, in the order in which they begin there; holds the words of all mails.

    `own` are the company's addresses and domains.
    """
    mails: list[_Mail] = []
    for number, raw in enumerate(_cut(stream), 1):
        if raw is None:
            yield Broken(f"mail {number}", _TOO_LARGE)
        else:
            mails.append(_Mail.of(number, raw))
    for thread in _threads(mails):
        yield from _conversation(thread, name, own)


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail of which only what a conversation needs is kept. Addresses are in lower case, `ids` without brackets."""

    number: int
    mail: IncomingEmail
    key: str
    named: tuple[str, ...]

    @classmethod
    def of(cls, number: int, raw: bytes) -> "_Mail":
        mail = parse(raw, max_attachment=0)
        named = (normalise_message_id(one) for one in (mail.in_reply_to, *mail.references))
        return cls(
            number, _slim(mail), normalise_message_id(mail.message_id) or f"#{number}", tuple(filter(None, named))
        )

    @property
    def sender(self) -> str:
        return self.mail.sender.email.lower()

    @property
    def between(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The subject, with each pair of addresses between which the mail went; none without a subject."""
        bare = reply_subject(self.mail.subject).lower()
        if self.mail.subject and self.sender:
            for receiver in self.mail.to[:_RECEIVERS]:
                if receiver.email:
                    yield bare, frozenset({self.sender, receiver.email.lower()})

    @property
    def answers(self) -> bool:
        """Whether the subject begins as that of an answer."""
        return reply_subject(self.mail.subject).removeprefix("Re: ") != one_line(self.mail.subject)


def _slim(mail: IncomingEmail) -> IncomingEmail:
    """Return the mail without what no conversation shows."""
    return IncomingEmail(
        message_id=mail.message_id,
        subject=mail.subject,
        sender=mail.sender,
        to=mail.to,
        date=mail.date,
        own_text=mail.own_text,
        automatic=mail.automatic,
    )


def _cut(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the mails of a mailbox, None for one that is too large. One begins with `From ` behind a blank line."""
    pieces: list[bytes] = []
    size, begun, fresh, blank = 0, False, True, True
    while piece := stream.readline(_PIECE):
        if fresh and blank and _TOP.match(piece):
            if begun:
                yield b"".join(pieces) if size <= LARGEST_MAIL else None
            pieces, size, begun = [], 0, True
        elif begun or piece.strip():
            begun = True
            size += len(piece)
            if size <= LARGEST_MAIL:
                pieces.append(piece[1:] if fresh and _PROTECTED.match(piece) else piece)
        blank = fresh and not piece.strip(b"\r\n")
        fresh = piece.endswith(b"\n")
    if begun:
        yield b"".join(pieces) if size <= LARGEST_MAIL else None


class _Joined:
    """Names that belong together (a union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, name: str) -> str:
        """Return the name that stands for all that `name` belongs to."""
        above = self._above
        while (up := above.setdefault(name, name)) != name:
            above[name] = above.setdefault(up, up)
            name = above[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Let two names, and all that they belong to, belong together."""
        self._above[self.top(other)] = self.top(one)


def _threads(mails: list[_Mail]) -> list[list[_Mail]]:
    """Return the mails that belong together; a mail that came twice is there once."""
    unique = list({mail.key: mail for mail in reversed(mails)}.values())[::-1]
    joined = _Joined()
    for mail in unique:
        for name in mail.named:
            joined.join(name, mail.key)
    alone = {top: len(thread) == 1 for top, thread in _grouped(unique, joined).items()}
    first: dict[tuple[str, frozenset[str]], str] = {}
    for mail in unique:
        for pair in mail.between:
            first.setdefault(pair, mail.key)
    for mail in unique:
        if alone.get(joined.top(mail.key)) and mail.answers:
            earlier = (first[pair] for pair in mail.between if first[pair] != mail.key)
            joined.join(next(earlier, mail.key), mail.key)
    return list(_grouped(unique, joined).values())


def _grouped(mails: list[_Mail], joined: _Joined) -> dict[str, list[_Mail]]:
    """Return the mails by the name that stands for their thread."""
    threads: dict[str, list[_Mail]] = {}
    for mail in mails:
        threads.setdefault(joined.top(mail.key), []).append(mail)
    return threads


def _conversation(thread: list[_Mail], file: str, own: Collection[str]) -> Iterator[Found]:
    """Yield the conversation of mails that belong together."""
    dated = sorted(((one.mail.date, one.number, one) for one in thread if one.mail.date), key=lambda found: found[:2])
    ordered = [*(one for _, _, one in dated), *(one for one in thread if not one.mail.date)]
    persons = [one for one in ordered if one.mail.automatic is Automatic.NO] or ordered
    ours = {one.strip().lower().removeprefix("@") for one in own} - {""}
    customer = persons[0].sender
    said = [
        Message(
            id=one.mail.message_id.strip("<>"),
            role=Role.AGENT if (_is_ours(one.sender, ours) if ours else one.sender != customer) else Role.CUSTOMER,
            text=one.mail.own_text,
            at=one.mail.date,
            author=one.mail.sender.name or one.mail.sender.email,
            automatic=one.mail.automatic is not Automatic.NO,
        )
        for one in thread
    ]
    begun = ordered[0]
    name = begun.mail.message_id.strip("<>") or one_line(f"{PurePath(file).stem}:{begun.number}")
    yield from gather(f"mail {thread[0].number}", name, said, channel=_CHANNEL)


def _is_ours(sender: str, ours: Collection[str]) -> bool:
    """Return whether an address is one of the company's, or of one of its domains."""
    domain = sender.rpartition("@")[2]
    return sender in ours or domain in ours or any(domain.endswith(f".{one}") for one in ours)
