"""The time of the call-back: chosen, changed, given back; confirmed by a letter that a calendar understands."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from amends.actions import handling, house
from amends.actions.booking import SlotTaken, do_book_call, do_decline_call, do_unbook_call, free_times
from amends.actions.clock import StoppedClock
from amends.actions.customers import phone_of
from amends.actions.invitations import event_for_customer, event_for_staff
from amends.actions.sending import do_send_mail
from amends.actions.ticks import do_tick_due
from amends.method.decide import Impossible
from amends.method.words import CallResult, Gate
from amends.store.models import Case, Customer, Message, Note
from amends.testing import Cast, make_customer
from tests.actions.doing import Everything, complaint, fresh, guest, later, names, record, state

pytestmark = pytest.mark.django_db
NUMBER = "+44 20 7946 0000"
AT = later(hours=3)
SLOT = later(days=2, hours=3)


@pytest.fixture(autouse=True)
def _at_one(stopped_clock: StoppedClock) -> None:
    stopped_clock.pass_time(to=AT)


def fixed(cast: Cast, text: str = "The lamp is broken.", owner: int | None = None) -> Case:
    """Return a case of Jonas's that is resolved."""
    case = complaint(cast, text)
    record(cast.owner, case, handling.assign(owner or cast.owner.id))
    handling.do_record(cast.owner, case.pk, handling.resolve(), at=later(hours=2), reasons=dict.fromkeys(Gate, "Done."))
    return fresh(case)


def book(case: Case, slot: Any = SLOT, phone: str = NUMBER) -> None:
    do_book_call(guest(case), case.pk, slot, at=AT, phone=phone)


def event(content: bytes | None) -> Any:
    assert content is not None
    return next(iter(Calendar.from_ical(content).walk("VEVENT")))


def test_a_booked_call_is_confirmed_once_with_a_file_for_the_calendar(cast: Cast) -> None:
    case = fixed(cast)
    book(case)
    book(case, phone="")
    assert names(case).count("CallbackBooked") == 1
    assert fresh(case).call_at == SLOT
    row = Message.objects.get(purpose="booking")
    assert row.automatic
    do_send_mail(row.id)
    sent = mail.outbox[-1]
    assert "Wednesday 4 March 2026 at 13:00 (by the clock of UTC)" in sent.body
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("call.ics", "text/calendar")
    assert event(str(content).encode()).decoded("dtstart") == SLOT


def test_a_time_that_somebody_else_has_is_not_to_be_had_and_nothing_is_half_kept(cast: Cast) -> None:
    book(fixed(cast))
    late = fixed(cast, "My kettle is broken.")
    before = Everything.now()
    for slot in (SLOT, SLOT + timedelta(minutes=15), SLOT - timedelta(minutes=15)):
        with pytest.raises(SlotTaken, match="Somebody was quicker"):
            book(late, slot)
    with pytest.raises(SlotTaken):
        do_book_call(cast.owner, late.pk, SLOT, at=AT)
    assert Everything.now() == before
    assert SLOT not in free_times(late, at=AT)
    book(late, free_times(late, at=AT)[0])
    book(fixed(cast, "The box was open.", owner=cast.teammate.id))


def test_the_staff_write_down_any_open_hour_that_the_customer_named(cast: Cast) -> None:
    case = fixed(cast)
    odd = later(hours=3, minutes=40)
    assert odd not in free_times(case, at=AT)
    do_book_call(cast.owner, case.pk, odd, at=AT)
    assert fresh(case).call_at == odd
    with pytest.raises(Impossible, match="Nobody is here at that time"):
        do_book_call(cast.owner, case.pk, later(hours=12), at=AT)
    with pytest.raises(Impossible, match="too far ahead"):
        do_book_call(cast.owner, case.pk, later(days=21), at=AT)


def test_who_books_in_a_case_that_nobody_handles_has_it(cast: Cast) -> None:
    case = fixed(cast)
    record(cast.owner, case, handling.assign(None), at=AT)
    do_book_call(cast.teammate, case.pk, SLOT, at=AT)
    assert fresh(case).owner_id == cast.teammate.id


def test_cases_that_nobody_handles_share_the_teams_times(cast: Cast) -> None:
    first, second = fixed(cast), fixed(cast, "My kettle is broken.")
    for case in (first, second):
        record(cast.owner, case, handling.assign(None), at=AT)
    book(fresh(first))
    with pytest.raises(SlotTaken):
        book(fresh(second))


def test_a_call_that_goes_with_its_case_to_somebody_busy_stays(cast: Cast) -> None:
    mine, theirs = fixed(cast), fixed(cast, "My kettle is broken.", owner=cast.teammate.id)
    book(mine)
    book(theirs)
    record(cast.owner, theirs, handling.assign(cast.owner.id), at=AT)
    assert fresh(theirs).call_at == fresh(mine).call_at == SLOT


def test_a_number_is_kept_as_it_is_dialled(cast: Cast) -> None:
    case = fixed(cast)
    with pytest.raises(Impossible, match="Tell us the number"):
        book(case, phone="")
    with pytest.raises(Impossible, match="does not look like a telephone number"):
        book(case, phone="call me")
    assert state(case).call_at is None
    book(case, phone="+44 (20) 7946-0000")
    assert phone_of(fresh(case).customer) == "+442079460000"


def test_a_number_that_is_anothers_stays_theirs_and_whoever_calls_reads_it(cast: Cast) -> None:
    make_customer("Ben Olsen", phone=NUMBER)
    case = fixed(cast)
    with pytest.raises(Impossible):
        book(case, phone="")
    book(case)
    assert phone_of(fresh(case).customer) == ""
    assert Note.objects.get(case=case, kind="internal").text == "Call them at +442079460000."


def test_a_time_given_back_is_struck_out_and_told_by_whom_it_was_not_their_own_doing(cast: Cast) -> None:
    case = fixed(cast)
    book(case)
    first = event(event_for_customer(fresh(case)))
    do_unbook_call(guest(case), case.pk, at=AT)
    gone = event(event_for_customer(fresh(case)))
    assert (str(gone["STATUS"]), str(gone["UID"])) == ("CANCELLED", str(first["UID"]))
    assert int(gone["SEQUENCE"]) > int(first["SEQUENCE"])
    assert Message.objects.filter(purpose="booking").count() == 1
    book(case)
    do_unbook_call(cast.owner, case.pk, at=AT)
    assert "will not be at that time" in " ".join(
        Message.objects.filter(purpose="booking").values_list("text", flat=True)
    )
    do_unbook_call(cast.owner, case.pk, at=AT)
    assert names(case).count("CallbackUnbooked") == 2


def test_both_calendars_have_what_each_side_needs_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = house.House(business=house.Business("Kettle & Co.", "help@kettle.example", "+44 20 1111"))
    monkeypatch.setattr(house, "house", lambda: found)
    case = fixed(cast)
    assert event_for_customer(case) is None
    book(case)
    case = fresh(case)
    theirs, ours = event(event_for_customer(case)), event(event_for_staff(case))
    assert "+44 20 1111" in str(theirs["DESCRIPTION"])
    assert f"/cases/{case.pk}/" not in str(theirs["DESCRIPTION"])
    assert str(theirs["ORGANIZER"]) == "mailto:help@kettle.example"
    assert str(ours["SUMMARY"]) == f"Call back Maya Olsen (#{case.pk})"
    assert str(ours["LOCATION"]) == "tel:+442079460000"
    assert str(ours["URL"]).endswith(f"/cases/{case.pk}/")


def test_a_call_that_is_over_is_in_no_calendar_any_more(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = fixed(cast)
    book(case)
    stopped_clock.pass_time(to=SLOT + timedelta(minutes=1))
    record(cast.owner, case, handling.call_back(CallResult.NOT_REACHED), at=SLOT + timedelta(minutes=1))
    assert event_for_customer(fresh(case)) is None


@pytest.mark.parametrize(("writes", "result"), [(True, CallResult.PREFERS_WRITING), (False, CallResult.DECLINED)])
def test_who_does_not_want_to_be_called_is_not(cast: Cast, writes: bool, result: CallResult) -> None:
    case = fixed(cast)
    book(case)
    for _twice in range(2):
        do_decline_call(guest(case), writes=writes, at=AT)
    assert [call.result for call in state(case).calls] == [result]
    assert fresh(case).call_at is None
    with pytest.raises(Impossible, match="called back already"):
        book(case)


def test_before_the_fix_there_is_nothing_to_book_or_to_decline(cast: Cast) -> None:
    case = complaint(cast)
    assert free_times(case, at=AT) == []
    with pytest.raises(Impossible, match="once it is fixed"):
        book(case)
    with pytest.raises(Impossible, match="still working on this"):
        do_decline_call(guest(case), writes=True, at=AT)


def test_the_clock_calls_at_the_time_that_they_chose(cast: Cast) -> None:
    case = fixed(cast)
    book(case)
    do_tick_due(SLOT - timedelta(minutes=1))
    assert "callback" not in fresh(case).calls.split(",")
    do_tick_due(SLOT)
    assert "callback" in fresh(case).calls.split(",")


def test_without_an_address_the_call_is_booked_and_no_letter_goes_out(cast: Cast) -> None:
    case = fixed(cast)
    Customer.objects.get(pk=case.customer_id).addresses.all().delete()
    Message.objects.filter(case=case).update(sender="")
    book(case)
    assert fresh(case).call_at == SLOT
    assert not Message.objects.filter(purpose="booking").exists()
