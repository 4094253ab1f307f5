"""The coach beside a draft: what the rules say of it, which of them speak, and what was sent all the same."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from amends.actions import house
from amends.actions.access import NoAccess, check_rank
from amends.actions.actors import Staff
from amends.actions.carry import carry_out
from amends.actions.readings import message_of, stored
from amends.coaching import Advice, Drafted, Known, Said, advise
from amends.coaching.rules import RULES, stable
from amends.method.decide import Outcome
from amends.method.moves import OverrideAdvice
from amends.method.state import State
from amends.method.words import Rank
from amends.reading import Reading
from amends.store.journal import state_of
from amends.store.models import Case, Message, RuleSwitch

EARLIER: Final = 30  # messages before a draft that its rules look at
_LATELY: Final = timedelta(days=14)
_MINE: Final = 30  # replies of the writer that a draft is compared with
_ALIKE: Final = 0.85  # share of their words that two texts have in common
_A_TEXT: Final = 20  # words; shorter ones are alike by chance
_WORD = re.compile(r"\w+")


def advice_on(
    case: Case, who: Staff, row: Message, reading: Reading, outcome: Outcome, at: datetime
) -> tuple[Advice, ...]:
    """Return what the rules say of the draft `row`, which is not stored yet. Five queries."""
    drafted = Drafted(
        earlier=_earlier(case),
        message=message_of(row),
        reading=reading,
        before=state_of(case),
        outcome=outcome,
        known=_known(case, who, row, at),
        policy=house.policy(),
    )
    return advise(drafted, stable(switched_off()))


def note_overridden(
    case: Case, advice: Collection[Advice], dismissed: Collection[str], message: str, who: Staff, at: datetime
) -> None:
    """Write down which of this advice stood beside a draft when it was sent."""
    moves = [OverrideAdvice(rule=one.finding.code, message=message, dismissed=one.key in dismissed) for one in advice]
    if moves:
        carry_out(case, moves, by=who, at=at)


def switched_off() -> frozenset[str]:
    """Return the codes of the rules that a lead has switched off for the coach."""
    return frozenset(RuleSwitch.objects.filter(off=True).values_list("code", flat=True))


def do_switch_rule(who: Staff, code: str, *, on: bool, at: datetime) -> None:
    """Let a rule speak beside drafts, or be silent. Raises `NotAllowed` for handlers, `NoAccess` for no such rule."""
    check_rank(who, Rank.LEAD)
    if not any(rule.code == code for rule in RULES):
        raise NoAccess
    with transaction.atomic():
        RuleSwitch.objects.update_or_create(code=code, defaults={"off": not on, "by_id": who.id, "at": at})


def _earlier(case: Case) -> list[Said]:
    rows = Message.objects.filter(case=case, status__in=("received", "queued", "sent")).order_by("-at", "-id")
    return [(message_of(row), stored(row)) for row in reversed(rows[:EARLIER])]


def _known(case: Case, who: Staff, row: Message, at: datetime) -> Known:
    state, customer = state_of(case), case.customer
    return Known(
        name=customer.name,
        handler=who.name,
        business=house.house().business.name,
        years=customer.tenure_years(at),
        orders=customer.orders_count,
        problem=_words(state),
        alike=_alike(row, at),
    )


def _words(state: State) -> str:
    if state.problem is None:
        return ""
    span = state.problem.span
    text = Message.objects.filter(pk=span.source).values_list("text", flat=True).first()
    return " ".join(span.of(text).split()) if text else ""


def _alike(row: Message, at: datetime) -> int:
    """Return how many other customers got nearly this text from the same writer lately."""
    own = set(_WORD.findall(row.text.lower()))
    if len(own) < _A_TEXT:
        return 0
    mine = Message.objects.filter(author_id=row.author_id, direction=Message.OUT, at__gt=at - _LATELY)
    sent = mine.exclude(case_id=row.case_id).order_by("-at").values_list("case_id", "text")[:_MINE]
    return len({number for number, text in sent if _share(own, set(_WORD.findall(text.lower()))) >= _ALIKE})


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
