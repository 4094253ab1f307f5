"""Plays the stories through the actions, all at once and in their order, while the clock moves through two weeks."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Min

from amends.actions import clock, guests, handling, promises
from amends.actions.actors import Guest, Staff
from amends.actions.effects import do_effects
from amends.actions.handling import Record, do_record
from amends.actions.incoming import Incoming, do_receive
from amends.actions.replies import do_log_spoken, do_reply
from amends.actions.sending import MAIL, do_send_mail
from amends.actions.surveys import do_answer_survey
from amends.actions.ticks import do_tick_due
from amends.cli.kettle import script
from amends.cli.kettle.script import AnyStep, CustomerStep, RecordStep, StaffStep, Story
from amends.method.state import PromiseStatus
from amends.store.models import Case, Customer, Effect, Message, Promise
from amends.transcript import Money

TALK = timedelta(minutes=4)
"""How long a customer talks on the telephone before we say something."""


@dataclass(slots=True)
class Teller:
    """Who is there, and which case each story has become."""

    staff: dict[str, Staff]
    customers: dict[str, Customer]
    today: date
    zone: ZoneInfo
    currency: str
    cases: dict[str, int] = field(default_factory=dict)
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def tell(self, stories: list[Story], *, until: datetime) -> None:
        """Play all steps of all stories, and let time pass between them and up to `until`."""
        steps = [(self._moment(step.at), story, step) for story in stories for step in story.steps]
        steps.sort(key=lambda step: step[0])
        with clock.stopped(steps[0][0]) as time:
            for at, story, step in steps:
                pass_time(time, at)
                self._play(story, step, time)
            pass_time(time, until)

    def _play(self, story: Story, step: AnyStep, time: clock.StoppedClock) -> None:
        at = clock.now()
        if isinstance(step, CustomerStep):
            self._hear(story, step, time)
            return
        who, case = self.staff[step.by], self.cases[story.customer]
        if isinstance(step, RecordStep):
            do_record(who, case, self._record(step, who), at=at)
        else:
            self._act(story, step, who, at)

    def _hear(self, story: Story, step: CustomerStep, time: clock.StoppedClock) -> None:
        """Let the customer do something."""
        at = clock.now()
        match step:
            case script.Writes():
                known = self.cases.get(story.customer)
                received = do_receive(self._incoming(story, step, at), at=at)
                if known is None and received.message is not None:
                    self.cases[story.customer] = received.message.case_id
            case script.Says():
                who = self.staff[step.by]
                do_receive(self._incoming(story, step, at), at=at, by=who)
                said = time.pass_time(by=TALK)
                do_log_spoken(who, self.cases[story.customer], self._written(step.told, said), at=said)
            case script.SaysFixed():
                guests.do_say_fixed(self._guest(story), fixed=step.fixed, words=step.words, at=at)
            case script.AnswersSurvey():
                do_answer_survey(
                    self._guest(story),
                    outcome=step.outcome,
                    treatment=step.treatment,
                    process=step.process,
                    buy_again=step.buy_again,
                    recommend=step.recommend,
                    words=step.words,
                    at=at,
                )

    def _record(self, step: RecordStep, who: Staff) -> Record:
        """Return what a click of the staff records."""
        match step:
            case script.Takes():
                return handling.assign(who.id)
            case script.Understands():
                return handling.basis(expected=step.expected, got=step.got, cause=step.cause, confirmed=step.confirmed)
            case script.FindsUnwarranted():
                return handling.unwarranted(step.why)
            case script.AsksApproval():
                return handling.ask_approval(Money(Decimal(step.amount), self.currency), step.why)
            case script.CallsBack():
                return handling.call_back(step.result, step.note)
            case script.RecordsOutcomes():
                return handling.outcomes(step.problem, step.customer)
            case script.Closes():
                return handling.close(step.line)
            case script.Learns():
                return handling.root_cause(step.cause, step.note)

    def _act(self, story: Story, step: StaffStep, who: Staff, at: datetime) -> None:
        """Let the staff write, promise, keep a promise, or say that it is done."""
        case = self.cases[story.customer]
        match step:
            case script.Replies():
                do_reply(who, case, self._written(step.text, at), at=at, reasons=step.reasons)
            case script.Promises():
                self._promise(story.customer, step, who, at)
            case script.Keeps():
                promises.do_keep_promise(who, case, self.made[story.customer, step.what], how=step.how, at=at)
            case script.Resolves():
                for words in _proposed(case):
                    promises.do_dismiss_promise(who, case, words.pk, at=at)
                do_record(who, case, handling.resolve(), at=at)

    def _promise(self, customer: str, step: script.Promises, who: Staff, at: datetime) -> None:
        """Confirm the promise that was read in our words; without one, write it down."""
        case, due = self.cases[customer], self._moment(step.due)
        read = next((words for words in _proposed(case) if _quote(words).startswith(step.what)), None)
        if read is not None:
            promises.do_confirm_promise(who, case, read.pk, owner=who.id, due=due, at=at)
            promise = read.pk
        else:
            promise = promises.do_make_promise(who, case, step.what, due=due, owner=who.id, at=at)
        self.made[customer, step.what] = promise

    def _incoming(self, story: Story, step: script.Writes | script.Says, at: datetime) -> Incoming:
        customer, case = self.customers[story.customer], self.cases.get(story.customer)
        words = step.text if isinstance(step, script.Writes) else step.heard
        channel = story.channel if isinstance(step, script.Writes) else "phone"
        return Incoming(
            channel=channel,
            name=customer.name,
            email=f"{story.customer}@{script.DOMAIN}",
            subject=step.subject if isinstance(step, script.Writes) else "",
            text=self._written(words, at),
            external_id=f"<{story.customer}.{at:%d%H%M}@{script.DOMAIN}>" if channel == "email" else "",
            case=case,
        )

    def _guest(self, story: Story) -> Guest:
        return Guest(case=self.cases[story.customer], customer=self.customers[story.customer].pk)

    def _written(self, text: str, at: datetime) -> str:
        return script.dated(text, at.astimezone(self.zone).date())

    def _moment(self, text: str) -> datetime:
        return script.moment(text, today=self.today, zone=self.zone)


def pass_time(time: clock.StoppedClock, until: datetime) -> None:
    """Let time pass: whatever falls due on the way is ticked at its own time, and letters go out."""
    while True:
        work()
        due = Case.objects.aggregate(next=Min("next_due_at"))["next"]
        if due is None or due > until:
            break
        time.pass_time(to=max(due, clock.now()))
        do_tick_due(clock.now())
    time.pass_time(to=until)


def work() -> None:
    """Do what waits to be done in the world now."""
    if Effect.objects.filter(done_at=None, failed_at=None, not_before__lte=clock.now()).exists():
        do_effects({MAIL: do_send_mail}, now=clock.now, limit=100)


def _proposed(case: int) -> list[Promise]:
    return list(Promise.objects.filter(case_id=case, status=PromiseStatus.PROPOSED.value).order_by("made_at", "pk"))


def _quote(promise: Promise) -> str:
    """Return the words in which a promise was read."""
    return Message.objects.get(pk=promise.source).text[promise.start : promise.end]
