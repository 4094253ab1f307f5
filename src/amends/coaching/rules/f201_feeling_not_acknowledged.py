"""F201."""

import re
from collections.abc import Iterator

from amends.coaching.letters import after_greeting
from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.coaching.wordings import wordings
from amends.method.state import UPSET
from amends.method.words import Gate
from amends.reading import ActKind

_FEELING = (
    r"angry|annoyed|frustrated|furious|upset|cross|livid|fed up|beside myself|disappointed|worried|exhausted|"
    r"hurt|let down"
)
_NAMED = re.compile(
    rf"\bi(?:'d| would) (?:also |too )?(?:be|feel|have been|have felt) (?:\w+ ){{0,3}}(?:{_FEELING})\b|"
    rf"\byou (?:must be|are|were|must have been|must feel) (?:\w+ ){{0,3}}(?:{_FEELING})\b|"
    r"\b(?:that|this|it|which)(?:'s| is| was| must be| must have been| sounds)(?: \w+){0,3} (?:let-?down|"
    r"frustrating|annoying|"
    r"maddening|awful|horrible|horrid|tiring|miserable|rotten|infuriating|stressful|upsetting|exhausting|"
    r"distressing|rough|"
    r"disappointing|nightmare|the last thing you)\b|"
    r"\bevery (?:right|reason) to (?:be|feel)\b|\bno wonder (?:you|that you)\b",
    re.IGNORECASE,
)


class FeelingNotAcknowledged(Rule):
    """Somebody is upset, and the first person who answers does not name it.

    **Why it costs you** Until the feeling has been heard, nothing else is: they read your solution through their
    anger. One sentence that names it is the cheapest and quickest step of all. An apology alone is not it.

    **Don't** "Sorry for the inconvenience. Please send us your order number."

    **Do** "You took a day off for this, and nobody came: I understand how angry you must be."

    *Method: M1, hear and acknowledge.*
    """

    code = "F201"
    name = "feeling-not-acknowledged"
    gate = Gate.ACKNOWLEDGE_FIRST
    severity = Severity.ERROR

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the first answer to an upset customer, if it leaves the feeling unnamed."""
        upset = next((turn for turn in seen.theirs if (turn.reading.upset or 0) >= UPSET), None)
        if upset is None or _heard_before(seen, upset):
            return
        first = next((turn for turn in seen.ours if turn.place > upset.place), None)
        if first is not None and not _names_it(first):
            yield self.at(first, "They are upset, and this answer does not name it.")

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return a sentence that names what they feel, in the words that fit this case."""
        greeted = after_greeting(seen.turns[-1].message.text) > 0
        text = wordings(seen.turns[-1].before, seen.known)[0].text
        return text[after_greeting(text) :].strip() if greeted else text

    def place(self, seen: Replay) -> int:
        """Return the place behind the greeting: the feeling comes first."""
        return after_greeting(seen.turns[-1].message.text)


def _names_it(turn: Turn) -> bool:
    return turn.does(ActKind.ACKNOWLEDGE) or _NAMED.search(turn.message.text) is not None


def _heard_before(seen: Replay, upset: Turn) -> bool:
    return any(_names_it(turn) for turn in seen.ours if turn.place < upset.place)
