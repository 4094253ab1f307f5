"""What the operator may set, read once from the environment into one typed value.

Nothing here knows Django's settings, so that every rule can be tested with a plain dictionary:

>>> read({"AMENDS_SECRET_KEY": "x" * 50, "AMENDS_URL": "https://help.example.com"}).hosts
('help.example.com', 'localhost', '127.0.0.1', '[::1]')
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRET_FILE = "secret.key"  # noqa: S105  # its name, not its content
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How mail goes out. `backend` is a dotted path; the rest speaks for SMTP alone."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Everything an operator may set; the names in the environment are given in `read`."""

    data: Path
    secret_key: str
    url: str
    hosts: tuple[str, ...]
    debug: bool
    database_url: str
    mail: Mail
    mail_from: str
    anymail: dict[str, str]
    proxies: int
    frame_origins: tuple[str, ...]

    @property
    def https(self) -> bool:
        """Whether people reach the desk over HTTPS."""
        return self.url.startswith("https://")

    @property
    def proxy_https_header(self) -> tuple[str, str] | None:
        """The header, and its value, by which a proxy of ours says that it was spoken to over HTTPS; None without one.

        Without a proxy the header comes from a stranger, and says nothing.
        """
        return ("HTTP_X_FORWARDED_PROTO", "https") if self.https and self.proxies else None


def read(environ: Mapping[str, str]) -> Environment:
    """Return the environment, or raise `ImproperlyConfigured` with a sentence that names the fix.

    AMENDS_DATA            directory for database, attachments and keys (./data)
    AMENDS_SECRET_KEY      signs sessions and links; else the file secret.key in AMENDS_DATA
    AMENDS_URL             where people reach the desk (http://127.0.0.1:8000)
    AMENDS_HOSTS           further host names, with spaces or commas between them
    DATABASE_URL           another database than SQLite in AMENDS_DATA
    AMENDS_SMTP_URL        smtp://user:password@host:port (STARTTLS) or smtps://… (TLS from the start)
    AMENDS_MAIL_BACKEND    another way out, such as anymail.backends.postmark.EmailBackend
    AMENDS_ANYMAIL_…       that way's own keys, such as AMENDS_ANYMAIL_POSTMARK_SERVER_TOKEN
    AMENDS_MAIL_FROM       sender of the desk's own mail, such as password resets
    AMENDS_PROXIES         how many proxies of your own stand in front (0)
    AMENDS_FRAME_ORIGINS   web sites that may show the complaint form in a frame
    AMENDS_DEBUG           1 for work on Amends itself; never where customers are
    """
    data = Path(environ.get("AMENDS_DATA") or "data").absolute()
    url = (environ.get("AMENDS_URL") or "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"AMENDS_URL is {url!r}; give it like https://help.example.com")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Environment(
        data=data,
        secret_key=_secret_key(environ, data),
        url=url,
        hosts=tuple(dict.fromkeys([host, *_words(environ.get("AMENDS_HOSTS", "")), *_LOOPBACK])),
        debug=_flag(environ, "AMENDS_DEBUG"),
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data / 'db.sqlite3'}",
        mail=_mail(environ),
        mail_from=environ.get("AMENDS_MAIL_FROM") or f"amends@{'localhost' if host in _LOOPBACK else host}",
        anymail={name[15:]: value for name, value in environ.items() if name.startswith("AMENDS_ANYMAIL_")},
        proxies=_count(environ, "AMENDS_PROXIES"),
        frame_origins=_origins(environ.get("AMENDS_FRAME_ORIGINS", "")),
    )


def _secret_key(environ: Mapping[str, str], data: Path) -> str:
    """Return the key from the environment or from its file, which nobody else may read."""
    if key := environ.get("AMENDS_SECRET_KEY", "").strip():
        return key
    path = data / SECRET_FILE
    if not path.is_file():
        raise ImproperlyConfigured(
            f"There is no secret key. Run `amends up`, which writes {path}, or set AMENDS_SECRET_KEY."
        )
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others can read {path}. Run: chmod 600 {path}")
    if not (key := path.read_text(encoding="utf-8").strip()):
        raise ImproperlyConfigured(f"{path} is empty. Remove it and run `amends up`, which writes a new one.")
    return key


def _mail(environ: Mapping[str, str]) -> Mail:
    """Return the way out; without one, mail is kept as files so that nothing leaves by accident."""
    if backend := environ.get("AMENDS_MAIL_BACKEND", ""):
        return Mail(backend=backend)
    given = environ.get("AMENDS_SMTP_URL", "")
    if not given:
        return Mail(backend="django.core.mail.backends.filebased.EmailBackend")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        # The address may hold a password, so the message does not repeat it.
        raise ImproperlyConfigured("AMENDS_SMTP_URL must look like smtp://user:password@mail.example.com:587")
    tls = parts.scheme == "smtps"
    # A server on this very machine seldom has a certificate; any other must encrypt.
    starttls = not tls and parts.hostname not in {"localhost", "127.0.0.1", "::1"} and "tls=off" not in parts.query
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if tls else 587 if starttls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=starttls,
        tls=tls,
    )


def _origins(given: str) -> tuple[str, ...]:
    """Return origins fit for a Content-Security-Policy; anything else could smuggle in a directive."""
    found = []
    for word in _words(given):
        parts = urlsplit(word)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or ";" in word:
            raise ImproperlyConfigured(f"AMENDS_FRAME_ORIGINS has {word!r}; give origins like https://shop.example.com")
        found.append(f"{parts.scheme}://{parts.netloc}")
    return tuple(found)


def _words(given: str) -> list[str]:
    return given.replace(",", " ").split()


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0")
    return value in _TRUE


def _count(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "").strip() or "0"
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a whole number")
    return int(value)
