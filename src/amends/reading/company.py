"""What a company's message does: the acts of `docs/reading.md` that are a handler's."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from amends.reading.cuefiles import cues
from amends.reading.dues import When, find_due
from amends.reading.hits import act_of, overlaps, settle
from amends.reading.model import Act, ActKind, Context
from amends.reading.phrases import Hit, Lexicon, find, lexicon
from amends.reading.remedies import amount_of
from amends.reading.sentences import Sentence

# In a question only the first of these that was found counts where their words overlap.
_ASKING = (
    ActKind.ABOUT_FACE,
    ActKind.INVITE_BID,
    ActKind.READBACK,
    ActKind.FOLLOW_UP,
    ActKind.OFFER,
    ActKind.VERIFY,
    ActKind.DIAGNOSE,
)
# A story read back to the customer does none of these, whatever words it uses.
_NOT_IN_A_READBACK = frozenset([ActKind.UPDATE, ActKind.OFFER, ActKind.PROMISE, ActKind.TRANSFER, ActKind.DIAGNOSE])
_MORE_THAN_A_REFUSAL = frozenset(
    [ActKind.OFFER, ActKind.PROMISE, ActKind.INVITE_BID, ActKind.ABOUT_FACE, ActKind.DIAGNOSE, ActKind.VERIFY]
)
_REMEDY_TOLD = frozenset([ActKind.OFFER, ActKind.UPDATE, ActKind.PROMISE])
_ACTS = frozenset(str(kind) for kind in ActKind)  # the other tags of the cue files are means to an end
_GREETINGS = frozenset("hi hello dear hey good morning afternoon evening".split())
_BARE_THANKS = 6  # words of "Thank you, Maya."
_LEADING_DUE = 9  # words of "By Friday at the latest," before the promise


@cache
def _lexicon() -> Lexicon:
    return lexicon(cues("company") + cues("remedies") + cues("promises"))


def acts_of(flat: str, sentences: Sequence[Sentence], context: Context) -> list[Act]:
    """Return the acts in the order of the text."""
    found: list[Act] = []
    refusals: list[Act] = []
    proposing = False
    for number, sentence in enumerate(sentences):
        hits = find(_lexicon(), sentence)
        tags = {hit.cue.tag for hit in hits}
        own = [act for hit in hits for act in _acts(hit, hits, flat, context)]
        own += _confirmed(sentences, number) if "confirm" in tags else []
        own += _bare_thanks(sentences, number)
        if "choice" in tags:
            own = [act for act in own if act.kind != "undated"]
        found += _sorted_out(own, question=sentence.question, proposing="proposal" in tags)
        found += [_deflect(hit) for hit in hits if hit.cue.tag == "hard_deflect"]
        if "alternative" not in tags:
            refusals += [_deflect(hit) for hit in hits if hit.cue.tag == "soft_deflect"]
        proposing = proposing or "proposal" in tags
    if proposing:
        found = _as_proposals(found)
    if not any(act.act in _MORE_THAN_A_REFUSAL for act in found):
        found += refusals
    return settle(_readbacks_alone(found))


def proposes(sentences: Sequence[Sentence]) -> bool:
    """Say whether a company's message offers, promises or reports something that a customer may take or turn down."""
    return any(
        hit.cue.tag in _REMEDY_TOLD and not (hit.cue.tag != ActKind.OFFER and sentence.question)
        for sentence in sentences
        for hit in find(_lexicon(), sentence)
    )


def _deflect(hit: Hit) -> Act:
    return replace(act_of(hit, ActKind.DEFLECT), kind="")  # the kinds of the cue file are notes to its reader


def _acts(hit: Hit, hits: Sequence[Hit], flat: str, context: Context) -> list[Act]:
    """Return the acts of one hit among all `hits` of its sentence."""
    if hit.cue.tag not in _ACTS:
        return []
    kind = ActKind(hit.cue.tag)
    match kind:
        case ActKind.PROMISE:
            return [] if hit.sentence.question else [_promise(hit, flat)]
        case ActKind.OFFER:
            return [replace(act_of(hit, kind), amount=amount_of(hit, hits, flat, context.currency))]
        case ActKind.READBACK:
            asked = any(other.cue.tag == "confirm" for other in hits)  # then it is the sentence before that was told
            return [] if asked else [_whole_readback(hit)]
        case _:
            return [act_of(hit, kind)]


def _promise(hit: Hit, flat: str) -> Act:
    act = act_of(hit, ActKind.PROMISE)
    when = find_due(flat, act.start, act.end)
    if when is None and hit.begin > 0:
        when = _leading_due(hit, flat)
        if when is not None:
            act = replace(act, start=hit.sentence.span(*hit.sentence.clause(hit.begin - 1, hit.begin - 1))[0])
    return replace(act, kind="undated" if when is None else "dated", due=when.due if when else None)


def _leading_due(hit: Hit, flat: str) -> When | None:
    """Read "By Friday at noon, we will …": a due time in a short clause before the promise."""
    begin, finish = hit.sentence.clause(hit.begin - 1, hit.begin - 1)
    if finish - begin > _LEADING_DUE:
        return None
    return find_due(flat, *hit.sentence.span(begin, finish))


def _whole_readback(hit: Hit) -> Act:
    """Return the read-back to the end of its sentence: what is read back follows the words that announce it."""
    start, end = hit.sentence.span(hit.begin, len(hit.sentence.places))
    return Act(act=ActKind.READBACK, start=start, end=end, score=hit.cue.score)


def _confirmed(sentences: Sequence[Sentence], number: int) -> list[Act]:
    """Read "Is that right?": what the sentence before it told was a read-back."""
    if number == 0 or sentences[number - 1].question:
        return []
    before = sentences[number - 1]
    start, end = before.span(0, len(before.places))
    return [Act(act=ActKind.READBACK, start=start, end=end, score=0.8)]


def _bare_thanks(sentences: Sequence[Sentence], number: int) -> list[Act]:
    """Read "Thank you, Maya." at the head of a message; at its end it is a sign-off."""
    sentence = sentences[number]
    words = sentence.words()
    at = next((i for i, word in enumerate(words) if word in {"thank", "thanks"}), None)
    if at is None or len(words) - at > _BARE_THANKS or not _opens(sentences, number):
        return []
    if at > 0 and words[0] not in _GREETINGS and words[0][0] != "@":
        return []
    begin, finish = sentence.clause(at, len(words) - 1)
    start, end = sentence.span(begin, finish)
    return [Act(act=ActKind.APPRECIATE, start=start, end=end, score=0.8)]


def _opens(sentences: Sequence[Sentence], number: int) -> bool:
    """Say whether a sentence is the first of its message, a salutation left aside."""
    return number == 0 or (number == 1 and len(sentences[0].places) < _BARE_THANKS)


def _sorted_out(acts: list[Act], *, question: bool, proposing: bool) -> list[Act]:
    """Leave out, of acts read in one sentence, those that a surer reading of the same words rules out."""
    kept: list[Act] = []
    for act in acts:
        rank = _ASKING.index(act.act) if act.act in _ASKING else None
        if rank is not None and (question or act.act is ActKind.DIAGNOSE):
            surer = [o for o in acts if o.act in _ASKING[:rank] and overlaps(o, act)]
            both = act.act is ActKind.OFFER and act.kind != "instruction"  # "a refund, or would you prefer a new one?"
            if any(not (both and o.act is ActKind.INVITE_BID) for o in surer):
                continue
        if proposing and act.act is ActKind.DIAGNOSE:
            continue
        if act.act is ActKind.TRANSFER and any(o.act is ActKind.VERIFY and overlaps(o, act) for o in acts):
            continue
        if act.kind == "instruction" and any(
            overlaps(o, act) and (o.act in {ActKind.TRANSFER, ActKind.VERIFY, ActKind.PROMISE} or _is_remedy(o))
            for o in acts
        ):
            continue
        kept.append(act)
    return kept


def _is_remedy(act: Act) -> bool:
    return act.act is ActKind.OFFER and act.kind != "instruction"


def _as_proposals(acts: list[Act]) -> list[Act]:
    """Leave out promises of what is only proposed: they are made when the customer has said yes."""
    offers = [act for act in acts if _is_remedy(act)]
    return [act for act in acts if not (act.act is ActKind.PROMISE and any(overlaps(act, offer) for offer in offers))]


def _readbacks_alone(acts: list[Act]) -> list[Act]:
    told = [act for act in acts if act.act is ActKind.READBACK]
    return [
        act
        for act in acts
        if not (
            act.act in _NOT_IN_A_READBACK and any(other.start <= act.start and act.end <= other.end for other in told)
        )
    ]
