"""A sentence of thanks that names something true and specific: what they bought, how long, what they bore with us.

Nothing is said that is not known, and where nothing is known there is no sentence. Each is read as appreciation and as
nothing else (a test reads them back), so it can stand anywhere in a reply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from amends.coaching.known import Known, number_in_words, quoted
from amends.coaching.wording import Wording

MOST = 3
_REGULAR = 2  # orders from which somebody came back
_A_WAIT = 2  # days from which waiting is worth a word
_TELLING, _FEW = 4, 12  # words of praise that say something, and can be quoted inside a sentence
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What they and the house have been through; empty, 0 or None where nothing is known.

    `first` is what they bought first and when. `waited` is how many days they once waited until something was put
    right, and since when. `praise` is their own words in an earlier case, and when they wrote them.
    """

    first: tuple[str, date] | None = None
    waited: tuple[int, date] | None = None
    praise: tuple[str, date] | None = None


def loyalty_lines(known: Known, shared: Shared) -> tuple[Wording, ...]:
    """Return up to three sentences, the most personal first."""
    return tuple(islice(_lines(known, shared), MOST))


def _lines(known: Known, shared: Shared) -> Iterator[Wording]:
    loyal = bool(known.tenure) or known.orders >= _REGULAR
    if shared.praise is not None and _TELLING <= len(shared.praise[0].split()) <= _FEW:
        words, on = shared.praise
        yield Wording(
            f"We value your loyalty, and your kind words of {_month(on)}: {quoted(words)}.",
            "They praised us in an earlier case.",
        )
    if shared.waited is not None and shared.waited[0] >= _A_WAIT:
        days, on = shared.waited
        yield Wording(
            f"Thank you for your loyalty, and for the {number_in_words(days)} days of patience "
            f"that you had with us in {_month(on)}.",
            "They waited for us once before, and stayed.",
        )
    if loyal and shared.first is not None and shared.first[0]:
        what, on = shared.first
        yield Wording(
            f"Thank you for your loyalty ever since your first order in {_month(on)}: {quoted(what)}.",
            "Names what they bought first.",
        )
    if known.tenure:
        yield Wording(
            f"You have been with us for {known.tenure}, and we value that.", "Says how long they have been with us."
        )
    if known.orders >= _REGULAR:
        yield Wording(
            f"Thank you for your loyalty, and for each of your {number_in_words(known.orders)} orders.",
            "Says how often they came back.",
        )


def _month(day: date) -> str:
    """Return a month in English, whatever the desk speaks: wordings are in the language of the reader of words."""
    return f"{_MONTHS[day.month - 1]} {day.year}"
