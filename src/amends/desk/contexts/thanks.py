"""What comes after a case: the thank-you card with the handler's own line, and how it was for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The thank-you card, while it waits and when it has gone."""

    line: Annotated[str, "The handler's own line; empty for none yet."]
    suggestions: Annotated[tuple[tuple[str, str], ...], "Lines that would be true of this customer, each with why."]
    url: Annotated[str, "Where the card is to be seen as they get it."]
    sent_at: Annotated[datetime | None, "When it went out; None while the line can still be changed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """How it was for them."""

    marks: Annotated[tuple[tuple[str, int], ...], "What was asked, and 1 to 5."]
    yes_or_no: Annotated[tuple[tuple[str, str], ...], "What else was asked, and what they said."]
    words: Annotated[str, "What they wrote with it; empty for nothing."]
    at: Annotated[datetime, "When they said so."]
    bad: Annotated[bool, "Whether it opened the case again."]


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterwardsView:
    """What comes after the case."""

    card: Annotated[CardView | None, "The thank-you card; None while there is nothing to thank for."]
    survey: Annotated[SurveyView | None, "How it was for them; None until they said so."]
    waiting: Annotated[bool, "Whether they were asked and have not said."]
    declined: Annotated[bool, "Whether they do not want to be asked."]
    all_url: Annotated[str, "Where the answers of all customers are."]
