"""A small grammar of the ways to say when: "by Friday 17:00", "within 24 hours", "in 3-5 business days"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

from amends.reading.model import Due
from amends.reading.numbers import ORDINAL, PATTERN, number, ordinal

_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_UPTO = rf"(?:(?:{PATTERN}) ?(?:-|to|or|and) ?)?({PATTERN})"
_LEAD = r"(?:within|in|inside|over|during|under|after|up to|no later than|at most|less than|next|takes?|a further)"
_ROUGHLY = r"(?: the)?(?: next| coming| following| about| around| roughly| approximately| at most| less than| another)?"

_WORKING = re.compile(rf"\b{_UPTO}(?: full)? ?-?(?:business|working|bank|office|week) ?-?(day|hour)s?\b")
_NTH_WORKING = re.compile(rf"\b({ORDINAL}) (?:full )?(?:business|working|bank) day\b")
_CLOCK = re.compile(rf"\b{_LEAD}{_ROUGHLY} {_UPTO}(?: short)? ?-?(min|minute|hour|hr|h|day|week|month)s?\b")
_CLOCK_HENCE = re.compile(rf"\b{_UPTO} (minute|hour|hr|day|week|month)s? from (?:now|today)\b")
_PERIOD = re.compile(r"\b(?:within|in) (?:(the|an|half an) hour|the (day|week|month)|half a day|a fortnight)\b")
_WEEKDAY = re.compile(
    r"\b(next |this |coming )?(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b(?!')"
)
_AHEAD = re.compile(
    r"\b(day after tomorrow|tomorrow|tmrw|today|tonight|this (?:very )?(?:day|morning|afternoon|evening)|next week|"
    r"(?:before )?(?:this |the |next )?(?:weekend|week's end)|this week|"
    r"(?:the )?end of (?:the |this )week|end of next week)\b"
)
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}|\b{_MONTH} (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)"
)
_ISO = re.compile(r"\b(?:20\d\d)-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(
    r"(?<![-+.,\w])(\d{1,2})[/.](\d{1,2})(?:[/.](?:20)?\d\d)?(?=[^\w]|$)(?! ?(?:am|pm|%|usd|eur|€|\$))"
)
_DATE_NEXT = re.compile(rf",? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}(?: of)? {_MONTH}|{_MONTH} (?:the )?\d)")
_THE_NTH = re.compile(
    r"\b(?:by|on|before|until|till|than|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?) (?:the )?"
    r"(\d{1,2})(?:st|nd|rd|th)\b"
    rf"(?! (?:time|floor|party|email|day|attempt|call)|(?: of)? {_MONTH})"
)
_MONTH_END = re.compile(r"\bend of (?:the|this) month\b")
_HOUR = re.compile(
    r"(?:\b(?:at|by|before|until|till|than) )?\b(?:(\d{1,2})(?:[:.](\d\d))? ?(am|pm|a\.m|p\.m|o'clock|hrs|h)\b|"
    r"(\d{1,2}):(\d\d)(?! ?(?:am|pm))\b|(noon|midday|midnight|lunchtime|lunch|(?<=by )dinner))"
)
_BARE_HOUR = re.compile(  # "before 3", "by 12.00", "between 13 and 15", "by five past seven"
    r"\b(?:by|before|until|till|between \d{1,2}(?:[:.]\d\d)? ?(?:and|to|-)) ?(?:"
    r"(\d{1,2})(?:[:.]([0-5]\d))?(?=[,;.!?)]*(?:$|\n)|[,;.!?)] | (?:at|on|today|tomorrow|tonight|this|and|so|"
    r"to|with|when|if|because|local|your|our|in)\b)|"
    rf"(half|quarter|five|ten|twenty|twenty-five) (past|to) ({PATTERN})\b)"
)
_DAY_AT = re.compile(r"(?:day|morrow|morning|afternoon|evening) at (\d{1,2})(?![\d:%])")  # "on Monday morning at 9"
_MINUTES = {"half": 30, "quarter": 15}
_OPENS = 7  # o'clock: an hour before it is one of the afternoon
_END_OF_DAY = re.compile(
    r"\b(?:(?:the )?end of (?:the |this |our |business )?(?:business |working )?(?:day|play|business)|close of "
    r"(?:business|play|day)|closing time|eod|cob|before the day is out|end of)\b"
)
_START_OF_DAY = re.compile(r"\b(?:first thing|start of (?:the day|business|play)|when we open|early)\b")
_NEXT_MORNING = re.compile(r"\b(?:first thing(?: in the morning)?|in the morning)\b")
_MORNING = re.compile(r"\bmorning\b")
_LATER = re.compile(r"\bafternoon\b")
_EVENING = re.compile(r"\b(?:evening|tonight|night)\b")

_BYGONE = re.compile(
    r"(?:\b(?:last|since|from|(?<!end )(?<!close )(?<!as )of|dated|past|every|each|previous)(?: the)? ?|"
    r"\b(?:you|we|i|they|it|which|was|were|been)"
    r"(?:'ve| have| had)? (?:[a-z]+ ){0,2}(?:paid|ordered|bought|wrote|called|sent|received|placed|arrived|charged|"
    r"reported|told|spoke|made|contacted|emailed|took|booked|purchased|signed|delivered|billed|had|asked)\b"
    r"(?:(?! (?:by|until|within|before|no later) )[^.;]){0,25}|"
    r"\b(?<!be )(?<!get )(?:went|left|sent|issued|posted)(?: out| off)? )$"
)
_TIMELY = re.compile(  # letters that every due time has some of: most clauses have none, and need not be searched
    r"\d|day|hour|minute|week|month|morrow|tmrw|noon|night|morning|evening|lunch|dinner|past|quarter|half|"
    r"eod|cob|end of|close of|"
    r"closing|first thing|early|start of|when we open|mon|tue|wed|thu|fri|sat|sun|hr|fortnight|[ap]\.?m\b"
)
_NEAR = 28  # characters around a day within which its hour stands


@dataclass(frozen=True, slots=True)
class When:
    """A due time and where its words stand."""

    due: Due
    start: int
    end: int


def find_due(flat: str, start: int, end: int) -> When | None:
    """Return the first due time that `flat[start:end]` names, or None.

    Past days ("your order of Friday") and vague ones ("soon", "in a few days") are none.
    """
    if not _TIMELY.search(flat, start, end):
        return None
    found: list[When] = []
    for pattern, reading in _READINGS:
        for match in pattern.finditer(flat, start, end):
            if _BYGONE.search(flat[max(start, match.start() - 60) : match.start()]):
                continue
            due = reading(match, flat[start:end], match.start() - start, match.end() - start)
            if due is not None:
                found.append(When(due, match.start(), match.end()))
                break
    if found:
        return min(found, key=lambda when: when.start)
    return _hour_alone(flat, start, end)


def _hour_alone(flat: str, start: int, end: int) -> When | None:
    """Read "by 5 pm", "by end of day", "first thing in the morning": an hour without a day."""
    for pattern in (_HOUR, _END_OF_DAY):
        match = pattern.search(flat, start, end)
        if match is None or _BYGONE.search(flat[max(start, match.start() - 60) : match.start()]):
            continue
        if pattern is _HOUR:
            at = _clock(match)
            if at is not None:
                return When(Due(days_ahead=0, at=at), match.start(), match.end())
        elif match.group() != "end of":
            return When(Due(days_ahead=0, end_of_day=True), match.start(), match.end())
    bare = _BARE_HOUR.search(flat, start, end)
    if bare is not None and (at := _bare_clock(bare)) is not None:
        return When(Due(days_ahead=0, at=at), bare.start(), bare.end())
    match = _NEXT_MORNING.search(flat, start, end)
    if match is None:
        return None
    first = match.group().startswith("first")
    due = Due(days_ahead=1, start_of_day=True) if first else Due(days_ahead=1, at=time(12))
    return When(due, match.start(), match.end())


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, half, hour24, minute24, word = match.groups()
    if word is not None:
        return {"midnight": time(23, 59), "lunchtime": time(13), "lunch": time(13), "dinner": time(18)}.get(
            word, time(12)
        )
    if hour24 is not None:
        hour, minute, half = hour24, minute24, ""
    h, m = int(hour), int(minute or 0)
    if half.startswith("p") and h < 12:
        h += 12
    if half.startswith("a") and h == 12:
        h = 0
    if half == "o'clock" and h < 7:
        h += 12
    if (h, m) == (24, 0):
        return time(23, 59)
    return _time(h, m)


def _bare_clock(match: re.Match[str]) -> time | None:
    hour, minute, part, direction, worded = match.groups()
    if part is None:
        h, m = int(hour), int(minute or 0)
    else:
        h, m = number(worded), _MINUTES.get(part) or number(part)
        h, m = (h, m) if direction == "past" else (h - 1, 60 - m)
    return _time(h + 12, m) if h < _OPENS and minute is None else _time(h, m)


def _time(h: int, m: int = 0) -> time | None:
    return time(h, m) if h < 24 and m < 60 else None


def _hours_of(clause: str, start: int, end: int) -> tuple[time | None, bool, bool]:
    """Return (at, end of day, start of day) as the words around a day say."""
    near = clause[max(0, start - _NEAR) : end + _NEAR]
    hour = _HOUR.search(clause, end, min(len(clause), end + _NEAR)) or _HOUR.search(
        clause, max(0, start - _NEAR), start
    )
    at = _clock(hour) if hour is not None else None
    bare = _BARE_HOUR.search(near) if at is None else None
    at = _bare_clock(bare) if bare is not None else at
    if at is None and (plain := _DAY_AT.search(near)):
        h = int(plain.group(1))
        at = _time(h + 12 if h < _OPENS else h)
    if at is not None:
        return at, False, False
    if _START_OF_DAY.search(near):
        return None, False, True
    if _END_OF_DAY.search(near):
        return None, True, False
    if _MORNING.search(near):
        return time(12), False, False
    if _EVENING.search(near):
        return time(23, 59), False, False
    return None, _LATER.search(near) is not None, False


def _working(match: re.Match[str], _clause: str, _start: int, _end: int) -> Due | None:
    count, unit = number(match.group(1)), match.group(2)
    return Due(working_days=count) if unit == "day" else Due(working_hours=count)


def _span(match: re.Match[str], _clause: str, _start: int, _end: int) -> Due | None:
    count, unit = number(match.group(1)), match.group(2)
    if unit.startswith("min"):
        return Due(within=timedelta(minutes=count))
    if unit.startswith("h"):
        return Due(within=timedelta(hours=count))
    return Due(within=timedelta(days=count * {"day": 1, "week": 7, "month": 30}[unit]))


def _period(match: re.Match[str], _clause: str, _start: int, _end: int) -> Due | None:
    if match.group(1):
        return Due(within=timedelta(minutes=30 if match.group(1) == "half an" else 60))
    if "fortnight" in match.group():
        return Due(within=timedelta(days=14))
    if "half" in match.group():
        return Due(within=timedelta(hours=12))
    return Due(within=timedelta(days={"day": 1, "week": 7, "month": 30}[match.group(2)]))


def _weekday(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    if match.group(2) in {"sun", "sat", "mar", "wed"} and match.group(1) is None:
        return None  # too often a plain word
    if _DATE_NEXT.match(clause, end):
        return None  # "Friday the 3rd", "Friday 3 March": the date says which
    at, late, early = _hours_of(clause, start, end)
    return Due(weekday=_DAYS[match.group(2)[:3]], at=at, end_of_day=late, start_of_day=early)


def _ahead(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    words = match.group()
    if words.startswith("before"):
        return Due(weekday=4, end_of_day=True)
    if "weekend" in words:
        return Due(weekday=6)
    if "this week" in words or words.endswith(("the week", "week's end")):
        return Due(weekday=4, end_of_day=True)
    if "week" in words:
        return Due(weekday=4, days_ahead=7, end_of_day=True) if words.startswith("end") else Due(days_ahead=7)
    at, late, early = _hours_of(clause, start, end)
    ahead = 2 if words.startswith("day after") else 1 if words.startswith(("tomorrow", "tmrw")) else 0
    return Due(days_ahead=ahead, at=at, end_of_day=late, start_of_day=early)


def _date(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    day, month = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
    return _on(int(day), _MONTHS[month[:3]], clause, start, end)


def _iso(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    return _on(int(match.group(2)), int(match.group(1)), clause, start, end)


def _slashed(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    """Read 14/3 and 3/14; where both could be the month (3/4), nothing is guessed."""
    first, second = int(match.group(1)), int(match.group(2))
    if first > 12 >= second:
        return _on(first, second, clause, start, end)
    return _on(second, first, clause, start, end) if second > 12 >= first else None


def _nth(match: re.Match[str], clause: str, start: int, end: int) -> Due | None:
    day = int(match.group(1))
    at, late, early = _hours_of(clause, start, end)
    return Due(day=day, at=at, end_of_day=late, start_of_day=early) if 1 <= day <= 31 else None


def _month_end(_match: re.Match[str], _clause: str, _start: int, _end: int) -> Due | None:
    return Due(day=31, end_of_day=True)


def _on(day: int, month: int, clause: str, start: int, end: int) -> Due | None:
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH[month - 1]:
        return None
    at, late, early = _hours_of(clause, start, end)
    return Due(day=day, month=month, at=at, end_of_day=late, start_of_day=early)


_Reading = Callable[[re.Match[str], str, int, int], Due | None]
_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (_WORKING, _working),
    (_NTH_WORKING, lambda match, _clause, _start, _end: Due(working_days=ordinal(match.group(1)))),
    (_ISO, _iso),
    (_DATE, _date),
    (_THE_NTH, _nth),
    (_SLASHED, _slashed),
    (_MONTH_END, _month_end),
    (_WEEKDAY, _weekday),
    (_CLOCK, _span),
    (_CLOCK_HENCE, _span),
    (_PERIOD, _period),
    (_AHEAD, _ahead),
)
