"""Calendars are made from the words of a settings file, and say what to write instead when those cannot be."""

import pickle
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from amends.method.calendar import ALWAYS, BadCalendar, Calendar, Shift

OFFICE: Mapping[str, str | Sequence[str]] = {"mon-fri": ["09:00-12:30", "13:30-17:00"], "sat": ["10:00-13:00"]}


def built(
    *,
    zone: str = "Europe/Berlin",
    hours: Mapping[str, str | Sequence[str]] = OFFICE,
    country: str = "",
    subdivision: str = "",
    closed: Iterable[str | date] = (),
) -> Calendar:
    return Calendar.build(zone=zone, hours=hours, country=country, subdivision=subdivision, closed=closed)


MORNING, AFTERNOON, SATURDAY = Shift(time(9), time(12, 30)), Shift(time(13, 30), time(17)), Shift(time(10), time(13))


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        pytest.param(OFFICE, ((MORNING, AFTERNOON),) * 5 + ((SATURDAY,), ()), id="ranges and single days"),
        pytest.param({"wed": "9:00-12:30"}, ((), (), (MORNING,), (), (), (), ()), id="one shift needs no list"),
        pytest.param({"mon, sat": "09:00-12:30"}, ((MORNING,), (), (), (), (), (MORNING,), ()), id="days in a row"),
        pytest.param(
            {"SUN-Tue": "09:00-12:30"}, ((MORNING,), (MORNING,), (), (), (), (), (MORNING,)), id="over the weekend"
        ),
        pytest.param(
            {"mon": ["13:30-17:00", "09:00-12:30"]}, ((MORNING, AFTERNOON), *[()] * 6), id="shifts are put in order"
        ),
        pytest.param(
            {"mon": ["00:00 \u2013 24:00"], "sun": []}, ((Shift(time(0), time(0)),), *[()] * 6), id="a whole day"
        ),
        pytest.param(
            {"mon": ["09:00-12:30", "12:30-17:00"]},
            ((MORNING, Shift(time(12, 30), time(17))), *[()] * 6),
            id="shifts may touch",
        ),
    ],
)
def test_hours_are_read_as_people_write_them(
    hours: Mapping[str, str | Sequence[str]], week: tuple[tuple[Shift, ...], ...]
) -> None:
    assert built(hours=hours).week == week


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"zone": "Europe/Berlyn"}, "no time zone 'Europe/Berlyn'; write it like Europe/Berlin", id="zone"),
        pytest.param({"zone": "Europe"}, "no time zone 'Europe'", id="a folder of zones"),
        pytest.param({"zone": "../etc"}, "no time zone '../etc'", id="a path that leads out"),
        pytest.param({"zone": ""}, "no time zone ''", id="no zone"),
        pytest.param({"hours": {}}, "no working hour in the whole week; give at least one day", id="no hours"),
        pytest.param({"hours": {"mon-fri": []}}, "no working hour in the whole week", id="days without shifts"),
        pytest.param({"hours": {"monday": "09:00-12:00"}}, "'monday' does not name days.*mon-fri", id="a long name"),
        pytest.param({"hours": {"mon-": "09:00-12:00"}}, "'mon-' does not name days", id="half a range"),
        pytest.param({"hours": {"mon-fry": "09:00-12:00"}}, "'mon-fry' does not name days", id="a range to nowhere"),
        pytest.param(
            {"hours": {"mon-fri": "09:00-17:00", "fri": "09:00-13:00"}},
            "name Friday twice, by 'mon-fri' and by 'fri'; name each day once",
            id="a day named twice",
        ),
        pytest.param(
            {"hours": {"tue": ["11:00-14:00", "09:00-12:00"]}},
            "On Tuesday the shifts 09:00-12:00 and 11:00-14:00 overlap",
            id="shifts that overlap",
        ),
        pytest.param(
            {"hours": {"tue": ["00:00-24:00", "09:00-12:00"]}},
            "00:00-24:00 and 09:00-12:00 overlap",
            id="in a whole day",
        ),
        pytest.param(
            {"hours": {"mon": "22:00-06:00"}},
            "crosses midnight; split it into 22:00-24:00 and 00:00-06:00 on the next day",
            id="a night shift",
        ),
        pytest.param(
            {"hours": {"mon": "09:00-09:00"}}, "ends when it starts; .*00:00-24:00", id="a shift of no length"
        ),
        pytest.param({"hours": {"mon": "nine to five"}}, "'nine to five' is not a shift; write it like", id="words"),
        pytest.param({"hours": {"mon": "09:00-25:00"}}, "no clock shows 25:00", id="an hour that no clock shows"),
        pytest.param({"hours": {"mon": "09:75-12:00"}}, "no clock shows 09:75", id="a minute that no clock shows"),
        pytest.param({"hours": {"mon": "24:00-12:00"}}, "no clock shows 24:00", id="24:00 is an end only"),
        pytest.param({"country": "XX"}, "country 'XX'; write its two-letter code", id="country"),
        pytest.param(
            {"country": "DE", "subdivision": "ZZ"}, "DE has no subdivision 'ZZ'; known are: .*BE, ", id="part"
        ),
        pytest.param({"country": "VA", "subdivision": "ZZ"}, "known are: none, so leave it out", id="no parts at all"),
        pytest.param({"subdivision": "BE"}, "'BE' needs its country", id="part without its country"),
        pytest.param({"closed": ["24.12.2026"]}, "'24.12.2026' is not a date; write it like 2026-12-24", id="date"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused_with_a_fix(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadCalendar, match=sentence):
        built(**changes)


def test_a_closing_day_may_be_a_date_or_its_name_but_not_a_moment() -> None:
    assert built(closed=["2026-12-24", date(2026, 12, 31)]).closed == {date(2026, 12, 24), date(2026, 12, 31)}
    with pytest.raises(TypeError, match="give the local date"):
        built(closed=[datetime(2026, 12, 24, tzinfo=UTC)])


def test_a_calendar_made_by_hand_is_checked_as_well() -> None:
    with pytest.raises(BadCalendar, match="seven days, Monday first, not 2"):
        Calendar("UTC", ((MORNING,), ()))
    with pytest.raises(BadCalendar, match="carries a time zone"):
        Shift(time(9, tzinfo=UTC), time(17))
    with pytest.raises(BadCalendar, match="carries a time zone"):
        Shift(time(9), time(17, tzinfo=UTC))
    with pytest.raises(TypeError, match="give the local date"):
        Calendar("UTC", ALWAYS.week, frozenset({datetime(2026, 12, 24, tzinfo=UTC)}))


def test_calendars_of_the_same_words_are_the_same() -> None:
    one, other = built(country=" de", subdivision="BE "), built(country="DE", subdivision="BE")
    assert one == other
    assert hash(one) == hash(other)
    assert built() != built(closed=["2026-12-24"])
    assert len({one, other, built(), ALWAYS}) == 3


def test_a_calendar_travels_to_another_process_and_is_the_same_there() -> None:
    calendar = built(closed=["2026-12-24"])
    program = (
        "import pickle, sys\n"
        "there = pickle.loads(sys.stdin.buffer.read())\n"
        "from amends.method.calendar import Calendar\n"
        "again = Calendar(there.zone, there.week, there.closed)\n"
        "print(there == again and hash(there) == hash(again))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], input=pickle.dumps(calendar), capture_output=True, check=True)
    assert ran.stdout.strip() == b"True"
    assert pickle.loads(pickle.dumps(calendar)) == calendar  # noqa: S301 - our own bytes


def test_the_package_of_holidays_is_loaded_only_for_a_country() -> None:
    program = (
        "import sys\n"
        "from amends.method.calendar import Calendar\n"
        "Calendar.build(zone='UTC', hours={'mon': '09:00-17:00'})\n"
        "print('holidays' in sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"
