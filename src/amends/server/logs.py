"""Logging: one line for each event, to the standard error, with secrets struck out."""

import logging as _logging
import re
from typing import Any

# A password in an address, and the long tokens of signed links, which open a customer's page.
_SECRETS = (
    (re.compile(r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]*@", re.IGNORECASE), r"\g<scheme>…@"),
    (re.compile(r"(?<=/)[A-Za-z0-9_=:.-]{32,}"), "…"),
    (re.compile(r"(?i)\b(password|token|secret|key)=[^\s&]+"), r"\1=…"),
)


def strike(line: str) -> str:
    """Return `line` without passwords and tokens.

    >>> strike("cannot reach smtp://mia:pw@mail.example.com")
    'cannot reach smtp://…@mail.example.com'
    """
    for pattern, stand_in in _SECRETS:
        line = pattern.sub(stand_in, line)
    return line


class OneLine(_logging.Formatter):
    """Formats an event, traceback included, as one line without secrets."""

    def format(self, record: _logging.LogRecord) -> str:
        """Return the line for `record`."""
        lines = [part.strip() for part in super().format(record).splitlines()]
        return strike(" | ".join(part for part in lines if part))


def logging(*, debug: bool) -> dict[str, Any]:
    """Return the value of Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": OneLine, "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO" if debug else "WARNING"},
        "loggers": {
            "waitress.queue": {"level": "ERROR"},  # a request that waits its turn is no news
            "amends": {"level": "DEBUG" if debug else "INFO"},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }
