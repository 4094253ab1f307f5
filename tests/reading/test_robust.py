"""Whatever comes in: never an exception, never long, always inside the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.reading import ActKind, Context, Reading, read
from amends.reading.text import LIMIT
from amends.transcript import Message, Role

NASTY = {
    "empty": "",
    "blank": " \n\t ",
    "one_line": "I want my money back because it is broken again " * 110_000,
    "one_word": "x" * 5_000_000,
    "digits": "1," * 2_500_000,
    "money": "€" * 1_000_000,
    "shouting": "!" * 1_000_000,
    "negations": "not " * 500_000,
    "emoji": "😡🤬👍🏽" * 5_000,
    "zalgo": "I̷̛̻ w̸͇̏a̴͓͝n̸͎̈t̵͔̾ m̴̪̊y̷̱͝ m̴̳̈o̸͖͋n̶̘̈́e̸͇͂y̵̝̕ b̸̰̈a̷͖̚c̸̖̍k̷̢̈́",
    "right_to_left": "\u202eI want a refund for the lamp, please\u202c - أحمد",
    "html": "<html><body><p>I want a <b>refund</b>.</p><script>alert('x')</script><br/>Please &nbsp;<a href='x'>call</a>",
    "broken_html": "<" * 30_000 + "p" + "<a href=" * 5_000,
    "nuls": "I want\x00 a refund\x00\x00.",
    "lone_surrogate": "I want \ud800 a refund",
    "commas": "," * 10_000,
    "brackets": "(" * 10_000,
    "questions": "what? " * 5_000,
    "stars": "f*" * 10_000,
    "line_ends": "\r\n\u2028\x85" * 5_000,
}
SHORT = "I am writing about my order. The lamp arrived with a crack in the shade. I have already called twice and nobody helped. I want a refund or a new lamp, please, and someone to collect it today."


def sound(text: str, reading: Reading) -> None:
    for act in reading.acts:
        assert 0 <= act.start < act.end <= min(len(text), LIMIT)
        assert text[act.start : act.end].strip() == text[act.start : act.end] != ""
        assert 0 < act.score <= 1
        assert act.kind or act.act not in {"bid", "offer", "threat", "promise"}
        assert (act.kind == "dated") is (act.due is not None)
    assert list(reading.acts) == sorted(reading.acts, key=lambda act: (act.start, act.end, act.act, act.kind))
    if reading.answer:
        assert 0 <= reading.answer.start < reading.answer.end <= len(text)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", NASTY)
def test_nasty_text_is_read(name: str, role: Role) -> None:
    text = NASTY[name]
    context = Context(previous=text, previous_role=Role.AGENT)
    started = time.process_time()
    reading = read(Message(id="1", role=role, text=text), context)
    assert time.process_time() - started < 3
    sound(text, reading)


@pytest.mark.parametrize("name", ["nuls", "html", "right_to_left"])
def test_the_words_are_found_all_the_same(name: str) -> None:
    reading = read(Message(id="1", role=Role.CUSTOMER, text=NASTY[name]))
    assert [act.kind for act in reading.acts if act.act == "bid"][:1] == ["refund"]


def test_what_comes_after_the_limit_is_not_read() -> None:
    text = "x " * (LIMIT // 2) + "I want a refund."
    assert not read(Message(id="1", role=Role.CUSTOMER, text=text)).of(ActKind.BID)


WORDS = st.sampled_from(
    "i we you will not refund 189 $40 by friday tomorrow , . ? ! \n and but if broken again yes no please sorry "
    "what would do the my your our courier policy is are have been for eight years thanks <b> never lawyer".split(" ")
)


@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from(list(Role)), st.sampled_from([None, *Role]))
def test_any_words_give_a_sound_reading(text: str, role: Role, before: Role | None) -> None:
    context = Context(previous=text, previous_role=before)
    message = Message(id="1", role=role, text=text)
    reading = read(message, context)
    sound(text, reading)
    assert reading == read(message, context)
    assert (reading.upset is None) is (role is Role.AGENT or reading.language != "en")


@given(st.text(max_size=400), st.sampled_from(list(Role)))
def test_any_text_gives_a_sound_reading(text: str, role: Role) -> None:
    sound(text, read(Message(id="1", role=role, text=text)))


def test_a_short_mail_takes_about_a_millisecond() -> None:
    message = Message(id="1", role=Role.CUSTOMER, text=SHORT)
    read(message)  # the first reading compiles its patterns
    rounds = []
    for _ in range(5):
        started = time.process_time()
        for _ in range(20):
            read(message)
        rounds.append((time.process_time() - started) / 20)
    assert min(rounds) < 0.004  # four times what it takes on a slow core, so that only a real loss is red
