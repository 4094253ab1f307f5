"""Who of the staff is told of what, and how urgently: one table, asked wherever facts are appended.

Nobody is told of what they did themselves, and of several things about the same matter in one write the gravest is
told. Where nobody is there who could be told, those who lead are; what is for somebody away goes to their cover too.
Who does something about a case has read what they were told of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Q

from amends.actions import house
from amends.actions.access import LARGEST, NoAccess
from amends.actions.actors import Staff
from amends.actions.effects import queue_effects
from amends.method import facts as f
from amends.method.decide.come_back import BAD
from amends.method.facts import AnyFact
from amends.method.policy import Policy
from amends.method.state import Promise, State
from amends.method.words import Actor, Rank, Side
from amends.store.cover import Cover
from amends.store.models import Case, Effect, Notice, User

NOTICE = "notice"
_MINUTE = timedelta(minutes=1)
_GRACE = timedelta(seconds=5)  # a write of this minute may end in the next


class How(StrEnum):
    """How far a notice goes, by itself."""

    URGENT = "urgent"
    PLAIN = "plain"
    PAGE = "page"


MAILED: Final[Mapping[str, frozenset[How]]] = {
    "all": frozenset({How.URGENT, How.PLAIN}),
    "urgent": frozenset({How.URGENT}),
    "none": frozenset(),
}
"""What comes by mail as well, by a person's wish."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What was appended to one case: how long its journal was before, its state before and after, the facts."""

    case: Case
    seq: int
    before: State
    after: State
    facts: Sequence[AnyFact]

    def promise(self, fact: AnyFact) -> Promise | None:
        """Return the promise that a fact is about, as it was before where there was one."""
        name = getattr(fact, "promise", "")
        return self.before.promise(name) or self.after.promise(name)


Whom = Callable[[Happened, AnyFact], str]
"""Returns the id of who is told; empty for nobody."""


def _owner(one: Happened, _fact: AnyFact) -> str:
    return one.after.owner


def _keeper(one: Happened, fact: AnyFact) -> str:
    promise = one.promise(fact)
    return (promise.owner if promise is not None else "") or one.after.owner


def _named(_one: Happened, fact: AnyFact) -> str:
    return str(getattr(fact, "owner", ""))


def _asker(one: Happened, fact: AnyFact) -> str:
    asked = (a for a in one.after.approvals if a.approval == getattr(fact, "approval", ""))
    return next((a.asked_by for a in asked), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    kind: str
    how: How
    to: Whom | None = _owner
    leads: bool = False
    theirs: bool = False
    """Whether it is told only where the customer did it themselves."""


# The gravest first.
_TOLD: Final[Mapping[type[f.Fact], _Telling]] = {
    f.LegalClockPassed: _Telling(kind="legal_passed", how=How.URGENT, leads=True),
    f.SurveyAnswered: _Telling(kind="bad_survey", how=How.URGENT, leads=True),
    f.FixDenied: _Telling(kind="not_fixed", how=How.URGENT, leads=True, theirs=True),
    f.CaseReopened: _Telling(kind="reopened", how=How.URGENT, leads=True, theirs=True),
    f.PromiseEscalated: _Telling(kind="escalated", how=How.URGENT, to=None, leads=True),
    f.PromiseBroken: _Telling(kind="broken", how=How.URGENT, to=_keeper),
    f.LegalClockWarned: _Telling(kind="legal_soon", how=How.URGENT, leads=True),
    f.AcknowledgementOverdue: _Telling(kind="unanswered", how=How.URGENT),
    f.SilenceLimitPassed: _Telling(kind="silent", how=How.URGENT),
    f.PromiseDueSoon: _Telling(kind="promise_soon", how=How.URGENT, to=_keeper),
    f.PromiseOwnerAsked: _Telling(kind="asked", how=How.URGENT, to=_named),
    f.ApprovalAsked: _Telling(kind="approval", how=How.URGENT, to=None, leads=True),
    f.CallbackOverdue: _Telling(kind="call_late", how=How.URGENT),
    f.PromiseTurnedDown: _Telling(kind="turned_down", how=How.PLAIN, to=_keeper),
    f.PromiseTaken: _Telling(kind="taken", how=How.PLAIN, to=_keeper),
    f.PromiseHandedOver: _Telling(kind="handed_over", how=How.PLAIN, to=_named),
    f.ApprovalDeclined: _Telling(kind="declined", how=How.PLAIN, to=_asker),
    f.ApprovalGiven: _Telling(kind="approved", how=How.PLAIN, to=_asker),
    f.OwnerAssigned: _Telling(kind="assigned", how=How.PLAIN, to=_named),
    f.SnoozeEnded: _Telling(kind="snooze_ended", how=How.PLAIN),
    f.CallbackBooked: _Telling(kind="booked", how=How.PLAIN, theirs=True),
    f.MessageReceived: _Telling(kind="message", how=How.PAGE, theirs=True),
}
_ORDER: Final = {kind: place for place, kind in enumerate(_TOLD)}
HOW: Final[Mapping[str, How]] = {telling.kind: telling.how for telling in _TOLD.values()}
"""How far each kind of notice goes."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact that is told, before it is known who of them is there."""

    one: Happened
    seq: int
    fact: AnyFact
    telling: _Telling
    person: int | None

    @property
    def subject(self) -> str:
        return str(getattr(self.fact, "promise", "") or getattr(self.fact, "approval", ""))


def tell(happened: Iterable[Happened], *, by: Actor, policy: Policy) -> None:
    """Write the notices that follow, and ask for the mails; a handful of statements, however many cases there are."""
    happened = list(happened)
    myself = int(by.id) if by.side is Side.STAFF and by.id.isdigit() else None
    if myself is not None and happened:  # who does something about a case knows what they were told of it
        cases = [one.case.pk for one in happened]
        unread = Notice.objects.filter(user_id=myself, case_id__in=cases, read_at=None)
        unread.update(read_at=happened[0].facts[-1].at)
    found = [telling for one in happened for telling in _tellings(one, by)]
    if not found:
        return
    cover = Cover.on(house.day_of(found[0].fact.at))
    people = _People.of({each.person for each in found if each.person is not None} | cover.covers)
    notices = list(_notices(found, people, cover, policy, myself))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    mails = {(n.user_id, n.at.replace(second=0, microsecond=0)) for n in notices if people.mailed(n)}
    queue_effects([_mail(user, minute) for user, minute in sorted(mails)])


def _tellings(one: Happened, by: Actor) -> list[_Found]:
    """Return what is told of one case, the gravest first."""
    found = [
        _Found(one, seq, fact, telling, _number(telling.to(one, fact) if telling.to is not None else ""))
        for seq, fact in enumerate(one.facts, start=one.seq + 1)
        if (telling := _TOLD.get(type(fact))) is not None and _is_told(fact, telling, by)
    ]
    found.sort(key=lambda each: _ORDER[type(each.fact)])
    return found


def _is_told(fact: AnyFact, telling: _Telling, by: Actor) -> bool:
    if telling.theirs and by.side is not Side.CUSTOMER:
        return False
    match fact:
        case f.SurveyAnswered():
            return min(fact.outcome, fact.treatment, fact.process) <= BAD
        case f.MessageReceived():
            return not fact.automatic
        case _:
            return True


def _notices(
    found: Sequence[_Found], people: "_People", cover: Cover, policy: Policy, myself: int | None
) -> Iterable[Notice]:
    told = set[tuple[int, int, str]]()
    for each in found:
        case = each.one.case
        named = {each.person} & people.here.keys()
        wanted = set(named)
        if each.telling.leads or not (named or each.telling.how is How.PAGE):
            wanted |= people.leads(case, each.fact, policy)
        covers = {cover.stands_in(person) for person in wanted if person is not None}
        for person in sorted(person for person in wanted | covers if person is not None and person != myself):
            about = (case.pk, person, each.subject)
            if about in told:
                continue
            told.add(about)
            yield Notice(
                key=f"{case.pk}:{each.seq}:{person}",
                user_id=person,
                case_id=case.pk,
                kind=each.telling.kind,
                subject=each.subject,
                at=each.fact.at,
            )


@dataclass(frozen=True, slots=True)
class _People:
    """Those who may have to be told: by id their team, rank, and which notices they want by mail."""

    here: Mapping[int, tuple[int | None, Rank, str]]

    @classmethod
    def of(cls, ids: set[int]) -> "_People":
        wanted = Q(pk__in=ids) | Q(rank__in=(Rank.LEAD.value, Rank.ADMIN.value))
        rows = User.objects.filter(wanted, is_active=True).values_list("pk", "team_id", "rank", "mail_notices")
        return cls({pk: (team, Rank(rank), mails) for pk, team, rank, mails in rows})

    def leads(self, case: Case, fact: AnyFact, policy: Policy) -> set[int]:
        """Return who leads the case's team, and may say yes where they are asked to; an admin where nobody does."""
        able = {pk: (team, rank) for pk, (team, rank, _mails) in self.here.items() if _may(rank, fact, policy)}
        of_team = {pk for pk, (team, _rank) in able.items() if team == case.team_id}
        return of_team or {pk for pk, (_team, rank) in able.items() if rank is Rank.ADMIN}

    def mailed(self, notice: Notice) -> bool:
        """Whether the notice comes by mail as well."""
        return notice.user_id in self.here and HOW[notice.kind] in MAILED.get(self.here[notice.user_id][2], frozenset())


def _may(rank: Rank, fact: AnyFact, policy: Policy) -> bool:
    """Whether somebody of this rank leads; and of an approval, may give that much."""
    if rank is Rank.HANDLER:
        return False
    if not isinstance(fact, f.ApprovalAsked):
        return True
    limit = policy.authority.limit(rank)
    cost = policy.in_house(fact.cost, fact.at)
    return limit is None or (cost is not None and cost <= limit)


def _number(person: str) -> int | None:
    return int(person) if person.isdigit() else None


def _mail(user: int, minute: datetime) -> Effect:
    """Return the wish for one mail with all that a person is told in one minute."""
    subject = f"{user}:{minute:%Y-%m-%dT%H:%M%z}"
    return Effect(key=f"{NOTICE}:{subject}", kind=NOTICE, subject=subject, not_before=minute + _MINUTE + _GRACE)


def access_notice(who: Staff, number: int) -> Notice:
    """Return a notice of one's own, or raise `NoAccess`."""
    notice = Notice.objects.filter(pk=number, user_id=who.id).first() if number <= LARGEST else None
    if notice is None:
        raise NoAccess
    return notice


def do_read_notice(who: Staff, number: int, *, at: datetime) -> Notice:
    """Mark a notice of one's own as read, and return it."""
    with transaction.atomic():
        notice = access_notice(who, number)
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)
    return notice


def do_read_all_notices(who: Staff, *, upto: int, at: datetime) -> int:
    """Mark as read what one has seen: all up to the notice numbered `upto`. Return how many that were."""
    return Notice.objects.filter(user_id=who.id, pk__lte=upto, read_at=None).update(read_at=at)
