"""The parts of a mail: where each begins and ends, and what it holds once decoded.

The parts are cut out of the bytes by their boundaries, without copying them. The standard library's parser goes line by
line and asks every open boundary about every line: a large attachment takes three times as long, 80 multiparts within
each other fourteen times as long as one, and a thousand of them end in a RecursionError.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from amends.formats.email.headers import Headers, first, read_fields, read_parameters

MOST_PARTS = 500
DEEPEST = 20  # multiparts within multiparts
_LONGEST_HEADER = 1_000_000  # bytes of one part's header

_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r(?!\n)")
_SNIFFED = re.compile(rb"\s*--([^\s-][^\r\n]{0,69})[ \t]*\r?\n")
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
_KNOWN = frozenset(
    "content-type date delivered-to from in-reply-to message-id mime-version received reply-to return-path subject"
    " to".split()
)
_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,60}/[a-z0-9][\w.+-]{0,80}")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_WHITE_SPACE = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its fields, its type (`text/plain`) with parameters, and its body as `raw[start:end]`.

    A multipart has `children`, and then no body of interest.
    """

    raw: bytes
    start: int
    end: int
    headers: Headers
    content_type: str
    parameters: Mapping[str, str]
    children: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all parts within it, in the order of the mail."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class _Cutter:
    """The bytes being cut, how many parts they have so far, and what was odd."""

    raw: bytes
    parts: int = 0
    problems: dict[str, None] = field(default_factory=dict)


def cut(raw: bytes) -> tuple[Part, tuple[str, ...]]:
    """Return the tree of parts of a mail, and what was odd about it in words; never raises, whatever the bytes."""
    cutter = _Cutter(raw)
    part = _part(cutter, 0, len(raw), depth=0, default="text/plain")
    return part, tuple(cutter.problems)


def cut_header(raw: bytes) -> Headers:
    """Return the fields on top of a mail that is within a mail."""
    end = _header_end(raw, 0, len(raw))[0]
    return read_fields(raw[: min(end, _LONGEST_HEADER)])[0]


def _part(cutter: _Cutter, start: int, end: int, *, depth: int, default: str) -> Part:
    """Return the part that takes up `raw[start:end]`."""
    raw = cutter.raw
    cutter.parts += 1
    header_end, body = _header_end(raw, start, end)
    headers, odd = read_fields(raw[start : min(header_end, start + _LONGEST_HEADER)])
    if depth == 0 and not _KNOWN & headers.keys():
        cutter.problems["The mail has no header; all of it was taken as text."] = None
        headers, body = {}, start
    elif odd:
        cutter.problems["Some lines of the mail's header could not be read."] = None
    kind, parameters = read_parameters(first(headers, "content-type") or default)
    if not _TYPE.fullmatch(kind):
        kind = "text/plain" if kind.startswith("text") or "content-type" not in headers else "application/octet-stream"
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/"):
        children = _children(cutter, body, end, kind=kind, boundary=parameters.get("boundary", ""), depth=depth)
        if not children:
            kind = "text/plain"
    return Part(raw, body, end, headers, kind, parameters, children)


def _header_end(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where the header ends and where the body begins."""
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == b"\r\n":
        return start, min(end, start + (1 if raw[start : start + 1] == b"\n" else 2))
    match = _BLANK_LINE.search(raw, start, end)
    return (match.start(), match.end()) if match else (end, end)


def _children(cutter: _Cutter, start: int, end: int, *, kind: str, boundary: str, depth: int) -> tuple[Part, ...]:
    """Return the parts between the boundaries of a multipart; none where it has no boundary or is nested too deeply."""
    if depth >= DEEPEST:
        cutter.problems[f"Parts of the mail are nested more than {DEEPEST} deep; the innermost were not opened."] = None
        return ()
    mark = boundary.encode("utf-8", "replace").rstrip()
    if not mark and (sniffed := _SNIFFED.match(cutter.raw, start, end)):
        mark = sniffed[1].rstrip()
    spans, closed = _spans(cutter, start, end, b"--" + mark) if mark else ([], False)
    if not spans:
        cutter.problems["The mail says that it has several parts, but none could be found."] = None
    elif not closed:
        cutter.problems["The mail breaks off before its end, or was put together badly."] = None
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    children = []
    for first_byte, last_byte in spans:
        if cutter.parts >= MOST_PARTS:
            cutter.problems[f"The mail has more than {MOST_PARTS} parts; the others were left out."] = None
            break
        children.append(_part(cutter, first_byte, last_byte, depth=depth + 1, default=default))
    return tuple(children)


def _spans(cutter: _Cutter, start: int, end: int, mark: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Return the spans between the lines that begin with `mark`, and whether the closing one was seen."""
    raw = cutter.raw
    spans: list[tuple[int, int]] = []
    opened = -1
    position = raw.find(mark, start, end)
    while position >= 0 and len(spans) <= MOST_PARTS:
        after = _AFTER_BOUNDARY.match(raw, position + len(mark), end)
        if after and (position == start or raw[position - 1] in b"\r\n"):
            if opened >= 0:
                spans.append((opened, max(opened, _before_line_end(raw, position))))
            if after[1]:
                return spans, True
            opened = after.end()
        position = raw.find(mark, position + len(mark), end)
    if 0 <= opened < end and len(spans) <= MOST_PARTS:
        spans.append((opened, end))
    return spans, False


def _before_line_end(raw: bytes, position: int) -> int:
    """Return where the line before `position` ends: the line break in front of a boundary belongs to the boundary."""
    if raw[position - 2 : position] == b"\r\n":
        return position - 2
    return position - 1


def body_size(part: Part) -> int:
    """Return about how many bytes the body of the part has once decoded, without decoding it."""
    size = part.end - part.start
    return size * 73 // 100 if first(part.headers, "content-transfer-encoding").lower() == "base64" else size


def decode_body(part: Part) -> tuple[bytes, str]:
    """Return the body of the part, decoded, and what was odd about it in words; never raises."""
    data = part.raw[part.start : part.end]
    encoding = first(part.headers, "content-transfer-encoding").lower().split(";")[0].strip()
    if encoding == "base64":
        return _from_base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), ""
    if encoding in {"", "7bit", "8bit", "binary", "7-bit", "8-bit"}:
        return data, ""
    return data, "A part of the mail is packed in a way that is not known here."


def _from_base64(data: bytes) -> tuple[bytes, str]:
    """Return what base64 stands for; letters that do not belong are skipped, and what follows its end."""
    packed = data.translate(None, _WHITE_SPACE)
    letters, padding, rest = packed.translate(None, _NOT_BASE64).partition(b"=")
    odd = len(letters) + len(padding) + len(rest) < len(packed) or rest.strip(b"=") != b"" or len(letters) % 4 == 1
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    whole = binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    return whole, "A part of the mail is damaged." if odd else ""
