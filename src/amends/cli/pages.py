"""The web process behind `amends up`: `python -m amends.cli.pages NUMBER`, with the number of a socket that listens.

It imports what a first page needs at once, and answers after the word to go; who calls earlier waits. A request
reaches the one thread that answers only when it is there to its last byte: a slow line holds up nobody but itself.
"""

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any, Final

from amends.cli.household import READY, end_with_parent

LARGEST_BODY: Final = 24 * 1024 * 1024  # bytes; files of a customer (10 MB), with room to say kindly that it was more
_LARGEST_HEADERS: Final = 64 * 1024  # bytes
_IN_MEMORY: Final = 64 * 1024  # bytes of a request; a larger one waits in a file
_PATIENCE: Final = 30  # seconds without a byte, after which a line is cut
_LINES: Final = 1000  # that may be open at once; browsers keep six each
_FILES: Final = 4096  # a line may need two, and the desk some more


def main(number: int) -> None:
    """Serve the pages on the socket with this number until the parent is gone or says stop."""
    application, wrong = None, None
    try:
        application = load_application()
    except Exception as error:  # noqa: BLE001  the work process meets the same, and tells it in one sentence
        wrong = error
    if not os.read(0, 1):  # the word to go, or the end of our parent
        sys.exit(1)
    if wrong is not None:
        raise wrong
    stop = _Stop()
    end_with_parent(stop)
    server = make_server(application, socket.socket(fileno=number), lines=_room_for(_LINES))
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    os.dup2(2, 1)  # nobody reads our standard output from here on
    server.run()


def make_server(application: Any, listening: socket.socket, *, lines: int = 100) -> Any:  # noqa: ANN401  of several kinds
    """Return a server for a WSGI application on a socket; its `run` serves until SystemExit.

    `lines` is how many may be open at once; further ones wait to be let in.
    """
    from django.conf import settings
    from waitress.server import create_server

    return create_server(
        application,
        sockets=[listening],
        threads=1,  # each further one makes all of them slower
        connection_limit=lines,
        channel_timeout=_PATIENCE,
        cleanup_interval=5,
        inbuf_overflow=_IN_MEMORY,
        max_request_header_size=_LARGEST_HEADERS,
        max_request_body_size=LARGEST_BODY,
        asyncore_use_poll=True,  # select cannot count beyond 1024
        ident="",  # what we are is nobody's business
        # Who came through how many proxies is worked out in one place, Django; without proxies nobody is to say it.
        clear_untrusted_proxy_headers=not settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    )


def load_application() -> Any:  # noqa: ANN401  a WSGI application
    """Import everything that a first page needs, and return the application."""
    from importlib import import_module

    application = import_module("amends.server.wsgi").application
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    return application


def _room_for(lines: int) -> int:
    """Let this process open more files than is usual, and return how many lines that is enough for."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return lines
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return lines if soft == resource.RLIM_INFINITY else max(50, min(lines, soft // 3))


class _Stop(threading.Event):
    """Ends this process when it is set: our parent is gone."""

    def set(self) -> None:
        """End as if somebody had said stop."""
        super().set()
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
