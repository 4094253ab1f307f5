"""Days on which a country is closed. The `holidays` package is loaded when a calendar first names a country."""

from datetime import date
from functools import lru_cache

from amends.method.calendar.hours import BadCalendar


def check_country(country: str, subdivision: str) -> None:
    """Raise `BadCalendar` unless public holidays are known for this country and this part of it.

    `country` is a code of ISO 3166-1 (`DE`), `subdivision` one of ISO 3166-2 without the country (`BE`); either may be
    empty, but not the country alone.
    """
    if not country:
        if subdivision:
            raise BadCalendar(f"The subdivision {subdivision!r} needs its country; add one, such as DE.")
        return
    from holidays import list_supported_countries  # noqa: PLC0415 - a quarter of a second, only where it is needed

    if country not in (known := list_supported_countries()):
        raise BadCalendar(f"No holidays are known for the country {country!r}; write its two-letter code, such as DE.")
    try:
        public_holidays(country, subdivision, 2000)
    except NotImplementedError:
        parts = ", ".join(known[country]) or "none, so leave it out"
        raise BadCalendar(f"{country} has no subdivision {subdivision!r}; known are: {parts}.") from None


@lru_cache(maxsize=1024)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """Return the public holidays of that year, those moved to a weekday included.

    Years for which the `holidays` package has no data (for most countries, before 1990 or after 2100) have none.
    """
    from holidays import country_holidays  # noqa: PLC0415 - see above

    return frozenset(country_holidays(country, subdiv=subdivision or None, years=year, expand=False))
