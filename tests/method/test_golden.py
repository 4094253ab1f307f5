"""Facts are kept for ever: what was written once can be read, and says the same."""

import json
from typing import Any

import msgspec
import pytest

from amends.method.evolve import evolve
from amends.method.facts import AnyFact
from amends.method.state import State
from tests.method.given import given, later, said
from tests.method.golden_facts import COMMAND, kept_words, lines, missing, shape, words_of_today
from tests.method.samples import FACTS
from tests.method.stories import closed, promised

decoder = msgspec.json.Decoder(AnyFact)


@pytest.mark.parametrize("line", lines(), ids=lambda line: shape(line)[0])
def test_a_line_that_was_written_once_still_says_the_same(line: str) -> None:
    written: dict[str, Any] = json.loads(line)
    fact = decoder.decode(line)
    again: dict[str, Any] = json.loads(msgspec.json.encode(fact))
    assert written.items() <= again.items(), "a field is gone, or says something else"
    assert decoder.decode(msgspec.json.encode(fact)) == fact


@pytest.mark.parametrize("line", lines(), ids=lambda line: shape(line)[0])
def test_a_field_that_came_later_has_a_default(line: str) -> None:
    later_fields = set(FACTS[shape(line)[0]].__struct_fields__) - shape(line)[1]
    plain = {f.name: f for f in msgspec.structs.fields(FACTS[shape(line)[0]])}
    assert all(not plain[name].required for name in later_fields)


@pytest.mark.parametrize("line", lines(), ids=lambda line: shape(line)[0])
def test_an_old_fact_still_makes_a_state(line: str) -> None:
    assert evolve(State(), decoder.decode(line)).seq == 1


def test_every_shape_of_every_fact_has_a_line() -> None:
    new = [shape(line)[0] for line in missing()]
    assert not new, f"no line yet for {', '.join(new)}: run `{COMMAND}` and look at what it added"


def test_no_line_is_there_twice() -> None:
    assert len({shape(line) for line in lines()}) == len(lines())


def test_no_name_in_the_file_is_unknown() -> None:
    assert {shape(line)[0] for line in lines()} == set(FACTS)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.__name__)
def test_a_fact_says_its_name_and_when_it_happened(fact: type[AnyFact]) -> None:
    assert fact.__struct_config__.tag == fact.__name__
    assert fact.__struct_config__.frozen
    assert "at" in fact.__struct_fields__
    assert fact.__doc__


SAYS_SOMETHING = {("MessageReceived", "needs_answer"): True, ("MessageBounced", "permanent"): True}


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.__name__)
def test_a_field_that_is_not_there_says_nothing(fact: type[AnyFact]) -> None:
    """A default speaks for every old fact without the field: changing it would change what happened."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(fact) if not field.required}
    named = {name: value for (kind, name), value in SAYS_SOMETHING.items() if kind == fact.__name__}
    assert {name: value for name, value in defaults.items() if value not in (None, False, "")} == named


def test_every_word_that_was_ever_kept_is_still_known() -> None:
    assert set(kept_words()) - set(words_of_today()) == set(), "a stored word cannot be read any more"
    new = set(words_of_today()) - set(kept_words())
    assert not new, f"not kept yet: {', '.join(sorted(new))}: run `{COMMAND}`"


def test_a_state_is_the_same_after_it_was_stored() -> None:
    state = given(closed(), promised()).tick(later(days=9)).passes().state
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state
    assert state.agreement is not None
    assert state.agreement.answer == said("m2")
