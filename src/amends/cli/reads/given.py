"""Messages as they are given to `amends read`: an object on each line, or a plain text that is one message."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from reprlib import repr as shortly
from typing import IO, Any

from amends.reading import Context
from amends.transcript import Message, Role

LONGEST = 4 << 20  # bytes of one line; more than a message and all that went before it
_MARK = b"\xef\xbb\xbf"  # what Windows puts before UTF-8
# An array, or an object over many lines, is JSON gone wrong and no letter.
_JSON = re.compile(rb"\s*(?:\[?\s*\{\s*[\"}]|[\[{]\s*$)")
_OTHER = {Role.CUSTOMER: Role.AGENT, Role.AGENT: Role.CUSTOMER}


@dataclass(frozen=True, slots=True)
class Given:
    """A message, the context it is to be read in, and its id as it was given: a text, or a whole number."""

    id: str | int
    message: Message
    context: Context


class BadLine(ValueError):
    """A line that is no message; the sentence says why, and what to do."""


class Source:
    """The messages of a stream of bytes, one after the other; never more than one line is held.

    `role` is for messages that do not say themselves, `after` the message before a plain text. `say` is called with a
    sentence on each line that was left out, and on anything else that whoever gave the stream should know. `place`
    counts the bytes read so far, `left_out` the lines that were no messages, `lines` all of them.
    """

    def __init__(
        self,
        stream: IO[bytes],
        name: str,
        say: Callable[[str], None],
        *,
        role: Role = Role.CUSTOMER,
        after: str = "",
        currency: str = "USD",
    ) -> None:
        self._stream, self.name, self._say = stream, name, say
        self._role, self._after, self._currency = role, after, currency
        self._replaced = False
        self.place = self.lines = self.left_out = 0

    def __iter__(self) -> Iterator[Given]:
        """Yield each message. Raises `BadLine` where a plain text's context was given for lines that have their own."""
        blank, line = bytearray(), self._line()
        while line and not line.strip() and len(blank) <= LONGEST:
            blank += line
            line = self._line()
        if _JSON.match(line) is None:
            yield from self._plain(bytes(blank) + line)
        elif self._after:
            raise BadLine(f'{self.name} has a message on each line: write the one before it as its "context".')
        else:
            yield from self._objects(line)

    def _line(self) -> bytes:
        line = self._stream.readline(LONGEST + 1)
        self.place += len(line)
        self.lines += bool(line)
        return line.removeprefix(_MARK) if self.lines == 1 else line

    def _plain(self, head: bytes) -> Iterator[Given]:
        data = head + self._stream.read(max(0, LONGEST + 1 - len(head)))
        self.lines = 1
        if len(data) > LONGEST:
            self._leave_out(f"longer than {LONGEST >> 20} MiB; give each message on a line of its own, as JSON.")
        elif text := self._decoded(data.rstrip()):  # the last line break is the file's, not the message's
            yield self._message(PurePath(self.name).name, text, self._role, None, self._after or None)
        else:
            self._say(f"{self.name}: nothing in it to read.")

    def _objects(self, line: bytes) -> Iterator[Given]:
        while line:
            try:
                given = self._object(line) if line.strip() else None
            except BadLine as wrong:
                self._leave_out(str(wrong))
            else:
                if given is not None:
                    yield given
            line = self._line()

    def _object(self, line: bytes) -> Given:
        if len(line) > LONGEST:
            self._skip_rest()
            raise BadLine(f"longer than {LONGEST >> 20} MiB; shorten its text or its context.")
        try:
            said = json.loads(self._decoded(line))
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise BadLine('no JSON object; write one on each line, such as {"text": "Where is my order?"}.')
        role = _role(said.get("role"), self._role)
        given_id = said.get("id")
        if given_id is not None and not isinstance(given_id, str | int):
            raise BadLine(f"the id {shortly(given_id)} is neither a text nor a whole number; or leave it out.")
        return self._message(
            self.lines if given_id is None else given_id, _text(said), role, _at(said.get("at")), said.get("context")
        )

    def _skip_rest(self) -> None:
        while (rest := self._stream.readline(LONGEST)) and not rest.endswith(b"\n"):
            self.place += len(rest)

    def _message(self, name: str | int, text: str, role: Role, at: datetime | None, before: object) -> Given:
        context = _context(before, role, self._currency)
        return Given(name, Message(id=str(name), role=role, text=text, at=at), context)

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            if not self._replaced:
                self._replaced = True
                self._say(f"{self.name}: some bytes are not UTF-8 and became \ufffd; save it as UTF-8 to keep them.")
            return data.decode(errors="replace")

    def _leave_out(self, why: str) -> None:
        self.left_out += 1
        self._say(f"{self.name}:{self.lines}: {why}")


def _text(said: dict[str, Any]) -> str:
    text = said.get("text")
    if text is None:
        raise BadLine('no text; write what the message says as its "text".')
    if not isinstance(text, str):
        raise BadLine(f"its text is {shortly(text)}; put the words between quotes.")
    return text


def _role(name: object, otherwise: Role) -> Role:
    if name is None:
        return otherwise
    try:
        return Role(name)  # type: ignore[arg-type]  # whatever it is
    except ValueError:
        raise BadLine(f"the role {shortly(name)} is unknown; write customer or agent.") from None


def _at(said: object) -> datetime | None:
    """Return the time of a message; without a zone it is UTC, as in the standard calendar."""
    if said is None:
        return None
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        raise BadLine(f"at {shortly(said)} is no time; write it like 2026-03-31T14:05Z.") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _context(before: object, role: Role, currency: str) -> Context:
    """Return the context: a text is the other side's, of a list of messages the last one counts."""
    if isinstance(before, list):
        before = before[-1] if before else None
    if before is None:
        return Context(currency=currency)
    if isinstance(before, str):
        return Context(previous=before, previous_role=_OTHER[role], currency=currency)
    if isinstance(before, dict):
        writer = _role(before.get("role"), _OTHER[role])
        return Context(previous=_text(before), previous_role=writer, currency=currency)
    raise BadLine(f'its context is {shortly(before)}; write a text, {{"role": …, "text": …}} or a list of these.')
