"""The call-back, both outcomes, thanks, the survey; and what is learned."""

from datetime import datetime

from amends.method.facts.base import Fact
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.transcript import Span


class CallbackFellDue(Fact, frozen=True):
    """A day has passed since the fix: time to call."""


class CallbackOverdue(Fact, frozen=True):
    """The call-back window has closed without a call."""


class CallbackBooked(Fact, frozen=True):
    """The customer, or somebody for them, said when it suits them to be called."""

    slot: datetime


class CallbackUnbooked(Fact, frozen=True):
    """That time does not suit after all."""


class CallbackMade(Fact, frozen=True):
    """Somebody called back."""

    result: CallResult
    note: Span | None = None


class OutcomesRecorded(Fact, frozen=True):
    """Both outcomes: is the problem fixed, and is the customer?"""

    problem: ProblemOutcome
    customer: CustomerOutcome
    note: Span | None = None


class CaseClosed(Fact, frozen=True):
    """Nothing is owed any more."""


class CaseReopened(Fact, frozen=True):
    """The case is open again."""

    why: Span | None = None


class ThanksFellDue(Fact, frozen=True):
    """Time to thank them."""


class ThanksLineWritten(Fact, frozen=True):
    """The handler's own line for the thank-you."""

    words: Span


class ThanksSent(Fact, frozen=True):
    """A thank-you went to the customer."""

    message: str


class SurveyFellDue(Fact, frozen=True):
    """Time to ask how it was for them."""


class SurveySent(Fact, frozen=True):
    """The survey went to the customer."""

    message: str
    reminder: bool = False


class SurveyAnswered(Fact, frozen=True):
    """How it was for them, 1 (bad) to 5 (good): the outcome, the treatment, the process; and what comes of it."""

    outcome: int
    treatment: int
    process: int
    buy_again: bool | None = None
    recommend: bool | None = None
    words: Span | None = None


class SurveyDeclined(Fact, frozen=True):
    """They do not want to be asked how it was."""


class RootCauseConfirmed(Fact, frozen=True):
    """Why it happened, from the house's list of causes."""

    cause: str
    note: Span | None = None


class FollowUpFellDue(Fact, frozen=True):
    """Time to look whether they came back."""


class OutcomeFollowed(Fact, frozen=True):
    """What became of them past the case."""

    bought_again: bool | None = None
    recommends: bool | None = None


class LegalClockWarned(Fact, frozen=True):
    """A legal term runs out soon."""

    clock: str


class LegalClockPassed(Fact, frozen=True):
    """A legal term ran out before it was met."""

    clock: str


ComeBackFact = (
    CallbackFellDue
    | CallbackOverdue
    | CallbackBooked
    | CallbackUnbooked
    | CallbackMade
    | OutcomesRecorded
    | CaseClosed
    | CaseReopened
    | ThanksFellDue
    | ThanksLineWritten
    | ThanksSent
    | SurveyFellDue
    | SurveySent
    | SurveyAnswered
    | SurveyDeclined
    | RootCauseConfirmed
    | FollowUpFellDue
    | OutcomeFollowed
    | LegalClockWarned
    | LegalClockPassed
)
