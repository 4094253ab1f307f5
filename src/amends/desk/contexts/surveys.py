"""What customers say: averages, and their words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One of the three questions with marks."""

    asked: Annotated[str, "What it is about."]
    average: Annotated[str, "The average mark, such as 4.2; empty where too few answered."]
    line: Annotated[SafeString, "The averages of the months as a line; empty for fewer than two."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month of a team, as a row."""

    month: Annotated[str, "The month in words."]
    team: Annotated[str, "The team."]
    asked: Annotated[int, "How many were asked."]
    answered: Annotated[str, "How many answered, with their share."]
    cells: Annotated[tuple[str, ...], "Three averages and two shares; a dash where too few answered."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """What somebody wrote."""

    words: Annotated[str, "The words."]
    marks: Annotated[str, "Their three marks, in words."]
    ref: Annotated[str, "The case's number, as people say it."]
    url: Annotated[str, "The case's page."]
    at: Annotated[datetime, "When they wrote it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveysPage:
    """What the page shows."""

    about: Annotated[str, "Of how many answers it is made, in a sentence."]
    questions: Annotated[tuple[QuestionView, ...], "Outcome, treatment, process."]
    shares: Annotated[tuple[tuple[str, str], ...], "Who would buy again and tell others to: what, and the share."]
    heads: Annotated[tuple[str, ...], "The heads of the cells of a month."]
    months: Annotated[tuple[MonthView, ...], "Months by team, the newest first."]
    words: Annotated[tuple[WordsView, ...], "What they wrote, the newest first."]
    least: Annotated[int, "So many answers make an average."]
