"""What a text for many would do before it is sent: who gets it, whom it would be refused for, and how it reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.actions.access import visible_cases
from amends.actions.actors import Staff
from amends.actions.broadcasts import Copy, check_text, linked_cases
from amends.actions.incidents import access_incident
from amends.actions.replies import check_draft, check_first_word
from amends.method.decide import Impossible
from amends.store.met import silent_others, with_address
from amends.store.models import Case, Customer, Incident

LOOKED_AT: Final = 50
"""Of more than these, an evenly spread sample is rehearsed."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A copy that would not be sent, and why. `case` is None for a customer without one."""

    customer: str
    case: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`count` would get it; `looked_at` of them were rehearsed, and for `shut` of those it would be refused.

    `example` is the text as the first of them would read it; empty where nobody would.
    """

    count: int
    looked_at: int
    shut: tuple[Shut, ...]
    example: str


def check_broadcast(who: Staff, incident_id: str, text: str, *, at: datetime) -> Preview:
    """Rehearse a text for the customers of the linked cases. Raises `Impossible` for one that cannot be sent at all."""
    text, incident = check_text(text), access_incident(who, incident_id)
    numbers = list(linked_cases(who, incident).order_by("pk").values_list("pk", flat=True))
    sample = _spread(numbers)
    cases = visible_cases(who).filter(pk__in=sample).select_related("customer").order_by("pk")
    shut, example = list[Shut](), ""
    for case in cases:
        try:
            words = Copy(who, incident, case.customer, case).text(text)
            outcome = check_draft(who, case.pk, words, at=at).outcome
        except Impossible as no:
            shut.append(Shut(case.customer.name, case.pk, str(no)))
            continue
        if outcome.refusals:
            shut.append(Shut(case.customer.name, case.pk, " ".join(map(str, outcome.refusals))))
        else:
            example = example or words
    return Preview(len(numbers), len(sample), tuple(shut), example)


def check_reach_out(
    who: Staff, incident_id: str, text: str, *, at: datetime, customers: Collection[int] | None = None
) -> Preview:
    """Rehearse a first word to these of the silent others (None: to all). It says the same to each of them."""
    text, incident = check_text(text), access_incident(who, incident_id)
    found = with_address(silent_others(incident))
    if customers is not None:
        found = found.filter(pk__in=customers)
    first = found.order_by("pk").first()
    if first is None:
        return Preview(0, 0, (), "")
    words = _first_word(who, incident, first, text)
    refusals = check_first_word(who, words, at=at).outcome.refusals
    shut = (Shut(first.name, None, " ".join(map(str, refusals))),) if refusals else ()
    return Preview(found.count(), 1, shut, "" if shut else words)


def _first_word(who: Staff, incident: Incident, customer: Customer, text: str) -> str:
    """Return the text for somebody whose case will only be opened by it: the address of its page is made up."""
    return Copy(who, incident, customer, Case(pk=0, customer=customer)).text(text)


def _spread(numbers: list[int]) -> list[int]:
    """Return at most `LOOKED_AT` of these, evenly spread."""
    if len(numbers) <= LOOKED_AT:
        return numbers
    return [numbers[place * len(numbers) // LOOKED_AT] for place in range(LOOKED_AT)]
