"""How much may be done with one link: enough for anybody who holds it, too little to flood anybody."""

from datetime import datetime
from typing import Final

from django.core.cache import cache

MOST_AN_HOUR: Final = 20
LINKS_A_DAY: Final = 3
_HOUR: Final = 3600  # seconds


def within_limit(case: int, now: datetime) -> bool:
    """Count one more change of this case from its page, and return whether it is still within the hour's limit."""
    return _count(f"own:{case}:{now:%Y%m%d%H}", _HOUR) <= MOST_AN_HOUR


def may_ask_for_a_link(case: int, now: datetime) -> bool:
    """Count one more wish for a new link to this case, and return whether it is still within the day's limit."""
    return _count(f"own-link:{case}:{now:%Y%m%d}", 24 * _HOUR) <= LINKS_A_DAY


def may_answer(person: int, now: datetime) -> bool:
    """Count one more answer by a link of this person's, and return whether it is still within the hour's limit."""
    return _count(f"approval:{person}:{now:%Y%m%d%H}", _HOUR) <= MOST_AN_HOUR


def _count(key: str, seconds: int) -> int:
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, seconds)  # `incr` would set the end anew, and this count ends with its time anyway
    return count
