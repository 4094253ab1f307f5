"""The journal is the truth: what is appended is there, once, in order, and the rows follow from it."""

import pytest
from django.db import transaction

from amends.method.facts import (
    CaseClosed,
    CaseResolved,
    FactTakenBack,
    FeelingAcknowledged,
    MessageSent,
    PromiseBroken,
    PromiseKept,
    QuestionAsked,
    UpsetRead,
)
from amends.method.words import Evidence, Side
from amends.store import journal
from amends.store.journal import Conflict
from amends.store.models import Approval, Case, JournalEntry, Promise, Tally
from amends.testing import MONDAY
from amends.transcript import Span
from tests.store.given import (
    CALENDAR,
    POLICY,
    asked,
    audit,
    keeper,
    later,
    new_case,
    opened,
    promised,
    proposed,
    write,
)

pytestmark = pytest.mark.django_db


def tally() -> dict[str, int]:
    return {t.heap: t.count for t in Tally.objects.exclude(count=0)}


def test_what_is_appended_is_read_back_in_order_with_its_actor() -> None:
    case = new_case()
    write(case, *opened())
    found = journal.entries(case.pk)
    assert [e.seq for e in found] == [1, 2, 3, 4]
    assert [e.fact for e in found] == list(opened())
    assert {(e.by.side, e.by.id) for e in found} == {(Side.STAFF, "1")}


def test_nothing_to_append_changes_nothing() -> None:
    case = new_case()
    write(case, *opened())
    before = Case.objects.values().get(pk=case.pk)
    write(case)
    assert Case.objects.values().get(pk=case.pk) == before


def test_the_state_is_stored_with_the_row_and_equals_the_replay() -> None:
    case = new_case()
    state = write(case, *opened())
    fresh = Case.objects.get(pk=case.pk)
    assert journal.state_of(fresh) == journal.replay(case.pk) == state
    assert (fresh.upset, fresh.peak, fresh.status, fresh.station) == (3, 3, "open", "acknowledge")
    assert fresh.changed_at == MONDAY
    assert audit() == []


def test_the_second_of_two_writers_who_saw_the_same_journal_gets_a_conflict() -> None:
    case = new_case()
    write(case, *opened())
    one, two = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    write(one, MessageSent(at=later(hours=1), message="r1"))
    with pytest.raises(Conflict), transaction.atomic():  # whose transaction it ends
        write(two, MessageSent(at=later(hours=1), message="r2"), MessageSent(at=later(hours=1), message="r3"))
    assert [e.seq for e in journal.entries(case.pk)] == [1, 2, 3, 4, 5]
    assert audit() == []


def test_a_journal_of_another_case_is_another_journal() -> None:
    one, two = new_case(1), new_case(2)
    write(one, *opened(2))
    write(two, *opened(4))
    write(one, MessageSent(at=later(hours=1), message="r1"))
    assert [len(journal.entries(c.pk)) for c in (one, two)] == [5, 4]
    assert audit() == []


def test_tallies_follow_the_case_from_heap_to_heap() -> None:
    case = new_case()
    write(case, *opened(3))
    assert tally().items() >= {"open": 1, "station:acknowledge": 1, "upset": 1, "waiting": 1}.items()
    words = Evidence(Span("r1", 0, 5))
    write(case, FeelingAcknowledged(at=later(hours=1), words=words), QuestionAsked(at=later(hours=1), words=words))
    assert tally() == {"open": 1, "station:diagnose": 1, "upset": 1}
    write(case, CaseResolved(at=later(hours=2)), CaseClosed(at=later(hours=3)))
    assert tally() == {"closed": 1}


def test_recount_makes_wrong_tallies_right() -> None:
    write(new_case(1), *opened())
    write(new_case(2, team="Back office"), *opened(0))
    right = sorted(Tally.objects.exclude(count=0).values_list("team__name", "heap", "count"))
    Tally.objects.update(count=7)
    assert audit() != []
    journal.recount()
    assert sorted(Tally.objects.values_list("team__name", "heap", "count")) == right
    assert audit() == []


def test_a_promise_is_a_row_that_follows_its_facts() -> None:
    case, owner = new_case(), keeper()
    write(case, *opened(), proposed())
    assert Promise.objects.filter(status="proposed", owner=None, due=None).count() == 1
    write(case, promised(owner))
    assert Promise.objects.values_list("status", "owner_id", "due").get() == ("open", int(owner), later(days=2))
    write(case, PromiseBroken(at=later(days=2), promise="p1"))
    write(case, PromiseKept(at=later(days=3), promise="p1"))
    assert Promise.objects.values_list("status", "kept_at").get() == ("late", later(days=3))
    assert audit() == []


def test_rebuilding_gives_the_same_rows() -> None:
    case, owner = new_case(), keeper()
    write(case, *opened(), promised(owner), proposed("p2"), asked(asker=owner))
    rows = (Case, Promise, Approval, Tally)
    before = [list(model.objects.order_by("pk").values()) for model in rows]
    journal.rebuild(Case.objects.get(pk=case.pk), policy=POLICY, calendar=CALENDAR)
    assert [list(model.objects.order_by("pk").values()) for model in rows] == before
    assert Promise.objects.count() == 2


def test_rebuilding_mends_rows_that_went_wrong() -> None:
    case, owner = new_case(), keeper()
    write(case, *opened(), promised(owner), asked(asker=owner))
    Case.objects.update(upset=0, calls="broken", next_due_at=None, state=b"{}")
    Promise.objects.update(status="kept")
    Approval.objects.all().delete()
    assert len(audit()) >= 4
    journal.rebuild(Case.objects.get(pk=case.pk), policy=POLICY, calendar=CALENDAR)
    journal.recount()
    assert audit() == []


def test_a_fact_that_is_taken_back_takes_its_rows_along() -> None:
    case, owner = new_case(), keeper()
    write(case, *opened(), proposed(), asked(asker=owner))
    write(case, FactTakenBack(at=MONDAY, seq=5), FactTakenBack(at=MONDAY, seq=6))
    assert not Promise.objects.exists()
    assert not Approval.objects.exists()
    assert audit() == []
    write(case, FactTakenBack(at=MONDAY, seq=7))  # taken back, the correction gives the promise back
    assert Promise.objects.get().pk == "p1"
    assert audit() == []


def test_after_a_correction_the_next_append_goes_on_from_the_corrected_state() -> None:
    case = new_case()
    write(case, *opened(4))
    write(case, FactTakenBack(at=MONDAY, seq=4))
    assert Case.objects.get().upset is None
    write(case, UpsetRead(at=MONDAY, message="m1", level=1))
    assert (Case.objects.get().upset, Case.objects.get().seq) == (1, 6)
    assert audit() == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda: JournalEntry.objects.filter(seq=2).delete(), "a hole"),
        (lambda: Case.objects.update(heat=9), "heat is 9"),
        (lambda: Case.objects.update(state=b"{}"), "stored state"),
        (lambda: Promise.objects.update(status="kept"), "row p1"),
        (lambda: Promise.objects.all().delete(), "row p1"),
        (lambda: Approval.objects.update(granted=True), "row a1"),
        (lambda: Tally.objects.filter(heap="open").update(count=2), "'open' says 2"),
    ],
)
def test_the_audit_finds(spoil: object, complaint: str) -> None:
    assert callable(spoil)
    owner = keeper()
    write(new_case(), *opened(), promised(owner), asked(asker=owner, amount="0.005"))
    assert audit() == []
    spoil()
    assert complaint in " ".join(audit())


@pytest.mark.parametrize(
    ("amount", "row"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("0.025", "0.03"), ("5", "5.00"), ("999999999999.999", "999999999999.99")],
)
def test_an_approval_has_the_same_cents_in_every_database(amount: str, row: str) -> None:
    write(new_case(), *opened(), asked(asker=keeper(), amount=amount))
    assert str(Approval.objects.get().amount) == row
    assert audit() == []
