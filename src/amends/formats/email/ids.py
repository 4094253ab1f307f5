"""Message ids and subjects: what holds a conversation together across mail programs."""

import re

from amends.formats.email.charsets import one_line

_LONGEST = 900  # characters; a line of mail ends at 998 octets
_MOST = 100  # ids that a References field may name
_ID = re.compile(r"<([^<>\s]{1,900})>")
_UNFIT = re.compile(r"[^!-~]|[<>]")
_PREFIX = re.compile(
    r"(?:re|aw|antw(?:ort)?|sv|vs|rv|odp|bls|res|fwd?|wg|tr|vb|doorst)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_REPLY_LONGEST = 300


def message_id(unique: str, domain: str) -> str:
    """Return the message id `<unique@domain>`; raises ValueError where that would be none.

    >>> message_id("case7.3", "Help.Shop.example")
    '<case7.3@help.shop.example>'
    """
    found = f"<{unique}@{domain.lower()}>"
    if not unique or not domain or "@" in unique + domain or normalise_message_id(found) != found:
        raise ValueError(
            f"{unique!r} at {domain!r} cannot be a message id: use visible ASCII without spaces, @, < and >"
        )
    return found


def read_message_id(value: str) -> str:
    """Return the first message id in `value` as it was written, in angle brackets; empty where there is none.

    Answers must name it letter by letter, or other programs do not find the mail that is answered.

    >>> read_message_id(" <Ab1@Mail.Example> (by hand)"), read_message_id("no id")
    ('<Ab1@Mail.Example>', '')
    """
    match = _ID.search(value)
    bare = match[1] if match else value.strip().strip("<>")
    if not bare or len(bare) > _LONGEST or _UNFIT.search(bare) or (match is None and "@" not in bare):
        return ""
    return f"<{bare}>"


def normalise_message_id(value: str) -> str:
    """Return the first message id in `value` to compare by: its domain in lower case; empty where there is none.

    >>> normalise_message_id("<Ab1@Mail.Example>")
    '<Ab1@mail.example>'
    """
    local, at, domain = read_message_id(value).rpartition("@")
    return f"{local}{at}{domain.lower()}"


def split_message_ids(value: str) -> tuple[str, ...]:
    """Return the message ids of a References field as written, each once; of very many the first and the last."""
    ids = tuple(dict.fromkeys(filter(None, (read_message_id(f"<{bare}>") for bare in _ID.findall(value)))))
    return ids if len(ids) <= _MOST else (ids[0], *ids[-(_MOST - 1) :])


def reply_subject(subject: str) -> str:
    """Return the subject of an answer: one `Re:`, however many and in whatever language there were before.

    >>> reply_subject("AW: Re: Parcel"), reply_subject("")
    ('Re: Parcel', 'Re: your message')
    """
    rest = one_line(subject)
    while match := _PREFIX.match(rest):
        rest = rest[match.end() :]
    return f"Re: {rest[:_REPLY_LONGEST].strip() or 'your message'}"
