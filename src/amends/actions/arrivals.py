"""What comes in, in the shape in which every channel hands it over; and what became of it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from amends.actions.texts import storable
from amends.store.models import Message, RawMail

_LONGEST_ID = 220


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along. `content` is empty where it was too large to take in (`dropped`)."""

    filename: str
    content_type: str
    content: bytes
    size: int
    inline: bool = False
    content_id: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What came in. `text` is the writer's own new words, `full_text` all of it with what they quoted.

    `external_id` is the Message-ID of a mail, or the like: what the sender's side knows the message by. `thread`
    holds ids of messages that it answers, `tokens` what may be a case's token. `bounced` is the Message-ID of the
    mail of ours that could not be delivered. A `remark` came with an answer of theirs, such as the free line of a
    survey: it waits for an answer of ours only where it asks or complains.
    """

    channel: str
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    text: str
    full_text: str = ""
    html: str = ""
    external_id: str = ""
    thread: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    written_at: datetime | None = None
    automatic: bool = False
    bounced: str = ""
    permanent: bool = True
    problems: tuple[str, ...] = ()
    raw: RawMail | None = None
    team: str = ""
    case: int | None = None
    to: str = ""
    remark: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it: the message (None where nothing was kept but the mail itself) and whether it is new here."""

    message: Message | None
    new_case: bool = False
    duplicate: bool = False


def fit(incoming: Incoming) -> Incoming:
    """Return what came in with all its texts fit for the database."""
    texts: dict[str, str] = {
        f.name: storable(value) for f in fields(incoming) if isinstance(value := getattr(incoming, f.name), str)
    }
    texts["external_id"] = texts["external_id"].strip()[:_LONGEST_ID]
    files = tuple(
        replace(
            file,
            filename=storable(file.filename),
            content_type=storable(file.content_type),
            content_id=storable(file.content_id),
        )
        for file in incoming.files
    )
    thread, tokens = tuple(map(storable, incoming.thread)), tuple(map(storable, incoming.tokens))
    return replace(incoming, files=files, thread=thread, tokens=tokens, **texts)  # type: ignore[arg-type]  # names and types are its own
