"""What the customer's own page shows of their case: what they may see, and nothing else.

Notes of the staff never come here, whatever points at them. Three kinds of typed text do, because they are addressed to
the customer: what was promised to them in other words than a message (`promise`), a final answer (`final`), and why
they have to wait (`snooze`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Literal

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from amends.insight.customer_done import Done, done_so_far
from amends.insight.customer_next import NextWord, Step, next_word, steps
from amends.insight.history import state_of
from amends.method.calendar import Calendar
from amends.method.policy import Policy
from amends.method.state import OfferStatus, Promise, PromiseStatus, State
from amends.method.words import Remedy
from amends.store.models import Attachment, Case, Message, Note, User
from amends.transcript import Money, Span

WINDOW: Final = 40
LONGEST: Final = 20_000
"""Characters of one message that the page shows."""
ADDRESSED: Final = ("promise", "final", "snooze")
"""Kinds of notes that are meant for the customer."""
SEEN: Final = Q(direction=Message.IN, automatic=False) | Q(
    direction=Message.OUT, status__in=("queued", "sent", "failed")
)
"""The messages that the customer wrote, or was sent. What is held or was taken back nobody has seen."""

Standing = Literal["open", "broken", "kept", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something that we promised."""

    what: Annotated[str, "What was promised, in the words of the promise; empty where they were erased."]
    state: Annotated[Standing, "open, broken (due and not done), kept, or late (done after it was due)."]
    due: Annotated[datetime | None, "By when."]
    done_at: Annotated[datetime | None, "When it was done."]
    owner: Annotated[str, "Who looks after it; empty where they have left."]
    moved: Annotated[bool, "Whether we told them of another time since."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Something that we offered."""

    id: Annotated[str, "Its id, for the answer."]
    words: Annotated[str, "The sentence that offers it; empty where it was erased."]
    remedy: Annotated[Remedy, "What kind of remedy it is."]
    amount: Annotated[Money | None, "How much, where money is part of it."]
    state: Annotated[OfferStatus, "open, accepted, rejected or withdrawn."]
    at: Annotated[datetime, "When we offered it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that came with a message."""

    id: Annotated[int, "Its number, to fetch it by; 0 where it was too large to be kept."]
    name: Annotated[str, "What it is called; empty where it has no name."]
    size: Annotated[int, "Its bytes."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message between us."""

    id: Annotated[str, "Its id."]
    ours: Annotated[bool, "Whether we wrote it."]
    who: Annotated[str, "The writer's name; empty for the customer, and for letters that no person wrote."]
    text: Annotated[str, "The words."]
    at: Annotated[datetime, "When it came or went."]
    spoken: Annotated[bool, "Whether it was said on the telephone, and written down by us."]
    undelivered: Annotated[bool, "Whether our mail could not be delivered."]
    files: Annotated[tuple[Sent, ...], "The files that came with it."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why they hear nothing for a while."""

    why: Annotated[str, "The reason, in our words; empty where they were erased."]
    until: Annotated[datetime, "By when they hear from us all the same."]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """Everything that the page shows."""

    number: Annotated[int, "The number of the case, as people say it."]
    name: Annotated[str, "The customer's name; empty where we do not know it."]
    subject: Annotated[str, "What it is about, as the customer put it."]
    opened_at: Annotated[datetime, "When the complaint came in."]
    zone: Annotated[str, "The customer's time zone; empty where we do not know it."]
    steps: Annotated[tuple[Step, ...], "The way of the case, in order."]
    coming: Annotated[NextWord, "What comes next, and by when."]
    wait: Annotated[Wait | None, "Why there is nothing to say before a certain time, where we told them so."]
    problem: Annotated[str, "The problem in the customer's words."]
    understood: Annotated[str, "What we said that we understood; empty before that."]
    confirmed: Annotated[bool | None, "Whether they said that this is right; None: not asked, or no answer yet."]
    bids: Annotated[tuple[str, ...], "What they said would be fair, in their words, newest first."]
    fair: Annotated[bool, "Whether they can still say what would be fair."]
    offers: Annotated[tuple[Offered, ...], "What we offered, newest first, but for what we took back."]
    final: Annotated[tuple[str, str] | None, "Our final answer and where else they can turn, if there is one."]
    promises: Annotated[tuple[Promised, ...], "What we promised: what is owed first, by its time, then what is done."]
    done: Annotated[tuple[Done, ...], "What has happened so far, newest first."]
    update: Annotated[str, "The newest sentence that said how things stand; empty for none."]
    asks_fixed: Annotated[bool, "Whether we ask them if it is fixed."]
    fixed: Annotated[bool | None, "What they said to that."]
    closed: Annotated[bool, "Whether the case is closed."]
    thanked: Annotated[bool, "Whether we thanked them."]
    survey: Annotated[bool, "Whether we ask them how it was."]
    surveyed: Annotated[bool, "Whether they answered that."]
    letters: Annotated[Sequence[Letter], "A window of what was said between us, oldest first."]
    earlier: Annotated[str, "The id before which there are earlier messages; empty for none."]
    later: Annotated[bool, "Whether this window is an earlier one, with newer messages after it."]

    @property
    def offer(self) -> Offered | None:
        """The offer that waits for their answer."""
        return next((one for one in self.offers if one.state is OfferStatus.OPEN), None)


def own_case(case: Case, *, policy: Policy, calendar: Calendar, now: datetime, before: str = "") -> OwnCase:
    """Return the page's content for `case` (with its customer), with the messages before the message `before`.

    At most eight queries, however long the conversation is.
    """
    state = state_of(case)
    words = _words(case, state)
    letters, earlier = _letters(case, before)
    agreed = state.basis.confirmed is not None if state.basis is not None else False
    final = state.final_answer
    return OwnCase(
        number=case.pk,
        name=case.customer.name,
        subject=case.subject,
        opened_at=case.opened_at,
        zone=case.customer.time_zone,
        steps=steps(state),
        coming=next_word(state, policy=policy, calendar=calendar, now=now),
        wait=None if state.put_off is None else Wait(why=_of(words, state.put_off.why), until=state.put_off.until),
        problem=_of(words, state.problem.span if state.problem else None) or _first_words(case),
        understood=_sentence(_of(words, state.read_back.span if state.read_back else None)),
        confirmed=True if agreed else None,
        bids=tuple(filter(None, (_of(words, bid.words.span) for bid in reversed(state.bids)))),
        fair=state.resolved_at is None,
        offers=_offers(state, words),
        final=None if final is None else (_of(words, final.why), _of(words, final.elsewhere)),
        promises=_promises(state, words),
        done=done_so_far(case, {p.promise: _of(words, p.what) for p in state.promises}),
        update=_of(words, state.updated.span if state.updated else None),
        asks_fixed=_asks_fixed(state),
        fixed=state.fixed,
        closed=state.closed_at is not None,
        thanked=state.thanks_sent_at is not None,
        survey=state.survey_open and not case.customer.no_surveys,
        surveyed=state.survey is not None,
        letters=letters,
        earlier=earlier,
        later=bool(before),
    )


def _asks_fixed(state: State) -> bool:
    """Return whether there is a fix to ask about; after a final answer without an agreement only where we did ask."""
    settled = state.final_answer is not None and state.agreement is None
    asked = state.fix_asked_at is not None or (state.resolved_at is not None and not settled)
    return asked and state.fixed is None


def _words(case: Case, state: State) -> Mapping[str, str]:
    """Return the texts that the state points at and the customer may see, by id. Two queries."""
    last = state.final_answer
    spans = [
        *(p.what for p in state.promises),
        *(o.words.span for o in state.offers),
        *(b.words.span for b in state.bids),
        *(said.span for said in (state.problem, state.read_back, state.updated) if said is not None),
        *((last.why, last.elsewhere) if last is not None else ()),
        *((state.put_off.why,) if state.put_off is not None else ()),
    ]
    wanted = {span.source for span in spans}
    found = dict(Message.objects.filter(SEEN, case=case, pk__in=wanted).values_list("pk", "text"))
    notes = Note.objects.filter(case=case, pk__in=wanted - found.keys(), kind__in=ADDRESSED)
    return found | dict(notes.values_list("pk", "text"))


def _of(words: Mapping[str, str], span: Span | None) -> str:
    return "" if span is None else " ".join(span.of(words.get(span.source, "")).split())


def _sentence(words: str) -> str:
    """Return words of ours that may begin in the middle of a sentence ("So you ordered …") as one of their own."""
    return words[:1].upper() + words[1:]


def _first_words(case: Case) -> str:
    """Return what the customer wrote first, where the reader saw no problem told in it."""
    first = Message.objects.filter(case=case, direction=Message.IN, automatic=False).order_by("at", "id")
    return first.values_list("text", flat=True).first() or ""


def _offers(state: State, words: Mapping[str, str]) -> tuple[Offered, ...]:
    return tuple(
        Offered(id=o.offer, words=_of(words, o.words.span), remedy=o.remedy, amount=o.amount, state=o.status, at=o.at)
        for o in reversed(state.offers)
        if o.status is not OfferStatus.WITHDRAWN
    )


def _promises(state: State, words: Mapping[str, str]) -> tuple[Promised, ...]:
    """Return the promises that count; what was only read as one, and not confirmed, is not a promise yet."""
    shown = [p for p in state.promises if p.status not in (PromiseStatus.PROPOSED, PromiseStatus.DISMISSED)]
    owners = _names(int(p.owner) for p in shown if p.owner.isdigit())
    shown.sort(key=lambda p: (not p.owed, p.due is None, p.due or p.made_at))
    return tuple(_promised(p, words, owners) for p in shown)


def _promised(promise: Promise, words: Mapping[str, str], owners: Mapping[int, str]) -> Promised:
    standing: Mapping[PromiseStatus, Standing] = {
        PromiseStatus.OPEN: "open",
        PromiseStatus.BROKEN: "broken",
        PromiseStatus.KEPT: "kept",
        PromiseStatus.LATE: "late",
    }
    return Promised(
        what=_of(words, promise.what),
        state=standing[promise.status],
        due=promise.due,
        done_at=promise.kept_at,
        owner=owners.get(int(promise.owner), "") if promise.owner.isdigit() else "",
        moved=promise.moved > 0,
    )


def _names(ids: Iterable[int]) -> Mapping[int, str]:
    wanted = set(ids)
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _letters(case: Case, before: str) -> tuple[Sequence[Letter], str]:
    """Return a window of what was said, and the id before which there is more."""
    found: QuerySet[Message] = Message.objects.filter(SEEN, case=case)
    end = found.filter(pk=before).values_list("at", "pk").first() if before else None
    if end is not None:
        found = found.filter(at__lte=end[0]).exclude(at=end[0], pk__gte=end[1])
    columns = ("pk", "direction", "author__name", Substr("text", 1, LONGEST), "at", "channel", "status", "automatic")
    rows = list(found.order_by("-at", "-id").values_list(*columns)[: WINDOW + 1])
    shown = rows[:WINDOW][::-1]
    files = _files([row[0] for row in shown])
    letters = [
        Letter(
            id=pk,
            ours=direction == Message.OUT,
            who="" if direction == Message.IN or automatic else author or "",
            text=text,
            at=at,
            spoken=channel == "phone",
            undelivered=status == "failed",
            files=files.get(pk, ()),
        )
        for pk, direction, author, text, at, channel, status, automatic in shown
    ]
    return letters, shown[0][0] if len(rows) > WINDOW else ""


def _files(messages: Sequence[str]) -> Mapping[str, tuple[Sent, ...]]:
    found: dict[str, tuple[Sent, ...]] = {}
    rows = Attachment.objects.filter(message_id__in=messages, inline=False).order_by("pk")
    for message, number, name, size, dropped in rows.values_list("message_id", "pk", "filename", "size", "dropped"):
        sent = Sent(id=0 if dropped else number, name=name, size=size)
        found[message] = (*found.get(message, ()), sent)
    return found


def file_of(case: Case, number: int) -> Attachment | None:
    """Return the file with this number, if it came with a message of this case that the customer may see."""
    seen = Message.objects.filter(SEEN, case=case)
    return Attachment.objects.filter(pk=number, message__in=seen, inline=False).first()
