"""Mails to test with: those in `mails/`, written in the shapes of real mail programs, and small ones made on the spot."""

from pathlib import Path

from amends.formats.email import IncomingEmail, parse

FOLDER = Path(__file__).parent / "mails"
NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))


def raw(name: str) -> bytes:
    """Return the bytes of a stored mail, with line ends as they go over the wire."""
    return (FOLDER / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")


def read(name: str) -> IncomingEmail:
    """Return a stored mail, parsed."""
    return parse(raw(name))


def mail(body: str = "", *, headers: str = "", encoding: str = "utf-8") -> bytes:
    """Return a small mail with a sender and a date, more header lines, and a body."""
    top = "From: Jo <jo@post.example>\nTo: help@shop.example\nDate: Mon, 3 Nov 2025 14:00:00 +0100\nMessage-ID: <1@post.example>\n"
    more = headers.strip("\n") + "\n" if headers else ""
    return (top + more + "\n" + body).encode(encoding)
