"""F210."""

import re
from collections.abc import Iterator

from amends.coaching.letters import own_matches
from amends.coaching.rules.base import DraftRule, Finding, Severity
from amends.coaching.turns import Replay, Turn

_PLAINLY = {
    "as per": "following",
    "per our policy": "",
    "our policy": "",
    "company policy": "",
    "policy states": "",
    "terms and conditions": "",
    "valued customer": "",
    "please be advised that": "",
    "please note that": "",
    "any inconvenience": "the trouble",
    "the inconvenience": "the trouble",
    "this inconvenience": "this trouble",
    "inconvenience caused": "trouble we made",
    "at your earliest convenience": "whenever it suits you",
    "kindly": "please",
    "do the needful": "see to it",
    "revert back": "answer",
    "escalate": "take",
    "escalated": "taken",
    "your ticket": "your case",
    "this ticket": "this case",
    "the ticket": "the case",
    "a ticket": "a case",
    "ticket number": "case number",
    "support ticket": "case",
    "competent department": "colleagues",
    "relevant department": "colleagues",
    "responsible department": "colleagues",
    "concerned team": "colleagues",
    "going forward": "from now on",
    "prior to": "before",
    "in regards to": "about",
    "with regards to": "about",
    "regarding the above": "about this",
    "aforementioned": "",
    "utilise": "use",
    "utilize": "use",
    "expedite": "hurry",
    "remediate": "mend",
    "sla": "",
    "rma": "return",
    "kyc": "",
    "tier 2": "a specialist",
    "second level": "a specialist",
    "back office": "colleagues",
    "backend team": "colleagues",
}
_JARGON = re.compile(
    r"\b(?:" + "|".join(re.escape(words) for words in sorted(_PLAINLY, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_MOST = 3


class Jargon(DraftRule):
    """The words of an office, where a person is waiting for a person.

    **Why it costs you** Policies, tickets and inconveniences are your side of the counter. They hear that a process
    answers them.

    **Don't** "As per our policy your ticket has been escalated. We apologise for any inconvenience."

    **Do** "I have asked Marta, who knows these machines best. She looks at yours this afternoon."

    *Method: M5, the customer is a person; M14, communication skills.*
    """

    code = "F210"
    name = "jargon"
    severity = Severity.NOTE

    def look(self, seen: Replay, draft: Turn) -> Iterator[Finding]:
        """Yield the first words of the office."""
        for number, match in enumerate(own_matches(_JARGON, draft.message.text)):
            if number == _MOST:
                return
            yield self.words(draft, match, "These are words of the office. How would you say it across a table?")

    def wording(self, seen: Replay, finding: Finding) -> str:
        """Return a plain word, where there is one."""
        words = seen.turns[-1].message.text[finding.start : finding.end]
        plain = _PLAINLY[words.lower()]
        return plain.capitalize() if words[0].isupper() and not words.isupper() else plain
