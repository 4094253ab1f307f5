"""What goes out about what may be given, and about wishes to give more."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from amends.api.shapes import Amount, Person


class Allowance(Schema):
    """What the key's user may still give without asking. Null is no limit."""

    here: str | None = Field(description="In this case, beside what is offered already.")
    month: str | None = Field(description="This month, over all cases.")
    currency: str


class ApprovalOut(Schema):
    """A wish to give more that waits for its answer."""

    id: str
    case: int
    cost: Amount
    asked_by: Person | None
    why: str
    bid: str = Field(description="What the customer asks for, in their words; empty where that is not known.")
    draft: str = Field(description="The reply that would go out with a yes; empty where none is written.")
    asked_at: datetime | None
    due: datetime | None
    yours: bool = Field(description="Whether the key's user may answer it.")


class ApprovalList(Schema):
    """The wishes that wait, the longest waiting first."""

    approvals: list[ApprovalOut]


class ApprovalAnswered(Schema):
    """What an answer came to."""

    granted: bool
    message: str | None = Field(description="The reply that went with it; null where none did.")
    kept_back: str = Field(description="Why the reply did not go, where that was asked for.")
