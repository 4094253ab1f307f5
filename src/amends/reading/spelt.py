"""Sums in words: "two hundred and fifty", "half a million", "two and a half thousand".

A number that leaves open how much it is ("a few thousand", "hundreds of") is none.
"""

import re
from decimal import Decimal
from typing import Final

_SMALL: Final = {
    word: count
    for count, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=1,
    )
}
_TENS: Final = {
    word: 10 * count
    for count, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES: Final = {"thousand": 1000, "grand": 1000, "million": 10**6, "billion": 10**9}
_PARTS: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}

_DIGIT = "|".join(list(_SMALL)[:9])
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_DIGIT}))?|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_BELOW_1000 = rf"(?:(?:an?|{_BELOW_100}) hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_SCALE = "|".join(_SCALES)
_PLAIN = rf"(?:(?:{_BELOW_1000}|an?) (?:{_SCALE})\b(?:,?(?: and)? {_BELOW_1000}(?: (?:{_SCALE})\b)?)*|{_BELOW_1000})"
_BROKEN = rf"(?:{'|'.join(_PARTS)})(?: of)?(?: an?)? (?:{_SCALE}|hundred)"
_AND_A_HALF = rf"(?:{_BELOW_100}|\d{{1,3}}) and a half(?: (?:{_SCALE}|hundred))?|an? (?:{_SCALE}|hundred) and a half"
_PARTS_OF = (
    "half",
    "quarter",
    "half of",
    "quarter of",
    "quarters of",
    "third of",
    "fifth of",
    "part of",
    "cent of",
    "% of",
)
_WHOLE = "".join(f"(?<!{words} )" for words in _PARTS_OF)  # "a third of a million" is not a million

SPELT: Final = rf"{_WHOLE}(?<!and a )(?<![\w.,/-])(?:{_AND_A_HALF}|{_BROKEN}|{_PLAIN})"
"""A number in words, for a pattern that says what has to stand behind it."""
LARGE: Final = re.compile(rf"\b(?:hundred|{_SCALE})\b")
"""Words that nobody uses but for a large number."""
BELOW_100: Final = _BELOW_100


def value(words: str) -> Decimal:
    """Return the number that `SPELT` matched.

    >>> value("two hundred and fifty"), value("half a million"), value("one and a half thousand")
    (Decimal('250'), Decimal('500000'), Decimal('1500'))
    """
    whole, half, behind = words.partition(" and a half")
    if half:
        fold = _number(f"one{behind or whole.removeprefix('a')}")
        found = _number(whole) * (fold if behind else 1) + fold / 2
    else:
        found = _number(words) * _PARTS.get(words.partition(" ")[0], Decimal(1))
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _number(words: str) -> Decimal:
    if words.isdigit():
        return Decimal(words)
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
        elif word == "hundred":
            group = max(group, 1) * 100
        else:
            group += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return Decimal(total + group)
