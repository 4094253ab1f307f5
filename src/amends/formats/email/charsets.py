"""Bytes into text, whatever they claim to be, and text into text that databases and pages can hold."""

import codecs
import re
from functools import lru_cache

# Names that mail programs write, and what they mean by them.
_MEANT = {
    "ansi_x3.4-1968": "utf-8",
    "ascii": "utf-8",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso8859-1": "cp1252",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "unicode": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "us-ascii": "utf-8",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
# Python has them as codecs, but they are no charsets of mail; some take quadratic time on bytes of a stranger.
_NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u2060\u00ad\ud800-\udfff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@lru_cache(maxsize=128)
def _codec(charset: str) -> str:
    """Return the name of Python's codec for what a mail calls `charset`; empty where there is none to trust."""
    name = charset.strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # `_is_text_encoding` is how bytes.decode itself tells charsets from zip and rot13.
    return "" if info.name in _NEVER or not getattr(info, "_is_text_encoding", True) else info.name


def _guess(data: bytes) -> str:
    """Return `data` as UTF-8, or as Windows' western charset where that fits better; never fails."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost and lost * 2 > sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text)):
        return data.decode("cp1252", "replace")
    return text


def decode(data: bytes, charset: str) -> tuple[str, str]:
    r"""Return `data` as text, and what was odd in words (empty where nothing was); never fails.

    >>> decode(b"caf\xc3\xa9", "utf-8"), decode(b"caf\xe9", "no-such")[0]
    (('café', ''), 'café')
    """
    name = _codec(charset) if charset else "utf-8"
    if not name:
        return _guess(
            data
        ), f"The text says that its character set is “{one_line(charset)[:40]}”, which is not known here."
    # What is valid UTF-8 beyond ASCII is hardly ever anything else, whatever it was labelled.
    for candidate in ("utf-8", name) if name == "cp1252" else (name, "utf-8"):
        try:
            return data.decode(candidate), ""
        except (UnicodeError, LookupError, ValueError):
            continue
    text = _guess(data) if name in {"utf-8", "cp1252"} else data.decode(name, "replace")
    return text, "Some characters of the text could not be read." if "\ufffd" in text else ""


def safe(text: str) -> str:
    """Return `text` without NULs, lone surrogates and the like, which no database wants; lines end in LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """Return `text` on one line: every run of white space and control characters is one space.

    Characters that turn the direction of writing are taken out, so that `fdp.exe` cannot pose as `exe.pdf`.
    """
    return _UNSAFE.sub("", _TURNING.sub("", _GAPS.sub(" ", text))).strip()
