"""The journal of a case, for reading: what happened in which order, and which fact rests on which words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from amends.method.facts import AnyFact, FactTakenBack
from amends.method.state import State
from amends.method.words import Evidence, Side, Voice
from amends.store.models import Case, JournalEntry
from amends.transcript import Span

SHOWN: Final = 60

_facts: Final = msgspec.json.Decoder(AnyFact)
_states: Final = msgspec.json.Decoder(State)
_RESTING_ON_WORDS: Final = (
    "AboutFaceAsked",
    "ApprovalAsked",
    "BasisConfirmed",
    "BasisDisputed",
    "BasisEstablished",
    "BidInvited",
    "BidLeftToUs",
    "BidMade",
    "CustomerAppreciated",
    "CustomerUpdated",
    "DemandRefused",
    "EarlierContactTold",
    "FactTakenBack",
    "FeelingAcknowledged",
    "FixConfirmed",
    "FixDenied",
    "LoyaltyTold",
    "OfferAccepted",
    "OfferMade",
    "OfferRejected",
    "OptionRaised",
    "ProblemReadBack",
    "ProblemTold",
    "ThreatMade",
)
_ALWAYS: Final = frozenset({"FactTakenBack", "ApprovalAsked"})  # they say something of other facts


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact at its place, and who made it: `actor` is a row's id, of the staff or of a customer."""

    seq: int
    at: datetime
    side: Side
    actor: str
    fact: AnyFact


Seqs = Mapping[tuple[str, Span], int]
"""The place in the journal of each fact that the reader saw and nobody took back, by its name and its words."""


def state_of(case: Case) -> State:
    """Return the state as it was stored with the row."""
    return _states.decode(bytes(case.state)) if case.state else State()


def newest(case_id: int, limit: int = SHOWN) -> list[Entry]:
    """Return the last entries of a case's journal, newest first."""
    rows = JournalEntry.objects.filter(case_id=case_id).order_by("-seq")
    return [
        Entry(seq, at, Side(side), actor, _facts.decode(bytes(fact)))
        for seq, at, side, actor, fact in rows.values_list("seq", "at", "side", "actor", "fact")[:limit]
    ]


def facts_of_kinds(case_id: int, kinds: Iterable[type[AnyFact]]) -> list[AnyFact]:
    """Return the facts of these kinds in order, but for those that were taken back."""
    names = {kind.__name__ for kind in kinds} | {FactTakenBack.__name__}
    rows = JournalEntry.objects.filter(case_id=case_id, kind__in=names).order_by("seq")
    read = [(seq, _facts.decode(bytes(fact))) for seq, fact in rows.values_list("seq", "fact")]
    gone = {fact.seq for _seq, fact in read if isinstance(fact, FactTakenBack)}
    return [fact for seq, fact in read if seq not in gone and not isinstance(fact, FactTakenBack)]


def facts_on_words(case_id: int, sources: Iterable[str]) -> list[tuple[int, AnyFact]]:
    """Return the facts that rest on words of these texts, each with its place, but for those that were taken back.

    A long case has thousands of facts; only those that name one of the texts are decoded.
    """
    named = re.compile("|".join(map(re.escape, sources)).encode() or b"(?!)")
    rows = JournalEntry.objects.filter(case_id=case_id, kind__in=_RESTING_ON_WORDS).order_by("seq")
    read: list[tuple[int, AnyFact]] = []
    for seq, kind, fact in rows.values_list("seq", "kind", "fact"):
        if kind in _ALWAYS or named.search(fact):
            read.append((seq, _facts.decode(bytes(fact))))
    gone = {fact.seq for _seq, fact in read if isinstance(fact, FactTakenBack)}
    return [(seq, fact) for seq, fact in read if seq not in gone and not isinstance(fact, FactTakenBack)]


def seen_by_the_reader(facts: Iterable[tuple[int, AnyFact]]) -> Seqs:
    """Return where each fact stands that the reader saw; those that a person said have nothing to take back."""
    found: dict[tuple[str, Span], int] = {}
    for seq, fact in facts:
        for name in fact.__struct_fields__:
            value = getattr(fact, name)
            if isinstance(value, Evidence) and value.by is Voice.READER:
                found[type(fact).__name__, value.span] = seq
    return found
