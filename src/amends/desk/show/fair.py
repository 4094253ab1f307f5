"""What we could do for somebody, weighed by the method and put into words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.coaching.offers import sentence_for
from amends.desk.contexts.fair import CourseMark, CourseStep, CourseView, FairView, RemedyOption
from amends.desk.names import remedy
from amends.desk.text import money
from amends.insight.casefile import CaseFile
from amends.method.negotiation import (
    Caution,
    Distance,
    Item,
    Side,
    Step,
    Weighed,
    by_nearness,
    course,
    weigh_item,
)
from amends.method.policy import Policy
from amends.method.state import Bid, Option, State
from amends.method.words import Actor, Rank
from amends.store.catalogue import as_item, written
from amends.transcript import Money

NEAREST: Final = 4
"""So many things that we could do stand open; the others are folded."""
WIDE: Final = 240
HIGH: Final = 64
_EDGE: Final = 8
_SAYS: Final[dict[Side, str | Promise]] = {
    Side.BID: gettext_lazy("They asked: %(what)s"),
    Side.OFFER: gettext_lazy("We offered: %(what)s"),
    Side.COUNTER: gettext_lazy("They came back: %(what)s"),
}
_WHO_GIVES: Final[dict[Rank, str | Promise]] = {
    Rank.LEAD: gettext_lazy("Your lead can give this. Ask them."),
    Rank.ADMIN: gettext_lazy("An admin can give this. Ask them."),
}


def fair_view(file: CaseFile, by: Actor, policy: Policy, now: datetime) -> FairView:
    """Return what is weighed, for who looks now: `by`, with what they gave this month."""
    state, fair, thought = file.state, file.fair, file.state.thought
    found = sorted(_weighed(file, by, policy, now), key=lambda named: (bool(_blocked(named[2])), by_nearness(named[2])))
    shown = [_option(*one, policy) for one in found]
    near = sum(1 for one in shown[:NEAREST] if not one.blocked)
    return FairView(
        options=tuple(shown[:near]),
        more=tuple(shown[near:]),
        wanted=bool(state.bids) and state.open_offer is None and state.agreement is None,
        course=_course(course(state, policy), policy.currency),
        purchase=fair.purchase(state.purchase) if state.purchase else "",
        price=money(state.price) if state.price is not None else "",
        mentioned=_mentioned(file, state),
        may_think=not state.bid_settled,
        thought=remedy(thought.remedy, thought.amount) if thought is not None else "",
    )


def _mentioned(file: CaseFile, state: State) -> tuple[str, str] | None:
    one = file.fair.mentioned
    return None if one is None or state.purchase else (one.number, file.fair.purchase(one.number))


def _weighed(file: CaseFile, by: Actor, policy: Policy, now: datetime) -> Iterator[tuple[str, str, Weighed]]:
    """Yield what could be done with its name and when it fits: their own ideas first, then the catalogue."""
    state = file.state

    def weighed(item: Item) -> Weighed:
        return weigh_item(state, item, before=file.fair.given, at=now, by=by, policy=policy)

    if state.bids:
        yield _("What they ask for"), "", weighed(_theirs(state.bids[-1]))
    for option in state.options[-3:]:
        if option.remedy is not None and not _is_bid(option, state):
            yield _("What they would do in our place"), "", weighed(_theirs(option))
    for row in file.fair.catalogue:
        yield row.title, row.condition, weighed(as_item(row, state.price))


def _is_bid(option: Option, state: State) -> bool:
    """Whether it is just what they ask for, which stands there already."""
    return bool(state.bids) and (option.remedy, option.amount) == (state.bids[-1].remedy, state.bids[-1].amount)


def _theirs(named: Bid | Option) -> Item:
    """Return what the customer named as something that we could offer."""
    kind = named.remedy
    if kind is None:
        raise ValueError("An option without a remedy is words alone.")
    return Item(
        remedy=kind, amount=named.amount, words=sentence_for(kind, written(named.amount) if named.amount else "")
    )


def _option(title: str, condition: str, weighed: Weighed, policy: Policy) -> RemedyOption:
    item = weighed.item
    own = remedy(item.remedy, item.amount)
    return RemedyOption(
        title=title if item.code else f"{title}: {own}",
        sentence=item.words,
        code=item.code,
        costs="" if weighed.cost is None else money(Money(weighed.cost, policy.currency)),
        distance=_distance(weighed, policy.currency),
        condition=condition,
        left=""
        if item.left is None
        else ngettext("%(count)d left", "%(count)d left", item.left) % {"count": item.left},
        cautions=tuple(_caution(one, weighed, policy) for one in weighed.cautions if one not in _BLOCKS),
        blocked=_blocked(weighed),
    )


_BLOCKS: Final = (Caution.OUT_OF_STOCK, Caution.NOT_YOURS)


def _blocked(weighed: Weighed) -> str:
    if Caution.OUT_OF_STOCK in weighed.cautions:
        return _("None is left.")
    if Caution.NOT_YOURS in weighed.cautions:
        return str(_WHO_GIVES[weighed.item.rank])
    if weighed.item.words or not weighed.item.code:
        return ""
    if weighed.item.cost is not None:
        return _("It is a share of the price, and they paid nothing.")
    return _("Name the purchase first: it is a share of its price.")


def _distance(weighed: Weighed, currency: str) -> str:
    apart = money(Money(weighed.apart, currency)) if weighed.apart is not None else ""
    match weighed.distance:
        case Distance.SAME:
            return _("what they ask for")
        case Distance.MORE:
            return _("%(amount)s more than they ask for") % {"amount": apart}
        case Distance.LESS:
            return _("%(amount)s less than they ask for") % {"amount": apart}
        case Distance.OTHER:
            return _("something else than they ask for")
        case Distance.UNKNOWN:
            return ""


def _caution(caution: Caution, weighed: Weighed, policy: Policy) -> str:
    cap = policy.figures.compensation_cap
    match caution:
        case Caution.MORE_THAN_ASKED:
            return _("More than they asked for: say why, if you give it.")
        case Caution.ABOVE_CAP:
            share = {"percent": f"{Decimal(str(cap.value)) * 100:.0f}", "source": cap.source}
            return _("Above %(percent)s %% of what they paid. %(source)s.") % share
        case Caution.ABOVE_PRICE:
            return _("More than they paid.")
        case Caution.ABOVE_AUTHORITY:
            return _("More than you may give on your own: ask for approval.")
        case Caution.GIVEN_BEFORE:
            when = weighed.given_at.strftime("%d %B %Y").lstrip("0") if weighed.given_at else ""
            return _("They were given this before, on %(day)s.") % {"day": when}
        case Caution.NOT_YOURS | Caution.OUT_OF_STOCK:
            return _blocked(weighed)


def _course(steps: Sequence[Step], currency: str) -> CourseView | None:
    if len(steps) < 2:
        return None
    marks = tuple(_marks(steps))
    drawn = marks if len(marks) > 1 else ()
    return CourseView(
        steps=tuple(
            CourseStep(side=one.side.value, says=str(_SAYS[one.side]) % {"what": _what(one, currency)}, at=one.at)
            for one in steps
        ),
        marks=drawn,
        bids=" ".join(f"{m.x},{m.y}" for m in drawn if m.side != "offer"),
        offers=" ".join(f"{m.x},{m.y}" for m in drawn if m.side == "offer"),
    )


def _what(step: Step, currency: str) -> str:
    """Return a step in words; an amount of another currency also in the house's, where a rate is known."""
    words = remedy(step.remedy, step.amount)
    if step.amount is None or step.worth is None or step.amount.currency == currency:
        return words
    return f"{words} ({money(Money(step.worth, currency))})"


def _marks(steps: Sequence[Step]) -> Iterator[CourseMark]:
    """Yield a mark for each amount: later is to the right, more is higher."""
    known = [(place, one, one.worth) for place, one in enumerate(steps) if one.worth is not None]
    most = max((worth for _place, _one, worth in known), default=Decimal(0)) or Decimal(1)
    for place, one, worth in known:
        x = _EDGE + (WIDE - 2 * _EDGE) * place // max(1, len(steps) - 1)
        y = _EDGE + round((HIGH - 2 * _EDGE) * (1 - max(Decimal(0), worth) / most))
        yield CourseMark(x=x, y=y, side=one.side.value)
