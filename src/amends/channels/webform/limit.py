"""How many complaints one machine, or one address, may send within an hour."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST_AN_HOUR: Final = 5
_HOUR: Final = 3600  # seconds
_SITE: Final = 64  # bits of an IPv6 address that belong to one household


def within_limit(request: HttpRequest, email: str, at: datetime) -> bool:
    """Count one more complaint of this machine and this address, and return whether both are within the limit.

    A machine over its limit counts no further addresses, so that it cannot fill the place where counts are kept.
    Two processes that count in the same instant may count one; the limit keeps floods out, and need not be exact.
    """
    return _count(f"ip {_machine(request)}", at) and _count(f"email {email.strip().lower()}", at)


def _count(who: str, at: datetime) -> bool:
    # Hashed with the desk's key: who wrote when is nobody's business who finds the cache.
    key = f"complain:{salted_hmac('amends.complain', who).hexdigest()}:{at:%Y%m%d%H}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, _HOUR)  # `incr` would set the end anew, and this count ends with its hour anyway
    return count <= MOST_AN_HOUR


def _machine(request: HttpRequest) -> str:
    """Return the address of the machine behind the proxies that are ours; of IPv6 the part that is one household."""
    found = get_adapter(request).get_client_ip(request)
    try:
        address = ip_address(found)
    except ValueError:
        return str(found)
    return str(int(address) >> _SITE) if isinstance(address, IPv6Address) else str(address)
