"""A customer's plain yes or no to the message before."""

from functools import cache

from amends.reading.cuefiles import cues
from amends.reading.model import Answer
from amends.reading.phrases import Lexicon, find, lexicon
from amends.reading.sentences import Sentence

_YES = frozenset(["yes", "correct", "exactly", "absolutely", "indeed", "precisely"])
_NO_GOES_ON = frozenset(
    ", . ! !! ... ; - : i it that this you we not thank thanks sorry but the they there he she sir".split()
)
_NO_IN_PASSING = frozenset("problem worries doubt idea need wonder matter one body reply answer response luck".split())
_GREETINGS = frozenset("hi hello dear hey okay well oh thanks , ! . good morning afternoon evening ah so".split())
_FIRST = 2  # an answer stands in the first sentences, after a salutation at most


@cache
def _lexicon() -> Lexicon:
    return lexicon(cues("answers"))


def answer(sentences: list[Sentence]) -> Answer | None:
    """Return the yes or no with which a message begins, or None."""
    for sentence in sentences[:_FIRST]:
        words = sentence.words()
        at = next((i for i, word in enumerate(words) if word not in _GREETINGS), None)
        if at is None:
            continue
        yes = _plain(words, at)
        if yes is not None:
            start, end = sentence.span(*sentence.clause(at, at))
            return Answer(yes=yes, start=start, end=end)
        for hit in find(_lexicon(), sentence):
            start, end = hit.span
            return Answer(yes=hit.cue.tag == "yes", start=start, end=end)
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
