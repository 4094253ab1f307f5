"""One call: signed, to an address that was looked at first, and to no other.

The name is looked up once; what was checked is what is connected to, so a name that changes its mind in between leads
nowhere. Redirects are not followed, and proxies of the environment are not asked.
"""

import hashlib
import hmac
import ipaddress
import json
import os
import socket
import ssl
from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlsplit

from amends.actions import clock, house
from amends.actions.effects import Hopeless
from amends.actions.webhooks import told

TIMEOUT: Final = 10.0
"""Seconds to wait for the other side."""
_TAKEN = range(200, 300)
_GONE = 410
_ENOUGH = 32  # characters of a secret that nobody can try out


class Unsafe(Exception):
    """The address leads into a network that the house did not open to the webhook."""


def do_call(subject: str) -> None:
    """Tell the house's program of the fact that `subject` names. Raises what went wrong, to be tried again."""
    hook = house.house().webhook
    if hook is None:
        return  # it was switched off since
    secret = os.environ.get(hook.secret_env, "")
    if len(secret) < _ENOUGH:
        raise LookupError(f"{hook.secret_env}, which [webhook] names, has to hold {_ENOUGH} characters or more.")
    body = json.dumps(told(subject), ensure_ascii=False).encode()
    status = _post(hook, body, _headers(hook, secret, body, subject))
    if status == _GONE:
        raise Hopeless("The other side says that nobody takes these calls any more (410).")
    if status not in _TAKEN:
        raise OSError(f"The other side answered {status}, which is no yes.")


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the signature over the time and the body, as the header carries it.

    >>> signature("secret", 1, b"{}")[:14]
    'sha256=1122767'
    """
    return "sha256=" + hmac.new(secret.encode(), b"%d.%s" % (timestamp, body), hashlib.sha256).hexdigest()


def _headers(hook: house.Webhook, secret: str, body: bytes, subject: str) -> dict[str, str]:
    timestamp = int(clock.now().timestamp())
    return {
        "Host": urlsplit(hook.url).netloc,
        "Content-Type": "application/json",
        "User-Agent": "Amends",
        "Amends-Delivery": subject,
        "Amends-Timestamp": str(timestamp),
        "Amends-Signature": signature(secret, timestamp, body),
    }


def _post(hook: house.Webhook, body: bytes, headers: dict[str, str]) -> int:
    """Post the body, and return the status."""
    address = urlsplit(hook.url)
    name, secure = address.hostname or "", address.scheme == "https"
    port = address.port or (443 if secure else 80)
    connection = HTTPConnection(name, port, timeout=TIMEOUT)
    try:
        connection.sock = _connect(name, port, hook)
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=name)
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _connect(name: str, port: int, hook: house.Webhook) -> socket.socket:
    """Return a connection to the first address of this name that may be called and answers."""
    open_to_all = hook.allow_private or name in house.LOOPBACK
    found = [sockaddr[0] for *_kind, sockaddr in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    allowed = [ip for ip in dict.fromkeys(map(str, found)) if open_to_all or is_public(ip)]
    if not allowed:
        raise Unsafe(f"{name} is in a private network. If that is meant, set allow_private = true in [webhook].")
    for ip in allowed[:-1]:
        try:
            return socket.create_connection((ip, port), TIMEOUT)
        except OSError:
            continue
    return socket.create_connection((allowed[-1], port), TIMEOUT)


def is_public(ip: str) -> bool:
    """Whether this is an address of the open internet: no private, local, shared or reserved one, in no disguise.

    >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:169.254.169.254")
    (True, False, False)
    """
    address = ipaddress.ip_address(ip.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (inner or address).is_global and not (inner or address).is_multicast
