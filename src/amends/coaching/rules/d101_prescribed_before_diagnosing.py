"""D101."""

from collections.abc import Iterator

from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.method.words import Gate
from amends.reading import Act, ActKind

_ASKED = (ActKind.DIAGNOSE, ActKind.VERIFY, ActKind.READBACK)
_TOLD_ENOUGH, _FOR_ADVICE = 12, 40  # words about what went wrong: then little is left open, for a remedy and for advice


class PrescribedBeforeDiagnosing(Rule):
    """A remedy or an instruction comes before anybody asked what happened.

    **Why it costs you** A remedy for the wrong illness is a second failure, and the second failure is the one that
    they leave for. Who is asked first feels heard, and is often content with less.

    **Don't** "Please restart the machine." as the first answer to "It stopped working again."

    **Do** "When did it stop, and what did the display show? … So it went off in the middle of a brew, is that
    right?"

    What they expected and what they got instead, told in plain words, is basis enough: then nothing has to be
    asked.

    *Method: M2, diagnose before you prescribe.*
    """

    code = "D101"
    name = "prescribed-before-diagnosing"
    gate = Gate.DIAGNOSE_BEFORE_PRESCRIBING
    better = "What exactly happened, and when did it start?"
    severity = Severity.ERROR

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield the first remedy that was prescribed in the dark."""
        for turn in seen.ours:
            act = _prescription(turn)
            if act is None:
                continue
            asked = turn.before.asked is not None or turn.before.read_back is not None
            if turn.refused_by(Gate.DIAGNOSE_BEFORE_PRESCRIBING) and not asked and not _told(seen, turn, act):
                yield self.at(turn, "Nobody has asked yet what exactly happened, and their words leave it open.", act)
            return


def _prescription(turn: Turn) -> Act | None:
    """Return the first remedy of a message, if nothing is asked or read back before it."""
    offers = turn.reading.of(ActKind.OFFER)
    if not offers or any(act.start < offers[0].start for act in turn.reading.of(*_ASKED)):
        return None
    return offers[0]


def _told(seen: Replay, turn: Turn, act: Act) -> bool:
    """Say whether the customer has told at length what went wrong; advice needs to know more than a remedy does."""
    words = 0
    for one in seen.theirs:
        if one.place < turn.place:
            told = [one.message.text[act.start : act.end] for act in one.reading.of(ActKind.PROBLEM)]
            words += sum(len(text.split()) for text in told)
    return words >= (_FOR_ADVICE if act.kind == "instruction" else _TOLD_ENOUGH)
