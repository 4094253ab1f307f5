"""What stands on a thank-you card."""

import unicodedata
from dataclasses import dataclass, replace

LONGEST_LINE = 280
"""Characters of the handler's own line: what can still be read at arm's length."""
_LONGEST_NAME = 60
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card: `thanks` are sentences in our words, `line` is the handler's own; `number` chooses the twig."""

    number: int
    house: str
    greeting: str
    thanks: tuple[str, ...]
    line: str
    signed: str
    language: str = "en"


def fit(card: Card) -> Card:
    r"""Return the card with texts that fit on it: in one line each, cut with an ellipsis, nothing that only controls.

    >>> fit(Card(number=1, house="A\nB", greeting="Dear \u202eMaya,", thanks=(), line="", signed="")).greeting
    'Dear Maya,'
    """
    return replace(
        card,
        house=_cut(card.house, _LONGEST_NAME),
        greeting=_cut(card.greeting, _LONGEST_NAME),
        thanks=tuple(_cut(sentence, _LONGEST_SENTENCE) for sentence in card.thanks),
        line=_cut(card.line, LONGEST_LINE),
        signed=_cut(card.signed, _LONGEST_NAME),
    )


def _cut(text: str, longest: int) -> str:
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = "".join(character for character in text if not unicodedata.category(character).startswith("C"))
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
