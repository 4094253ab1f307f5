"""Texts that nobody wrote: made of those there are, the same every time."""

import numpy as np

from training import variations
from training.sources import AGENT, CUSTOMER, Text
from training.variations import Neighbours

NAMES = ["lamp", "light", "bulb", "refund", "rebate", "ship"]
ANGLES = [0.0, 0.1, 0.2, 1.5, 1.6, 3.0]


def neighbours() -> Neighbours:
    common = [f"w{number}" for number in range(variations._COMMONEST)]
    rows = [(0.0, 0.0)] * len(common) + [(np.cos(angle), np.sin(angle)) for angle in ANGLES]
    return Neighbours(common + NAMES, np.array(rows, dtype=np.float32))


def test_near_words_are_those_of_a_like_direction_the_nearest_first() -> None:
    near = neighbours()
    assert near.of("lamp") == ["light", "bulb"]
    assert near.of("refund") == ["rebate"]
    assert near.of("ship") == []
    assert near.of("never met") == []


TEXTS = [
    Text("a:0", "a", CUSTOMER, "The lamp is broken. I want a refund!", ""),
    Text("a:1", "a", AGENT, "We are sorry. The refund is on its way.", "The lamp is broken."),
    Text("b:0", "b", CUSTOMER, "LAMP gone, Lamp lost.\nWhere is the ship?", ""),
]


def test_each_text_gets_its_share_and_keeps_its_role_and_conversation() -> None:
    made = list(variations.variations(TEXTS, neighbours(), per_text=20))
    assert len(made) == 60
    assert [(one.role, one.conversation) for one in made] == [(one.role, one.conversation) for one in TEXTS] * 20
    assert len({one.id for one in made}) == 60


def test_they_are_made_of_sentences_of_the_same_role_and_near_words() -> None:
    made = list(variations.variations(TEXTS, neighbours(), per_text=40))
    customers = {word for one in made if one.role == CUSTOMER for word in one.text.lower().replace("!", ".").split()}
    assert {"light", "bulb", "rebate."} <= customers
    assert "sorry." not in customers
    capitals = {word for one in made for word in one.text.split() if word.isupper() and len(word) > 1}
    assert "LIGHT" in capitals or "BULB" in capitals


def test_the_same_texts_give_the_same_variations() -> None:
    assert list(variations.variations(TEXTS, neighbours())) == list(variations.variations(TEXTS, neighbours()))
