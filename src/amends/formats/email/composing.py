"""A mail into what servers and mail programs can read."""

import hashlib
import re
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage, MIMEPart

from amends.formats.email.addresses import normalise_address
from amends.formats.email.charsets import one_line, safe
from amends.formats.email.filenames import file_name
from amends.formats.email.ids import read_message_id
from amends.formats.email.markup import text_to_html
from amends.formats.email.model import Address, Attachment, OutgoingEmail, SentBy
from amends.formats.email.wire import Wire

KEPT_REFERENCES = 20  # besides the first one, which names the conversation
_LONGEST_NAME = 150
_LONGEST_SUBJECT = 500
_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,60}/[a-z0-9][\w.+-]{0,60}", re.ASCII)
_UNSUBSCRIBE = re.compile(r"(?:https://|mailto:)[!-;=?-~]{1,900}")
# Seven bits for the body: no server on the way has a reason to rewrite it.
_POLICY = Wire(linesep="\r\n", cte_type="7bit")
_PAGE = """\
<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
body {{ max-width: 40em; margin: 0; padding: 1em; font: 16px/1.5 system-ui, sans-serif; }}
blockquote {{ margin: 0; padding-left: 1em; border-left: 2px solid #ccc; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


class Unsendable(ValueError):
    """The mail cannot be written as it is; the message says what is wrong with it."""


def compose(out: OutgoingEmail) -> EmailMessage:
    """Return the mail, ready for a server; the same `out` makes the same bytes. Raises `Unsendable`.

    Line breaks in a subject or a name become spaces, so nobody can add fields. Of many references the first and the
    last 20 are kept.
    """
    if out.date.tzinfo is None:
        raise Unsendable("the date has no time zone")
    if not out.to:
        raise Unsendable("there is nobody to send it to")
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = _required_id(out.message_id)
    message["Date"] = out.date
    message["From"] = _mailbox(out.sender)
    message["To"] = tuple(map(_mailbox, out.to))
    if out.cc:
        message["Cc"] = tuple(map(_mailbox, out.cc))
    if out.reply_to is not None:
        message["Reply-To"] = _mailbox(out.reply_to)
    message["Subject"] = one_line(out.subject)[:_LONGEST_SUBJECT]
    _thread(message, out)
    _machine(message, out)
    _fill(message, out)
    return message


def _thread(message: EmailMessage, out: OutgoingEmail) -> None:
    """Write which mails it answers."""
    answered = read_message_id(out.in_reply_to)
    if answered:
        message["In-Reply-To"] = answered
    ids = list(dict.fromkeys(filter(None, map(read_message_id, (*out.references, out.in_reply_to)))))
    if len(ids) > KEPT_REFERENCES + 1:
        ids = [ids[0], *ids[-KEPT_REFERENCES:]]
    if ids:
        message["References"] = " ".join(ids)


def _machine(message: EmailMessage, out: OutgoingEmail) -> None:
    """Write that a machine sends it, so that other machines do not answer, and how to get no more of them."""
    if out.sent_by is not SentBy.PERSON:
        message["Auto-Submitted"] = out.sent_by.value
        message["X-Auto-Response-Suppress"] = "All"
    if out.list_unsubscribe:
        if not _UNSUBSCRIBE.fullmatch(out.list_unsubscribe):
            raise Unsendable(f"{out.list_unsubscribe!r} is no https or mailto address to unsubscribe at")
        message["List-Unsubscribe"] = f"<{out.list_unsubscribe}>"


def _fill(message: EmailMessage, out: OutgoingEmail) -> None:
    """Write the body in both forms, and the files."""
    text = safe(out.text)
    html = safe(out.html) if out.html is not None else _PAGE.format(body=text_to_html(text))
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    page = list(message.iter_parts())[-1]
    for number, attachment in enumerate(out.attachments, start=1):
        if attachment.inline and attachment.content_id:
            _attach(page, attachment, number=number, inline=True)
    for number, attachment in enumerate(out.attachments, start=1):
        if not (attachment.inline and attachment.content_id):
            _attach(message, attachment, number=number, inline=False)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        # The standard library throws dice for these.
        part.set_boundary("=_" + hashlib.sha256(f"{number} {message['Message-ID']}".encode()).hexdigest()[:40])


def _attach(message: MIMEPart, attachment: Attachment, *, number: int, inline: bool) -> None:
    """Add one file; as plain bytes where its type could be taken for parts of the mail itself."""
    kind = attachment.content_type.lower()
    if not _TYPE.fullmatch(kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    main, _, sub = kind.partition("/")
    name = file_name(attachment.filename, content_type=attachment.content_type, number=number)
    if inline:
        cid = _content_id(attachment.content_id)
        message.add_related(attachment.content, main, sub, disposition="inline", filename=name, cid=cid)
    else:
        message.add_attachment(attachment.content, main, sub, filename=name)


def _content_id(value: str) -> str:
    """Return a content id in angle brackets."""
    bare = value.strip("<> ")
    if not re.fullmatch(r"[!-;=?-~]{1,200}", bare):
        raise Unsendable(f"{value!r} cannot be the content id of a picture")
    return f"<{bare}>"


def _required_id(value: str) -> str:
    """Return a message id, or raise."""
    found = read_message_id(value)
    if not found:
        raise Unsendable(f"{value!r} cannot be a message id")
    return found


def _mailbox(address: Address) -> HeaderAddress:
    """Return the mailbox as the standard library writes it; domains beyond ASCII in the form that all servers know."""
    local, _, domain = normalise_address(address.email).rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not ascii_domain or not local.isascii() or '"' in local:
        raise Unsendable(f"{address.email!r} is no address that mail can be sent to")
    return HeaderAddress(display_name=one_line(address.name)[:_LONGEST_NAME], username=local, domain=ascii_domain)
