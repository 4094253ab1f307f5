"""Two people, two doors, two workers at the same moment: one after the other, and nothing is lost or doubled.

On SQLite and on PostgreSQL, each thread with a connection of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from amends.actions.approvals import do_answer_approval
from amends.actions.booking import SlotTaken, do_book_call
from amends.actions.customers import find_or_make
from amends.actions.effects import claim, queue_effect
from amends.actions.guests import do_answer_offer
from amends.actions.handling import ask_approval, assign, bid, do_record, resolve
from amends.actions.incoming import Received, do_receive
from amends.actions.promises import Overtaken, do_make_promise, do_move_promise
from amends.actions.remedies import RemedyTold, do_add_remedy
from amends.actions.replies import do_reply, do_take_back, do_write_note
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.gates import Refused
from amends.method.state import OfferStatus
from amends.method.words import Gate, Remedy
from amends.store import rows
from amends.store.models import Approval, Case, Customer, CustomerAddress, Effect, Message, Note, RemedyItem, Tally
from amends.testing import MONDAY, Cast, check_replay, mail_from, make_cast
from amends.transcript import Money
from tests import databases, needs
from tests.actions.doing import HOLD, complaint, fresh, guest, later, names, state
from tests.actions.plain import FURIOUS, NAMED, PLAINLY, WANTS_40

MANY = 4


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=needs.postgres)])
def _database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('two') / 'db.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_url")
    with django_db_blocker.unblock(), databases.another(url):
        yield


@pytest.fixture
def people(_database: None) -> Iterator[Cast]:
    """Return the cast, in a database that every thread sees; check at the end that replay equals read."""
    yield make_cast()
    check_replay()
    databases.empty()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a thread of its own; return what came of each, be it an error."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return act()
        except Exception as why:  # noqa: BLE001  it is what the test asks for
            return why
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def errors(results: list[object]) -> list[type]:
    return [type(result) for result in results if isinstance(result, Exception)]


def test_the_same_mail_by_several_doors_is_one(people: Cast) -> None:
    mail = mail_from("ben@example.org", f"{FURIOUS} {PLAINLY}", name="Ben")
    results = at_once(*[partial(do_receive, mail, at=MONDAY)] * MANY)
    assert errors(results) == []
    assert [r.duplicate for r in results if isinstance(r, Received)].count(False) == 1
    assert Message.objects.count() == Case.objects.count() == 1
    assert CustomerAddress.objects.filter(value="ben@example.org").count() == 1


def test_several_mails_of_one_new_customer_are_of_one_customer(people: Cast) -> None:
    mails = [mail_from("ben@example.org", f"{PLAINLY} {n}", name="Ben") for n in range(MANY)]
    assert errors(at_once(*[partial(do_receive, mail, at=MONDAY) for mail in mails])) == []
    assert Case.objects.count() == MANY
    assert Customer.objects.filter(name="Ben").count() == 1


def test_one_customer_found_by_several_at_once_is_one(people: Cast) -> None:
    found = at_once(*[partial(find_or_make, name="Ben", email="ben@example.org", at=MONDAY)] * MANY)
    assert errors(found) == []
    assert len({c.pk for c in found if isinstance(c, Customer)}) == 1
    assert Customer.objects.filter(name="Ben").count() == 1


def test_several_mails_into_one_case_all_stand_in_its_journal_without_a_hole(people: Cast) -> None:
    case = complaint(people)
    mails = [mail_from(people.customer, f"{WANTS_40} {n}", tokens=(case.token,)) for n in range(MANY)]
    assert errors(at_once(*[partial(do_receive, mail, at=later(minutes=1)) for mail in mails])) == []
    assert names(case).count("BidMade") == MANY
    assert names(case).count("MessageReceived") == MANY + 1


def test_of_two_who_saw_the_same_the_second_gets_a_conflict_and_his_text_is_not_half_kept(people: Cast) -> None:
    case = complaint(people)
    seen = fresh(case).seq
    writers = (people.owner, people.teammate, people.lead)
    results = at_once(*[partial(do_reply, who, case.pk, NAMED, at=MONDAY, seen=seen) for who in writers])
    assert sorted(error.__name__ for error in errors(results)) == ["Conflict", "Conflict"]
    assert Message.objects.filter(direction=Message.OUT).count() == 1
    assert names(case).count("MessageHeld") == 1


def test_without_having_looked_only_one_reply_at_a_time_gets_held(people: Cast) -> None:
    case = complaint(people)
    results = at_once(*[partial(do_reply, who, case.pk, NAMED, at=MONDAY) for who in (people.owner, people.teammate)])
    assert errors(results) == [Impossible]
    assert Message.objects.filter(direction=Message.OUT).count() == 1


def test_notes_of_several_colleagues_are_all_kept(people: Cast) -> None:
    case = complaint(people)
    notes = [partial(do_write_note, people.owner, case.pk, f"Note {n}", at=MONDAY) for n in range(MANY)]
    assert errors(at_once(*notes)) == []
    assert Note.objects.count() == names(case).count("NoteWritten") == MANY


def test_a_reply_is_either_taken_back_or_sent(people: Cast) -> None:
    case = complaint(people)
    row = do_reply(people.owner, case.pk, NAMED, at=MONDAY)
    in_time = MONDAY + HOLD / 2
    results = at_once(
        partial(do_take_back, people.owner, case.pk, row.pk, at=in_time), partial(do_tick_due, MONDAY + HOLD)
    )
    status = Message.objects.get(pk=row.pk).status
    taken_back = errors(results) == []
    assert status == ("taken_back" if taken_back else "queued")
    assert Effect.objects.count() == (0 if taken_back else 1)
    assert ("MessageTakenBack" in names(case)) is not ("MessageSent" in names(case))


def test_of_two_who_move_a_promise_at_once_one_is_told_and_the_customer_hears_one_word(people: Cast) -> None:
    case = complaint(people)
    due = later(days=2)
    promise = do_make_promise(people.owner, case.pk, "A lamp", due=due, owner=people.owner.id, at=MONDAY)
    move = partial(do_move_promise, case_id=case.pk, promise=promise, tell="Later.", at=MONDAY, seen=fresh(case).seq)
    results = at_once(partial(move, people.owner, due=later(days=3)), partial(move, people.teammate, due=later(days=4)))
    assert errors(results) == [Overtaken]
    assert names(case).count("PromiseRenegotiated") == 1
    assert Message.objects.filter(direction=Message.OUT).count() == 1


@pytest.mark.parametrize("granted", [True, False])
def test_of_two_leads_who_answer_at_once_one_is_told_and_one_answer_counts(people: Cast, granted: bool) -> None:
    case = complaint(people)
    do_record(people.owner, case.pk, ask_approval(Money.of(400, "USD"), "Seven years."), at=MONDAY)
    approval = Approval.objects.get().pk
    say = partial(do_answer_approval, approval=approval, at=MONDAY)
    results = at_once(partial(say, people.lead, granted=True), partial(say, people.admin, granted=granted))
    assert errors(results) == [Impossible]
    assert [name for name in names(case) if name in ("ApprovalGiven", "ApprovalDeclined")] in (
        ["ApprovalGiven"],
        ["ApprovalGiven" if granted else "ApprovalDeclined"],
    )
    assert Approval.objects.get().granted is not None


@pytest.mark.parametrize("handled", [True, False])
def test_of_several_customers_who_choose_the_same_time_one_gets_it(people: Cast, handled: bool) -> None:
    reasons = dict.fromkeys(Gate, "Settled on the phone.")
    cases = [complaint(people, f"{PLAINLY} {n}") for n in range(MANY)]
    for case in cases:
        do_record(people.owner, case.pk, assign(people.owner.id if handled else None), at=MONDAY)
        do_record(people.owner, case.pk, resolve(), at=MONDAY, reasons=reasons)
    slot = later(days=1, hours=3)
    choose = partial(do_book_call, slot=slot, at=later(hours=1), phone="+44 20 7946 0000")
    results = at_once(*[partial(choose, guest(case), case.pk) for case in cases])
    assert errors(results) == [SlotTaken] * (MANY - 1)
    assert [fresh(case).call_at for case in cases].count(slot) == 1
    assert Message.objects.filter(purpose="booking").count() == 1
    assert Note.objects.filter(kind="internal").count() == 0, "and of those who were too late nothing is half kept"


def test_the_last_one_of_a_remedy_is_taken_once_and_who_handles_the_other_is_told(people: Cast) -> None:
    tea = RemedyTold(title="Tea", kind=Remedy.GIFT, words="We can send you a box of our best tea.", stock=1)
    do_add_remedy(people.lead, tea)
    cases = [complaint(people, f"{PLAINLY} {WANTS_40} {n}") for n in range(MANY)]
    for case in cases:
        do_reply(people.owner, case.pk, tea.words, at=MONDAY, item="tea", hold=False)
    do_tick_due(MONDAY + HOLD)
    offers = [state(case).offers[-1].offer for case in cases]
    take = partial(do_answer_offer, accepted=True, words="", at=later(hours=1))
    results = at_once(*[partial(take, guest(case), offer) for case, offer in zip(cases, offers, strict=True)])
    assert errors(results) == []
    assert [state(case).offers[-1].status for case in cases] == [OfferStatus.ACCEPTED] * MANY
    assert RemedyItem.objects.get().stock == 0
    assert [names(case).count("NoteWritten") for case in cases].count(0) == 1
    assert Note.objects.filter(text__contains="none is left of: tea").count() == MANY - 1


def test_several_leads_who_add_the_same_name_all_get_theirs_or_are_told(people: Cast) -> None:
    tea = RemedyTold(title="Tea", kind=Remedy.GIFT, words="We can send you a box of our best tea.")
    results = at_once(*[partial(do_add_remedy, people.lead, tea)] * MANY)
    assert set(errors(results)) <= {Impossible}
    assert RemedyItem.objects.count() == MANY - len(errors(results))


def test_several_workers_tick_each_case_once(people: Cast) -> None:
    cases = [complaint(people, f"{PLAINLY} {n}") for n in range(6)]
    for case in cases:
        do_reply(people.owner, case.pk, NAMED, at=MONDAY)
    results = at_once(*[partial(do_tick_due, MONDAY + HOLD)] * MANY)
    assert errors(results) == []
    assert [names(case).count("MessageSent") for case in cases] == [1] * 6
    assert Effect.objects.count() == 6


def test_no_effect_is_claimed_twice_and_no_lane_overtaken(people: Cast) -> None:
    for n in range(12):
        queue_effect("mail", f"m{n}", key=f"mail:{n}", at=MONDAY, lane=f"lane{n % 3}" if n < 6 else "")
    results = at_once(*[partial(claim, MONDAY, 3)] * MANY)
    assert errors(results) == []
    claimed = [c.subject for result in results if isinstance(result, list) for c in result]
    assert len(claimed) == len(set(claimed))
    assert {"m3", "m4", "m5"}.isdisjoint(claimed)
    assert len(claimed) >= 3


def test_the_same_effect_asked_for_by_several_is_one(people: Cast) -> None:
    asked = at_once(*[partial(queue_effect, "mail", "m1", key="mail:m1", at=MONDAY)] * MANY)
    assert errors(asked) == []
    assert Effect.objects.count() == 1


def test_a_busy_desk_loses_nothing(people: Cast) -> None:
    """Mails, notes, bids, promises and the clock, all at once, in several cases of two teams."""
    cases = [complaint(people, f"{PLAINLY} {n}") for n in range(3)]

    def customer(n: int) -> None:
        for k in range(4):
            text = f"{FURIOUS if k % 2 else WANTS_40} {n}.{k}"
            do_receive(mail_from(people.customer, text, tokens=(cases[k % 3].token,)), at=later(minutes=k))
            do_receive(mail_from(f"new{n}.{k}@example.org", text, team="Back office"), at=later(minutes=k))

    def handler(n: int) -> None:
        for k in range(4):
            case, at = cases[(n + k) % 3].pk, later(hours=1, minutes=k)
            with suppress(Impossible, Refused):  # another reply may be on its way; that is no error
                do_reply(people.owner, case, NAMED, at=at, reasons=dict.fromkeys(Gate, "In a hurry."))
            do_record(people.owner, case, bid(Remedy.REFUND, "40"), at=at)
            do_write_note(people.teammate, case, f"{n}.{k}", at=at)

    def clock() -> None:
        for hours in (2, 30, 60):
            do_tick_due(later(hours=hours))

    results = at_once(partial(customer, 0), partial(customer, 1), partial(handler, 0), partial(handler, 1), clock)
    assert [r for r in results if r is not None] == []
    assert Case.objects.count() == 3 + 8
    assert Message.objects.filter(direction=Message.IN).count() == 3 + 16
    assert sum(names(case).count("NoteWritten") for case in cases) == 8


def test_two_who_count_the_same_heaps_in_another_order_do_not_wait_for_each_other_for_ever(people: Cast) -> None:
    case = complaint(people)
    there = Event()

    def count(first: str, second: str) -> None:
        with transaction.atomic():
            rows._count(Counter({(case.team_id, first): 1}))
            if first == "a":
                there.wait(0.3)  # where nothing holds the other one up, it comes as far as this
            else:
                there.set()
            rows._count(Counter({(case.team_id, second): 1}))

    assert errors(at_once(partial(count, "a", "b"), partial(count, "b", "a"))) == []
    assert sorted(Tally.objects.filter(heap__in=("a", "b")).values_list("heap", "count")) == [("a", 2), ("b", 2)]
    Tally.objects.filter(heap__in=("a", "b")).delete()
