"""When is it promised for?"""

from datetime import time, timedelta

import pytest

from amends.reading.dues import find_due
from amends.reading.model import Due

DUES = [
    ("by Friday", Due(weekday=4)),
    ("by Friday 17:00", Due(weekday=4, at=time(17))),
    ("on Friday at 5pm", Due(weekday=4, at=time(17))),
    ("by 5 pm on Friday", Due(weekday=4, at=time(17))),
    ("by 17.30 on Friday", Due(weekday=4, at=time(17, 30))),
    ("before 3", Due(days_ahead=0, at=time(15))),
    ("between 13 and 15", Due(days_ahead=0, at=time(15))),
    ("by half past six", Due(days_ahead=0, at=time(18, 30))),
    ("before 2 of them arrive", None),
    ("about -3.25 for both eyes", None),
    ("next Tuesday", Due(weekday=1)),
    ("by the end of Thursday", Due(weekday=3, end_of_day=True)),
    ("on Wednesday morning", Due(weekday=2, at=time(12))),
    ("on Wednesday afternoon", Due(weekday=2, end_of_day=True)),
    ("first thing Monday", Due(weekday=0, start_of_day=True)),
    ("by noon on Monday", Due(weekday=0, at=time(12))),
    ("within 24 hours", Due(within=timedelta(hours=24))),
    ("in the next two hours", Due(within=timedelta(hours=2))),
    ("within 24-48 hours", Due(within=timedelta(hours=48))),
    ("within the hour", Due(within=timedelta(hours=1))),
    ("in half an hour", Due(within=timedelta(minutes=30))),
    ("in 20 minutes", Due(within=timedelta(minutes=20))),
    ("within 10 days", Due(within=timedelta(days=10))),
    ("in two weeks", Due(within=timedelta(days=14))),
    ("three days from now", Due(within=timedelta(days=3))),
    ("in 3-5 business days", Due(working_days=5)),
    ("within three to five working days", Due(working_days=5)),
    ("within 2 business days", Due(working_days=2)),
    ("by close of the third business day", Due(working_days=3)),
    ("by the close of the third business day following receipt", Due(working_days=3)),
    ("by the end of the 2nd working day", Due(working_days=2)),
    ("on the first business day", Due(working_days=1)),
    ("within eight working hours", Due(working_hours=8)),
    ("today", Due(days_ahead=0)),
    ("by end of day", Due(days_ahead=0, end_of_day=True)),
    ("by EOD", Due(days_ahead=0, end_of_day=True)),
    ("by close of business", Due(days_ahead=0, end_of_day=True)),
    ("by 4pm", Due(days_ahead=0, at=time(16))),
    ("before noon", Due(days_ahead=0, at=time(12))),
    ("this afternoon", Due(days_ahead=0, end_of_day=True)),
    ("this evening", Due(days_ahead=0, at=time(23, 59))),
    ("tonight", Due(days_ahead=0, at=time(23, 59))),
    ("tomorrow", Due(days_ahead=1)),
    ("tomorrow at 3pm", Due(days_ahead=1, at=time(15))),
    ("tomorrow at 9:30 am", Due(days_ahead=1, at=time(9, 30))),
    ("at 12 am tomorrow", Due(days_ahead=1, at=time(0))),
    ("tomorrow at 3 o'clock", Due(days_ahead=1, at=time(15))),
    ("by end of day tomorrow", Due(days_ahead=1, end_of_day=True)),
    ("by close of business tomorrow", Due(days_ahead=1, end_of_day=True)),
    ("first thing in the morning", Due(days_ahead=1, start_of_day=True)),
    ("in the morning", Due(days_ahead=1, at=time(12))),
    ("the day after tomorrow", Due(days_ahead=2)),
    ("next week", Due(days_ahead=7)),
    ("by the end of the week", Due(weekday=4, end_of_day=True)),
    ("by the end of next week", Due(weekday=4, days_ahead=7, end_of_day=True)),
    ("before the weekend", Due(weekday=4, end_of_day=True)),
    ("on Monday morning at 9", Due(weekday=0, at=time(9))),
    ("tomorrow at 3", Due(days_ahead=1, at=time(15))),
    ("this week", Due(weekday=4, end_of_day=True)),
    ("over the weekend", Due(weekday=6)),
    ("by the 14th", Due(day=14)),
    ("before you leave on the 3rd", Due(day=3)),
    ("on 14 March", Due(day=14, month=3)),
    ("by March 14th at 10:00", Due(day=14, month=3, at=time(10))),
    ("by the 14th of March", Due(day=14, month=3)),
    ("by 2026-03-14", Due(day=14, month=3)),
    ("on 24/12", Due(day=24, month=12)),
    ("by 12/24", Due(day=24, month=12)),
    ("by the end of the month", Due(day=31, end_of_day=True)),
    ("soon", None),
    ("shortly", None),
    ("as soon as possible", None),
    ("in a few days", None),
    ("on 3/4", None),
    ("by 31 February", None),
    ("by the 45th", None),
    ("at 25:70", None),
    ("for the 2nd time", None),
]


@pytest.mark.parametrize(("words", "due"), DUES, ids=[words for words, _ in DUES])
def test_due(words: str, due: Due | None) -> None:
    text = f"i will call you {words}.".lower()
    when = find_due(text, 0, len(text))
    assert (when.due if when else None) == due


@pytest.mark.parametrize(
    "text",
    [
        "we will refund the 189 usd you paid on 3 march",
        "i will look into your order of friday",
        "i will read your message from last tuesday",
        "we will check what you ordered on the 3rd",
        "we will answer the mail you sent us yesterday",
        "we will look at what happened since monday",
    ],
)
def test_a_day_in_the_past_is_not_due(text: str) -> None:
    assert find_due(text, 0, len(text)) is None


def test_the_first_of_two_is_taken() -> None:
    text = "i will call you tomorrow or by friday"
    when = find_due(text, 0, len(text))
    assert when is not None
    assert when.due == Due(days_ahead=1)
    assert text[when.start : when.end] == "tomorrow"


def test_only_the_given_part_is_looked_at() -> None:
    text = "by friday we will call; tomorrow"
    assert find_due(text, 10, 22) is None
