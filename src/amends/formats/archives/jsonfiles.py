"""Objects out of JSON files, be they one document, an array, or JSON lines."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

import msgspec

from amends.formats.archives.fields import Record, items, record
from amends.formats.archives.model import Broken, Found
from amends.formats.email.charsets import decode

LONGEST_LINE = 16 * 2**20  # bytes
THE_FILE = "the file"

_MARK = b"\xef\xbb\xbf"  # what some programs of Windows begin UTF-8 with
_OBJECT_IN_A_LINE = re.compile(rb"\n[ \t]*\{[^\n]*\}[ \t\r]*(?:\n|\Z)")


class Unreadable(ValueError):
    """Bytes that are no JSON; the message is a sentence with the fix."""


@dataclass(frozen=True, slots=True)
class Document:
    """One object of a file, and where it stands: "line 12", "record 3" of an array, or "the file"."""

    place: str
    content: Record

    def within(self, kind: str, name: str) -> str:
        """Return the place of one of several things in the document: "line 12, ticket 4711"."""
        inner = f"{kind} {name}" if name else ""
        return ", ".join(part for part in (self.place if self.place != THE_FILE or not inner else "", inner) if part)


def each(stream: IO[bytes], read: Callable[[Document], Iterator[Found]]) -> Iterator[Found]:
    """Yield what `read` makes of each object in the file, and what is broken in between."""
    return _each(documents(stream), read)


def each_line(stream: IO[bytes], read: Callable[[Document], Iterator[Found]]) -> Iterator[Found]:
    """Yield the same for JSON lines, never holding more than one line, of at most 16 MiB."""
    return _each(lines(stream), read)


def _each(found: Iterator[Document | Broken], read: Callable[[Document], Iterator[Found]]) -> Iterator[Found]:
    for document in found:
        if isinstance(document, Broken):
            yield document
        else:
            yield from read(document)


def listed(content: Record, *names: str) -> list[Record]:
    """Return the records that a document lists under one of these names; where it lists none, it is the record."""
    for name in names:
        if isinstance(content.get(name), list):
            return [record(one) for one in items(content[name])]
    return [content]


def documents(stream: IO[bytes]) -> Iterator[Document | Broken]:
    """Yield the objects of a file: of JSON lines one at a time, of anything else all from memory.

    A file is taken for JSON lines when its first line is an object, or an array, by itself.
    """
    number, first = 1, stream.readline(LONGEST_LINE + 1)
    while first.isspace():
        number, first = number + 1, stream.readline(LONGEST_LINE + 1)
    bare = first.removeprefix(_MARK).strip()
    if len(first) <= LONGEST_LINE and bare[:1] + bare[-1:] in {b"{}", b"[]"}:
        yield from _objects(f"line {number}", first)
        yield from lines(stream, number)
    elif first:
        yield from _whole(first + stream.read())


def lines(stream: IO[bytes], number: int = 0) -> Iterator[Document | Broken]:
    """Yield the objects of JSON lines behind line `number`, never holding more than one line."""
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        place = f"line {number}"
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield Broken(place, f"It is longer than {LONGEST_LINE // 2**20} MiB; split it into several records.")
        elif line.strip():
            yield from _objects(place, line)


def _whole(data: bytes) -> Iterator[Document | Broken]:
    """Yield the objects of one document; of JSON lines, where only that explains what stands there."""
    try:
        found = parsed(data)
    except Unreadable as wrong:
        in_lines = data.removeprefix(_MARK).lstrip().startswith(b"{") and _OBJECT_IN_A_LINE.search(data)
        if not in_lines:
            yield Broken(THE_FILE, str(wrong))
            return
    else:
        yield from _split(THE_FILE, found)
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield from _objects(f"line {number}", line)


def _objects(place: str, line: bytes) -> Iterator[Document | Broken]:
    """Yield the objects of one line."""
    try:
        yield from _split(place, parsed(line))
    except Unreadable as wrong:
        yield Broken(place, str(wrong))


def _split(place: str, found: object) -> Iterator[Document | Broken]:
    """Yield the object that was found, or each one of an array."""
    several = isinstance(found, list)
    for number, one in enumerate(items(found) if several else [found], 1):
        inner = f"record {number}" if several else ""
        where = ", ".join(part for part in (place if place != THE_FILE or not several else "", inner) if part)
        if isinstance(one, dict):
            yield Document(where, one)
        else:
            yield Broken(where, "It is not a JSON object; each record is to stand in braces.")


def parsed(data: bytes) -> object:
    """Return what JSON says, or raise `Unreadable`."""
    data = data.removeprefix(_MARK)
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        raise Unreadable("It is nested too deeply; export it again without attachments and history.") from None
    except ValueError:
        pass  # it may still be what JavaScript calls JSON: half a character, NaN, another character set
    try:
        return json.loads(decode(data, "")[0], strict=False)
    except RecursionError:
        raise Unreadable("It is nested too deeply; export it again without attachments and history.") from None
    except json.JSONDecodeError as wrong:
        at = f"line {wrong.lineno}, column {wrong.colno}"
        raise Unreadable(f"It is not JSON ({wrong.msg}, {at}); export it again, or mend that place.") from None
    except ValueError:
        raise Unreadable("It holds a number that no program can use; export it again.") from None
