"""The catalogue of what the house can do for somebody: kept by the leads, and what one of it offers in a case."""

import re
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from amends.actions import house
from amends.actions.access import NoAccess, check_rank
from amends.actions.actors import Staff
from amends.actions.texts import storable
from amends.method.decide import Impossible
from amends.method.negotiation import Item, may_give
from amends.method.words import Rank, Remedy
from amends.store.catalogue import AMOUNT, as_item, mark_of
from amends.store.models import RemedyItem
from amends.transcript import BadMoney, Money

_LONGEST_CODE: Final = 32
_PLACE: Final = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyTold:
    """What is told of a remedy; see `RemedyItem`. Amounts are in the house's currency, `share` is of the price."""

    title: str
    kind: Remedy
    words: str
    cost: Decimal | None = None
    worth: Decimal | None = None
    share: Decimal | None = None
    rank: Rank = Rank.HANDLER
    condition: str = ""
    stock: int | None = None


STARTING: Final[tuple[RemedyTold, ...]] = (
    RemedyTold(title="Refund", kind=Remedy.REFUND, words="We can refund you the full {amount}.", share=Decimal(1)),
    RemedyTold(
        title="Part refund",
        kind=Remedy.REFUND,
        words="We can refund you {amount} of what you paid.",
        share=Decimal("0.5"),
        condition="They keep it, and can use it.",
    ),
    RemedyTold(title="Replacement", kind=Remedy.REPLACEMENT, words="We can send you a replacement, at no cost to you."),
    RemedyTold(title="Repair", kind=Remedy.REPAIR, words="We can repair it for you, at no cost to you."),
    RemedyTold(
        title="Credit",
        kind=Remedy.CREDIT,
        words="We can offer you a credit of {amount} for your next order.",
        cost=Decimal(20),
        worth=Decimal(20),
        condition="Only for somebody who wants to order again.",
    ),
    RemedyTold(
        title="Discount",
        kind=Remedy.DISCOUNT,
        words="We can give you a discount of {amount} on your next order.",
        cost=Decimal(15),
        worth=Decimal(15),
        condition="Only for somebody who wants to order again.",
    ),
    RemedyTold(
        title="Apology by a named person",
        kind=Remedy.APOLOGY,
        words="Our manager can write to you personally and apologise to you.",
        condition="Ask them first, and put their name into the sentence.",
    ),
    RemedyTold(
        title="Priority",
        kind=Remedy.PRIORITY,
        words="From now on we can treat your requests with priority.",
    ),
    RemedyTold(
        title="Gift",
        kind=Remedy.GIFT,
        words="We can send you a small gift, as a thank-you for your patience.",
        cost=Decimal(10),
        worth=Decimal(15),
    ),
    RemedyTold(
        title="Donation",
        kind=Remedy.DONATION,
        words="We can donate {amount} in your name to a charity that you choose.",
        cost=Decimal(10),
        worth=Decimal(10),
    ),
    RemedyTold(
        title="Explanation",
        kind=Remedy.EXPLANATION,
        words="We can explain to you in writing what went wrong, and why.",
    ),
    RemedyTold(
        title="Change of process",
        kind=Remedy.CHANGE,
        words="We can change the way we do this, so that it does not happen to anybody again.",
        condition="Only where somebody really changes it.",
    ),
)
"""What a new house begins with; its leads make it their own."""


def do_begin_catalogue() -> None:
    """Give a house that has no catalogue yet the starting set, in its currency."""
    with transaction.atomic():
        if not RemedyItem.objects.exists():
            RemedyItem.objects.bulk_create([_row(told, slugify(told.title)) for told in STARTING])


def do_add_remedy(who: Staff, told: RemedyTold) -> RemedyItem:
    """Add a remedy. Raises `NotAllowed` for handlers, and `Impossible` where something about it cannot be."""
    check_rank(who, Rank.LEAD)
    check_told(told)
    start = slugify(told.title)[:_LONGEST_CODE].strip("-") or told.kind.value
    taken = set(RemedyItem.objects.filter(code__startswith=start).values_list("code", flat=True))
    code = next(name for name in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
    row = _row(told, code)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Impossible("Somebody else has just added this. Look at the list again.") from None
    return row


def do_change_remedy(who: Staff, code: str, told: RemedyTold, *, seen: str) -> None:
    """Tell a remedy anew; offers that were made of it stay as they are.

    `seen` is `mark_of` the remedy that its writer looked at. Raises `Impossible` where it is another one by now: a
    colleague changed it, or a customer took the last but one of it.
    """
    check_rank(who, Rank.LEAD)
    check_told(told)
    with transaction.atomic():
        row = access_remedy(code, lock=True)
        if mark_of(row) != seen:
            raise Impossible(
                "This was changed meanwhile; see above how it stands. Send it again if yours should stand."
            )
        fresh = _row(told, code)
        fresh.pk, fresh.active = row.pk, row.active
        fresh.save(force_update=True)


def do_switch_remedy(who: Staff, code: str, *, on: bool) -> None:
    """Put a remedy on the sheets, or take it off them."""
    check_rank(who, Rank.LEAD)
    with transaction.atomic():
        row = access_remedy(code, lock=True)
        RemedyItem.objects.filter(pk=row.pk).update(active=on)


def access_remedy(code: str, *, lock: bool = False) -> RemedyItem:
    """Return a remedy of the catalogue, which everybody on the staff may read, or raise `NoAccess`."""
    if "\0" in code:  # not every database takes the question
        raise NoAccess
    rows = RemedyItem.objects.select_for_update() if lock else RemedyItem.objects.all()
    found = rows.filter(code=code).first()
    if found is None:
        raise NoAccess
    return found


def check_told(told: RemedyTold) -> None:
    """Raise `Impossible`, with what would be right, where something about a remedy cannot be."""
    if not told.title.strip() or not told.words.strip():
        raise Impossible("Give it a name, and the sentence that offers it.")
    if _PLACE.search(told.words.replace(AMOUNT, "")):
        raise Impossible("The only place in the sentence is {amount}.")
    if AMOUNT in told.words and told.share is None and told.worth is None:
        raise Impossible("The sentence names an amount: say what it is worth to them, or which share of the price.")
    if told.share is not None and not 0 < told.share <= 1:
        raise Impossible("A share of the price is above 0, and at most 1: all of it.")
    for amount in (told.cost, told.worth):
        _check_amount(amount)
    if AMOUNT in told.words and told.share is None and not told.worth:
        raise Impossible("The sentence names an amount: it cannot be nothing.")
    if told.stock is not None and told.stock < 0:
        raise Impossible("What is left is nothing or more.")


def _check_amount(amount: Decimal | None) -> None:
    if amount is None:
        return
    try:
        Money.of(str(amount), house.policy().currency)
    except BadMoney as why:
        raise Impossible(f"{why}.") from None
    if amount < 0:
        raise Impossible("An amount is nothing or more.")


def check_offered(who: Staff, code: str, price: Money | None) -> Item:
    """Return what `code` offers to somebody who paid `price`; raise `Impossible` where `who` cannot offer it now."""
    try:
        row = access_remedy(code)
    except NoAccess:
        raise Impossible(
            "This is not in the catalogue. Choose something else, or write it in your own words."
        ) from None
    if not row.active:
        raise Impossible("This was taken off the catalogue. Choose something else.")
    if not may_give(who.rank, Rank(row.rank)):
        raise Impossible("This is for your lead to give. Ask them to offer it.")
    if row.stock == 0:
        raise Impossible("None of this is left. Choose something else.")
    return as_item(row, price)


def chosen_item(code: str, price: Money | None) -> Item | None:
    """Return what a reply offers that went out with this choice, as the catalogue has it now."""
    row = RemedyItem.objects.filter(code=code).first() if code else None
    return None if row is None else as_item(row, price)


def _row(told: RemedyTold, code: str) -> RemedyItem:
    values = {name: storable(v).strip() if isinstance(v, str) else v for name, v in asdict(told).items()}
    return RemedyItem(code=code, currency=house.policy().currency, **values)
