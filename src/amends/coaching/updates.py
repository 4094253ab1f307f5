"""The letter that says where a complaint stands: one for a person to send, and one that the desk sends by itself.

Both tell nothing but what is true. Words of a promise are told as a quotation (`> …`): they were said before, and are
not promised a second time. A person's letter promises one thing, to write again in time, unless a promise that is
open does so already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from amends.coaching.known import Known, quoted
from amends.coaching.news import STANDING, News, What
from amends.coaching.wordings import wordings
from amends.method.state import UPSET, Promise, State

_PERSON: Mapping[What, str] = {
    What.WROTE: "Your message of {day} has reached me.",
    What.KEPT: "This has been done:",
    What.LATE: "This has been done, later than I said, for which I am sorry:",
    What.HANDED_OVER: "{who} is looking after this now:",
    What.LOOKS_AFTER: "{who} looks after your case now.",
    What.ASKED: "We asked a colleague for a decision on your complaint, and wait for the answer.",
    What.GRANTED: "We have the decision now that we waited for.",
    What.BROKEN: "This was due and has not come yet, for which I am sorry:",
    What.OPEN: "This is still to come:",
}
_MYSELF: Mapping[What, str] = {
    What.HANDED_OVER: "I am looking after this now:",
    What.LOOKS_AFTER: "I look after your case now.",
}
_DESK: Mapping[What, str] = {
    **_PERSON,
    What.WROTE: "Your message of {day} has reached us.",
    What.LATE: "This has been done, later than we said, for which we are sorry:",
    What.BROKEN: "This was due and has not come yet, for which we are sorry:",
}
_DONE = (What.KEPT, What.LATE, What.BROKEN)
_AGAIN = "I will write to you again by"
_LATE = "This message comes later than I said, for which I am sorry."
_NEWS = "I am writing to you with an update on your complaint."
_NO_NEWS = "An update on your complaint: I have no news yet, and did not want to leave you waiting."
_NO_NEWS_OF_THE_DESK = "There is no news yet, and we did not want to leave you waiting."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a letter is made of.

    `news` is what there is to tell, `words` the words of each promise by its id, `names` those of the staff by id.
    `again` is by when they hear from a person at the latest. Times are told in `zone`; with `name_zone`, because the
    customer lives by another clock, the zone is named as well.
    """

    news: Sequence[News]
    words: Mapping[str, str]
    names: Mapping[str, str]
    again: datetime
    zone: tzinfo
    name_zone: bool = False


def update_letter(state: State, told: Told, known: Known, writer: str) -> str:
    """Return the letter of a person, the staff member `writer`: a draft to send, or to write on from."""
    rest = tuple(one for one in told.news if not _promises_a_letter(one, told))
    lines = [_NEWS if _has_news(rest) else _NO_NEWS]
    if any(one.what is What.BROKEN for one in told.news if one not in rest):
        lines.append(_LATE)
    lines += _lines(rest, told, _PERSON, writer)
    if not any(p.due is not None and p.due <= told.again for p in _to_come(rest)):
        lines.append(f"{_AGAIN} {_moment(told.again, told)}, even if there is no news by then.")
    return "\n\n".join([_opening(state, known), *lines, *filter(None, [known.signature])])


def routine_letter(told: Told, known: Known) -> str:
    """Return the letter that no person writes. It says so, and by when a person does."""
    lines = [*([] if _has_news(told.news) else [_NO_NEWS_OF_THE_DESK]), *_lines(told.news, told, _DESK)]
    who = known.handler or "One of us"
    return "\n\n".join(
        [
            known.greeting,
            "this message was put together by our desk itself: no person wrote it. This is what we can tell you today.",
            *lines,
            f"{who} writes to you in person by {_moment(told.again, told)}.",
            *filter(None, [known.business]),
        ]
    )


def _opening(state: State, known: Known) -> str:
    """Return the greeting; for somebody who is upset and unheard with the words that name it, before anything else."""
    return wordings(state, known)[0].text if state.unheard >= UPSET else known.greeting


def _has_news(found: Iterable[News]) -> bool:
    return any(one.what not in (What.WROTE, *STANDING) for one in found)


def _to_come(found: Iterable[News]) -> list[Promise]:
    """Return the promises that are open; what is broken says nothing of when they hear from us."""
    return [one.promise for one in found if one.promise is not None and one.what not in _DONE]


def _promises_a_letter(one: News, told: Told) -> bool:
    """Whether this is the promise to write again, made in such a letter: the next one keeps it, be it late."""
    words = "" if one.promise is None else told.words.get(one.promise.promise, "")
    return words.startswith(_AGAIN) and one.what not in (What.KEPT, What.LATE, What.HANDED_OVER)


def _lines(found: Iterable[News], told: Told, phrases: Mapping[What, str], writer: str = "") -> list[str]:
    """Return a paragraph for each kind of news, with the promises that it is about."""

    def phrase(one: News) -> str:
        words = _MYSELF[one.what] if writer and one.who == writer and one.what in _MYSELF else phrases[one.what]
        return words.format(who=told.names.get(one.who) or "A colleague", day=_day(one.at, told))

    return ["\n\n".join([words, *_quotations(list(alike), told)]) for words, alike in groupby(found, key=phrase)]


def _quotations(found: Sequence[News], told: Told) -> list[str]:
    lines = [_quotation(one.what, one.promise, told) for one in found if one.promise is not None]
    return ["\n".join(lines)] if lines else []


def _quotation(what: What, promise: Promise, told: Told) -> str:
    words = told.words.get(promise.promise, "")
    said = quoted(words) if words else "what we promised you"
    due = "" if promise.due is None or what is What.KEPT else f", due on {_moment(promise.due, told)}"
    return f"> {said}{due}"


def _day(at: datetime, told: Told) -> str:
    here = at.astimezone(told.zone)
    year = "" if here.year == told.again.astimezone(told.zone).year else f" {here.year}"
    return f"{here:%A} {here.day} {here:%B}{year}"


def _moment(at: datetime, told: Told) -> str:
    here = at.astimezone(told.zone)
    zone = f" ({here:%Z})" if told.name_zone else ""
    return f"{_day(at, told)}, {here:%H:%M}{zone}"
