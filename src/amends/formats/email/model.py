"""The shapes that a mail has on its way in and on its way out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `name` may be empty, `email` is normalised, and empty where it could not be read."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a mail, or goes with one.

    `filename` holds no path and no control characters. `content_type` is lower case, `image/png`. `inline` means that
    the HTML shows it, by `content_id` (without angle brackets). `dropped` means that it was larger than the limit:
    `content` is then empty, and the file is only in the original mail.
    """

    filename: str
    content_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""
    dropped: bool = False


class Automatic(StrEnum):
    """Whether a person wrote the mail (no), or a machine: a reply or bulk mail, or a report on a lost mail."""

    NO = "no"
    REPLY = "reply"
    BOUNCE = "bounce"


class SentBy(StrEnum):
    """Who makes an outgoing mail leave: a person, a machine that answers a mail, or a machine by itself (RFC 3834)."""

    PERSON = "no"
    AUTO_REPLY = "auto-replied"
    MACHINE = "auto-generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a report says about the mail that did not arrive.

    `recipient` is the address that failed, `status` the enhanced code (`5.1.1`), `original_id` the id of the mail
    that did not arrive; each is empty where the report does not tell. `permanent` is False when the
    server will try again, or when trying again later may help.
    """

    recipient: str = ""
    status: str = ""
    permanent: bool = False
    original_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingEmail:
    """A mail as its reader sees it; every field is safe to store and to show.

    No text holds NULs, lone surrogates or other control characters but tabs and line feeds. Message ids are
    normalised, with angle brackets, and empty where there is none. `date` is aware, or None where it is missing or
    absurd. `text` is the whole body as plain text; `own_text` is what the writer added: quoted text and signature set
    aside. `html` is cleaned and empty where there is none; pictures from elsewhere lost their source and are counted
    in `blocked_images`. `delivered_to` are the addresses the servers delivered to, which may differ from `to`.
    `automatic_because` says in words why a mail was taken for an automatic one, and `problems` what was odd about it.
    """

    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    sender: Address = Address("", "")
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    date: datetime | None = None
    text: str = ""
    own_text: str = ""
    html: str = ""
    blocked_images: int = 0
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic = Automatic.NO
    automatic_because: str = ""
    bounce: Bounce | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEmail:
    """A mail to write. `date` is aware; `html` is made from `text` where it is None.

    Message ids may come with or without angle brackets. `list_unsubscribe` is an https or mailto address, or empty.
    An attachment that is `inline` has a `content_id` that the HTML refers to.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    html: str | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    sent_by: SentBy = SentBy.PERSON
    list_unsubscribe: str = ""
    attachments: tuple[Attachment, ...] = ()
