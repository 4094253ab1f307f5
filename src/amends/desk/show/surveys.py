"""The page of what customers say, put together."""

from typing import Final

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.desk.contexts.surveys import MonthView, QuestionView, SurveysPage, WordsView
from amends.desk.figures import spark
from amends.insight.surveys import LEAST, Figures, OfMonth, SaidSo, SurveyFigures

ASKED: Final[dict[str, str | Promise]] = {
    "outcome": gettext_lazy("What came out"),
    "treatment": gettext_lazy("How we treated them"),
    "process": gettext_lazy("How easy it was"),
}
"""The three questions with marks, as the staff know them."""
SHARES: Final[dict[str, str | Promise]] = {
    "buy_again": gettext_lazy("Would buy again"),
    "recommend": gettext_lazy("Would tell others to"),
}
"""The two questions with yes and no."""


def surveys_page(found: SurveyFigures) -> SurveysPage:
    """Return the page."""
    return SurveysPage(
        about=_about(found.together),
        questions=tuple(_question(name, str(asked), found) for name, asked in ASKED.items()),
        shares=tuple((str(asked), _share(getattr(found.together, name))) for name, asked in SHARES.items()),
        heads=tuple(str(asked) for asked in (*ASKED.values(), *SHARES.values())),
        months=tuple(_month(one) for one in found.teams),
        words=tuple(_words(one) for one in found.words),
        least=LEAST,
    )


def _about(all_of_it: Figures) -> str:
    if not all_of_it.asked:
        return _("Nobody has been asked yet. Customers are asked a day after their case is closed.")
    return ngettext(
        "%(answered)d of %(asked)d customer who was asked in the last twelve months has answered.",
        "%(answered)d of %(asked)d customers who were asked in the last twelve months have answered.",
        all_of_it.asked,
    ) % {"answered": all_of_it.answered, "asked": all_of_it.asked}


def _question(name: str, asked: str, found: SurveyFigures) -> QuestionView:
    marks = [mark for one in found.months if (mark := getattr(one.figures, name)) is not None]
    label = _("%(asked)s, by month: %(marks)s") % {"asked": asked, "marks": ", ".join(map(_mark, marks))}
    return QuestionView(asked=asked, average=_mark(getattr(found.together, name)), line=spark(marks, label, 160, 40))


def _month(one: OfMonth) -> MonthView:
    figures = one.figures
    marks = [_mark(getattr(figures, name)) or "–" for name in ASKED]
    return MonthView(
        month=format_date(one.month, "F Y"),
        team=one.team,
        asked=figures.asked,
        answered=f"{figures.answered} ({_share(figures.answered / figures.asked)})",
        cells=(*marks, *(_share(getattr(figures, name)) or "–" for name in SHARES)),
    )


def _words(one: SaidSo) -> WordsView:
    marks = _("outcome %(outcome)d, treatment %(treatment)d, process %(process)d") % dict(
        zip(ASKED, one.marks, strict=True)
    )
    return WordsView(
        words=one.words, marks=marks, ref=f"#{one.case}", url=reverse("desk:case", args=[one.case]), at=one.at
    )


def _mark(mark: float | None) -> str:
    return "" if mark is None else str(number_format(mark, 1))


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
