"""The first reader: rules only. A learned one can stand behind the same two functions."""

from collections.abc import Iterable, Iterator

from amends.reading import company, customer
from amends.reading.answers import answer
from amends.reading.language import language
from amends.reading.model import Context, Reading
from amends.reading.sentences import split
from amends.reading.text import flatten
from amends.reading.upset import upset
from amends.transcript import Message, Role

_NO_CONTEXT = Context()


def read(message: Message, context: Context = _NO_CONTEXT) -> Reading:
    """Return what the words of `message` do. Never raises; the same words always give the same reading.

    Only the first 20,000 characters are read. Nothing is read in an automatic message or in a language that is
    not English (then `Reading.language` names it).

    >>> from amends.reading import ActKind
    >>> mail = Message(id="m1", role=Role.CUSTOMER, text="The lamp arrived broken. I want my 40 euros back.")
    >>> [str(act.amount) for act in read(mail).of(ActKind.BID)]
    ['40 EUR']
    """
    ours = message.role is Role.AGENT
    if message.automatic:
        return Reading(upset=None if ours else 0)
    flat = flatten(message.text)
    code = language(flat)
    if code != "en":
        return Reading(upset=None, language=code)
    sentences = split(message.text)
    if ours:
        return Reading(upset=None, acts=tuple(company.acts_of(flat, sentences, context)))
    reply = answer(sentences) if context.previous_role is not Role.CUSTOMER else None
    year = message.at.year if message.at is not None else None
    acts, left = customer.acts_of(flat, sentences, context, reply=reply, year=year)
    heat = upset(message.text, sentences, acts)
    return Reading(upset=heat.level, upset_score=heat.score, acts=tuple(acts), answer=reply, left_to_us=left)


def read_many(messages: Iterable[Message], currency: str = "USD") -> Iterator[Reading]:
    """Yield the readings of the messages of one conversation, each in the context of the one before it.

    Automatic messages are read as such, and are nobody's context.
    """
    context = Context(currency=currency)
    for message in messages:
        yield read(message, context)
        if not message.automatic:
            context = Context(previous=message.text, previous_role=message.role, currency=currency)
