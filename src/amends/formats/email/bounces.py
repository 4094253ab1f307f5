"""What a report says about the mail that did not arrive: RFC 3464, and the ways of servers that do not know it."""

import re

from amends.formats.email.addresses import normalise_address
from amends.formats.email.headers import Headers, decode_words, first, read_fields
from amends.formats.email.ids import read_message_id, split_message_ids
from amends.formats.email.mime import Part, cut_header, decode_body
from amends.formats.email.model import Bounce
from amends.formats.email.phrases import DELAYED, any_of

_LONGEST = 200_000  # characters of a report that are read
_SUCCESS = frozenset({"delivered", "relayed", "expanded"})
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.#-])([45])\d\d(?=[ -])")
_RECIPIENT = re.compile(r"<?([^\s<>\"'(),;:]{1,64}@[\w.-]{1,255})>?")
_DELAYED = re.compile(rf"\b{any_of(DELAYED)}\b", re.IGNORECASE)
_FOUND_WITHIN = frozenset(
    "message/rfc822 message/global text/rfc822-headers message/rfc822-headers message/global-headers".split()
)
_ID_LINE = re.compile(r"^message-id:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)


def is_delivered(part: Part) -> bool:
    """Return whether a delivery report tells only of success, as the receipts do that some ask for."""
    actions = {first(fields, "action").lower() for fields in _recipients(part)}
    return bool(actions) and actions <= _SUCCESS


def read_bounce(part: Part, text: str) -> Bounce:
    """Return what a mail that was judged to be a bounce tells; `text` is its text for people. Never raises."""
    failed = [fields for fields in _recipients(part) if first(fields, "action").lower() not in _SUCCESS]
    text = text[:_LONGEST]
    if failed:
        fields = failed[0]
        recipient = _address(first(fields, "final-recipient")) or _address(first(fields, "original-recipient"))
        status = _status(first(fields, "status")) or _status(first(fields, "diagnostic-code"))
        delayed = first(fields, "action").lower() == "delayed"
        reason = f"{status} {first(fields, 'diagnostic-code')}"
    else:
        recipient, status, delayed, reason = "", _status(text), bool(_DELAYED.search(text)), text
    recipient = recipient or _address(first(part.headers, "x-failed-recipients")) or _recipient_in(text)
    permanent = not delayed and (status.startswith("5") if status else _first_reply_code(reason) != "4")
    return Bounce(recipient=recipient, status=status, permanent=permanent, original_id=_original_id(part, text))


def _recipients(part: Part) -> list[Headers]:
    """Return the fields of each recipient in the delivery reports of the mail."""
    found: list[Headers] = []
    for piece in part.walk():
        if piece.content_type in {"message/delivery-status", "message/global-delivery-status"}:
            data = decode_body(piece)[0][:_LONGEST]
            blocks = [read_fields(block.strip(b"\r\n"))[0] for block in _BLANK_LINE.split(data)]
            found += [fields for fields in blocks if "final-recipient" in fields or "action" in fields]
    return found


def _address(value: str) -> str:
    """Return the address in `rfc822; jo@shop.example`, or in the first item of a list; empty where there is none."""
    bare = decode_words(value.rpartition(";")[2]).split(",")[0]
    match = _RECIPIENT.search(bare[:_LONGEST])
    return normalise_address(match[1].rstrip(".")) if match else ""


def _recipient_in(text: str) -> str:
    """Return the first address in a text that is not the server's own; empty where there is none."""
    for match in _RECIPIENT.finditer(text):
        email = normalise_address(match[1].rstrip("."))
        if email and not email.lower().startswith(("postmaster@", "mailer-daemon@")):
            return email
    return ""


def _status(value: str) -> str:
    """Return the first enhanced status code in a value; empty where there is none."""
    match = _STATUS.search(value)
    return match[1] if match else ""


def _first_reply_code(text: str) -> str:
    """Return the first digit of the first SMTP code in a text, 4 or 5; empty where there is none."""
    match = _REPLY_CODE.search(text)
    return match[1] if match else ""


def _original_id(part: Part, text: str) -> str:
    """Return the id of the mail that did not arrive; empty where the report does not tell."""
    for piece in part.walk():
        if piece.content_type in _FOUND_WITHIN:
            found = read_message_id(first(cut_header(decode_body(piece)[0]), "message-id"))
            if found:
                return found
    if match := _ID_LINE.search(text):
        return read_message_id(match[1])
    references = split_message_ids(first(part.headers, "references"))
    return read_message_id(first(part.headers, "in-reply-to")) or (references[-1] if references else "")
