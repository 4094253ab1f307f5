"""What acts carry beside their words: an amount, the remedy of an offer, when a promise is due, years of loyalty.

The network says which words carry an act; these small grammars read the rest from the sentences around them, and
whether a problem is told plainly.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from amends.reading.cuefiles import cues
from amends.reading.dues import find_due
from amends.reading.learned import Found
from amends.reading.model import Act, ActKind, overlap
from amends.reading.money import FIGURE, amounts
from amends.reading.phrases import Hit, Lexicon, find, lexicon, may_hold
from amends.reading.remedies import WITH_AMOUNT, amount_of, said_paid
from amends.reading.sentences import Sentence
from amends.reading.tenure import years
from amends.reading.told import Told
from amends.transcript import Money

_WILL = re.compile(r" (?:will|shall|going to|promise|am|are) ")
_DONE = re.compile(r"\b(?:was|were|has|have|had|ended|gone|went|been)\b")
_UNDER_WAY = re.compile(r"\b(?:am|are|is|i'm|we're|'s) (?!going to)\w+ing\b(?!.*\b(?:will|shall|going to)\b)")
_TO_COME = re.compile(r"\b(?:will|shall|going to|promise|can|get|gets|tomorrow|by|within|until|am|are)\b|'ll\b")
_IF_THEY_AGREE = re.compile(
    r"\bif (?:you(?:'d| would)? (?:agree|like|prefer|want|wish|accept|are (?:happy|ok))|"
    r"that (?:suits|works|is (?:ok|fine)))"
)
_DO_THEY_AGREE = re.compile(
    r"\b(?:would|does|is|will) (?:that|this|it) (?:be|work|suit|help|sound|ok|okay|all right|alright|fair|right|"
    r"acceptable|settle|do)\b|\bhow (?:does|would) (?:that|this) (?:sound|be|suit)\b|"
    r"\bwould you (?:agree|accept|like that)\b"
)
_A_QUESTION_ON = 60  # characters behind a proposal within which it is asked whether they agree
_LEADING_DUE = 9  # words of "By Friday at the latest," before the promise
CONFIRM = re.compile(
    r"\b(?:is (?:that|this|it)|(?:have|did) (?:i|we) (?:got?|get|understood?) (?:that|this|it|you)|am i)"
    r" (?:right|correct|correctly)\s*\?"
)


def with_details(found: Found, message: Told) -> Iterator[Act]:
    """Yield the act that was found, with what it carries; an offer of two remedies is two."""
    act = Act(act=ActKind(found.act), start=found.start, end=found.end, kind=found.kind, score=found.score)
    match act.act:
        case ActKind.PROBLEM:
            yield _problem(act, message)
        case ActKind.READBACK if CONFIRM.fullmatch(message.flat[act.start : act.end] + "?"):
            return  # "Is that right?" asks about the read-back, and is none
        case ActKind.OFFER:
            yield from _offers(act, message)
        case ActKind.BID:
            yield replace(act, amount=_asked(act, message)) if act.kind in WITH_AMOUNT else act
        case ActKind.PROMISE:
            yield from _promises(act, message)
            yield from _offers(
                replace(act, act=ActKind.OFFER), message, instructs=False
            )  # what is promised is offered, too
        case ActKind.LOYALTY:
            yield replace(act, tenure_years=_years(act, message))
        case _:
            yield act


@cache
def _plain() -> Lexicon:
    return lexicon(cues("problems"))


@cache
def remedies() -> Lexicon:
    """Return the turns of phrase that offer a remedy."""
    return lexicon(cues("remedies"))


def _offers(act: Act, message: Told, *, instructs: bool = True) -> Iterator[Act]:
    """Yield an offer for each remedy that its words name, or an instruction if they name none and it `instructs`."""
    begin, end = message.around(act.start, act.end)
    named = _named(act, message, begin, end) if may_hold(remedies(), message.flat[begin:end]) else {}
    if "refund" in named and not FIGURE.search(message.flat, begin, end):  # "You paid €40. We can give that back."
        begin = message.sentence_before(begin)
        named = _named(act, message, begin, end)
    if not named and instructs and not _DO_THEY_AGREE.match(message.flat, act.start):
        yield replace(act, kind="instruction")
    for kind, (hit, hits) in named.items():
        start, stop = (act.start, act.end) if len(named) == 1 else hit.span
        amount = amount_of(hit, hits, message.flat, message.currency)
        yield replace(act, kind=kind, start=start, end=stop, amount=amount)


def _named(act: Act, message: Told, begin: int, end: int) -> dict[str, tuple[Hit, list[Hit]]]:
    """Return by kind the remedies that the words of an offer name, each with all that its sentence names."""
    named: dict[str, tuple[Hit, list[Hit]]] = {}
    for sentence in message.sentences(begin, end):
        if overlap(sentence, act):
            hits = find(remedies(), sentence)
            for hit in hits:
                if overlap(hit, act):
                    named.setdefault(hit.cue.kind, (hit, hits))
    return named


def _asked(act: Act, message: Told) -> Money | None:
    """Return the amount that a bid names: in its own words, or said to have been paid beside or just before them."""
    begin, end = message.around(act.start, act.end)
    before = message.sentence_before(begin) if act.kind == "refund" else begin
    if not FIGURE.search(message.flat, before, end):
        return None
    own = amounts(message.flat, act.start, act.end, message.currency)
    if own or act.kind != "refund":
        return own[0][1] if own else None
    near = begin if amounts(message.flat, begin, end, message.currency) else before
    return said_paid(message.flat, near, end, message.currency)


def _problem(act: Act, message: Told) -> Act:
    """Return the problem, as plain if the sentences that it touches tell what was expected and what came instead."""
    begin, end = message.around(act.start, act.end)
    if not may_hold(_plain(), message.flat[begin:end]):
        return act
    for sentence in message.sentences(begin, end):
        for hit in find(_plain(), sentence):
            return replace(act, plain=True, start=min(act.start, hit.start), end=max(act.end, hit.end))
    return act


def _promises(act: Act, message: Told) -> Iterator[Act]:
    """Yield a promise for each clause with a "will" of its own, due when it says or a short one before it does.

    What is to be done if they agree is not promised yet; what has been done or is being done is no promise any more.
    """
    first, last = message.around(act.start, act.end)
    told = message.flat[first:last]
    asked = _DO_THEY_AGREE.search(message.flat, last, last + _A_QUESTION_ON)
    if asked or _IF_THEY_AGREE.search(told) or (_DONE.search(told) and not _TO_COME.search(told)):
        return
    for sentence in message.sentences(first, last):
        touched = _touched(sentence, act)
        if touched is not None:
            for begin, finish in _commitments(sentence, *sentence.clause(*touched)):
                made = _dated(act, message, *sentence.span(begin, finish), _lead(sentence, begin))
                if made.due is not None or not _UNDER_WAY.search(message.flat, made.start, made.end):
                    yield made


def _commitments(sentence: Sentence, begin: int, finish: int) -> Iterator[tuple[int, int]]:
    """Yield words `begin` to `finish` (exclusive) in one piece, or cut before each clause that commits us anew."""
    for cut in (cut for cut in sentence.cuts if begin < cut < finish):
        if _WILL.search(sentence.part(begin, cut)) and _WILL.search(sentence.part(cut, finish)):
            yield begin, cut
            begin = cut
    yield begin, finish


def _lead(sentence: Sentence, begin: int) -> int | None:
    """Return where a short clause before word `begin` starts: "By Friday at noon, we will …"."""
    if begin == 0:
        return None
    first, last = sentence.clause(begin - 1, begin - 1)
    return sentence.span(first, last)[0] if last - first <= _LEADING_DUE else None


def _dated(act: Act, message: Told, start: int, end: int, lead: int | None) -> Act:
    when = find_due(message.flat, start, end)
    if when is None and lead is not None:
        when = find_due(message.flat, lead, start)
        start = lead if when is not None else start
    due = when.due if when is not None else None
    return replace(act, start=start, end=end, kind="dated" if due is not None else "undated", due=due)


def _touched(sentence: Sentence, act: Act) -> tuple[int, int] | None:
    """Return the first and the last word of a sentence that an act touches, or None."""
    words = [at for at, (_, begin, stop) in enumerate(sentence.tokens) if begin < act.end and act.start < stop]
    return (words[0], words[-1]) if words else None


def _years(act: Act, message: Told) -> float | None:
    found = years(message.flat, act.start, act.end, message.year)
    return found if found is not None else years(message.flat, *message.around(act.start, act.end), message.year)
