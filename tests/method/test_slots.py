"""The times that a customer can choose from: in our hours and in theirs, free, ahead, and on the grid of a shift."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.method.calendar import ALWAYS, Calendar
from amends.method.clock import Kind
from amends.method.facts import CallbackBooked, CallbackMade, CaseClosed
from amends.method.policy import Term
from amends.method.slots import call_slots, free_slots, suits_both
from amends.method.state import State
from amends.method.words import CallResult
from tests.method import given as words
from tests.method.given import DEFAULT, NOW, OFFICE, later
from tests.method.stories import resolved

HALF = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
NIGHTS = [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC)]


def slots_of(state: State, now: datetime, *taken: datetime, zone: str = "UTC") -> list[datetime]:
    return call_slots(state, DEFAULT, OFFICE, zone=zone, taken=taken, now=now)


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given beside
    ours=st.sampled_from(ZONES),
    theirs=st.sampled_from(ZONES),
    hours=st.sampled_from([["09:00-12:30", "13:30-17:00"], ["00:00-24:00"], ["22:00-24:00"]]),
    suits=st.sampled_from([["09:00-12:00", "13:00-20:00"], ["00:00-24:00"], ["01:00-03:30"]]),
    minutes=st.sampled_from([15, 30, 45]),
    ahead=st.integers(0, 72),
    busy=st.lists(st.integers(0, 7 * 24 * 12), max_size=8),
)
@example(NIGHTS[0], "Europe/Berlin", "Europe/Berlin", ["00:00-24:00"], ["01:00-03:30"], 30, 0, [])
@example(NIGHTS[1], "Europe/Berlin", "Europe/Berlin", ["00:00-24:00"], ["01:00-03:30"], 45, 0, [])
@example(NIGHTS[2], "Europe/Berlin", "America/New_York", ["00:00-24:00"], ["01:00-03:30"], 30, 0, [3])
def test_every_slot_suits_both(
    now: datetime,
    ours: str,
    theirs: str,
    hours: list[str],
    suits: list[str],
    minutes: int,
    ahead: int,
    busy: list[int],
) -> None:
    calendar = Calendar.build(zone=ours, hours={"mon-sun": hours})
    policy = words.house(suits=suits, callback_slot=Term(minutes, "minutes"))
    length, opens = timedelta(minutes=minutes), now + timedelta(hours=ahead)
    taken = [now + timedelta(minutes=5 * n) for n in busy]
    found = free_slots(policy, calendar, zone=theirs, opens=opens, taken=taken, now=now)
    assert found == sorted(set(found))
    for slot in found:
        assert now < slot <= now + timedelta(days=8)
        assert slot >= opens
        assert all(abs(slot - other) >= length for other in taken)
        each = [slot + n * MINUTE for n in range(minutes)]
        assert all(calendar.is_open(at) for at in each), "somebody is here all the time"
        assert all(_shows(at.astimezone(ZoneInfo(theirs)).time(), suits) for at in each), "by their own clock"
        shift, _ends = next(calendar.spans(slot, slot + MINUTE))
        assert (slot - shift) % length == timedelta(), "on the grid of the shift"


def _shows(wall: time, hours: list[str]) -> bool:
    spans = [tuple(span.split("-")) for span in hours]
    return any(
        start <= wall.strftime("%H:%M") and (end == "24:00" or wall.strftime("%H:%M") < end) for start, end in spans
    )


def test_the_first_slot_is_a_day_after_the_fix_and_the_last_a_week_from_now() -> None:
    found = slots_of(words.given(resolved()).state, NOW)
    assert found[0] == later(days=1)
    assert found[-1] <= later(days=7)
    assert all(slot.hour != 12 for slot in found), "nobody is called at lunch"


def test_what_is_taken_is_not_offered_and_neither_is_what_would_run_into_it() -> None:
    state = words.given(resolved()).state
    first, second, *_rest = slots_of(state, NOW)
    assert slots_of(state, NOW, first)[0] == second
    assert slots_of(state, NOW, first + HALF / 2)[0] == second + HALF


def test_after_a_try_in_vain_they_can_choose_from_now_on() -> None:
    tried = CallbackMade(at=later(days=1), result=CallResult.NOT_REACHED, note=None)
    now = later(days=1, minutes=1)
    assert slots_of(words.given(resolved(), tried).state, now)[0] == later(days=1, minutes=30)


@pytest.mark.parametrize("result", [CallResult.REACHED, CallResult.DECLINED, CallResult.PREFERS_WRITING])
def test_who_was_called_back_has_nothing_to_choose(result: CallResult) -> None:
    called = CallbackMade(at=later(days=1), result=result, note=None)
    assert slots_of(words.given(resolved(), called).state, later(days=1)) == []
    assert slots_of(words.given(resolved(), CaseClosed(at=NOW)).state, NOW) == []
    assert slots_of(State(), NOW) == []


def test_a_zone_that_nobody_knows_is_the_houses() -> None:
    state = words.given(resolved()).state
    assert slots_of(state, NOW, zone="") == slots_of(state, NOW, zone="Mars/Base") == slots_of(state, NOW)
    berlin = slots_of(state, NOW, zone="Europe/Berlin")
    assert berlin != slots_of(state, NOW)


def test_a_house_that_is_always_open_offers_no_endless_list() -> None:
    policy = words.house(booking_limit=Term(10_000, "days"), suits=["00:00-24:00"])
    assert len(free_slots(policy, ALWAYS, zone="UTC", opens=NOW, taken=[], now=NOW)) == 200


def test_the_hours_that_suit_both_are_where_two_days_overlap() -> None:
    here = suits_both(DEFAULT, OFFICE, zone="America/New_York", at=NOW)
    assert here == (NOW.replace(hour=14), NOW.replace(hour=17))
    within = NOW.replace(hour=15)
    assert suits_both(DEFAULT, OFFICE, zone="America/New_York", at=within) == (within, NOW.replace(hour=17))
    evening = NOW.replace(hour=18)
    assert suits_both(DEFAULT, OFFICE, zone="UTC", at=evening) == (later(hours=23), later(days=1, hours=2))
    assert suits_both(DEFAULT, OFFICE, zone="Pacific/Honolulu", at=NOW) is None


def test_a_time_chosen_after_the_last_try_is_called_all_the_same() -> None:
    tries = [CallbackMade(at=later(days=1 + n), result=CallResult.NOT_REACHED, note=None) for n in range(3)]
    slot = later(days=4)
    booked = words.given(resolved(), *tries, CallbackBooked(at=later(days=3, hours=1), slot=slot))
    assert booked.at(Kind.CALLBACK) == slot
    closed = words.given(resolved(), CallbackBooked(at=NOW, slot=slot), CaseClosed(at=later(hours=1))).state
    assert closed.call_at is None
