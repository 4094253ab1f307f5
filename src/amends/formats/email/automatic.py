"""Whether a person wrote a mail, or a machine (RFC 3834, and what programs do instead)."""

import re

from amends.formats.email.headers import Headers, first, first_words
from amends.formats.email.model import Automatic
from amends.formats.email.phrases import AUTOMATIC_SUBJECTS, FAILED_SUBJECTS, any_of

_PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
# Fields that only machines write, whatever they say.
_TELLING = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "list-id",
)
# Only at the very beginning: an answer to an automatic reply begins with "Re:" and has a person behind it.
_SUBJECT = re.compile(rf"{any_of(AUTOMATIC_SUBJECTS)}\s*(?:[:\uff1a–—(\[-]|$)", re.IGNORECASE)
_MAILER = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|mdaemon|double-bounce)(?:$|[+-])",
    re.IGNORECASE,
)
_FAILED = re.compile(rf"{any_of(FAILED_SUBJECTS)}\b", re.IGNORECASE)


def judge(headers: Headers, *, sender: str, report: str) -> tuple[Automatic, str]:
    """Return whether the mail is automatic, and why in words (empty where a person wrote it).

    `sender` is the address it comes from, `report` the kind of a multipart/report (`delivery-status` …), or empty.
    """
    subject = first_words(headers, "subject")
    mailer = bool(_MAILER.match(sender.partition("@")[0]))
    if report == "delivery-status":
        return Automatic.BOUNCE, "It is a server's report on the delivery of a mail."
    if "x-failed-recipients" in headers:
        return Automatic.BOUNCE, "It names addresses that could not be reached."
    if mailer and (_FAILED.match(subject) or _empty_return_path(headers)):
        return Automatic.BOUNCE, "It comes from a mail server and says that a mail did not arrive."
    if report:
        return Automatic.REPLY, "It is a report that a mail program wrote."
    why = _why_reply(headers, subject) or ("It comes from a mail server." if mailer else "")
    return (Automatic.REPLY, why) if why else (Automatic.NO, "")


def _why_reply(headers: Headers, subject: str) -> str:
    """Return the first sign that a machine sent the mail, in words; empty where there is none."""
    submitted = _word(first(headers, "auto-submitted"))
    if submitted and submitted != "no":
        return f"It says that a machine sent it (Auto-Submitted: {submitted[:40]})."
    precedence = _word(first(headers, "precedence"))
    if precedence in _PRECEDENCE:
        return f"It was sent in bulk or by a machine (Precedence: {precedence})."
    for name in _TELLING:
        if name in headers:
            return f"It carries a field that only machines write ({name.title()})."
    suppressed = _word(first(headers, "x-auto-response-suppress"))
    if suppressed and suppressed != "none":
        return "It asks not to be answered by machines (X-Auto-Response-Suppress)."
    if _empty_return_path(headers):
        return "It takes no answers (empty Return-Path)."
    if _SUBJECT.match(subject):
        return "Its subject is that of an automatic reply."
    return ""


def _word(value: str) -> str:
    """Return the first word of a value, lower case, without comments and parameters."""
    return re.split(r"[;(\s,]", value.strip().lower(), maxsplit=1)[0]


def _empty_return_path(headers: Headers) -> bool:
    """Return whether the server that took the mail in noted an empty sender."""
    return "return-path" in headers and first(headers, "return-path").replace(" ", "") in {"<>", ""}
