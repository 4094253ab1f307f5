"""From incidents, as they were read, to what their pages show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urlencode

from django.forms import Form
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.actions.clock import new_id
from amends.actions.previews import Preview
from amends.desk.contexts import CaseRow, EmptyView
from amends.desk.contexts.incidents import (
    BarView,
    ByHandView,
    CaseIncidentView,
    IncidentLine,
    IncidentPage,
    IncidentsPage,
    PreviewView,
    SilentsView,
    SilentView,
    WriteView,
    WrittenView,
)
from amends.desk.forms.incidents import LinkByNumber, Tell, WriteToMany
from amends.desk.show.drafts import DRAFTS
from amends.insight.casefile import CaseFile
from amends.insight.incidents import ByHand, Line, Reached, Written
from amends.insight.silent import SilentPage
from amends.method.policy import Policy
from amends.store.models import Incident

Kind = Literal["word", "fixed", "outreach"]
KINDS: Final[tuple[Kind, ...]] = ("word", "fixed", "outreach")
TITLES: Final[Mapping[str, str | Promise]] = {
    "word": gettext_lazy("A word to all"),
    "fixed": gettext_lazy("Is it fixed?"),
    "outreach": gettext_lazy("A first word to the silent others"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came with a form that is shown again, or looked at before it is sent."""

    forms: Mapping[str, Form] = field(default_factory=dict)
    preview: Preview | None = None
    kind: str = ""
    once: str = ""
    chosen: Collection[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of an incident."""

    incident: Incident
    reached: Reached
    written: Sequence[Written]
    by_hand: Sequence[ByHand]
    cases: tuple[CaseRow, ...]
    similar: tuple[CaseRow, ...]
    listed: int
    silent: SilentPage | None
    later: bool


def incidents_page(lines: Sequence[Line], form: Form, *, case: str, opened: bool) -> IncidentsPage:
    """Return the list."""
    empty = EmptyView(
        icon="layers",
        title=_("Nothing went wrong for many"),
        text=_(
            "When several customers complain of one cause, open an incident: "
            "you write once, and each gets an own answer."
        ),
    )
    return IncidentsPage(
        rows=tuple(
            IncidentLine(
                url=reverse("desk:incident", args=[one.id]),
                title=one.title,
                product=one.product,
                opened_at=one.opened_at,
                fixed_at=one.fixed_at,
                cases=one.cases,
                open_cases=one.open_cases,
            )
            for one in lines
        ),
        form=form,
        case=case,
        opened=opened,
        empty=None if lines else empty,
    )


def incident_page(read: Read, given: Given, policy: Policy) -> IncidentPage:
    """Return the page of one incident."""
    incident, base = read.incident, reverse("desk:incident", args=[read.incident.pk])
    hidden = read.reached.cases - len(read.cases)
    return IncidentPage(
        title=incident.title,
        facts=_facts(incident),
        what=incident.what,
        url=base,
        change=given.forms.get("change") or Tell(initial=Tell.of(incident), auto_id="change-%s"),
        changing="change" in given.forms,
        bars=_bars(read),
        written=tuple(written_view(one, base) for one in read.written),
        busy=any(one.waiting for one in read.written),
        by_hand=tuple(_by_hand(one) for one in read.by_hand),
        cases=read.cases,
        cases_note=ngettext("and %(count)d more", "and %(count)d more", hidden) % {"count": hidden}
        if hidden > 0
        else "",
        similar=read.similar,
        link=given.forms.get("link") or LinkByNumber(),
        linking="link" in given.forms,
        writes=tuple(_write(kind, base, read.listed, given) for kind in ("word", "fixed")),
        silent=None if read.silent is None else _silent(read, read.silent, given, policy, base),
    )


def case_incident(file: CaseFile) -> CaseIncidentView:
    """Return which incident a case belongs to, or may."""
    mine, known = file.state.incident, dict(file.incidents)
    return CaseIncidentView(
        title=known.get(mine, ""),
        url=reverse("desk:incident", args=[mine]) if mine in known else "",
        choices=tuple(file.incidents),
        open_url=f"{reverse('desk:incidents')}?{urlencode({'case': file.number})}",
    )


def written_view(one: Written, base: str) -> WrittenView:
    """Return what became of something that was written to many."""
    parts = [
        ngettext("%(count)d went out", "%(count)d went out", one.sent) % {"count": one.sent},
        ngettext("%(count)d waits", "%(count)d wait", one.waiting) % {"count": one.waiting} if one.waiting else "",
        _("%(count)d for you to write by hand") % {"count": one.refused} if one.refused else "",
        _("%(count)d not needed") % {"count": one.skipped} if one.skipped else "",
    ]
    return WrittenView(
        id=one.id,
        title=str(TITLES[one.kind]),
        text=one.text,
        author=one.author,
        at=one.at,
        count=one.count,
        sent=one.sent,
        waiting=one.waiting,
        says=", ".join(filter(None, parts)),
        stop_url=f"{base}stop/{one.id}/" if one.waiting else "",
    )


def _facts(incident: Incident) -> tuple[str, ...]:
    began, ended, fixed = (_day(at) for at in (incident.began_at, incident.ended_at, incident.fixed_at))
    period = _("orders from %(began)s") % {"began": began} if began else ""
    if began and ended:
        period = _("orders from %(began)s to %(ended)s") % {"began": began, "ended": ended}
    fixed = _("written on %(day)s that it is fixed") % {"day": fixed} if fixed else ""
    return tuple(filter(None, [incident.product, period, fixed]))


def _day(at: datetime | None) -> str:
    return formats.date_format(localtime(at), "j F Y") if at is not None else ""


def _bars(read: Read) -> tuple[BarView, ...]:
    found = read.reached
    silent = 0 if read.silent is None else read.silent.count + read.silent.unreachable
    most = max(found.cases + silent, 1)
    return (
        BarView(label=_("with a case"), count=found.cases, of=most),
        BarView(label=_("told"), count=found.told, of=most),
        BarView(label=_("asked whether it is fixed"), count=found.asked, of=most),
        BarView(label=_("yes, it is"), count=found.yes, of=most, tone="kept"),
        BarView(label=_("no, it is not"), count=found.no, of=most, tone="broken"),
        BarView(label=_("silent, and not written to"), count=silent, of=most),
    )


def _by_hand(one: ByHand) -> ByHandView:
    url = reverse("desk:customer", args=[one.customer]) if one.case is None else _case_url(one.case)
    return ByHandView(url=url, name=one.name or _("Somebody"), why=one.why)


def _case_url(case: int) -> str:
    return reverse("desk:case", args=[case]) + "#reply"


def _write(kind: Kind, base: str, count: int, given: Given) -> WriteView:
    mine = given.kind == kind
    return WriteView(
        kind=kind,
        url=f"{base}write/{kind}/",
        form=given.forms.get(kind) or WriteToMany(kind=kind, initial={"text": str(DRAFTS[kind])}),
        count=count,
        once=given.once if mine and given.once else new_id(),
        preview=_preview(given.preview) if mine and given.preview is not None else None,
        opened=mine,
    )


def _preview(found: Preview) -> PreviewView:
    shut = tuple(
        ByHandView(
            url=_case_url(one.case) if one.case is not None else "", name=one.customer or _("Somebody"), why=one.why
        )
        for one in found.shut
    )
    says = ngettext("%(count)d customer would get it.", "%(count)d customers would get it.", found.count)
    says = says % {"count": found.count}
    if shut and found.looked_at == found.count:
        says = _("Of %(count)d customers, %(shut)d would not get it: you write to them by hand.")
        says = says % {"count": found.count, "shut": len(shut)}
    elif shut and found.looked_at > 1:
        about = round(len(shut) * found.count / found.looked_at)
        says = _("Of %(looked)d that were looked at, %(shut)d would not get it; of all %(count)d, about %(about)d.")
        says = says % {"looked": found.looked_at, "shut": len(shut), "count": found.count, "about": about}
    elif shut:
        says = _("None of the %(count)d would get it.") % {"count": found.count}
    return PreviewView(says=says, shut=shut, example=found.example)


def _silent(read: Read, page: SilentPage, given: Given, policy: Policy, base: str) -> SilentsView:
    counted = {"count": page.count, "unreachable": page.unreachable}
    lead = ngettext(
        "%(count)d customer ordered it and has not written.",
        "%(count)d customers ordered it and have not written.",
        page.count,
    )
    if page.unreachable:
        lead = _("%(count)d customers ordered it and have not written; %(unreachable)d more have no e-mail address.")
    figure, complaints = policy.figures.silent_for_each_complaint, read.reached.complained
    estimate = _(
        "An estimate, not a count: for each customer who complains, about %(each)d say nothing (%(source)s). "
        "By that, %(complaints)d complaints would mean about %(about)d silent customers."
    ) % {
        "each": figure.value,
        "source": figure.source,
        "complaints": complaints,
        "about": int(complaints * figure.value),
    }
    chosen = given.chosen
    return SilentsView(
        lead=lead % counted,
        estimate=estimate if complaints else "",
        rows=tuple(
            SilentView(
                number=one.customer,
                name=one.name or one.address,
                address=one.address,
                order=one.order,
                what=one.what,
                at=one.placed_at,
                chosen=chosen is not None and one.customer in chosen,
            )
            for one in page.rows
        ),
        everybody=chosen is None,
        more_url=f"{base}?{urlencode({'silent': page.more})}#silent" if page.more is not None else "",
        first_url=f"{base}#silent" if read.later else "",
        write=_write("outreach", base, page.count, given),
    )
