"""What the answer to the about-face proposes: for themselves, for others, and what only sounds like it."""

import pytest

from amends.reading import Context, proposals, proposed_kind, read
from amends.transcript import Message, Role

ASKED = Context(previous="If you were running this business, what would you do in our place?", previous_role=Role.AGENT)


def proposed(text: str) -> list[tuple[str, bool]]:
    message = Message(id="m1", role=Role.CUSTOMER, text=text)
    return [(one.kind, one.bid) for one in proposals(text, read(message, ASKED))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'd train the driver, for a start.", [("change", False)]),
        ("And I would call every customer who got one.", [("action", False)]),
        ("I would refund the $180.", [("refund", True)]),
        ("I'd refund half of it, and I would check every box before it leaves.", [("refund", True), ("change", False)]),
        ("I would give the customer a voucher for 50 dollars.", [("credit", True)]),
        (
            "If it were mine I'd refund $40, and donate something to the food bank.",
            [("refund", True), ("donation", False)],
        ),
        ("You should put a phone number on your site.", [("action", False)]),
        ("Stop shipping glass without padding.", [("change", False)]),
        ("I would never have sold this in the first place. I'd be ashamed.", []),
        ("I don't know, that is your job and not mine!", []),
        ("", []),
    ],
)
def test_an_answer_is_read_into_proposals(text: str, expected: list[tuple[str, bool]]) -> None:
    assert proposed(text) == expected


def test_the_words_of_a_proposal_stand_in_the_message() -> None:
    text = "I'd train the driver, for a start. And I would call every customer who got one."
    found = proposals(text, read(Message(id="m1", role=Role.CUSTOMER, text=text), ASKED))
    told = ["I'd train the driver, for a start", "I would call every customer who got one"]
    assert [text[one.start : one.end] for one in found] == told


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Train them!", "change"), ("Give it to charity", "donation"), ("Ring her up", "action"), ("a voucher", "credit")],
)
def test_marked_words_get_a_kind_of_their_own(words: str, kind: str) -> None:
    assert proposed_kind(words) == kind
