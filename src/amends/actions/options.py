"""What a handler records as an answer to the about-face: an option that the reader did not see."""

from amends.actions.clock import new_id
from amends.actions.handling import Pen, Record
from amends.method.decide import Impossible
from amends.method.moves import AnyMove, RaiseOption
from amends.method.state import State
from amends.method.words import Evidence, Remedy, Voice
from amends.reading import proposed_kind
from amends.store.models import Message
from amends.transcript import Span


def option(words: str, remedy: Remedy | None = None) -> Record:
    """Record what the customer would do in our place, told elsewhere than in a message; read where nobody names it."""
    return lambda pen, _state: [
        RaiseOption(option=new_id(), words=pen.said(words, "option"), remedy=remedy or Remedy(proposed_kind(words)))
    ]


def option_in(span: Span) -> Record:
    """Mark words of a message of theirs as what they would do in our place."""

    def record(pen: Pen, _state: State) -> list[AnyMove]:
        message = Message.objects.filter(pk=span.source, case=pen.case, direction="in").first()
        words = "" if message is None else span.of(message.text)
        if not words.strip():
            raise Impossible("Mark a sentence that the customer wrote in this case.")
        evidence = Evidence(span, Voice.PERSON)
        return [RaiseOption(option=f"{span.source}:{span.start}", words=evidence, remedy=Remedy(proposed_kind(words)))]

    return record
