"""The script of the call-back says what is known, leaves out what is not, and always asks the two questions."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amends.coaching import Known, Script, Story, call_script

MAYA = Known(
    name="Maya",
    handler="Jonas",
    business="Kettle & Co.",
    years=6.2,
    orders=14,
    problem="The pump is broken and nobody answers.",
    bid="I want a refund of 90 euros.",
)


def script(known: Known = MAYA, **story: Any) -> Script:
    return call_script(known, Story(**story))


def part(found: Script, title: str) -> tuple[str, ...]:
    return next((part.lines for part in found.parts if part.title == title), ())


def test_it_begins_with_who_calls_and_why() -> None:
    assert script(peak=3).opening == (
        "Hello Maya, this is Jonas of Kettle & Co. You had every reason to be upset with us, and I want to hear from "
        "you how it is now. Do you have three minutes for me?"
    )
    assert "I am sorry" in script(late=("A new pump by Friday",)).opening
    assert "not the one you hoped for" in script(refused=True).opening
    assert "tried to reach you before" in script(tries=1).opening
    assert "upset" not in script(peak=1).opening


def test_what_they_wrote_felt_and_got_stands_there_in_their_words() -> None:
    found = script(peak=4, lately=0, given="a refund of 90 euros", kept=("Refund by Friday",), late=("A call by noon",))
    assert part(found, "What happened") == ("“The pump is broken and nobody answers”",)
    assert part(found, "What they felt") == ("They were furious.", "Their last words were calm.")
    assert part(found, "What they asked for, and what they got") == (
        "They asked: “I want a refund of 90 euros”",
        "They got: “a refund of 90 euros”",
    )
    assert part(found, "What we promised") == (
        "Kept: “Refund by Friday”",
        "Kept late: “A call by noon” Say so before they do.",
    )


def test_loyalty_and_earlier_failures_are_known_before_the_call() -> None:
    lines = part(script(failures=2, praise="I have always loved your machines."), "What they are to us")
    assert lines == (
        "With us for six years.",
        "Orders: 14.",
        "They said: “I have always loved your machines”",
        "It was not the first time that something went wrong: say that you know it.",
    )
    assert "six years" in script().closing
    assert part(script(Known(name="Ben"), praise="Thank you"), "What they are to us") == ()


def test_of_a_stranger_it_says_no_more_than_is_known() -> None:
    found = script(Known())
    assert [one.title for one in found.parts] == ["What they felt"]
    assert found.opening.startswith("Hello, this is the person who looked after your complaint.")


def test_the_first_question_knows_what_they_said_already() -> None:
    assert script().questions[0].ask == "Is it fixed?"
    assert script(fixed=True).questions[0].ask == "You told us that it is fixed. Is it still?"
    assert "fixed" not in script(refused=True).questions[0].ask


@given(st.integers(0, 4), st.integers(0, 4), st.booleans(), st.sampled_from([None, True, False]), st.text(max_size=40))
def test_there_are_always_two_questions_and_no_empty_part(
    peak: int, lately: int, refused: bool, fixed: bool | None, words: str
) -> None:
    found = call_script(
        Known(name=words, problem=words), Story(peak=peak, lately=lately, refused=refused, fixed=fixed, praise=words)
    )
    assert len(found.questions) == 2
    assert all(question.answers for question in found.questions)
    assert all(one.lines for one in found.parts)


def test_an_answering_machine_hears_nothing_of_the_complaint() -> None:
    told = script(peak=4, late=("A new pump by Friday",)).nobody
    for word in ("pump", "refund", "complaint", "angry", "sorry"):
        assert word not in told
