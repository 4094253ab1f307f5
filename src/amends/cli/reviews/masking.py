"""Stand-ins for people and numbers: what `--mask` shows instead of them, the same for the same one within a run."""

import re
from collections.abc import Iterator
from typing import Protocol

from amends.transcript import Conversation, Message, Role

_PATTERNS = re.compile(
    r"(?P<address>[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<link>(?:https?://|\bwww\.)[^\s<>\"]{0,2000}[^\s<>\".,;:!?)])"
    r"|(?P<date>\b(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d\d){1,2})(?!\d))"  # found, so that it is left alone
    r"|(?P<phone>(?<![\w.,])(?:[+(]|0)\d?(?:[ ()./-]{0,2}\d){6,16}(?!\d)|\b\d{3}\.\d{3}\.\d{4}(?!\d))"
    r"|(?P<number>#\d[\d-]{0,24}|(?<![\w.,$£€])(?:[A-Z]{1,6}-?)?\d(?:[ -]?\d){4,24}(?!\d|[.,]\d))"
)
_NAMES = {"address": "E-mail", "link": "Link", "phone": "Phone", "number": "Number"}
_NUMBERS = frozenset({"phone", "number", "link"})  # what an id may hold: by these it is found again
_ROLES = {Role.CUSTOMER: "Customer", Role.AGENT: "Handler"}
_GAPS = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_TITLES = frozenset("mr mrs ms miss dr prof the and of team support service care com org net".split())
_MOST = 20  # people of one conversation whose names are looked for


class Cover(Protocol):
    """What is shown of one conversation."""

    def label(self, words: str) -> str:
        """Return an id as it may be shown."""

    def text(self, message: Message, start: int, end: int) -> tuple[str, int, int]:
        """Return the text of a message as it may be shown, and where `start` and `end` have moved to in it."""


class Faces(Protocol):
    """What is shown of people."""

    def name(self, role: Role, name: str) -> str:
        """Return a person's name as it may be shown."""

    def over(self, conversation: Conversation) -> Cover:
        """Return what is shown of a conversation."""


class Open:
    """Shows everything as it is."""

    def name(self, _role: Role, name: str) -> str:
        """Return the name."""
        return name

    def over(self, _conversation: Conversation) -> "Open":
        """Return itself: it knows no conversation from another."""
        return self

    def label(self, words: str) -> str:
        """Return the id."""
        return words

    def text(self, message: Message, start: int, end: int) -> tuple[str, int, int]:
        """Return the text, where nothing has moved."""
        return message.text, start, end


class Mask:
    """Shows stand-ins: "Handler 1", "E-mail 2". Remembers a hash for each one, never a name."""

    def __init__(self) -> None:
        self._known: dict[str, dict[int, int]] = {}

    def name(self, role: Role, name: str) -> str:
        """Return the stand-in of a person."""
        return self.stand_in(_ROLES[role], name)

    def over(self, conversation: Conversation) -> "MaskedConversation":
        """Return what is shown of a conversation."""
        return MaskedConversation(self, conversation)

    def stand_in(self, kind: str, value: str) -> str:
        """Return the stand-in for a value of a kind, in whatever case and with whatever gaps it is written."""
        known = self._known.setdefault(kind, {})
        number = known.setdefault(hash(_GAPS.sub("", value).casefold()), len(known) + 1)
        return f"{kind} {number}"


class MaskedConversation:
    """One conversation, in which the people who write are known by name."""

    def __init__(self, mask: Mask, conversation: Conversation) -> None:
        self._mask = mask
        people = dict.fromkeys((message.role, message.author) for message in conversation.messages if message.author)
        self._people = {
            way: mask.name(role, author)
            for role, author in reversed(list(people)[:_MOST])  # who wrote first keeps a name that two people share
            for way in _ways(author)
        }
        longest_first = sorted(self._people, key=len, reverse=True)
        way = "|".join(map(re.escape, longest_first))
        self._names = re.compile(rf"(?<!\w)({way})(?:[ .]{{1,2}}(?:{way}))*(?!\w)") if people else None

    def label(self, words: str) -> str:
        """Return an id without names and addresses; its numbers are what the conversation is found by."""
        return self._replaced(words, 0, 0, numbers=False)[0]

    def text(self, message: Message, start: int, end: int) -> tuple[str, int, int]:
        """Return a message's text with stand-ins, and where `start` and `end` are now."""
        return self._replaced(message.text, start, end, numbers=True)

    def _replaced(self, text: str, start: int, end: int, *, numbers: bool) -> tuple[str, int, int]:
        found = list(self._found(text, numbers=numbers))
        parts: list[str] = []
        done = 0
        for begin, stop, instead in found:
            parts += (text[done:begin], instead)
            done = stop
        return "".join([*parts, text[done:]]), _moved(start, found, 0), _moved(end, found, 1)

    def _found(self, text: str, *, numbers: bool) -> Iterator[tuple[int, int, str]]:
        """Yield what is replaced, in order, and by what; nothing overlaps."""
        found = [(*match.span(), match[0], match.lastgroup or "") for match in _PATTERNS.finditer(text)]
        if self._names is not None:
            found += [(*match.span(), match[1], "") for match in self._names.finditer(text)]
        done = 0
        for begin, stop, words, kind in sorted(found, key=lambda one: (one[0], not one[3])):
            if begin < done or kind == "date" or (kind in _NUMBERS and not numbers):
                continue
            done = stop
            yield begin, stop, self._mask.stand_in(_NAMES[kind], words) if kind else self._people[words]


def _moved(offset: int, found: list[tuple[int, int, str]], side: int) -> int:
    """Return where an offset is once stand-ins are in place; one within what they replace goes to that side of them."""
    shift = 0
    for begin, stop, instead in found:
        if offset <= begin:
            break
        if offset < stop:
            return begin + shift + side * len(instead)
        shift += len(instead) - (stop - begin)
    return offset + shift


def _ways(author: str) -> Iterator[str]:
    """Yield how somebody is called in a text: by the whole name, or by a part with a capital ("van" is a word)."""
    name, _, _domain = author.partition("@")
    yield from filter(None, (author, name))
    for piece in _PIECE.findall(name):
        if piece.lower() not in _TITLES and (piece[0].isupper() or name.islower()):
            yield from (piece[0].upper() + piece[1:], piece.upper())
