"""D105."""

import re
from collections.abc import Iterator, Sequence

from amends.coaching.known import quoted
from amends.coaching.rules.base import DraftRule, Finding
from amends.coaching.turns import Replay, Turn
from amends.method.state import UPSET
from amends.reading import Act, ActKind

_QUESTION = re.compile(r"[^.!?\n]{8,300}\?")
_WORD = re.compile(r"[^\W_]{3,}")
_SMALL = frozenset(
    "all and any are ask but can day did for get got had has her him his how its let may not now off one our out own "
    "put say see she the too two was way who why yes yet you back please upset angry furious "
    "about after again also another anybody anyone because been before being could does doing done even ever every "
    "from going have having hear here just like long made make many more much need never only other please really said "
    "same should some soon still such tell than that their them then there these they thing think this those told "
    "until very want well were what when where which while will with would wrong your yours yourself".split()
)
_STEM = 5  # letters by which two words are the same: deliver, delivery, delivered
_WHEN = re.compile(r"\b(?:when|how long|how soon|what time|which day|by what date)\b", re.IGNORECASE)
_WHY = re.compile(r"\b(?:why|how come|how (?:can|could) (?:this|that|it|you))\b", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\b(?:because|since|reason|due to|caused?|happened|as the|turned out|mistake|error|fault|forgot)\b", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}[:.]\d\d|\d+(?:st|nd|rd|th)|"
    r"(?:\d+|one|two|three|four|five|six|seven|ten) (?:minute|hour|day|week|month)s?|week|noon|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:are you (?:serious|kidding|joking)|is (?:this|that) (?:a joke|how you|what you|normal)|who do you think|"
    r"what kind of|do you (?:even|really|think|know how)|how hard (?:can|is)|really|seriously|what (?:the|is wrong)|"
    r"how dare|isn't it|right|ok)\b[^?]*\?$",
    re.IGNORECASE,
)


class QuestionUnanswered(DraftRule):
    """They asked, and the draft does not say a word about it.

    **Why it costs you** A question that is passed over is asked again, louder. Even "I do not know yet, I will ask" is
    an answer.

    **Don't** Answer what is easy, and leave out what they wanted to know.

    **Do** Take their questions one by one, in their words.

    *Method: M2, hear them; M9, keep them posted.*
    """

    code = "D105"
    name = "question-unanswered"

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield one finding for the first question of an upset customer's last message that the draft leaves out."""
        question = _left_out(seen, draft)
        if question:
            why = f"They asked {_quotation(question)} Nothing here answers it."
            yield self._finding(draft.place, 0, 0, why)

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return a beginning that takes their question up."""
        question = _quotation(_left_out(seen, seen.turns[-1]))
        return f"You asked {question} I will find out, and write to you by tomorrow 17:00."


def _left_out(seen: Replay, draft: Turn) -> str:
    return next((asked for asked, wish in _asked(seen, draft) if not _answered(asked, draft, wish=wish)), "")


def _quotation(question: str) -> str:
    """Return a question as a quotation, with its mark."""
    return quoted(question).removesuffix("\u201d") + "?\u201d"


def _asked(seen: Replay, draft: Turn) -> Iterator[tuple[str, bool]]:
    """Yield the questions of their last message, each with whether it is a wish."""
    last = next((turn for turn in reversed(seen.theirs) if turn.place < draft.place), None)
    since = [turn for turn in seen.ours if last is not None and last.place < turn.place < draft.place]
    if last is None or since or max((turn.reading.upset or 0 for turn in seen.theirs), default=0) < UPSET:
        return
    angry = last.reading.of(ActKind.ABUSE, ActKind.THREAT)
    bids = last.reading.of(ActKind.BID)
    for match in _QUESTION.finditer(last.message.text):
        if _RHETORICAL.search(match.group()) or _touching(angry, match):
            continue
        wished = next(iter(_touching(bids, match)), None)
        yield match.group().strip(), wished is not None and wished.kind != "explanation"


def _touching(acts: Sequence[Act], match: re.Match[str]) -> list[Act]:
    return [act for act in acts if act.start < match.end() and match.start() < act.end]


def _answered(question: str, draft: Turn, *, wish: bool) -> bool:
    text = draft.message.text
    if wish and draft.does(ActKind.OFFER, ActKind.PROMISE, ActKind.DEFLECT, ActKind.INVITE_BID):
        return True
    if _WHEN.search(question) and (_TIME.search(text) or draft.does(ActKind.PROMISE)):
        return True
    if _WHY.search(question) and _BECAUSE.search(text):
        return True
    asked = _stems(question)
    return not asked or not asked.isdisjoint(_stems(text))


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:_STEM] for word in words if word not in _SMALL}
