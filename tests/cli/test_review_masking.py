"""Stand-ins for people, addresses and numbers: steady, and never in the way of the words around them."""

from itertools import pairwise

import pytest

from amends.cli.reviews.masking import Mask
from amends.transcript import Conversation, Message, Role


def talk(text: str, name: str = "7") -> Conversation:
    return Conversation(
        id=name,
        messages=(
            Message(id="1", role=Role.CUSTOMER, text="Hello.", author="Sam van der Hill"),
            Message(id="2", role=Role.AGENT, text=text, author="Ada Byron"),
            Message(id="3", role=Role.CUSTOMER, text="Hello.", author="sam.hill@example.com"),
        ),
    )


def masked(text: str) -> str:
    one = talk(text)
    return Mask().over(one).text(one.messages[1], 0, 0)[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dear Sam, it is done. Ada", "Dear Customer 2, it is done. Handler 1"),
        ("ADA BYRON wrote it", "Handler 1 wrote it"),
        ("Samples for Adam, van and der stay.", "Samples for Adam, van and der stay."),
        ("Write to sam.hill@example.com or ada@shop.example.", "Write to E-mail 1 or E-mail 2."),
        ("See https://example.com/a?b=Sam. Then www.example.org!", "See Link 1. Then Link 2!"),
        ("Ring +44 20 7946 0123 or (020) 7946-0124.", "Ring Phone 1 or Phone 2."),
        ("Ring (555) 123-4567 or 555.123.4568.", "Ring Phone 1 or Phone 2."),
        ("Order AB-50231187, case #40-22817", "Order Number 1, case Number 2"),
        ("Card 4111 1111 1111 1111, again 4111-1111-1111-1111", "Card Number 1, again Number 1"),
        ("By 2026-03-31, 31.03.2026 or 9 March 2026 at 17:00", "By 2026-03-31, 31.03.2026 or 9 March 2026 at 17:00"),
        ("It costs 1,234.50 or £12500 for 3 of 2000.", "It costs 1,234.50 or £12500 for 3 of 2000."),
        ("", ""),
    ],
)
def test_what_is_replaced_and_what_is_left(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_same_person_is_the_same_in_every_conversation() -> None:
    mask = Mask()
    assert mask.name(Role.AGENT, "Ada Byron") == mask.name(Role.AGENT, "ada  byron") == "Handler 1"
    assert mask.name(Role.AGENT, "Grace Hopper") == "Handler 2"
    assert mask.name(Role.CUSTOMER, "Ada Byron") == "Customer 1"
    one = talk("Ada wrote.")
    assert mask.over(one).text(one.messages[1], 0, 0)[0] == "Handler 1 wrote."


def test_offsets_move_with_the_words() -> None:
    text = "Dear Sam, Ada will ring +44 20 7946 0123 today."
    one = talk(text)
    cover = Mask().over(one)
    start, end = text.index("Ada"), text.index(" today")
    shown, begin, stop = cover.text(one.messages[1], start, end)
    assert shown[begin:stop] == "Handler 1 will ring Phone 1"
    shown, begin, stop = cover.text(one.messages[1], start + 1, end - 3)  # within the words that are replaced
    assert shown[begin:stop] == "Handler 1 will ring Phone 1"
    moved = [cover.text(one.messages[1], at, at)[1] for at in range(len(text) + 1)]
    assert all(low <= high for low, high in pairwise(moved))
    assert moved[-1] == len(shown)


def test_an_id_keeps_its_number_and_loses_its_address() -> None:
    cover = Mask().over(talk(""))
    assert cover.label("50231187") == "50231187"
    assert cover.label("Ada Byron: 50231187") == "Handler 1: 50231187"
    assert cover.label("CAF+x1@mail.example.com") == "E-mail 1"


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "1 " * 50_000, "https://" + "." * 50_000, "Ada " * 25_000, "(0" * 50_000]
)
def test_long_texts_do_not_take_long(text: str) -> None:
    assert len(masked(text)) <= len(text) * 4
