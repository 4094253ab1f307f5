"""What comes after a case: the thank-you card and the survey, as the staff see them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.coaching import Known
from amends.coaching.thanks import thanks_lines
from amends.desk.contexts.thanks import AfterwardsView, CardView, SurveyView
from amends.desk.show.surveys import ASKED, SHARES
from amends.insight.casefile import CaseFile
from amends.method.facts import CaseReopened
from amends.method.state import Survey


def afterwards_view(file: CaseFile, known: Known, page_url: str) -> AfterwardsView:
    """Return the view. `page_url` is where the staff look at the customer's page."""
    state = file.state
    return AfterwardsView(
        card=_card(file, known, page_url) if state.resolved_at is not None else None,
        survey=None if state.survey is None else _survey(file, state.survey),
        waiting=state.survey_open,
        declined=state.survey_declined,
        all_url=reverse("desk:surveys"),
    )


def _card(file: CaseFile, known: Known, page_url: str) -> CardView:
    state = file.state
    line = file.texts.words(state.thanks_line)
    wanted = not line and state.thanks_sent_at is None
    found = thanks_lines(state, known) if wanted else ()
    return CardView(
        line=line,
        suggestions=tuple((one.text, one.why) for one in found),
        url=f"{page_url}thanks/",
        sent_at=state.thanks_sent_at,
    )


def _survey(file: CaseFile, survey: Survey) -> SurveyView:
    asked = ((str(SHARES["buy_again"]), survey.buy_again), (str(SHARES["recommend"]), survey.recommend))
    return SurveyView(
        marks=(
            (str(ASKED["outcome"]), survey.outcome),
            (str(ASKED["treatment"]), survey.treatment),
            (str(ASKED["process"]), survey.process),
        ),
        yes_or_no=tuple((what, _("yes") if said else _("no")) for what, said in asked if said is not None),
        words=file.texts.words(survey.words),
        at=survey.at,
        bad=any(isinstance(entry.fact, CaseReopened) and entry.at == survey.at for entry in file.history),
    )
