"""The fields above a mail's body: names and values, encoded words, parameters."""

import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

from amends.formats.email.charsets import decode, one_line

Headers = Mapping[str, tuple[bytes, ...]]

_MOST_FIELDS = 2000
_LONGEST_VALUE = 64_000  # bytes; a To field with a thousand people in it
_LONGEST_PARAMETERS = 8_000

_FOLD = re.compile(rb"(?:\r\n|\n|\r)(?=[ \t])")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_PARAMETER = re.compile(r""";\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.DOTALL)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


def read_fields(block: bytes) -> tuple[Headers, bool]:
    """Return the fields of a header block by lower-case name, in order, and whether some lines were no fields."""
    fields: dict[str, list[bytes]] = {}
    odd = False
    lines = _FOLD.sub(b"", block).splitlines()
    for position, line in enumerate(lines[:_MOST_FIELDS]):
        match = _FIELD.fullmatch(line)
        if match:
            fields.setdefault(match[1].decode("ascii").lower(), []).append(match[2].strip()[:_LONGEST_VALUE])
        elif line.strip() and not (position == 0 and line.startswith((b"From ", b">From "))):
            odd = True  # an mbox separator in front is common and harmless
    return {name: tuple(values) for name, values in fields.items()}, odd or len(lines) > _MOST_FIELDS


def every(headers: Headers, name: str) -> tuple[str, ...]:
    """Return all values of the field as they stand, encoded words and all, on one line each."""
    return tuple(one_line(decode(value, "")[0]) for value in headers.get(name, ()))


def first(headers: Headers, name: str) -> str:
    """Return the first value of the field as it stands, on one line; empty where there is none."""
    values = headers.get(name)
    return one_line(decode(values[0], "")[0]) if values else ""


def first_words(headers: Headers, name: str) -> str:
    """Return the first value of the field for people to read: encoded words decoded, on one line."""
    return decode_words(first(headers, name))


def decode_words(value: str) -> str:
    """Return `value` with its encoded words (RFC 2047) decoded, on one line; what cannot be decoded stays as it is.

    >>> decode_words("=?utf-8?Q?Ger=C3=A4t?= =?utf-8?Q?_kaputt?=")
    'Gerät kaputt'
    """
    return one_line("".join(_pieces(value))) if "=?" in value else one_line(value)


def _pieces(value: str) -> Iterator[str]:
    """Yield the value piece by piece; neighbouring words of one charset are joined first, as some split a character."""
    end = 0
    charset, held = "", b""
    for match in _WORD.finditer(value):
        gap = value[end : match.start()]
        name = match[1].split("*")[0].lower()
        if held and (gap.strip() or name != charset):
            yield decode(held, charset)[0]
            held = b""
        if gap.strip() or not end:
            yield gap
        charset, end = name, match.end()
        held += _word_bytes(match[2], match[3])
    if held:
        yield decode(held, charset)[0]
    yield value[end:]


def _word_bytes(encoding: str, content: str) -> bytes:
    """Return the bytes that one encoded word stands for."""
    if encoding in "bB":
        letters = _NOT_BASE64.sub("", content)
        letters = letters[:-1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    return binascii.a2b_qp(content.encode("utf-8", "replace"), header=True)


def read_parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """Return the first word of a field such as Content-Type, lower case, and its parameters by lower-case name.

    Parameters in parts and with a charset (RFC 2231), and those that hold encoded words instead, are put together.

    >>> read_parameters("attachment; filename*0*=utf-8''R%C3%A9; filename*1=sume.pdf")
    ('attachment', {'filename': 'Résume.pdf'})
    """
    value = value[:_LONGEST_PARAMETERS]
    head, _, rest = value.partition(";")
    plain: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(";" + rest):
        name, content = match[1].lower(), _unquoted(match[2].strip())
        base, star, number = name.partition("*")
        if not star:
            plain.setdefault(name, decode_words(content))
        else:
            digits = number.rstrip("*")
            index = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
            parts.setdefault(base, {})[index] = (number.endswith("*") or not number, content)
    for base, numbered in parts.items():
        plain[base] = _joined(numbered)
    return head.strip().lower(), plain


def _unquoted(content: str) -> str:
    """Return a parameter's value without its quotes and backslashes."""
    if content.startswith('"'):
        content = content[1:-1] if len(content) > 1 and content.endswith('"') else content[1:]
        return re.sub(r"\\(.)", r"\1", content)
    return content


def _joined(numbered: Mapping[int, tuple[bool, str]]) -> str:
    """Return the value of a parameter that came in numbered parts, some of them percent-encoded."""
    charset, data = "", b""
    for position, index in enumerate(sorted(numbered)):
        encoded, content = numbered[index]
        if encoded and position == 0 and content.count("'") > 1:
            charset, _, content = content.split("'", 2)
        data += unquote_to_bytes(content) if encoded else content.encode("utf-8", "replace")
    return one_line(decode(data, charset)[0])
