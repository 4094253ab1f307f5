"""Who may see and change what. Everything that reads or writes one case comes through here."""

from django.db.models import Q, QuerySet

from amends.actions.actors import Desk, Guest, Staff, Who
from amends.method.decide import Impossible
from amends.method.words import Rank
from amends.store.models import Approval, Case, Customer, Promise, User

LARGEST = 2**63 - 1
"""The largest number that a row can have. Beyond it there is nothing, and some databases do not take the question."""


class NoAccess(LookupError):
    """There is no such thing, or it is not for these eyes; which of the two is nobody's business."""


class NotAllowed(PermissionError):
    """They may see it, but not do this."""


def visible_cases(who: Who) -> QuerySet[Case]:
    """Return the cases that `who` may see: the staff those of their team, an admin all, a guest their own one."""
    match who:
        case Staff(rank=Rank.ADMIN) | Desk():
            return Case.objects.all()
        case Staff():
            return Case.objects.filter(team_id=who.team) if who.team is not None else Case.objects.none()
        case Guest():
            return Case.objects.filter(pk=who.case, customer_id=who.customer)


def access_case(who: Who, case_id: int, *, lock: bool = False) -> Case:
    """Return the case, or raise `NoAccess`. With `lock` (inside a transaction) nobody else changes it meanwhile."""
    if case_id > LARGEST:
        raise NoAccess
    cases = visible_cases(who).select_related("customer")
    if lock:
        cases = cases.select_for_update(of=("self",))
    case = cases.filter(pk=case_id).first()
    if case is None:
        raise NoAccess
    return case


def visible_promises(who: Staff) -> QuerySet[Promise]:
    """Return the promises of all cases that `who` may see, and those that they keep, or are asked to, elsewhere."""
    if who.rank is Rank.ADMIN:
        return Promise.objects.all()
    theirs = Q(owner_id=who.id) | Q(asked_id=who.id)
    return Promise.objects.filter(theirs | Q(team_id=who.team) if who.team is not None else theirs)


def access_promise(who: Staff, promise: str, *, lock: bool = False) -> Promise:
    """Return a promise with its case, or raise `NoAccess`: for who may see the case, keeps it, or is asked to.

    Who sees the promise alone is never shown anything of its case. With `lock` (inside a transaction) nobody else
    changes the case meanwhile.
    """
    if "\0" in promise:  # not every database takes the question
        raise NoAccess
    if lock:  # first: while we wait for it, the promise may become somebody else's
        list(Case.objects.filter(promises=promise).select_for_update(of=("self",)))
    found = visible_promises(who).select_related("case__customer", "owner", "asked").filter(pk=promise).first()
    if found is None:
        raise NoAccess
    return found


def access_approval(who: Staff, approval: str) -> Approval:
    """Return a wish to give more with its case, or raise `NoAccess`: for who may see the case."""
    if "\0" in approval:  # not every database takes the question
        raise NoAccess
    found = Approval.objects.select_related("case__customer", "asked_by").filter(pk=approval).first()
    if found is None or not visible_cases(who).filter(pk=found.case_id).exists():
        raise NoAccess
    return found


def access_customer(who: Staff, customer_id: int) -> Customer:
    """Return a customer who has a case that `who` may see, or raise `NoAccess`."""
    if customer_id > LARGEST:
        raise NoAccess
    if visible_cases(who).filter(customer_id=customer_id).exists() or who.rank is Rank.ADMIN:
        customer = Customer.objects.filter(pk=customer_id).first()
        if customer is not None:
            return customer
    raise NoAccess


def check_colleague(case: Case, user: int) -> None:
    """Raise `Impossible` unless this is somebody who may see the case, and so can look after it."""
    may_see = Q(team_id=case.team_id) | Q(rank=Rank.ADMIN.value)
    if not User.objects.filter(may_see, pk=user, is_active=True).exists():
        raise Impossible("Nobody of this team has this name.")


def check_on_staff(user: int) -> None:
    """Raise `Impossible` unless this is somebody on the staff, of whichever team."""
    if user > LARGEST or not User.objects.filter(pk=user, is_active=True).exists():
        raise Impossible("Nobody on the staff has this name.")


def check_rank(who: Who, rank: Rank) -> None:
    """Raise `NotAllowed` unless `who` is of this rank or above."""
    order = list(Rank)
    if not isinstance(who, Staff) or order.index(who.rank) < order.index(rank):
        raise NotAllowed
