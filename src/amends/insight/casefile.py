"""Everything that the page of one case shows, read in a fixed number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from msgspec import structs

from amends.insight.conversation import Conversation, Words, conversation
from amends.insight.customer import CustomerSheet, customer_sheet
from amends.insight.fair import Fair, fair_of
from amends.insight.history import Entry, Seqs, facts_on_words, newest, seen_by_the_reader, state_of
from amends.insight.incidents import choices
from amends.insight.people import Colleagues, colleagues
from amends.insight.texts import Source, Texts
from amends.insight.theirs import Theirs, theirs_of
from amends.method.state import State
from amends.store.models import Case
from amends.transcript import Span

NEWEST: Final = 3
"""Of several of a kind (bids, offers, threats) so many are shown; the conversation holds the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case, for reading.

    `incidents` are its team's, by id and title: the one that it belongs to, and those that it may.
    """

    number: int
    team: int
    subject: str
    channel: str
    status: str
    state: State
    seq: int
    talk: Conversation
    texts: Texts
    seqs: Seqs
    history: Sequence[Entry]
    customer: CustomerSheet
    people: Colleagues
    incidents: Sequence[tuple[str, str]]
    theirs: Theirs
    fair: Fair

    @property
    def newest_words(self) -> Words | None:
        """The last message in the window."""
        return self.talk.messages[-1] if self.talk.messages else None


def case_file(case: Case, cases: QuerySet[Case], *, now: datetime, currency: str, before: str = "") -> CaseFile:
    """Return the file of `case` (with its customer), its conversation up to the message `before`.

    `cases` are those that the reader may see: for what else this customer went through.
    """
    state, theirs = state_of(case), theirs_of(case.customer, cases)
    history = newest(case.pk)
    shown = {span.source for span in _spans(_shown(state))}
    facts = facts_on_words(case.pk, shown)
    wanted = shown | {span.source for span in _of_history(history)}
    talk = conversation(case.pk, before=before, note_ids=sorted(wanted))
    texts = _texts(talk)
    texts.fetch(wanted)
    return CaseFile(
        number=case.pk,
        team=case.team_id,
        subject=case.subject,
        channel=case.channel,
        status=case.status,
        state=state,
        seq=case.seq,
        talk=talk,
        texts=texts,
        seqs=seen_by_the_reader(facts),
        history=history,
        customer=customer_sheet(case.customer, theirs, but=case.pk, currency=currency, now=now),
        people=colleagues(None),
        incidents=choices(case.team_id, state.incident),
        theirs=theirs,
        fair=fair_of(case, state, theirs, [one.text for one in talk.messages if one.incoming]),
    )


def _texts(talk: Conversation) -> Texts:
    texts = Texts()
    for words in talk.messages:
        texts.add(words.id, Source(words.text, words.at, words.author, words.incoming, message=True))
    for note in talk.notes:
        texts.add(note.id, Source(note.text, note.at, note.author, incoming=False, message=False))
    return texts


def _shown(state: State) -> State:
    """Return the state without what a page does not show: a long quarrel has hundreds of bids and threats."""
    return structs.replace(
        state,
        temperature=(),
        threats=state.threats[-NEWEST:],
        bids=state.bids[-NEWEST:],
        options=state.options[-NEWEST:],
        refused=state.refused[-NEWEST:],
        offers=state.offers[-NEWEST:],
    )


def _spans(value: Any) -> Iterator[Span]:  # noqa: ANN401  walks whatever a state holds
    """Yield every span that a state, or a part of one, points at."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    else:
        for name in getattr(value, "__struct_fields__", ()):
            yield from _spans(getattr(value, name))


def _of_history(history: Sequence[Entry]) -> Iterator[Span]:
    for entry in history:
        yield from _spans(entry.fact)
