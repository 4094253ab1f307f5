"""How promises were kept, as figures and as tables."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.desk.contexts import EmptyView
from amends.desk.contexts.ledger import KeptPage, ShareView
from amends.desk.figures import columns, split_bar
from amends.desk.show.ledger import parts
from amends.insight.keeping import FATES, Keeping, Share


def kept_page(
    found: Keeping, starts: Sequence[datetime], *, person: int | None, whose: str, month: int | None
) -> KeptPage:
    """Return the page. `starts` are the first moments of the months; `month` is the place of the one looked at."""
    names = [formats.date_format(start, "M Y") for start in starts]
    keys = [start.strftime("%Y-%m") for start in starts]
    asked = {"person": str(person)} if person is not None else {}
    now = {"month": keys[month]} if month is not None else {}
    of_months = tuple(
        _share(name, share, _link(asked | {"month": key}), current=place == month)
        for place, (name, key, share) in enumerate(zip(names, keys, found.months, strict=True))
    )
    people = tuple(
        _share(
            one.name or _("Nobody any more"),
            one.share,
            _link(now | {"person": str(one.id)}) if one.id is not None else "",
            current=one.id is not None and one.id == person,
        )
        for one in found.people
    )
    seen = _looked_at(found, person, month)
    short = [formats.date_format(start, "M") for start in starts]
    heights = [_counts(share) for share in found.months]
    any_at_all = any(share.total for share in (*found.months, found.whole))
    return KeptPage(
        tabs=parts("kept", {}),
        lead=_in_words(seen),
        whose=whose,
        when=names[month] if month is not None else "",
        all_url=_link({}) if asked or now else "",
        figure=columns(
            list(zip(short, heights, strict=True)), FATES, _("Promises by month; the table below says how many.")
        ),
        months=of_months,
        people=people,
        teams=tuple(_share(one.name, one.share, "", current=False) for one in found.teams)
        if len(found.teams) > 1
        else (),
        empty=None if any_at_all else _empty(),
    )


def _looked_at(found: Keeping, person: int | None, month: int | None) -> Share:
    """Return the one share that the page is about."""
    if month is not None and person is not None:
        return found.months[month]
    if person is not None:
        return _sum(found.months)
    return found.whole


def _sum(shares: Sequence[Share]) -> Share:
    return Share(*(sum(counts) for counts in zip(*map(_counts, shares), strict=True)))


def _in_words(share: Share) -> str:
    if share.rate is None:
        return _("Nothing that was due stood as it was said.")
    stood = share.total - share.moved
    kept = ngettext(
        "%(kept)d of %(count)d promise was kept in time", "%(kept)d of %(count)d promises were kept in time", stood
    )
    told = f"{_percent(share.rate)}: " + kept % {"kept": share.kept, "count": stood}
    moved = ngettext("; %(count)d more was moved in time.", "; %(count)d more were moved in time.", share.moved)
    return told + (moved % {"count": share.moved} if share.moved else ".")


def _share(name: str, share: Share, url: str, *, current: bool) -> ShareView:
    counts = _counts(share)
    rate = _percent(share.rate) if share.rate is not None else "–"
    return ShareView(name=name, url=url, current=current, rate=rate, counts=counts, bar=split_bar(counts, FATES))


def _percent(rate: float) -> str:
    return _("%(figure)d %%") % {"figure": int(rate * 100)}  # never rounded up: 99.9 is not all of them


def _counts(share: Share) -> tuple[int, int, int, int]:
    return share.kept, share.moved, share.late, share.broken


def _link(given: dict[str, str]) -> str:
    base = reverse("desk:promises-kept")
    return f"{base}?{urlencode(given)}" if given else base


def _empty() -> EmptyView:
    return EmptyView(
        icon="handshake",
        title=_("Nothing was due yet"),
        text=_("Once promises fall due, this page shows how they were kept: by whom, in which team, in which month."),
    )
