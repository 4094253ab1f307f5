"""Read messages: what the network sees in their words, and what these words carry."""

from collections.abc import Iterable, Iterator, Sequence

from amends.reading.answers import answer, left_to_us
from amends.reading.carried import with_details
from amends.reading.certain import certain
from amends.reading.language import language
from amends.reading.learned import BATCH_WORDS, Seen, Text, learned
from amends.reading.model import Act, ActKind, Context, Reading, overlap
from amends.reading.text import LIMIT, flatten, own_text
from amends.reading.told import Told
from amends.transcript import Message, Role

_NO_CONTEXT = Context()
_LETTERS_A_WORD = 5
_MOST_AT_ONCE = 256  # messages
_FURIOUS = 4
_RIVALS = (  # of two that contradict each other in the same words the surer holds
    frozenset([ActKind.ACCEPT, ActKind.REJECT]),
    frozenset([ActKind.INVITE_BID, ActKind.OFFER]),
    frozenset([ActKind.READBACK, ActKind.OFFER]),  # "you want your 89 euros back, is that right?"
)


def read(message: Message, context: Context = _NO_CONTEXT) -> Reading:
    """Return what the words of `message` do. Never raises; the same words always give the same reading.

    Only the first 20,000 characters are read, less what was quoted, signed or added by a mail program. Nothing is
    read in an automatic message or in a language that is not English (then `Reading.language` names it).

    >>> from amends.reading import ActKind
    >>> mail = Message(id="m1", role=Role.CUSTOMER, text="The lamp arrived broken. I want my 40 euros back.")
    >>> [str(act.amount) for act in read(mail).of(ActKind.BID)]
    ['40 EUR']
    """
    return _read([(message, context)])[0]


def read_many(messages: Iterable[Message], currency: str = "USD") -> Iterator[Reading]:
    """Yield the readings of the messages of one conversation, each in the context of the one before it.

    Automatic messages are read as such, and are nobody's context.
    """
    return read_each(in_context(messages, currency))


def read_each(messages: Iterable[tuple[Message, Context]]) -> Iterator[Reading]:
    """Yield the reading of each message in its context, reading many at once: for archives and batches."""
    held: list[tuple[Message, Context]] = []
    room = BATCH_WORDS
    for message, context in messages:
        held.append((message, context))
        room -= min(len(message.text), LIMIT) // _LETTERS_A_WORD + 1
        if room <= 0 or len(held) == _MOST_AT_ONCE:
            yield from _read(held)
            held, room = [], BATCH_WORDS
    if held:
        yield from _read(held)


def in_context(messages: Iterable[Message], currency: str = "USD") -> Iterator[tuple[Message, Context]]:
    """Yield the messages of one conversation, each with the one before it as its context."""
    context = Context(currency=currency)
    for message in messages:
        yield message, context
        if not message.automatic:
            context = Context(previous=message.text, previous_role=message.role, currency=currency)


def _read(messages: Sequence[tuple[Message, Context]]) -> list[Reading]:
    readings: list[Reading] = []
    wanted: list[tuple[int, Text, Told]] = []
    for message, context in messages:
        ours = message.role is Role.AGENT
        if message.automatic:
            readings.append(Reading(upset=None if ours else 0))
            continue
        text = own_text(message.text)
        flat = flatten(text)
        code = language(flat)
        readings.append(Reading(upset=None, language=code))
        if code == "en":
            other = context.previous_role is not None and context.previous_role is not message.role
            asked = Text(text, ours, before=context.previous if other else "")
            told = Told(text, flat, context.currency, message.at.year if message.at is not None else None)
            wanted.append((len(readings) - 1, asked, told))
    seen = learned().see([asked for _, asked, _ in wanted])
    for (place, asked, told), one in zip(wanted, seen, strict=True):
        readings[place] = _ours(told, one) if asked.ours else _theirs(told, one, answers=asked.before != "")
    return readings


def _ours(told: Told, seen: Seen) -> Reading:
    acts = [act for found in seen.found for act in with_details(found, told)]
    return Reading(upset=None, acts=_settled([*acts, *certain(told, acts)]))


def _theirs(told: Told, seen: Seen, *, answers: bool) -> Reading:
    acts = _settled([act for found in seen.found for act in with_details(found, told)])
    level = learned().level(seen.upset)
    abusive = any(act.act is ActKind.ABUSE for act in acts)
    return Reading(
        upset=_FURIOUS if level == _FURIOUS - 1 and abusive else level,  # anger that insults is rage
        upset_score=round(seen.upset, 3),
        acts=acts,
        answer=answer(told) if answers else None,
        left_to_us=left_to_us(told) if answers else None,
    )


def _settled(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return the acts in the order of the text, each once, and of rivals in the same words the surer one."""
    kept: list[Act] = []
    for act in acts:
        if not any(act.act is one.act and act.kind == one.kind and overlap(act, one) for one in kept):
            kept.append(act)
    kinds = {act.act for act in kept}
    for rivals in _RIVALS:
        if rivals <= kinds:
            kept = [act for act in kept if act.act not in rivals or not _outdone(act, rivals, kept)]
    kept.sort(key=lambda one: (one.start, one.end, one.act, one.kind))
    return tuple(kept)


def _outdone(act: Act, rivals: frozenset[ActKind], acts: Sequence[Act]) -> bool:
    others = (one for one in acts if one.act in rivals and one.act is not act.act)
    return any(act.score < one.score and overlap(act, one) for one in others)
