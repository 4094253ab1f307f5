"""What people see of a message: wrapped, with its evidence marked, and nothing that steers their terminal."""

from typing import Any

from amends.cli.reads.given import Given
from amends.cli.reads.shown import Page, clean
from amends.reading import Act, ActKind, Context, Reading
from amends.transcript import Message, Money, Role

TEXT = "Lamp broke.\nI want 40 EUR back, and I want it now, please \u65e5\u672c."
LONG = Given("m1", Message(id="m1", role=Role.CUSTOMER, text=TEXT), Context())


def act(what: ActKind, words: str, score: float, **more: Any) -> Act:
    start = TEXT.index(words)
    return Act(act=what, start=start, end=start + len(words), score=score, **more)


OVERLAPPING = Reading(
    upset=3,
    acts=(
        act(ActKind.BID, "I want 40 EUR back", 0.951, kind="refund", amount=Money.of(40, "EUR")),
        act(ActKind.BID, "back, and I want it", 0.5, kind="action"),
        act(ActKind.THANKS, "please \u65e5\u672c", 1),
    ),
)


def test_long_texts_are_wrapped_and_overlapping_evidence_is_marked_once() -> None:
    assert Page(24, underlines=False).show(LONG, OVERLAPPING) == (
        "m1 · customer · angry\n"
        "  Lamp broke.\n"
        "  I want 40 EUR back,\n"
        "  ~~~~~~~~~~~~~~~~~~~\n"
        "  and I want it now,\n"
        "  ~~~~~~~~~~~~~\n"
        "  please \u65e5\u672c.\n"
        "  ~~~~~~~~~~~\n"
        "   95% bid (refund): “I want 40 EUR back”, 40 EUR\n"
        "   50% bid (action): “back, and I want it”\n"
        "  100% thanks: “please \u65e5\u672c”\n"
        "\n"
    )


def test_long_words_are_broken_and_long_quotes_cut() -> None:
    text = "x" * 50 + " " + "so it goes " * 6
    given = Given("m1", Message(id="m1", role=Role.AGENT, text=text), Context())
    shown = Page(40, underlines=False).show(
        given, Reading(upset=None, acts=(Act(act=ActKind.UPDATE, start=51, end=116),))
    )
    assert "x" * 38 + "\n" in shown
    assert max(map(len, shown.split("\n"))) <= 42
    assert "100% update: “so it goes so it goes…”" in shown


def test_on_a_terminal_evidence_is_underlined() -> None:
    shown = Page(60, underlines=True).show(LONG, OVERLAPPING)
    assert "\x1b[4mI want 40 EUR back, and I want it\x1b[0m now, " in shown
    assert "~" not in shown


def test_a_message_cannot_steer_the_terminal() -> None:
    assert clean("a\x1b[2J\u202eb\tc\r\n\u200d\x9b") == "a\ufffd[2J\ufffdb c \n\u200d\ufffd"
