"""F206."""

import re
from collections.abc import Iterator

from amends.coaching.letters import own_matches
from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn

_HEATED = re.compile(
    r"\b(?:as|like) (?:i|we)(?:'ve| have)? (?:already )?(?:said|told|explained|wrote|written|mentioned)\b|"
    r"\bfor the (?:last|umpteenth|hundredth) time\b|"
    r"\b(?:read|re-?read) (?:my|our) (?:last |previous )?(?:e-?mail|message|reply|answer)s?\b|"
    r"\bwhat (?:else )?do you (?:expect|want) (?:me|us) to\b|"
    r"\b(?:that|this|it) is (?:simply |just )?not (?:my|our) problem\b|"
    r"\b(?:ridiculous|nonsense|rubbish|absurd|unbelievable|laughable|childish|your attitude|your tone|"
    r"stop (?:shouting|complaining|whining|threatening))\b|"
    r"\bi(?:'m| am) (?:not going to|done) (?:argue|arguing|discuss|discussing)\b|"
    r"\b(?:how dare you|(?:do|did|can) you even (?:read|listen|know|try)|(?:sick|"
    r"tired) (?:and tired )?of (?:your?|this|these)|"
    r"grow up|whatever you say|good luck with that)\b",
    re.IGNORECASE,
)
_LOUD = re.compile(
    r"\?!|!\?|!{3,}|(?<=[a-z]) (?:ALREADY|TWICE|NEVER|NOT|VERY|YOUR|AGAIN|ALWAYS) |"
    r"\b(?:[A-Z]{3,}[ ,]+){2,}[A-Z]{3,}\b"
)


class HeatedDraft(DraftRule):
    """Count to ten: this was written in anger.

    **Why it costs you** They see the tone before the words, and keep the mail. A sentence that feels good for a minute
    is read out to others for years.

    **Don't** "As I have ALREADY told you twice!!"

    **Do** Leave it for ten minutes, or let a colleague read it. Then say once, kindly, what you can do.

    *Method: M16, count to ten before yelling at the messenger.*
    """

    code = "F206"
    name = "heated-draft"
    severity = Severity.ERROR

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield the first words that sound like anger."""
        text = draft.message.text
        match = next(own_matches(_HEATED, text), None) or next(own_matches(_LOUD, text), None)
        if match is not None:
            yield self.words(draft, match, "This sounds angry. Count to ten, and say it once more without the heat.")
