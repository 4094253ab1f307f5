"""What a customer's message does: the acts of `docs/reading.md` that are a customer's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from amends.reading.company import proposes
from amends.reading.cuefiles import cues
from amends.reading.hits import act_of, overlaps, settle
from amends.reading.model import Act, ActKind, Answer, Context
from amends.reading.phrases import Hit, Lexicon, find, lexicon
from amends.reading.remedies import amount_of
from amends.reading.sentences import Sentence, split
from amends.reading.tenure import years
from amends.transcript import Role

_HOW_TO = frozenset("how what which does do is are can".split())
_OWN = frozenset(["my", "our", "me", "i", "we", "us"])
_OPENERS = frozenset(
    "no yes okay fine sure great perfect thanks thank deal agreed that sounds go do i sorry not".split()
)
_SHORT = 14  # words of a sentence that may be all there is to a yes
_GRIEVANCES = frozenset([ActKind.PROBLEM, ActKind.BID, ActKind.THREAT, ActKind.ABUSE, ActKind.REJECT])
_VERDICTS = frozenset([ActKind.ACCEPT, ActKind.REJECT])
_ASSENTS = frozenset("sure okay fine perfect great agreed alright deal brilliant lovely excellent wonderful".split())
_ANSWERS = frozenset(["accept", "accept_fix", "reject", "reject_fix"])
_TIES = re.compile(r"\b(?:account|subscription|contract|membership|policy|plan|service)s?\b")
_COURTESY = frozenset("time attention cooperation looking".split())
_LAST = 3  # sentences at the end of a message, a name and a signature among them
_BARE_THANKS = 4  # words of "Thanks again!"
_BRIEF = 8  # words of "It's working again now, cheers!"
_SIGN_OFF = 6  # words of a closing "many thanks, Jo"
_PREVIOUS = 4_000  # characters of the message before that are looked at


@cache
def _lexicon() -> Lexicon:
    return lexicon(cues("customer") + cues("demands"))


def acts_of(
    flat: str, sentences: Sequence[Sentence], context: Context, *, reply: Answer | None, year: int | None
) -> tuple[list[Act], tuple[int, int] | None]:
    """Return the acts in the order of the text, and the words that leave the remedy to the company, if any.

    `reply` is the yes or no with which the message begins; `year` the year it was written in.
    """
    found: list[Act] = []
    left: tuple[int, int] | None = None
    thanks: list[tuple[int, Act]] = []
    fixes: list[Act] = []
    hits = [(number, hit) for number, sentence in enumerate(sentences) for hit in find(_lexicon(), sentence)]
    offered = _offered(context)
    for number, hit in hits:
        if _is_told_better(hit, hits):
            continue
        if hit.cue.tag == "left":
            left = left or hit.span
        elif hit.cue.tag == "plain":
            found.append(replace(act_of(hit, ActKind.PROBLEM), plain=True))
        else:
            act = _act(hit, [other for _, other in hits], flat, context, offered=offered, year=year)
            if act is None:
                continue
            if act.act is ActKind.THANKS:
                thanks.append((number, act))
            elif hit.cue.tag == "accept_fix":
                fixes.append(act)
            else:
                found.append(act)
    if offered:
        found += _taken(found, sentences, reply)
    if not any(act.act in {ActKind.PROBLEM, ActKind.REJECT} for act in found):
        found += fixes  # "it came" accepts nothing where it came broken
    found = _consistent(settle(found), flat)
    aggrieved = any(act.act in _GRIEVANCES for act in found)
    taken = any(act.act is ActKind.ACCEPT for act in found)
    found += [
        act
        for number, act in thanks
        if not _is_sign_off(sentences, number, aggrieved=aggrieved, taken=taken)
        and not any(a.act is ActKind.ABUSE for a in found)
    ]
    return settle(found), left


def _act(hit: Hit, hits: Sequence[Hit], flat: str, context: Context, *, offered: bool, year: int | None) -> Act | None:
    if hit.cue.tag in _ANSWERS:
        kind = _answer_act(hit, context, offered=offered)
        if kind is None or (kind is ActKind.ACCEPT and _is_taken_back(hit)):
            return None
        return act_of(hit, kind)
    act = act_of(hit, ActKind(hit.cue.tag))
    match act.act:
        case ActKind.PROBLEM:
            return None if _is_how_to(hit.sentence) else act
        case ActKind.BID:
            return replace(act, amount=amount_of(hit, hits, flat, context.currency))
        case ActKind.LOYALTY:
            return replace(act, tenure_years=years(flat, act.start, act.end, year))
        case ActKind.THANKS:
            return None if _trails(hit) or _is_taken_back(hit) else act
        case _:
            return act


def _is_taken_back(hit: Hit) -> bool:
    """Say whether a "but" comes next: "I appreciate the offer, but …"."""
    return hit.sentence.words()[hit.finish : hit.finish + 1] in (["but"], ["however"], ["yet"])


def _trails(hit: Hit) -> bool:
    """Say whether a thank-you only hangs on at the end of a long sentence."""
    words = len(hit.sentence.places)
    return words > _SHORT - _BARE_THANKS and hit.first > 1 and hit.first >= words - _BARE_THANKS


def _is_told_better(hit: Hit, hits: Sequence[tuple[int, Hit]]) -> bool:
    """Say whether an unnamed deed that is asked for is the verb of a remedy with a name ("send me a new one")."""
    return (hit.cue.tag, hit.cue.kind) == (ActKind.BID, "action") and any(
        other.cue.tag == ActKind.BID
        and other.cue.kind != "action"
        and other.sentence is hit.sentence
        and other.first <= hit.last <= other.last
        for _, other in hits
    )


def _is_how_to(sentence: Sentence) -> bool:
    words = sentence.words()
    return sentence.question and words[0] in _HOW_TO and _OWN.isdisjoint(words)


def _answer_act(hit: Hit, context: Context, *, offered: bool) -> ActKind | None:
    """Return what the words do to an offer, where there was one, or where a short reply sounds like one."""
    if context.previous_role is Role.CUSTOMER:
        return None
    short = hit.sentence.words()[0] in _OPENERS and len(hit.sentence.places) <= _SHORT
    match hit.cue.tag:
        case "accept":
            return ActKind.ACCEPT if offered or short else None
        case "accept_fix":
            brief = len(hit.sentence.places) <= _BRIEF
            return ActKind.ACCEPT if short or brief or context.previous_role is Role.AGENT else None
        case "reject":
            return ActKind.REJECT if offered or short else None
        case _:
            return ActKind.REJECT if offered else None


def _offered(context: Context) -> bool:
    """Say whether the message before, from the company, proposed or reported a remedy."""
    return context.previous_role is Role.AGENT and proposes(split(context.previous[:_PREVIOUS]))


def _taken(acts: Sequence[Act], sentences: Sequence[Sentence], reply: Answer | None) -> list[Act]:
    """Return what a yes, a no or a "sure" at the beginning does to an offer, unless its sentence says more of it."""
    if not sentences:
        return []
    first = sentences[0]
    own = first if reply is None else next(one for one in sentences if one.start <= reply.start < one.end)
    if any(act.act in _VERDICTS and own.start <= act.start < own.end for act in acts):
        return []
    if reply is not None:
        kind = ActKind.ACCEPT if reply.yes else ActKind.REJECT
        return [Act(act=kind, start=reply.start, end=reply.end, score=0.8)]
    words = first.words()
    if words[0] in _ASSENTS and "but" not in words and not first.question:
        start, end = first.span(*first.clause(0, 0))
        return [Act(act=ActKind.ACCEPT, start=start, end=end, score=0.7)]
    return []


def _consistent(acts: list[Act], flat: str) -> list[Act]:
    """Leave out what stands against something surer: an acceptance where the same words refuse or tell of a fault."""
    rejects = [act for act in acts if act.act is ActKind.REJECT]
    surer = [act for act in acts if act.plain or act.act is ActKind.ABUSE]
    angry = any(act.act in {ActKind.PROBLEM, ActKind.REPEAT} for act in acts)
    kept: list[Act] = []
    for act in acts:
        if act.act is ActKind.ACCEPT and any(overlaps(act, other) for other in rejects):
            continue
        if act.act is ActKind.PROBLEM and not act.plain and any(overlaps(act, other) for other in surer):
            continue
        kept.append(act)
        if act.act is ActKind.BID and act.kind == "cancellation" and angry and _TIES.search(flat, act.start, act.end):
            kept.append(replace(act, act=ActKind.THREAT, kind="leave", score=0.7))
    return kept


def _is_sign_off(sentences: Sequence[Sentence], number: int, *, aggrieved: bool, taken: bool) -> bool:
    """Say whether a thank-you is only the polite end of a complaint or a request."""
    if taken:
        return False
    words = sentences[number].words()
    if aggrieved and ("advance" in words or not _COURTESY.isdisjoint(words)):
        return True
    last = number >= len(sentences) - _LAST
    return last and number > 0 and len(words) <= (_SIGN_OFF if aggrieved else _BARE_THANKS)
