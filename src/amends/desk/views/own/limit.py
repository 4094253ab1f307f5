"""How much may be written on one case's page: enough for anybody who is upset, too little to flood a desk."""

from datetime import datetime
from typing import Final

from django.core.cache import cache

MOST_AN_HOUR: Final = 20
_HOUR: Final = 3600  # seconds


def within_limit(case: int, now: datetime) -> bool:
    """Count one more change of this case from its page, and return whether it is still within the hour's limit."""
    key = f"own:{case}:{now:%Y%m%d%H}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, _HOUR)  # `incr` would set the end anew, and this count ends with its hour anyway
    return count <= MOST_AN_HOUR
