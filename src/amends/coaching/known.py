"""What a handler knows about the person before they write."""

from dataclasses import dataclass

_A_YEAR = 1.0
_WORDS_ENOUGH = 5
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The person and their own words. `problem` and `bid` are quoted from what they wrote; empty where unknown.

    `years` is how long they have been a customer, `orders` how often they bought. `handler` signs. `alike` others got
    nearly the same text lately.
    """

    name: str = ""
    handler: str = ""
    business: str = ""
    years: float | None = None
    orders: int = 0
    problem: str = ""
    bid: str = ""
    offer: str = ""
    promise: str = ""
    alike: int = 0

    @property
    def greeting(self) -> str:
        """The salutation; polite where we know no name."""
        return f"Dear {self.name}," if self.name else "Hello,"

    @property
    def told(self) -> str:
        """Their problem, where they said enough of it to be quoted back: "nobody cares" would only sting."""
        return self.problem if len(self.problem.split()) >= _WORDS_ENOUGH else ""

    @property
    def signature(self) -> str:
        """Who writes."""
        return "\n".join(part for part in (self.handler, self.business) if part)

    @property
    def tenure(self) -> str:
        """How long they have been with us, in words; empty under a year."""
        if self.years is None or self.years < _A_YEAR:
            return ""
        whole = int(self.years)
        return f"{number_in_words(whole)} {'year' if whole == 1 else 'years'}"


def number_in_words(count: int) -> str:
    """Return a number as it stands in a sentence: in a word up to twelve."""
    return _NUMBERS[count - 1] if 1 <= count <= len(_NUMBERS) else f"{count:,}"


def quoted(words: str) -> str:
    """Return words as a quotation that stands inside a sentence of ours."""
    return f"“{' '.join(words.split()).rstrip('.!?…,;: ')}”"
