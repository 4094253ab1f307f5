"""What the parts of a mail are for: text to read, HTML to show, files that came along."""

import re
from dataclasses import dataclass, field

from amends.formats.email.charsets import decode, one_line, safe
from amends.formats.email.filenames import file_name
from amends.formats.email.flowed import unflow
from amends.formats.email.headers import first, first_words, read_parameters
from amends.formats.email.markup import clean_html, shown_content_ids, strip_tags, text_to_html
from amends.formats.email.mime import Part, body_size, cut_header, decode_body
from amends.formats.email.model import Attachment
from amends.formats.email.plain import plain_text

LONGEST_TEXT = 500_000  # characters; five novels' chapters, and more than anybody reads
_META_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_HEADER = 100_000  # bytes of a mail within a mail in which its subject is looked for
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_NOT_FOR_PEOPLE = frozenset(
    "message/delivery-status message/global-delivery-status message/disposition-notification"
    " message/feedback-report text/x-amp-html text/watch-html"
    " text/rfc822-headers message/rfc822-headers message/global-headers".split()
)


@dataclass(slots=True)
class _Body:
    """One piece of the body, as text, as HTML, or as both of one meaning."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class _Found:
    """What was found so far while going through the parts."""

    max_attachment: int
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The contents of a mail: `text` for people, cleaned `html` (may be empty), and the files."""

    text: str
    html: str
    blocked_images: int
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]


def read_contents(part: Part, *, max_attachment: int) -> Contents:
    """Return what the mail holds; attachments over `max_attachment` bytes are listed without their content."""
    found = _Found(max_attachment)
    pieces = _bodies(part, found)
    texts: list[str] = []
    markups: list[str] = []
    blocked = 0
    formatted = any(piece.html for piece in pieces)
    for piece in pieces:
        cleaned = ""
        if piece.html:
            cleaned, more, problem = clean_html(piece.html)
            blocked += more
            found.problems += [problem] if problem else []
        text = piece.text
        if (text is None or not text.strip()) and piece.html:
            text = plain_text(cleaned) if cleaned else strip_tags(piece.html)
        texts.append(text or "")
        if formatted:
            markups.append(cleaned or text_to_html((text or "")[:LONGEST_TEXT]))
    html = "\n".join(filter(None, markups))
    shown = shown_content_ids(html)
    return Contents(
        text=_readable("\n\n".join(text for text in texts if text.strip()), found),
        html=html,
        blocked_images=blocked,
        attachments=tuple(_placed(attachment, shown) for attachment in found.attachments),
        problems=tuple(found.problems),
    )


def _placed(attachment: Attachment, shown: frozenset[str]) -> Attachment:
    """Return the attachment, marked as inline where the HTML shows it."""
    if attachment.content_id not in shown or not attachment.content_id:
        return attachment
    return Attachment(
        filename=attachment.filename,
        content_type=attachment.content_type,
        content=attachment.content,
        inline=True,
        content_id=attachment.content_id,
        dropped=attachment.dropped,
    )


def _readable(text: str, found: _Found) -> str:
    """Return text as it is stored and shown: no spaces at line ends, no blank lines around, of bearable length."""
    if len(text) > LONGEST_TEXT:
        found.problems.append("The text is very long; only its beginning is shown. All of it is in the original mail.")
        text = text[:LONGEST_TEXT]
    text = text.replace("\xa0", " ").replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    lines = (line if line == "-- " else line.rstrip(" \t") for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def _bodies(part: Part, found: _Found) -> list[_Body]:
    """Return the pieces of the body within a part, and note the files in it."""
    kind = part.content_type
    if kind in _LOCKED:
        found.problems.append("The mail is encrypted and could not be read here.")
    if part.children:
        pieces = [piece for child in part.children for piece in _bodies(child, found)]
        return _chosen(pieces) if kind == "multipart/alternative" else pieces
    if kind in _NOT_FOR_PEOPLE:
        return []
    disposition, parameters = read_parameters(first(part.headers, "content-disposition"))
    named = parameters.get("filename") or part.parameters.get("name") or ""
    attached = disposition == "attachment" or (named and (disposition or "content-disposition" in part.headers))
    if kind in {"text/plain", "text/html"} and not attached:
        text = _text(part, found)
        return [_Body(html=text) if kind == "text/html" else _Body(text=_shaped(part, text))]
    if part.end > part.start or named:
        found.attachments.append(_attachment(part, named, found))
    return []


def _chosen(pieces: list[_Body]) -> list[_Body]:
    """Return one piece out of several that mean the same: the first text, and the last HTML, which is the fullest.

    Where one alternative has several pieces of its own, as Apple Mail makes them around pictures, they are joined.
    """
    if not pieces:
        return []
    htmls = [piece.html for piece in pieces if piece.html and piece.html.strip()]
    text = next((piece.text for piece in pieces if piece.text and piece.text.strip()), None)
    return [_Body(text=text, html="\n".join(htmls) if htmls else None)]


def _text(part: Part, found: _Found) -> str:
    """Return the text of a part, decoded."""
    data, problem = decode_body(part)
    found.problems += [problem] if problem else []
    charset = part.parameters.get("charset", "")
    if not charset and part.content_type == "text/html" and (match := _META_CHARSET.search(data, 0, 4000)):
        charset = match[1].decode("ascii", "replace")
    text, problem = decode(data, charset)
    found.problems += [problem] if problem else []
    return safe(text)


def _shaped(part: Part, text: str) -> str:
    """Return plain text with its paragraphs on one line each, where it is of the kind that flows."""
    if part.parameters.get("format", "").lower() != "flowed":
        return text
    return unflow(text, joined_words=part.parameters.get("delsp", "").lower() == "yes")


def _attachment(part: Part, named: str, found: _Found) -> Attachment:
    """Return the file in a part, without its content where that is too large."""
    number = len(found.attachments) + 1
    if not named and part.content_type == "message/rfc822":
        subject = first_words(cut_header(part.raw[part.start : min(part.end, part.start + _HEADER)]), "subject")
        named = f"{subject.replace('/', '_')[:80]}.eml" if subject else ""
    filename = file_name(named, content_type=part.content_type, number=number)
    content, dropped = b"", body_size(part) > found.max_attachment
    if not dropped:
        content, problem = decode_body(part)
        if problem:
            found.problems.append(f"The file “{filename}” may be damaged.")
        dropped = len(content) > found.max_attachment
    if dropped:
        found.problems.append(
            f"The file “{filename}” is larger than {_megabytes(found.max_attachment)} and was left out;"
            " it is in the original mail."
        )
    if part.content_type == "application/ms-tnef":
        found.problems.append(
            f"The file “{filename}” is in a form that only Outlook can open; other files may be within it."
        )
    return Attachment(
        filename=filename,
        content_type=part.content_type,
        content=b"" if dropped else content,
        content_id=one_line(first(part.headers, "content-id")).strip("<> ")[:300],
        dropped=dropped,
    )


def _megabytes(size: int) -> str:
    """Return a size in bytes as people say it."""
    return f"{size / 1_000_000:.3g} MB" if size >= 100_000 else f"{size} bytes"
