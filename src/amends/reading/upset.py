"""How upset a customer's message is: level 0 (calm) to 4 (furious), from words, shouting, and what else was read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from amends.reading.cuefiles import cues
from amends.reading.model import Act, ActKind
from amends.reading.phrases import Lexicon, find, lexicon
from amends.reading.sentences import Sentence
from amends.reading.text import LIMIT

_ACRONYMS = frozenset(
    """USD EUR GBP CHF CAD AUD OK TV PC UK USA US EU PIN SIM FAQ PDF DVD USB HTML URL ASAP PS CEO VIP GPS AM PM BTW FYI
    PSN IBAN VAT IP VPN ISP ATM SMS MMS LED LCD CPU GPU RAM SSD HDD API ETA FBI FTC BBB CFPB FCA UPS DHL DPD USPS IRS
    IMEI MAC DNS PPI APR ADHD NHS HR IT TX NY CA LA DC AC DC IOS NFC QR XL XXL XS HD UHD WIFI LOL OMG IMO TBH RMA SKU
    DOB SSN EXP FICO PPP CC BCC CV DIY EV GMT UTC EST PST BST CET""".split()
)
_CAPS = re.compile(r"\b[A-Z]{2,}(?:'[A-Z]+)?\b")
_MORE_THAN_A_NAME = 2  # words in capitals; one may be a name
_LONG_CAPS = 4  # letters from which one word in capitals is a shout
_SHOUTED = re.compile(r"!{2,}|[!?]{3,}|\?!|!\?")
_MASK = re.compile(r"X+")
_CROSS_FACES = re.compile("[\U0001f620\U0001f621\U0001f92c\U0001f624\U0001f4a2]")
_SAD_FACES = re.compile(
    r"[\U0001f61e\U0001f61f\U0001f622\U0001f62d\U0001f625\U0001f614\U0001f641\u2639\U0001f644\U0001f612\U0001f629\U0001f62b]|[:;=]-?[(/](?!\w)"
)
_SHARE_SHOUTED = 0.6  # of the letters in capitals: all of it is shouted
_ENOUGH_LETTERS = 20
_ANGRY, _FURIOUS, _FRUSTRATED = 3, 4, 2


@dataclass(frozen=True, slots=True)
class Upset:
    """A level (0 to 4), and how sure it is (0 to 1)."""

    level: int
    score: float


@cache
def _lexicon() -> Lexicon:
    return lexicon(cues("upset"))


def upset(text: str, sentences: Sequence[Sentence], acts: Sequence[Act]) -> Upset:
    """Return how upset the writer of `text` is; `acts` are those read in it."""
    heat = [0, 0, 0, 0, 0]
    soft = 0
    for sentence in sentences:
        seen: set[int] = set()
        for hit in find(_lexicon(), sentence):
            if hit.cue.tag == "soften":
                soft += 1
            elif hit.first not in seen:
                seen.add(hit.first)
                heat[int(hit.cue.kind)] += 1
    text = text[:LIMIT]
    heat[_ANGRY] += len(_CROSS_FACES.findall(text))
    heat[1] += len(_SAD_FACES.findall(text))
    level = _from_words(heat)
    level = _from_acts(level, acts, heat)
    level = _from_shouting(level, text, acts)
    level = _cooled(level, soft, acts, heat)
    return Upset(level, _sureness(level, heat))


def _from_words(heat: Sequence[int]) -> int:
    if heat[4]:
        return 4
    if heat[3]:
        return 4 if heat[3] >= 5 else 3
    if heat[2]:
        return 3 if heat[2] >= 4 else 2
    return 1 if heat[1] else 0


def _from_acts(level: int, acts: Sequence[Act], heat: Sequence[int]) -> int:
    threats = {act.kind for act in acts if act.act is ActKind.THREAT}
    kinds = {act.act for act in acts}
    if ActKind.ABUSE in kinds:
        return 4
    if threats & {"leave", "public"}:
        level = max(level, _ANGRY)
    elif threats:
        level = max(level, _ANGRY if heat[2] or heat[3] else _FRUSTRATED)
    if len(threats) > 1 and heat[3] > 1:
        level = 4
    asked = {act.kind for act in acts if act.act is ActKind.BID}
    if "apology" in asked:
        level = max(level, _FRUSTRATED)
    if sum(act.act is ActKind.PROBLEM for act in acts) > 2:
        level = max(level, 1)
    if ActKind.PROBLEM in kinds and asked & {"compensation", "explanation"}:
        level = max(level, 1)
    if ActKind.REPEAT in kinds or ActKind.REJECT in kinds:
        level = max(level, _FRUSTRATED)
    return level


def _from_shouting(level: int, text: str, acts: Sequence[Act]) -> int:
    """Raise the level for capitals and exclamation marks, where there is something to be angry about."""
    angry = level >= _ANGRY
    grieved = level > 0 or any(act.act in {ActKind.PROBLEM, ActKind.REJECT} for act in acts)
    if not grieved:
        return level
    caps = [word for word in _CAPS.findall(text) if word not in _ACRONYMS and not _MASK.fullmatch(word)]
    letters = [char for char in text if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    shouted = len(letters) >= _ENOUGH_LETTERS and upper > _SHARE_SHOUTED * len(letters)
    long_caps = sum(len(word) >= _LONG_CAPS for word in caps)
    marks = _SHOUTED.search(text) is not None
    if shouted or long_caps >= _MORE_THAN_A_NAME:
        level = max(level, _ANGRY if level >= _FRUSTRATED or marks else _FRUSTRATED)
    if level < _ANGRY and (marks or (long_caps and level >= 1)):
        level += 1
    if level == _ANGRY and marks and angry and long_caps >= _MORE_THAN_A_NAME:
        level = _FURIOUS
    return level


def _cooled(level: int, soft: int, acts: Sequence[Act], heat: Sequence[int]) -> int:
    kinds = {act.act for act in acts}
    if kinds & {ActKind.ACCEPT, ActKind.THANKS} and not kinds & {ActKind.THREAT, ActKind.ABUSE, ActKind.REJECT}:
        if heat[3] or heat[4] or (heat[2] and ActKind.ACCEPT not in kinds):
            return level
        return min(level, 1) if ActKind.PROBLEM in kinds or heat[2] else 0
    if soft and 0 < level <= _FRUSTRATED and not kinds & {ActKind.THREAT, ActKind.ABUSE}:
        return level - 1
    return level


def _sureness(level: int, heat: Sequence[int]) -> float:
    if level == 0:
        return 0.7 if not any(heat) else 0.5
    return min(0.95, 0.55 + 0.1 * (heat[level] + (sum(heat[level + 1 :]) == 0)))
