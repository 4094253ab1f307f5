"""Mailboxes out of the fields that name them, however they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from amends.formats.email.charsets import one_line
from amends.formats.email.headers import decode_words
from amends.formats.email.model import Address

_MOST = 1000
_LONGEST = 320  # characters: 64 before the @, 255 behind it
_LONGEST_NAME = 200
_LONGEST_VALUE = 64_000
_MAILBOX = re.compile(
    r"""(?:[^\s@<>()\[\],;:"\\]+|"[^"\s\\@]+")@(?:[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)*|\[[\d.:a-fA-F]+\])"""
)
_LOOSE = re.compile(r"""(?<![^\s<>()\[\],;:'"])[^\s@<>()\[\],;:"'\\=]{1,64}@[^\W_][\w.-]{0,254}(?![\w.@-])""")
# Bounded, so that a field of nothing but quotes and backslashes takes linear time.
_TOKEN = re.compile(
    r""""(?P<quoted>(?:[^"\\]|\\.){0,200})"|\((?P<comment>(?:[^()\\]|\\.){0,200})\)|<(?P<angle>[^<>]*)>?"""
    r"""|(?P<end>[,;])|(?P<group>:)|(?P<words>[^"(<,;:]+|.)""",
    re.DOTALL,
)


def normalise_address(email: str) -> str:
    """Return the address trimmed, with its domain in lower case; empty where it is none.

    What stands before the @ keeps its case, as only the receiving server may say that case does not matter there.

    >>> normalise_address(" <Kim.Lee@SHOP.Example.> "), normalise_address("kim at shop")
    ('Kim.Lee@shop.example', '')
    """
    email = email.strip().strip("<>").strip().rstrip(".")
    email = email[7:] if email[:7].lower() == "mailto:" else email
    if len(email) > _LONGEST or not _MAILBOX.fullmatch(email):
        return ""
    local, _, domain = email.rpartition("@")
    return f"{local}@{domain.lower()}" if len(local) <= _LONGEST else ""


def parse_addresses(value: str) -> tuple[Address, ...]:
    """Return the mailboxes that a field such as To names, at most 1000; never raises.

    Groups are opened up and comments serve as names. One that cannot be read keeps its words as name, with an empty
    `email`. A comma in a name that nobody quoted does not cut it in two.

    >>> parse_addresses('Smith, Jo <jo@shop.example>, "Lee" <lee@SHOP.example>')
    (Address(name='Smith, Jo', email='jo@shop.example'), Address(name='Lee', email='lee@shop.example'))
    """
    found: list[Address] = []
    waiting: list[str] = []  # words without an address: the first half of a name with a comma, perhaps
    for item in islice(_items(value), _MOST):
        if item.angle is None and "@" not in item.words:
            if item.words or item.comment:
                waiting.append(item.words or item.comment)
            if item.last and waiting:
                found.append(Address(_name(", ".join(waiting)), ""))
                waiting.clear()
        elif item.angle is not None:
            found.append(_angled(", ".join([*waiting, item.words]), item.angle, item.comment))
            waiting.clear()
        else:
            found.extend(Address(_name(words), "") for words in waiting)
            found.append(_loose(item.words, item.comment))
            waiting.clear()
    if waiting:
        found.append(Address(_name(", ".join(waiting)), ""))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Item:
    """What stands between two commas; `angle` is None without brackets; `last`: the list or group ends."""

    words: str
    angle: str | None
    comment: str
    last: bool


def _items(value: str) -> Iterator[_Item]:
    """Yield what stands between commas and semicolons that are neither quoted nor in brackets."""
    words: list[str] = []
    comments: list[str] = []
    angle: str | None = None
    for match in _TOKEN.finditer(value[:_LONGEST_VALUE]):
        kind, content = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "angle":
            angle = content
        elif kind == "comment":
            comments.append(_plain(content))
        elif kind == "group":
            words.clear()
        elif kind == "end":
            yield _Item("".join(words).strip(), angle, " ".join(comments).strip(), content == ";")
            words, comments, angle = [], [], None
        else:
            # Quotes before an @ are part of the address: "kim lee"@shop.example is not lee@shop.example.
            quotes = kind == "quoted" and value[match.end() : match.end() + 1] != "@"
            words.append(_plain(content) if quotes else match[0])
    yield _Item("".join(words).strip(), angle, " ".join(comments).strip(), last=True)


def _plain(content: str) -> str:
    """Return what was quoted, without the backslashes that protected it."""
    return re.sub(r"\\(.)", r"\1", content) if "\\" in content else content


def _angled(name: str, angle: str, comment: str) -> Address:
    """Return the mailbox of `name <angle>`."""
    email = normalise_address("".join(angle.split()))
    if not email and (loose := _LOOSE.search(decode_words(angle)[:_LONGEST]) or _LOOSE.search(name[:_LONGEST])):
        email = normalise_address(loose[0])
    name = _name(name or comment)
    return Address("" if name.lower() == email.lower() else name, email)


def _loose(words: str, comment: str) -> Address:
    """Return the mailbox of words without angle brackets: `jo@shop.example (Jo)`, `Jo jo@shop.example`."""
    if email := normalise_address(words):
        return Address(_name(comment), email)
    words = decode_words(words)[: _LONGEST + _LONGEST_NAME]
    match = _LOOSE.search(words)
    if not match:
        return Address(_name(words), "")
    name = (words[: match.start()] + " " + words[match.end() :]).strip(" <>\"'")
    return Address(_name(name or comment), normalise_address(match[0]))


def _name(words: str) -> str:
    """Return words as a name for people: decoded, without quotes around it, of bearable length."""
    return one_line(decode_words(words).strip("\"' "))[:_LONGEST_NAME].strip()
