"""Values of strangers' records, whatever type they have: each function takes anything and raises nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import isfinite

from amends.formats.email import html_to_text, one_line, own_words
from amends.formats.email.charsets import safe
from amends.formats.email.contents import LONGEST_TEXT
from amends.formats.email.dates import parse_date

Record = Mapping[str, object]

_LONGEST_LABEL = 200  # characters of an id or a name
_LONGEST_TIME = 64
_LARGEST_ID = 10**40
_MILLISECONDS = 10**11  # a larger number of seconds is a year beyond 5000: then it counts milliseconds
_EARLIEST, _LATEST = 1990, 2100
_HALVES = (("first", "firstname", "firstName"), ("last", "lastname", "lastName"))  # of a name, as systems call them
_YES = frozenset({"1", "t", "true", "y", "yes"})
_NO = frozenset({"0", "f", "false", "n", "no"})


def record(value: object) -> Record:
    """Return an object of JSON, or an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """Return an array of JSON, or an empty one where it is none."""
    return value if isinstance(value, list) else []


def label(value: object) -> str:
    r"""Return an id or a name on one line; empty where it is none.

    >>> label(4711), label("Jo\n Lee"), label(None)
    ('4711', 'Jo Lee', '')
    """
    if isinstance(value, float) and isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < _LARGEST_ID else ""
    return one_line(value[: _LONGEST_LABEL * 5])[:_LONGEST_LABEL].strip() if isinstance(value, str) else ""


def word(value: object) -> str:
    """Return a label in lower case, to look it up by."""
    return label(value).lower()


def person(value: object) -> str:
    """Return the name of a person that a record describes, else the address; empty where neither is told."""
    who = record(value)
    halves = (next(filter(None, (label(who.get(key)) for key in keys)), "") for keys in _HALVES)
    return label(who.get("name")) or " ".join(filter(None, halves)) or label(who.get("email"))


def words(value: object) -> str:
    """Return plain text, safe to store, of which quoted text and signatures have been set aside."""
    return own_words(safe(value[:LONGEST_TEXT])) if isinstance(value, str) else ""


def words_of_html(value: object) -> str:
    """Return the text of HTML as `words` does."""
    return words(html_to_text(safe(value))) if isinstance(value, str) else ""


def flag(value: object, *, unclear: bool) -> bool:
    """Return whether a value means yes; `unclear` where it is neither yes nor no. An empty text means no."""
    if value is None:
        return unclear
    said = str(value).lower() if isinstance(value, bool) else word(value)
    if said in _YES:
        return True
    return unclear if said not in _NO and value != "" else False


def hidden(value: object) -> bool:
    """Return whether a value that marks private words does so; what is unclear does, what is missing does not."""
    return flag(value, unclear=value is not None)


def moment(value: object) -> datetime | None:
    """Return an aware time from ISO 8601, the date of a mail, or seconds or milliseconds since 1970; None without one.

    A time or a date stands for itself. A time without a zone is taken as UTC. Times before 1990 or after 2100 are none.

    >>> moment("2024-05-01T10:00:00").isoformat(), moment(1714557600).isoformat()
    ('2024-05-01T10:00:00+00:00', '2024-05-01T10:00:00+00:00')
    """
    if isinstance(value, date):
        return _written(value.isoformat())
    if isinstance(value, str):
        text = value.strip()[:_LONGEST_TIME]
        if not text.isascii() or not text.isdigit() or len(text) == len("20240501"):
            return _written(text)
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return _plausible(datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _written(text: str) -> datetime | None:
    """Return the time that words tell."""
    try:
        return _plausible(datetime.fromisoformat(f"{text[:-4]}+00:00" if text.endswith(" UTC") else text))
    except ValueError:
        pass
    # The date of a mail names its month; figures alone would leave open which of them is the month.
    return parse_date(text)[0] if any(letter.isalpha() for letter in text) else None


def _plausible(found: datetime) -> datetime | None:
    """Return the time, aware, where it can be that of a message."""
    if not _EARLIEST <= found.year <= _LATEST:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
