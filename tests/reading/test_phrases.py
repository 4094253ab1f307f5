"""The notation of the cues, and the cue files themselves."""

import re

import pytest

from amends.reading.cuefiles import Cue, Mood, cues, vocabulary
from amends.reading.phrases import BadPhrase, compiled, find, holds, lexicon
from amends.reading.sentences import split

FILES = ["answers", "problems", "remedies"]

MATCHES = [
    ("want refund", "i want refund now", True),
    ("want refund", "i wanted refund now", False),
    ("want|need refund", "i need refund", True),
    ("would_like refund", "i would like refund", True),
    ("would_like|want refund", "i would refund", False),
    ("refund* me", "refunding me", True),
    ("want my? refund", "i want refund", True),
    ("want my? refund", "i want my refund", True),
    ("want your? refund", "i want my refund", False),
    ("want ..2 refund", "i want a full refund", True),
    ("want ..2 refund", "i want a big full refund", False),
    ("want ..3 refund", "i want not a refund", False),
    ("want ~3 refund", "i want not a refund", True),
    ("want ..3 refund", "i want it ; refund it", False),
    ("pay #", "pay 20 now", True),
    ("pay #", "pay $20", True),
    ("pay #", "pay now", False),
    ("^ refund", "please refund it", True),
    ("^ refund", "you refund it", False),
    ("works $", "it works !", True),
    ("works $", "it works well", False),
    ("works well|$", "it works", True),
    ("refund ,? please", "refund , please", True),
]


@pytest.mark.parametrize(("phrase", "text", "matches"), MATCHES)
def test_notation(phrase: str, text: str, matches: bool) -> None:
    [sentence] = split(text)
    assert holds([phrase], sentence.line) is matches
    assert bool(find(lexicon([Cue("t", "", (phrase,))]), sentence)) is matches


@pytest.mark.parametrize("phrase", ["want ..x refund", "@nosuchclass refund", "want||need it", "my? ..3", "ref* me"])
def test_a_bad_phrase_is_refused_by_name(phrase: str) -> None:
    with pytest.raises(BadPhrase, match=re.escape(phrase.partition(" ")[0])):
        lexicon([Cue("t", "", (phrase,))])


def test_unless_and_mood_hold_a_cue_back() -> None:
    cue = Cue("t", "", ("want refund",), unless=("never",), mood=Mood.TELLS)
    words = lexicon([cue])
    assert find(words, split("i want refund")[0])
    assert not find(words, split("i never want refund")[0])
    assert not find(words, split("you want refund?")[0])


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_of_a_cue_file_is_in_the_notation(name: str) -> None:
    held = cues(name)
    lexicon(held)
    for cue in held:
        assert cue.phrases
        for phrase in cue.phrases + cue.unless:
            compiled(phrase)


def test_every_class_of_words_is_used() -> None:
    used = {
        name
        for file in FILES
        for cue in cues(file)
        for phrase in cue.phrases + cue.unless
        for name in re.findall(r"@([a-z]+)", phrase)
    }
    assert used == set(vocabulary().classes)
