"""How the fields of a mail are written: folded between words only.

The standard library's folding (as of Python 3.11) turns long message ids into encoded words, so that answers lose their
conversation, and drops the quotes around long names, so that a comma in a name makes two receivers of one.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

_LINE = 76  # characters
_WORD_BYTES = 42  # of an encoded word: 75 characters at most, with what stands around them
_ADDRESSES = frozenset({"from", "to", "cc", "reply-to"})
_TOKENS = frozenset({"message-id", "in-reply-to", "references", "list-unsubscribe"})
_PLAIN_NAME = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
_LONGEST_QUOTED = 60


class Wire(EmailPolicy):
    """The standard library's policy for SMTP, with the fields of `compose` folded here."""

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - the signature is the standard library's
        """Return the field with its line ends."""
        kind = name.lower()
        if kind in _ADDRESSES:
            return self._wrapped(name, _mailboxes(value.addresses))
        if kind == "subject":
            return self._wrapped(name, _words(str(value)))
        if kind in _TOKENS:
            return self._wrapped(name, str(value).split())
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - the signature is the standard library's
        """Return the field with its line ends, as bytes."""
        if name.lower() in _ADDRESSES | _TOKENS | {"subject"}:
            return self.fold(name, value).encode("ascii")
        return bytes(super().fold_binary(name, value))

    def _wrapped(self, name: str, words: Iterable[str]) -> str:
        """Return the words on lines of at most 76 characters; a longer word has its own line."""
        lines = [f"{name}:"]
        for word in words:
            if len(lines[-1]) + 1 + len(word) > _LINE and lines[-1].strip() != f"{name}:":
                lines.append("")
            lines[-1] += f" {word}"
        return self.linesep.join(lines) + self.linesep


def _mailboxes(addresses: Iterable[Address]) -> Iterator[str]:
    """Yield the words of a list of mailboxes."""
    several = list(addresses)
    for position, address in enumerate(several, start=1):
        comma = "," if position < len(several) else ""
        if address.display_name:
            yield from _name(address.display_name)
            yield f"<{address.addr_spec}>{comma}"
        else:
            yield f"{address.addr_spec}{comma}"


def _name(name: str) -> Iterable[str]:
    """Return the words of a name: as it is, quoted, or encoded."""
    if name.isascii() and "=?" not in name:
        if _PLAIN_NAME.fullmatch(name):
            return name.split()
        if len(name) <= _LONGEST_QUOTED:
            return ['"' + re.sub(r'(["\\])', r"\\\1", name) + '"']
    return _encoded(name)


def _words(text: str) -> Iterable[str]:
    """Return the words of a text, encoded where it holds more than ASCII or looks encoded already."""
    return text.split() if text.isascii() and "=?" not in text else _encoded(text)


def _encoded(text: str) -> Iterator[str]:
    """Yield a text as encoded words (RFC 2047); no character is cut in two."""
    held = b""
    for character in text:
        data = character.encode("utf-8", "replace")
        if len(held) + len(data) > _WORD_BYTES:
            yield f"=?utf-8?b?{base64.b64encode(held).decode('ascii')}?="
            held = b""
        held += data
    if held:
        yield f"=?utf-8?b?{base64.b64encode(held).decode('ascii')}?="
