"""Any bytes into a mail."""

from dataclasses import dataclass, replace

from amends.formats.email.addresses import normalise_address, parse_addresses
from amends.formats.email.automatic import judge
from amends.formats.email.bounces import is_delivered, read_bounce
from amends.formats.email.charsets import decode, safe
from amends.formats.email.contents import LONGEST_TEXT, read_contents
from amends.formats.email.dates import parse_date
from amends.formats.email.headers import Headers, every, first, first_words
from amends.formats.email.ids import read_message_id, split_message_ids
from amends.formats.email.mime import Part, cut
from amends.formats.email.model import Address, Automatic, IncomingEmail
from amends.formats.email.quoting import own_words

MAX_ATTACHMENT = 25_000_000  # bytes; what the large providers let through
_LONGEST_SUBJECT = 500
_NOBODY = Address("", "")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


def parse(raw: bytes, *, max_attachment: int = MAX_ATTACHMENT) -> IncomingEmail:
    r"""Return the mail in `raw`; never raises, whatever the bytes are.

    Takes time in proportion to the size. Attachments larger than `max_attachment` bytes are listed without their
    content. What could not be understood is in `problems`, in words.

    >>> parse(b"From: Jo <jo@shop.example>\n\nHello").problems
    ('The mail carries no date.',)
    """
    try:
        return _parse(raw, max_attachment)
    except Exception:  # noqa: BLE001 - one mail that nobody foresaw must not stop all mails behind it
        return _rough(raw)


def _rough(raw: bytes) -> IncomingEmail:
    """Return a mail of which nothing was understood: all of it as text."""
    text = safe(decode(raw[:LONGEST_TEXT], "")[0])
    return IncomingEmail(
        text=text, own_text=text.strip(), problems=("The mail could not be understood; all of it is shown as text.",)
    )


def _parse(raw: bytes, max_attachment: int) -> IncomingEmail:
    """Return the mail in `raw`."""
    part, odd = cut(raw)
    headers = part.headers
    problems = list(odd)
    contents = read_contents(part, max_attachment=max_attachment)
    sender = _sender(headers, problems)
    date, problem = parse_date(first(headers, "date"))
    problems += [problem] if problem else []
    people = _People.of(headers, problems)
    mail = IncomingEmail(
        message_id=read_message_id(first(headers, "message-id")),
        in_reply_to=read_message_id(first(headers, "in-reply-to")),
        references=split_message_ids(" ".join(every(headers, "references"))),
        subject=first_words(headers, "subject")[:_LONGEST_SUBJECT].strip(),
        sender=sender,
        reply_to=people.reply_to,
        to=people.to,
        cc=people.cc,
        delivered_to=_delivered_to(headers),
        date=date,
        text=contents.text,
        own_text=own_words(contents.text),
        html=contents.html,
        blocked_images=contents.blocked_images,
        attachments=contents.attachments,
        problems=tuple(dict.fromkeys([*problems, *contents.problems])),
    )
    return _judged(mail, part)


def _judged(mail: IncomingEmail, part: Part) -> IncomingEmail:
    """Return the mail with whether it is automatic, and with what a bounce tells."""
    report = ""
    if part.content_type == "multipart/report":
        report = part.parameters.get("report-type", "").lower() or "unknown"
    if any(child.content_type.endswith("/delivery-status") for child in part.children):
        report = "delivery-status"
    if report == "delivery-status" and is_delivered(part):
        report = "success"
    automatic, because = judge(part.headers, sender=mail.sender.email, report=report)
    bounce = read_bounce(part, mail.text) if automatic is Automatic.BOUNCE else None
    return replace(mail, automatic=automatic, automatic_because=because, bounce=bounce)


def _sender(headers: Headers, problems: list[str]) -> Address:
    """Return who the mail is from; where that cannot be read, who else it says has to do with it."""
    named = _addresses(headers, "from")
    readable = [address for address in named if address.email]
    if readable:
        if len(named) > 1:
            problems.append("The mail names several senders; the first one was taken.")
        return readable[0]
    problems.append("The sender address could not be read." if named else "The mail names no sender.")
    for name in ("sender", "reply-to", "return-path"):
        for address in _addresses(headers, name):
            if address.email:
                problems.append(f"The sender was taken from the field {name.title()} instead.")
                return Address(named[0].name if named else address.name, address.email)
    return named[0] if named else _NOBODY


@dataclass(frozen=True, slots=True)
class _People:
    """Who is to answer to, and who else received the mail."""

    reply_to: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]

    @classmethod
    def of(cls, headers: Headers, problems: list[str]) -> "_People":
        """Return the people that the fields name, and note what cannot be read."""
        answer = _addresses(headers, "reply-to")
        reply_to = next((address for address in answer if address.email), None)
        if answer and reply_to is None:
            problems.append("The address to answer to could not be read.")
        to, cc = _addresses(headers, "to"), _addresses(headers, "cc")
        if any(not address.email for address in (*to, *cc)):
            problems.append("The address of a receiver could not be read.")
        return cls(reply_to, to, cc)


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    """Return the mailboxes that all fields of this name list."""
    return parse_addresses(", ".join(every(headers, name)))


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    """Return the addresses that servers noted they delivered to, each once."""
    emails = (normalise_address(value) for name in _DELIVERED for value in every(headers, name)[:20])
    return tuple(dict.fromkeys(filter(None, emails)))
