"""Read messages: turns of phrase that are sure, what the network finds beside them, and what both carry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from amends.reading import company, customer
from amends.reading.answers import answer
from amends.reading.carried import Told, with_details
from amends.reading.language import language
from amends.reading.learned import BATCH_WORDS, Seen, Text, learned
from amends.reading.model import Act, ActKind, Context, Reading
from amends.reading.sentences import split
from amends.reading.text import LIMIT, flatten, own_text
from amends.reading.upset import upset
from amends.transcript import Message, Role

_NO_CONTEXT = Context()
_LETTERS_A_WORD = 5
_MOST_AT_ONCE = 256  # messages
_FURIOUS = 4
_SURE = 0.8
_ONE_KIND = frozenset([ActKind.BID, ActKind.THREAT, ActKind.OFFER, ActKind.PROMISE])


def read(message: Message, context: Context = _NO_CONTEXT) -> Reading:
    """Return what the words of `message` do. Never raises; the same words always give the same reading.

    Only the first 20,000 characters are read, less what was quoted, signed or added by a mail program. Nothing is
    read in an automatic message or in a language that is not English (then `Reading.language` names it).

    >>> from amends.reading import ActKind
    >>> mail = Message(id="m1", role=Role.CUSTOMER, text="The lamp arrived broken. I want my 40 euros back.")
    >>> [str(act.amount) for act in read(mail).of(ActKind.BID)]
    ['40 EUR']
    """
    return _read([(message, context)], network=False)[0]


def read_each(messages: Iterable[tuple[Message, Context]]) -> Iterator[Reading]:
    """Yield the reading of each message in its context: what phrases tell, and what the network finds beside them.

    The desk reads by phrases alone so far (`read`, `read_many`): what it does with an act has to be tried first.
    """
    held: list[tuple[Message, Context]] = []
    room = BATCH_WORDS
    for message, context in messages:
        held.append((message, context))
        room -= min(len(message.text), LIMIT) // _LETTERS_A_WORD + 1
        if room <= 0 or len(held) == _MOST_AT_ONCE:
            yield from _read(held, network=True)
            held, room = [], BATCH_WORDS
    if held:
        yield from _read(held, network=True)


def read_many(messages: Iterable[Message], currency: str = "USD") -> Iterator[Reading]:
    """Yield the readings of the messages of one conversation, each in the context of the one before it.

    Automatic messages are read as such, and are nobody's context.
    """
    for message, context in _in_context(messages, currency):
        yield read(message, context)


def _in_context(messages: Iterable[Message], currency: str) -> Iterator[tuple[Message, Context]]:
    context = Context(currency=currency)
    for message in messages:
        yield message, context
        if not message.automatic:
            context = Context(previous=message.text, previous_role=message.role, currency=currency)


def _read(messages: Sequence[tuple[Message, Context]], *, network: bool) -> list[Reading]:
    readings: list[Reading] = []
    wanted: list[tuple[int, str, str]] = []
    for message, context in messages:
        if message.automatic:
            readings.append(Reading(upset=None if message.role is Role.AGENT else 0))
            continue
        text = own_text(message.text)
        flat = flatten(text)
        code = language(flat)
        if code != "en":
            readings.append(Reading(upset=None, language=code))
            continue
        wanted.append((len(readings), text, flat))
        readings.append(_phrases(text, flat, message, context))
    if network:
        texts = [_text(text, *messages[place]) for place, text, _ in wanted]
        for (place, text, flat), seen in zip(wanted, learned().see(texts), strict=True):
            message, context = messages[place]
            year = message.at.year if message.at is not None else None
            readings[place] = _with_network(readings[place], seen, Told(text, flat, context.currency, year))
    return readings


def _text(text: str, message: Message, context: Context) -> Text:
    other = context.previous_role is not None and context.previous_role is not message.role
    return Text(text, message.role is Role.AGENT, context.previous if other else "")


def _phrases(text: str, flat: str, message: Message, context: Context) -> Reading:
    """Return what phrases tell."""
    sentences = split(text)
    if message.role is Role.AGENT:
        return Reading(upset=None, acts=tuple(company.acts_of(flat, sentences, context)))
    reply = answer(sentences) if context.previous_role is not Role.CUSTOMER else None
    year = message.at.year if message.at is not None else None
    acts, left = customer.acts_of(flat, sentences, context, reply=reply, year=year)
    heat = upset(text, sentences, acts)
    return Reading(upset=heat.level, upset_score=heat.score, acts=tuple(acts), answer=reply, left_to_us=left)


def _with_network(reading: Reading, seen: Seen, told: Told) -> Reading:
    """Return a reading with what the network finds beside the phrases, and its level of upset."""
    acts = _settled(reading.acts, (act for found in seen.found for act in with_details(found, told)))
    if reading.upset is None:
        return replace(reading, acts=acts)
    level, score = _level(seen.upset, reading.upset), round(seen.upset, 3)
    return replace(reading, acts=acts, upset=level, upset_score=score)


def _level(expected: float, told: int) -> int:
    """Return the level that the network expects; rage that phrases tell of makes furious of angry."""
    level = learned().level(expected)
    return told if told == _FURIOUS and level == _FURIOUS - 1 else level


def _settled(sure: Iterable[Act], likely: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts in the order of the text: what phrases tell, and what the network finds beside it.

    Where phrases tell of an act, the network adds only what may well be there twice, in other words, and if it is sure.
    Words that ask for two things at once are rare: of two kinds of bid, or of threat, the surer one holds.
    """
    kept = list(sure)
    told = {act.act for act in kept}
    for act in sorted(likely, key=lambda one: (-one.score, one.start, -one.end)):
        if act.act in told and (act.act not in _ONE_KIND or act.score < _SURE):
            continue
        if not any(
            act.act is other.act
            and (act.kind == other.kind or act.act in _ONE_KIND)
            and act.start < other.end
            and other.start < act.end
            for other in kept
        ):
            kept.append(act)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.act, one.kind)))
