"""The call-back, both outcomes, thanks, the survey; and what is learned."""

from datetime import datetime

from amends.method.moves.base import Move
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome
from amends.transcript import Span


class MakeCallback(Move, frozen=True):
    """Record a try at the call-back."""

    result: CallResult
    note: Span | None = None


class BookCall(Move, frozen=True):
    """Say when it suits the customer to be called back."""

    slot: datetime


class UnbookCall(Move, frozen=True):
    """Say that this time does not suit after all."""


class RecordOutcomes(Move, frozen=True):
    """Record both outcomes."""

    problem: ProblemOutcome
    customer: CustomerOutcome
    note: Span | None = None


class Close(Move, frozen=True):
    """Close the case."""


class Reopen(Move, frozen=True):
    """Open the case again."""

    why: Span | None = None


class WriteThanksLine(Move, frozen=True):
    """Put a line of one's own into the thank-you."""

    words: Span


class SendThanks(Move, frozen=True):
    """Let the thank-you go out."""

    message: str


class SendSurvey(Move, frozen=True):
    """Let the survey, or its one reminder, go out."""

    message: str
    reminder: bool = False


class AnswerSurvey(Move, frozen=True):
    """The customer says how it was, 1 to 5 each.

    `upset` is how their free line reads (0 to 4), `unfixed` whether it says that it is not fixed: kind marks can stand
    beside bitter words.
    """

    outcome: int
    treatment: int
    process: int
    buy_again: bool | None = None
    recommend: bool | None = None
    words: Span | None = None
    upset: int = 0
    unfixed: bool = False


class DeclineSurvey(Move, frozen=True):
    """The customer does not want to be asked how it was."""


class ConfirmRootCause(Move, frozen=True):
    """Say why it happened."""

    cause: str
    note: Span | None = None


class FollowOutcome(Move, frozen=True):
    """Say what became of them past the case."""

    bought_again: bool | None = None
    recommends: bool | None = None


ComeBackMove = (
    MakeCallback
    | BookCall
    | UnbookCall
    | RecordOutcomes
    | Close
    | Reopen
    | WriteThanksLine
    | SendThanks
    | SendSurvey
    | AnswerSurvey
    | DeclineSurvey
    | ConfirmRootCause
    | FollowOutcome
)
