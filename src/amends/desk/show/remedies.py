"""The page of the catalogue, put together."""

from collections.abc import Iterator, Sequence

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts.remedies import RemediesPage, RemedyRow
from amends.desk.forms.fair import TellRemedy
from amends.desk.names import REMEDIES
from amends.desk.text import money
from amends.method.words import Rank, Remedy
from amends.store.catalogue import mark_of
from amends.store.models import RemedyItem
from amends.transcript import Money


def remedies_page(rows: Sequence[RemedyItem], *, may: bool, bound: Form | None = None, code: str = "") -> RemediesPage:
    """Return the page; `bound` is a form that was not right: that of the remedy `code`, or of a new one."""
    opened = bound is not None and not code
    return RemediesPage(
        rows=tuple(_row(row, bound if row.code == code else None, may=may) for row in rows),
        form=(bound if opened else TellRemedy(auto_id="new-%s")) if may else None,
        opened=opened,
    )


def _row(row: RemedyItem, bound: Form | None, *, may: bool) -> RemedyRow:
    form = bound or TellRemedy(initial=TellRemedy.of(row), auto_id=f"{row.code}-%s")
    return RemedyRow(
        code=row.code,
        title=row.title,
        kind=str(REMEDIES[Remedy(row.kind)]),
        words=row.words,
        facts=tuple(_facts(row)),
        condition=row.condition,
        active=row.active,
        form=form if may else None,
        url=reverse("desk:remedies") + f"{row.code}/" if may else "",
        mark=mark_of(row),
        opened=bound is not None,
    )


def _facts(row: RemedyItem) -> Iterator[str]:
    if row.share is not None:
        yield _("%(percent)s %% of the price") % {"percent": f"{(row.share * 100).normalize():f}"}
    else:
        if row.cost is not None:
            yield _("costs us %(amount)s") % {"amount": money(Money(row.cost, row.currency))}
        if row.worth is not None:
            yield _("worth %(amount)s to them") % {"amount": money(Money(row.worth, row.currency))}
    if row.rank != Rank.HANDLER.value:
        yield _("given by a lead") if row.rank == Rank.LEAD.value else _("given by an admin")
    if row.stock is not None:
        yield (
            ngettext("%(count)d left", "%(count)d left", row.stock) % {"count": row.stock}
            if row.stock
            else _("none left")
        )
