"""What a customer says to the message before: a plain yes or no, or that the remedy is left to us."""

from functools import cache

from amends.reading.cuefiles import cues
from amends.reading.model import Answer
from amends.reading.phrases import Lexicon, find, lexicon, may_hold
from amends.reading.told import Told

_YES = frozenset(["yes", "correct", "exactly", "absolutely", "indeed", "precisely"])
_NO_GOES_ON = frozenset(
    ", . ! !! ... ; - : i it that this you we not thank thanks sorry but the they there he she sir".split()
)
_NO_IN_PASSING = frozenset("problem worries doubt idea need wonder matter one body reply answer response luck".split())
_GREETINGS = frozenset("hi hello dear hey okay well oh thanks , ! . good morning afternoon evening ah so".split())
_FIRST = 2  # an answer stands in the first sentences, after a salutation at most
_HEAD = 400  # characters in which these stand


@cache
def _replies() -> Lexicon:
    return lexicon(cue for cue in cues("answers") if cue.tag != "left")


@cache
def _left() -> Lexicon:
    return lexicon(cue for cue in cues("answers") if cue.tag == "left")


def left_to_us(message: Told) -> tuple[int, int] | None:
    """Return the words (start, end) by which a message leaves the remedy to the company, or None."""
    for sentence in message.every_sentence() if may_hold(_left(), message.flat) else ():
        for hit in find(_left(), sentence):
            return hit.span
    return None


def answer(message: Told) -> Answer | None:
    """Return the yes or no with which a message begins, or None."""
    for sentence in message.sentences(0, min(len(message.flat), _HEAD))[:_FIRST]:
        words = sentence.words
        at = next((i for i, word in enumerate(words) if word not in _GREETINGS), None)
        if at is None:
            continue
        yes = _plain(words, at)
        if yes is not None:
            start, end = sentence.span(*sentence.clause(at, at))
            return Answer(yes=yes, start=start, end=end)
        for hit in find(_replies(), sentence):
            return Answer(yes=hit.cue.tag == "yes", start=hit.start, end=hit.end)
        if not _is_salutation(words):
            return None
    return None


def _plain(words: list[str], at: int) -> bool | None:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else "."
    if word in _YES and following != "?":
        return True
    if word == "no" and following in _NO_GOES_ON and following not in _NO_IN_PASSING:
        return False
    return None


def _is_salutation(words: list[str]) -> bool:
    return words[0] in _GREETINGS or words[0][0] == "@"
