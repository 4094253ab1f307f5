"""A small notation for the turns of phrase by which a reader knows an act, and a quick search for them.

A phrase is a row of elements with spaces between, matched against a `Sentence.line`:

    want            the word itself
    want|need       either; `would_like` inside stands for two words
    refund*         every word that begins so (at least four letters)
    my?             may be left out
    ..3             up to three words, none of them a negation
    ~3              up to three words of any kind
    #               a number, with or without a currency sign
    ^               the beginning of the sentence, after words like "well" or "please"
    $               the end of the sentence
    @name           a class of words from `cues/vocabulary.toml`

Only gaps repeat, and only a fixed number of times, so no phrase can take long. Each phrase is filed under the
rarest of the words that it cannot do without; a sentence tries only the phrases whose word it holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from amends.reading.cuefiles import Cue, Mood, vocabulary
from amends.reading.sentences import Sentence
from amends.reading.text import SHORT

_KEY = 4  # letters by which words are looked up
_COMMON_COST = 25
_LEADS = (
    "and|but|so|also|then|well|okay|please|kindly|yes|no|oh|hi|hello|hey|now|just|firstly|first|next|finally|"
    r"sorry|thanks|unfortunately|therefore|however|dear|again|if so|alternatively|,|-|\*|\"|@[^ ]+"
)
_START = rf"\A (?:(?:{_LEADS}) ){{0,3}}"
_FINISH = r"(?:(?:[.!?,]+|please|now|then) ){0,3}\Z"
_POSITIVE = "(?!(?:not|never|no|nor|without) )[^ ;:?!]+ "  # one word of a gap that no negation may stand in
_NUMBER = r"(?:[$€£] )?\d[^ ]*"
_LETTERS = re.compile(r"[^\W\d_]+")
_OF_SHORT_FORMS = frozenset(["not", "can", "will", "have", "are", "woul", "am", "is"])  # what is written out for "'"


@dataclass(frozen=True)
class Hit:
    """A cue found in a sentence: words `first` to `last` (inclusive) matched; its clauses are `begin` to `finish`."""

    cue: Cue
    sentence: Sentence
    first: int
    last: int
    begin: int
    finish: int

    @cached_property
    def span(self) -> tuple[int, int]:
        """Where the clauses stand in the message."""
        return self.sentence.span(self.begin, self.finish)

    @property
    def start(self) -> int:
        """Where the clauses begin in the message."""
        return self.span[0]

    @property
    def end(self) -> int:
        """Where the clauses end in the message."""
        return self.span[1]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the cue with this number; a sentence needs a key of each of the `needs` to hold it."""

    number: int
    text: str
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues, and their phrases filed by the first letters of a word that each of them needs."""

    cues: tuple[Cue, ...]
    phrases: tuple[Phrase, ...]
    rows: Mapping[str, tuple[int, ...]]


class BadPhrase(ValueError):
    """A phrase is not written in the notation; the message shows it."""


def lexicon(cues: Iterable[Cue]) -> Lexicon:
    """File the cues, or raise `BadPhrase`. Patterns are compiled when first needed, so this is quick."""
    held = tuple(cues)
    phrases: list[Phrase] = []
    rows: dict[str, list[int]] = {}
    for number, cue in enumerate(held):
        for text in cue.phrases:
            first, *others = _needs(text)
            for key in first:
                rows.setdefault(key, []).append(len(phrases))
            phrases.append(Phrase(number, text, tuple(others)))
    return Lexicon(held, tuple(phrases), {key: tuple(row) for key, row in rows.items()})


def may_hold(words: Lexicon, flat: str) -> bool:
    """Say, at little cost, whether flat text may hold a phrase; where not, it need not be cut into words."""
    found = set(_LETTERS.findall(flat))
    keys = {word[:_KEY] for word in found}
    for word in found & SHORT.keys():
        keys.update(full[:_KEY] for full in SHORT[word].split())
    if "'" in flat or "cannot" in found:
        keys |= _OF_SHORT_FORMS
    return any(
        not any(keys.isdisjoint(need) for need in words.phrases[place].needs)
        for key in words.rows.keys() & keys
        for place in words.rows[key]
    )


def find(words: Lexicon, sentence: Sentence) -> list[Hit]:
    """Return the hits in the sentence, by place; of one cue no two that begin in the same clause."""
    keys = sentence.keys
    wanted = {place for key in keys if (row := words.rows.get(key)) is not None for place in row}
    hits: list[Hit] = []
    taken: set[tuple[int, int]] = set()
    for place in sorted(wanted):
        phrase = words.phrases[place]
        if any(keys.isdisjoint(need) for need in phrase.needs):
            continue
        number, cue = phrase.number, words.cues[phrase.number]
        if cue.mood is not Mood.ANY and sentence.question is not (cue.mood is Mood.ASKS):
            continue
        for first, last in _matches(phrase.text, sentence):
            begin, finish = sentence.clause(first, last)
            if (number, begin) in taken:
                continue
            if cue.unless and holds(cue.unless, sentence.part(begin, finish)):
                continue
            taken.add((number, begin))
            hits.append(Hit(cue, sentence, first, last, begin, finish))
    hits.sort(key=lambda hit: (hit.first, hit.last))
    return hits


def _matches(phrase: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the (first, last) words of every match, those that begin within another one included."""
    pattern, line = compiled(phrase), sentence.line
    match = pattern.search(line)
    while match is not None:
        yield sentence.word_at(match.start() + 1), sentence.word_at(max(match.start() + 1, match.end() - 2))
        match = pattern.search(line, match.start() + 1)


def holds(phrases: Iterable[str], line: str) -> bool:
    """Say whether a line (words with a space around each) holds one of the phrases."""
    return any(compiled(phrase).search(line) for phrase in phrases)


@cache
def compiled(phrase: str) -> re.Pattern[str]:
    """Return the pattern of one phrase, or raise `BadPhrase`. It begins with the space before its first word."""
    elements = phrase.split()
    parts = [_pattern(element, phrase) for element in elements]
    return re.compile(("" if elements[0] == "^" else " ") + "".join(parts))


def _pattern(element: str, phrase: str) -> str:
    if element == "^":
        return _START
    if element == "$":
        return _FINISH
    if element.startswith(("..", "~")):
        word = _POSITIVE if element[0] == "." else "[^ ;?!]+ "
        return f"(?:{word}){{0,{_gap(element, phrase)}}}?"
    if element.endswith("?") and element != "?":
        return f"(?:{_pattern(element[:-1], phrase)})?"
    options = _options(element, phrase)
    words = "|".join(_word(option) for option in options if option != "$")
    return f"(?:(?:{words}) |{_FINISH})" if "$" in options else f"(?:{words}) "


def _gap(element: str, phrase: str) -> int:
    most = element.lstrip(".~")
    if not most.isdigit():
        raise BadPhrase(f"{element!r} in {phrase!r} does not say how many words")
    return int(most)


def _word(option: str) -> str:
    if option == "#":
        return _NUMBER
    stem = option.removesuffix("*")
    text = re.escape(stem.replace("_", " ")).replace(r"\ ", " ")
    return f"{text}[^ ]*" if stem != option else text


def _options(element: str, phrase: str) -> list[str]:
    options: list[str] = []
    classes = vocabulary().classes
    for option in element.split("|"):
        if option.startswith("@") and len(option) > 1:
            if option[1:] not in classes:
                raise BadPhrase(f"{phrase!r}: there is no class of words {option!r}")
            options.extend(classes[option[1:]])
        else:
            options.append(option)
    if not all(options):
        raise BadPhrase(f"{element!r} in {phrase!r} has an empty choice")
    return options


def _needs(phrase: str) -> list[frozenset[str]]:
    """Return the keys of each element that a phrase cannot do without, the rarest first."""
    common = vocabulary().common
    needs: list[tuple[int, frozenset[str]]] = []
    for element in phrase.split():
        if element.startswith(("..", "~")):
            _gap(element, phrase)
            continue
        if element.endswith("?") or element in {"^", "$"}:
            continue
        options = _options(element, phrase)
        if "#" in options or "$" in options:
            continue
        words = [_rarest(option, phrase, common) for option in options]
        cost = sum(_COMMON_COST if word in common else 1 for word in words)
        needs.append((cost, frozenset(word[:_KEY] for word in words)))
    if not needs:
        raise BadPhrase(f"{phrase!r} has no word that it needs")
    needs.sort(key=lambda need: need[0])
    return [keys for _, keys in needs]


def _rarest(option: str, phrase: str, common: frozenset[str]) -> str:
    """Return the word of one choice that is the best to look it up by."""
    parts = option.split("_")
    if any(part.endswith("*") and len(part) <= _KEY for part in parts):
        raise BadPhrase(f"{option!r} in {phrase!r} is too short to be looked up")
    plain = [part.removesuffix("*") for part in parts]
    return min(plain, key=lambda part: (part in common, -len(part)))
