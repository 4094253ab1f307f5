"""The page of one case, put together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from msgspec import structs

from amends.actions.actors import Staff
from amends.actions.house import House
from amends.coaching import Known, wordings
from amends.desk.contexts import DeadlineView, HeatView
from amends.desk.contexts.casepage import CasePage, CoachView, NoticeView, RefusedView, ReplyView, WordingView
from amends.desk.contexts.waiting import WaitTold
from amends.desk.forms.calls import BookCall
from amends.desk.forms.fair import Purchase
from amends.desk.forms.promises import Make
from amends.desk.forms.records import RECORDS
from amends.desk.show.approvals import may_give
from amends.desk.show.coach import BLANK
from amends.desk.show.comeback import come_back_view
from amends.desk.show.customer import customer_card
from amends.desk.show.history import history_lines
from amends.desk.show.incidents import case_incident
from amends.desk.show.loyalty import loyalty_view
from amends.desk.show.path import path_view
from amends.desk.show.promises import promise_cards
from amends.desk.show.quotes import Quoter
from amends.desk.show.refusals import refusal_views
from amends.desk.show.rows import DEADLINES, deadline
from amends.desk.show.sheet import sheet_view
from amends.desk.show.stake import Bond, stake_view
from amends.desk.show.talk import talk_view, trend
from amends.desk.show.thanks import afterwards_view
from amends.desk.show.waiting import wait_view
from amends.insight.casefile import CaseFile
from amends.method.authority import room
from amends.method.calendar import Calendar
from amends.method.clock import Kind, after, deadlines
from amends.method.gates import Refusal
from amends.method.policy import Policy
from amends.method.state import UPSET, State
from amends.method.words import Actor, Gate

_ASKED_OF_PEOPLE = (Kind.ACKNOWLEDGE, Kind.UPDATE, Kind.BID, Kind.CALLBACK, Kind.LEGAL)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks (`by`: with what they gave this month), when, and by which rules."""

    who: Staff
    by: Actor
    now: datetime
    house: House
    policy: Policy
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came with a form that could not be carried out, to be shown again: nothing that was typed is lost."""

    text: str = ""
    coach: CoachView = BLANK
    dismissed: tuple[str, ...] = ()
    refusals: Sequence[Refusal] = ()
    reasons: Mapping[Gate, str] = field(default_factory=dict)
    refused: RefusedView | None = None
    notices: tuple[NoticeView, ...] = ()
    bound: Mapping[str, Form] = field(default_factory=dict)
    wait: WaitTold | None = None
    item: str = ""


def case_page(
    file: CaseFile, desk: Desk, page_url: str, written: Written, bond: Bond, beside: Sequence[tuple[datetime, int]] = ()
) -> CasePage:
    """Return the page. `page_url` is where to look at the customer's own page, `beside` the owner's other calls."""
    state, quoter, known = file.state, Quoter.of(file), known_of(file, desk)
    base = reverse("desk:case", args=[file.number])
    hold = int((after(desk.policy.hold, desk.now, desk.calendar) - desk.now).total_seconds())
    first = file.talk.messages[0].id if file.talk.messages else ""
    held_out = state.held is not None and state.held.until <= desk.now
    return CasePage(
        ref=f"#{file.number}",
        url=base,
        customer_name=file.customer.label or _("Somebody"),
        title=file.subject or _("No words"),
        status=file.status,  # type: ignore[arg-type]  # one of the four
        heat=_heat(state),
        owner=file.people.name(state.owner),
        mine=state.owner == str(desk.who.id),
        deadlines=deadline_views(state, desk),
        notices=(*written.notices, *_notices(file, quoter, written.bound)),
        refused=written.refused,
        path=path_view(quoter),
        talk=talk_view(file, desk.now, hold),
        earlier_url=f"{base}?before={first}#talk" if file.talk.earlier else "",
        newest_url="" if file.talk.newest else base,
        going_out=held_out or any(words.status == "queued" for words in file.talk.messages[-3:]),
        reply=_reply(file, quoter, known, desk, written, hold),
        promises=promise_cards(quoter, desk.now, desk.calendar, written.bound),
        wait=wait_view(file, desk.now, desk.policy, desk.calendar, written.wait),
        sheet=sheet_view(quoter, desk.who, desk.by, desk.policy, desk.now),
        customer=customer_card(quoter, page_url),
        stake=stake_view(bond, state, desk.policy, desk.now),
        loyalty=loyalty_view(bond, file.customer, known, desk.policy),
        incident=case_incident(file),
        come_back=come_back_view(file, known, desk.policy, desk.calendar, beside=beside, now=desk.now),
        afterwards=afterwards_view(file, known, page_url),
        history=history_lines(file),
        forms=_forms(file, desk, written),
        opened=next(iter(written.bound), ""),
    )


def known_of(file: CaseFile, desk: Desk) -> Known:
    """Return what the coach may know about the person."""
    state, texts = file.state, file.texts
    owed = state.owed[0].what if state.owed else None
    offer = state.open_offer
    return Known(
        name=file.customer.name,
        handler=desk.who.name,
        business=desk.house.business.name,
        years=file.customer.years,
        orders=file.customer.orders,
        problem=texts.words(state.problem.span) if state.problem is not None else "",
        bid=texts.words(state.bids[-1].words.span) if state.bids else "",
        offer=texts.words(offer.words.span) if offer is not None else "",
        promise=texts.words(owed),
    )


def deadline_views(state: State, desk: Desk) -> tuple[DeadlineView, ...]:
    """Return what is asked of people, the soonest first; what the clock has called already is late and still stands."""
    anew = structs.replace(state, called=frozenset())
    found = [d for d in deadlines(anew, desk.policy, desk.calendar) if d.kind in _ASKED_OF_PEOPLE]
    return tuple(
        deadline(
            desk.policy.legal[one.subject].title if one.kind is Kind.LEGAL else str(DEADLINES[one.kind]),
            one.at,
            desk.now,
            legal=one.kind is Kind.LEGAL,
        )
        for one in sorted(found, key=lambda d: d.at)
    )


def _heat(state: State) -> HeatView | None:
    levels = [reading.level for reading in state.temperature[-2:]]
    return HeatView(level=levels[-1], trend=trend(levels)) if levels else None


def _reply(file: CaseFile, quoter: Quoter, known: Known, desk: Desk, written: Written, hold: int) -> ReplyView:
    found = wordings(file.state, known)
    return ReplyView(
        text=written.text,
        seen=file.seq,
        to=next(iter(file.customer.emails), ""),
        hold=ngettext("%(count)d second", "%(count)d seconds", hold) % {"count": hold},
        wordings=tuple(WordingView(text=one.text, why=one.why) for one in found),
        refusals=refusal_views(
            written.refusals,
            quoter,
            known,
            desk.policy,
            form="reply-form",
            reasons=written.reasons,
            ask_url=reverse("desk:ask-approval", args=[file.number]),
            may_give=may_give(room(file.state, desk.by, desk.policy, desk.now), desk.policy.currency),
        ),
        busy=file.state.held is not None,
        coach=_without_gates(written.coach) if written.refusals else written.coach,
        dismissed=written.dismissed,
        item=next(((row.code, row.title) for row in file.fair.catalogue if row.code == written.item), None),
    )


def _without_gates(coach: CoachView) -> CoachView:
    """Return what the coach says beside the refusals, which stand above already."""
    return replace(coach, findings=tuple(finding for finding in coach.findings if finding.weight != "must"))


def _forms(file: CaseFile, desk: Desk, written: Written) -> dict[str, Form]:
    people = file.people.of_team(file.team)
    known = {"assign": {"owner": file.state.owner}, "thanks-line": {"line": file.texts.words(file.state.thanks_line)}}
    known["purchase"] = {"order": file.fair.mentioned.number if file.fair.mentioned else ""}
    tomorrow = desk.calendar.close_of_day((desk.now + timedelta(days=1)).date())
    made: dict[str, Form] = {name: kind(people=people, initial=known.get(name)) for name, kind in RECORDS.items()}
    made["make"] = Make(
        people=people, others=file.people.elsewhere(file.team), initial={"owner": str(desk.who.id), "due": tomorrow}
    )
    made["book-call"] = BookCall()
    made["purchase"] = Purchase(orders=file.fair.orders, initial=known["purchase"])
    return made | {name: form for name, form in written.bound.items() if name in made}


def _missing(bound: Mapping[str, Form]) -> Iterator[NoticeView]:
    """Yield that a form was not right, for those whom the page did not take to it."""
    for name, form in bound.items():
        title = getattr(form, "title", "") or _("The promise")
        if form.errors:
            words = _("“%(form)s” could not be written down yet: %(why)s") % {"form": title, "why": _errors(form)}
            yield NoticeView(words=words, tone="broken", icon="circle-alert", url=f"#{name.split()[0]}")


def _errors(form: Form) -> str:
    told = ((name, " ".join(map(str, errors))) for name, errors in form.errors.items() if name in form.fields)
    return " ".join(f"{form[name].label}: {why}" for name, why in told)


def _notices(file: CaseFile, quoter: Quoter, bound: Mapping[str, Form]) -> list[NoticeView]:
    state = file.state
    found = [*_missing(bound)]
    if state.bounced:
        words = _("Our mail came back: they never got it. Call them, or find another address.")
        found.append(NoticeView(words=words, tone="broken", icon="mail-x"))
    earlier = [case for case in file.customer.earlier if case.peak > 1]
    if state.unheard >= UPSET and (state.earlier_contact is not None or earlier):
        again = quoter.maybe(state.earlier_contact)
        words = _("Not the first time: a second failure is the dangerous one. They know that; say that you do, too.")
        found.append(NoticeView(words=words, tone="due", icon="history", quotes=(again,) if again else ()))
    return found
