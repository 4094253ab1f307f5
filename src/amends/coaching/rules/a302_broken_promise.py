"""A302."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from amends.coaching.rules.base import Finding, Rule, Severity
from amends.coaching.turns import Replay, Turn
from amends.method.facts import PromiseBroken, PromiseMade, PromiseRenegotiated
from amends.reading import ActKind

_SOON = timedelta(days=7)
_NOTHING = re.compile(
    r"\b(?:nobody|no one|nothing|none of (?:you|it|this)|not a (?:word|thing|soul))\b|"
    r"\bno (?:\w+ ){0,2}(?:call|ring|word|news|e-?mails?|mail|sms|text|message|answer|reply|decision|refund|"
    r"money|parcel|"
    r"package|delivery|courier|driver|plumber|engineer|technician|mechanic|fitter|electrician|number|token|"
    r"sign|update)\b|"
    r"\bno mrs? \w+|\b(?:did|has|have|had|was|is|are)(?:n't|n\u2019t| not) (?:yet )?(?:come|came|rung|rang|"
    r"call(?:ed)?|arrived?|"
    r"here|there|show(?:ed|n)?|turn(?:ed)? up|heard|happened|been)\b|\b(?:come|came) and gone\b|"
    r"\b(?:\w+day|yesterday|noon|the deadline) is over\b|\bstill (?:no|not|nothing|waiting|haven't)\b|"
    r"\bwhere(?:'s| is| are)\b|"
    r"\bmore than an? (?:hour|day|week)\b|\banybody there\b|\byour (?:e-?mail|message|letter) said\b",
    re.IGNORECASE,
)


class BrokenPromise(Rule):
    """The time of a promise passed, nothing came, and nobody had said a word.

    **Why it costs you** It turns a fault of things into a fault of people. A promise that is moved in time costs
    almost nothing; one that is broken in silence costs the customer.

    **Don't** Promise Friday and write on Tuesday.

    **Do** "I promised you an answer by Friday, and I will not have it. You get it on Monday by noon; this is why:
    …" (on Thursday)

    *Method: M8, keep every promise.*
    """

    code = "A302"
    name = "broken-promise"
    severity = Severity.ERROR

    def check(self, seen: Replay) -> Iterator[Finding]:
        """Yield each message that made a promise which did not come, as the first word after its time tells."""
        found = broken(seen)
        for place in sorted({turn.place for turn, _promise in found}):
            what = next(promise.what for turn, promise in found if turn.place == place)
            why = "What was promised for this time did not come, and nobody had said so before."
            yield self._finding(place, what.start, what.end, why)


def broken(seen: Replay) -> list[tuple[Turn, PromiseMade]]:
    """Return the promises that were broken, with the messages that made them."""
    calls = chain(seen.called, *(turn.called for turn in seen.turns))
    called = {fact.promise for fact in calls if isinstance(fact, PromiseBroken)}
    moved = {fact.promise for turn in seen.turns for fact in turn.facts if isinstance(fact, PromiseRenegotiated)}
    made = [(turn, fact) for turn in seen.ours for fact in turn.facts if isinstance(fact, PromiseMade)]
    told = set[int]()  # places of the complaints that a promise answers for
    found = list[tuple[Turn, PromiseMade]]()
    for turn, promise in made:
        after = _first_word_after(seen, promise)
        if promise.promise in called and _missed(seen, after):
            found.append((turn, promise))
            told.add(-1 if after is None else after.place)
    for turn, promise in reversed(made):  # what seemed kept, when they tell that nothing came
        after = _first_word_after(seen, promise)
        new = promise.promise not in called | moved and after is not None and after.place not in told
        if after is not None and new and after.at - promise.due < _SOON and _nothing_came(after):
            found.append((turn, promise))
            told.add(after.place)
    return found


def _first_word_after(seen: Replay, promise: PromiseMade) -> Turn | None:
    return next((turn for turn in seen.turns if turn.at > promise.due), None)


def _missed(seen: Replay, after: Turn | None) -> bool:
    """Say whether the first word after its time tells that nothing had come: in silence things often come after all."""
    if after is None:
        return bool(seen.turns) and seen.turns[-1].theirs and (seen.turns[-1].reading.upset or 0) > 0
    return _nothing_came(after) or (after.ours and after.does(ActKind.APOLOGISE))


def _nothing_came(turn: Turn) -> bool:
    return turn.theirs and _NOTHING.search(turn.message.text) is not None
