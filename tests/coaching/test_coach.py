"""The coach: the rules beside a draft, better words that satisfy the rule that asked for them, and no rule against another."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.coaching import Known
from amends.coaching.rules import RULES, stable
from amends.transcript import Message, Role
from tests.coaching.drafts import coached, with_better

KNOWN = Known(name="Maya Chen", handler="Jonas Berg", business="Lampworks", years=6.4, orders=9)
START = datetime(2026, 3, 9, 9, tzinfo=UTC)


def talk(*said: str) -> list[Message]:
    """Return messages of the customer and of us in turn, an hour apart."""
    roles = (Role.CUSTOMER, Role.AGENT)
    return [
        Message(id=str(n), role=roles[n % 2], text=text, at=START + timedelta(hours=n)) for n, text in enumerate(said)
    ]


ANGRY = "My lamp arrived broken for the second time and nobody answers. I am furious! When will it finally work?"
ASKED = "Dear Maya, I hear how angry you are, and I want to help. What exactly happened to the lamp?"
REFUSED = "I hear you. I am afraid we cannot give the money back. That is our policy."
DRAFTS = {
    "F201": (talk(ANGRY), "Dear Maya,\n\nplease send us a photo of the lamp.\n\nJonas Berg"),
    "D101": (
        talk("It does not work. I am annoyed."),
        "Hello, I hear how annoying this is. We will send you a new one.\n\nJonas",
    ),
    "D102": (
        talk(ANGRY, ASKED, "The glass was in pieces when I opened the box, on Monday and again today."),
        "I hear how angry that makes you. We will refund the 40 euros to your card.\n\nJonas Berg",
    ),
    "D104": (
        talk("I want my 300 euros back, it broke after a year! I am angry.", REFUSED, "No. I want the 300 euros back."),
        "I hear how angry you are. We cannot refund it, that is our policy.\n\nJonas Berg",
    ),
    "F203": (talk(ANGRY, ASKED, "In pieces, as I said."), "There is nothing we can do, that is our policy."),
    "F205": (
        talk(
            "No heating. I am angry.",
            "We are very sorry about that.",
            "And?",
            "Please accept our apologies.",
            "And now?",
        ),
        "Once more, we sincerely apologise for this.\n\nJonas Berg",
    ),
    "A301": (
        talk(ANGRY, ASKED, "In pieces."),
        "I hear how angry you are. We will get back to you shortly.\n\nJonas Berg",
    ),
    "D105": (talk(ANGRY), "Dear Maya,\n\nI hear how angry you are, and I want to help.\n\nJonas Berg"),
    "F206": (talk(ANGRY), "As I already told you twice, we need a photo!!"),
    "F208": (talk(ANGRY), "I hear how angry you are. You must send us a photo of the lamp.\n\nJonas Berg"),
    "F209": (
        talk(ANGRY),
        "I understand that you are angry, but the shop was closed. What happened to the lamp?\n\nJonas Berg",
    ),
    "F210": (talk(ANGRY), "I hear how angry you are. Your ticket was escalated.\n\nJonas Berg"),
    "F211": (talk(ANGRY), "Dear Maya,\n\nI hear how angry you are. What exactly happened to the lamp?\n\nJonas Berg"),
    "A305": (talk(ANGRY), "I hear how angry you are, and we take such things very seriously.\n\nJonas Berg"),
}


@pytest.mark.parametrize("code", DRAFTS)
def test_better_words_satisfy_the_rule_and_wake_no_other(code: str) -> None:
    said, text = DRAFTS[code]
    before = coached(text, said, KNOWN)
    asked = [one for one in before if one.finding.code == code]
    assert asked, [one.finding.code for one in before]
    for one in asked:
        if one.wording:
            better = with_better(text, one)
            after = coached(better, said, KNOWN)
            assert one.key not in {other.key for other in after}, better
            woken = {other.finding.code for other in after} - {other.finding.code for other in before}
            assert not woken, (woken, better)


def test_a_reply_that_does_it_right_is_left_alone() -> None:
    text = (
        "Dear Maya,\n\nI hear how angry you are, and after six years with us you had every right to expect better. "
        "You wrote that the lamp arrived broken twice. Is that right? I will find out when the next one can leave, and "
        "write to you by tomorrow 17:00.\n\nJonas Berg\nLampworks"
    )
    assert coached(text, talk(ANGRY), KNOWN) == ()


def test_the_method_s_own_but_is_no_breach() -> None:
    """M1 of the method has a "but" in it; what follows is for them."""
    advice = coached("I hear you are angry, but I want to help. What exactly happened?", talk(ANGRY), Known())
    assert "F209" not in {one.finding.code for one in advice}


def test_advice_is_about_the_draft_alone() -> None:
    said = talk(ANGRY, "We will get back to you soon. You must wait.", "I am still waiting!")
    advice = coached("Hello, we have looked at it today and your lamp leaves tomorrow at 9:00.\n\nJonas", said, KNOWN)
    assert "F208" not in {one.finding.code for one in advice}
    assert all(one.finding.place == len(said) for one in advice)


def test_a_rule_that_is_off_is_silent() -> None:
    said, text = DRAFTS["F208"]
    assert "F208" in {one.finding.code for one in coached(text, said, KNOWN)}
    assert "F208" not in {one.finding.code for one in coached(text, said, KNOWN, rules=stable(frozenset({"F208"})))}


def test_the_same_draft_always_gets_the_same_advice() -> None:
    said, text = DRAFTS["D105"]
    assert coached(text, said, KNOWN) == coached(text, said, KNOWN)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "?", "!!!", "\u202e\u0000", "a" * 20_000, "but " * 4_000, "you must " * 2_000]
)
def test_no_draft_breaks_it(text: str) -> None:
    for one in coached(text, talk(ANGRY), KNOWN):
        assert 0 <= one.finding.start <= one.finding.end <= len(text)


def test_a_key_outlives_what_is_written_before_it() -> None:
    """What was dismissed stays so while its words stand, wherever they move to."""
    said, text = DRAFTS["F208"]
    key = next(one.key for one in coached(text, said, KNOWN) if one.finding.code == "F208")
    assert key in {one.key for one in coached(f"Hello Maya. {text}", said, KNOWN)}


def test_drafts_only_rules_say_nothing_of_what_is_past() -> None:
    assert {rule.code for rule in RULES if rule.drafts_only} >= {"D105", "D106", "F206", "A305", "A306"}
