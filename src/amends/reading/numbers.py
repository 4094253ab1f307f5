"""Small numbers as words or digits: "eight", "24", "a dozen"."""

WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "twenty-four": 24,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-six": 36,
    "forty": 40,
    "forty-eight": 48,
    "fifty": 50,
    "seventy-two": 72,
    "a couple of": 2,
    "a dozen": 12,
}
# Longer words first, so that "twenty-four" is not read as "twenty".
PATTERN = r"\d{1,4}|" + "|".join(sorted(WORDS, key=len, reverse=True))


def number(text: str) -> int:
    """Return the number that `PATTERN` matched.

    >>> number("eight"), number("24")
    (8, 24)
    """
    return int(text) if text.isdigit() else WORDS[text]


_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ORDINAL = r"[1-9]\d?(?:st|nd|rd|th)|" + "|".join(_ORDINALS)


def ordinal(text: str) -> int:
    """Return the number that `ORDINAL` matched.

    >>> ordinal("third"), ordinal("12th")
    (3, 12)
    """
    return _ORDINALS.index(text) + 1 if text in _ORDINALS else int(text[:-2])
