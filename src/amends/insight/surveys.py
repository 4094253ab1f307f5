"""What customers say of it afterwards: averages by month and team, and their words. Never an average of a few."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from statistics import fmean
from typing import Final

import msgspec

from amends.insight.texts import Texts
from amends.method.facts import SurveyAnswered, SurveySent
from amends.store.models import JournalEntry

LEAST: Final = 3
"""So many answers make an average; of fewer, one would see who gave them."""

_facts: Final = msgspec.json.Decoder(SurveySent | SurveyAnswered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How it was for those who were asked: marks from 1 to 5, shares from 0 to 1; None for fewer than `LEAST`."""

    asked: int
    answered: int
    outcome: float | None
    treatment: float | None
    process: float | None
    buy_again: float | None
    recommend: float | None


@dataclass(frozen=True, slots=True)
class OfMonth:
    """The figures of those whom a team asked in a month, by its first day."""

    month: date
    team: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class SaidSo:
    """An answer with its words."""

    case: int
    at: datetime
    marks: tuple[int, int, int]
    words: str


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """All of it: together, by month (oldest first), by month and team (newest first), and the newest words."""

    together: Figures
    months: Sequence[OfMonth]
    teams: Sequence[OfMonth]
    words: Sequence[SaidSo]


@dataclass(slots=True)
class _Asked:
    """Somebody who was asked, after one resolution."""

    case: int
    month: date
    team: str
    answer: SurveyAnswered | None = None


def survey_figures(teams: Sequence[int] | None, *, since: datetime, zone: tzinfo, newest: int = 12) -> SurveyFigures:
    """Return the figures of those whom these teams (None: all) asked since then. Four queries at most.

    An answer counts for the month (in `zone`) in which they were asked, so that a share is one of those asked.
    """
    asked = _asked(teams, since, zone)
    months, both = defaultdict[date, list[_Asked]](list), defaultdict[tuple[date, str], list[_Asked]](list)
    for one in asked:
        months[one.month].append(one)
        both[one.month, one.team].append(one)
    return SurveyFigures(
        together=_figures(asked),
        months=[OfMonth(month, "", _figures(of)) for month, of in sorted(months.items())],
        teams=[
            OfMonth(month, team, _figures(of))
            for (month, team), of in sorted(both.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1]))
        ],
        words=_words(asked, newest),
    )


def _asked(teams: Sequence[int] | None, since: datetime, zone: tzinfo) -> list[_Asked]:
    rows = JournalEntry.objects.filter(kind__in=("SurveySent", "SurveyAnswered"), at__gte=since)
    if teams is not None:
        rows = rows.filter(case__team__in=teams)
    found, open_of = list[_Asked](), dict[int, _Asked]()
    for case, team, body in rows.order_by("case_id", "seq").values_list("case_id", "case__team__name", "fact"):
        fact = _facts.decode(bytes(body))
        if isinstance(fact, SurveyAnswered):
            if case in open_of:  # else they were asked before that time
                open_of[case].answer = fact
        elif not fact.reminder:
            open_of[case] = _Asked(case, fact.at.astimezone(zone).date().replace(day=1), team)
            found.append(open_of[case])
    return found


def _figures(asked: Sequence[_Asked]) -> Figures:
    answers = [one.answer for one in asked if one.answer is not None]
    return Figures(
        asked=len(asked),
        answered=len(answers),
        outcome=_mean(answer.outcome for answer in answers),
        treatment=_mean(answer.treatment for answer in answers),
        process=_mean(answer.process for answer in answers),
        buy_again=_mean(answer.buy_again for answer in answers),
        recommend=_mean(answer.recommend for answer in answers),
    )


def _mean(said: Iterable[int | None]) -> float | None:
    """Return the mean of what was said; None where too few said anything."""
    known = [value for value in said if value is not None]
    return fmean(known) if len(known) >= LEAST else None


def _words(asked: Sequence[_Asked], newest: int) -> list[SaidSo]:
    said = [(one.case, one.answer) for one in asked if one.answer is not None and one.answer.words is not None]
    said = sorted(said, key=lambda pair: pair[1].at, reverse=True)[:newest]
    texts = Texts()
    texts.fetch(answer.words.source for _case, answer in said if answer.words is not None)
    return [
        SaidSo(case, answer.at, (answer.outcome, answer.treatment, answer.process), words)
        for case, answer in said
        if (words := texts.words(answer.words))
    ]
