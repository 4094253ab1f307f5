"""What comes in. Times need a zone; texts are taken without the blanks around them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from amends.actions.incidents import LONGEST_TITLE, LONGEST_WHAT, MOST_AT_ONCE
from amends.insight.case_list import MOST
from amends.method.words import CallResult, CustomerOutcome, Gate, ProblemOutcome

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50_000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Reasons = Annotated[
    dict[Gate, Note], Field(description="For each gate that refuses: why you go past it. Kept, and counted.")
]


def _in_reach(at: datetime) -> datetime:
    """Return a moment that every zone can tell; raise `ValueError` for others."""
    if not 1900 <= at.year <= 2999:
        raise ValueError("The year has to be between 1900 and 2999.")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
Seen = Annotated[
    int | None,
    Field(description="The case's `seen` when you looked: 409 where a colleague has touched this promise since."),
]


class NewComplaint(Schema):
    """A customer's complaint that came in by a program."""

    external_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] = Field(
        description="What your side knows it by. With the same words it makes one case, however often it comes."
    )
    text: Words = Field(description="What the customer wrote, in their own words.")
    subject: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    written_at: Moment | None = None


class Asked(Schema):
    """Which cases to list."""

    status: Literal["open", "resolved", "closed", "quiet"] | None = None
    before: Annotated[int, Field(ge=1, le=2**62)] | None = Field(default=None, description="From below this number on.")
    limit: int = Field(default=50, ge=1, le=MOST)


class NewReply(Schema):
    """A reply to the customer."""

    text: Words
    seen: int | None = Field(default=None, description="The case's `seen` when its writer looked.")
    reasons: Reasons = Field(default_factory=dict)


class Looked(Schema):
    """What the sender has seen."""

    seen: int | None = Field(default=None, description="The case's `seen` when its sender looked.")


class NewSnooze(Schema):
    """Until when there is nothing to say, and why. The customer reads both on their page."""

    until: Moment
    why: Note


class NewNote(Schema):
    """A note that only the staff see."""

    text: Words


class NewPromise(Schema):
    """A promise to the customer. They read these words on their page."""

    what: Words
    due: Moment
    owner: int | None = Field(default=None, description="Whose it is; without one, the key's own user's.")
    ask: int | None = Field(default=None, description="Who is asked to keep it, of any team. Until they do, `owner`.")


class Confirm(Schema):
    """What was read as a promise is one. Owner and time stay as they were read unless they are given."""

    due: Moment | None = None
    owner: int | None = None
    ask: int | None = Field(default=None, description="Who is asked to keep it, of any team. Until they do, `owner`.")
    seen: Seen = None


class HandOver(Schema):
    """A colleague looks after it; the customer's date stands."""

    owner: int
    seen: Seen = None


class Ask(Schema):
    """Somebody, of any team, is asked to keep it."""

    owner: int
    seen: Seen = None


class TurnDown(Schema):
    """Who was asked cannot keep it."""

    why: Words


class Keep(Schema):
    """It was done."""

    how: Note = Field(default="", description="For colleagues; the customer does not see it.")
    seen: Seen = None


class Move(Schema):
    """Another time, before the first one is there, with a word to the customer in the same step."""

    due: Moment
    tell: Words
    seen: Seen = None


class Why(Schema):
    """Reasons to go past gates."""

    reasons: Reasons = Field(default_factory=dict)


class NewApproval(Schema):
    """A wish to give more than is one's own to give."""

    text: Note = Field(default="", description="The reply that needs it; the sum is what it would cost in all.")
    amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = Field(
        default=None, description="What it would cost in all, where no reply is written yet."
    )
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = Field(
        default=None, description="Three letters, such as EUR; without it, the house's."
    )
    why: Note = ""


class ApprovalAnswer(Schema):
    """Yes or no, with a word to who asked."""

    granted: bool
    why: Note = ""
    send: bool = Field(default=False, description="With a yes: let the reply that came with the wish go out.")


class Call(Schema):
    """A try at the call-back."""

    result: CallResult
    note: Note = ""


class NewBooking(Schema):
    """The time at which the customer wants to be called back."""

    slot: Moment
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(
        default="", description="Where to call, if that is new."
    )


class NewOutcomes(Schema):
    """Both outcomes, with a note for colleagues."""

    problem: ProblemOutcome
    customer: CustomerOutcome
    note: Note = ""


_Number = Annotated[int, Field(ge=1, le=2**62)]
_Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE)]


class NewIncident(Schema):
    """Something that went wrong for many at once."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE)]
    what: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WHAT)] = Field(
        default="", description="Said to customers, where a text has {what}."
    )
    product: _Title = Field(default="", description="Words that all stand in what was ordered.")
    began_at: Moment | None = Field(default=None, description="Orders from then on are met.")
    ended_at: Moment | None = None
    cases: list[_Number] = Field(default_factory=list, max_length=MOST_AT_ONCE)


class Cases(Schema):
    """Cases by their numbers."""

    cases: list[_Number] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ToMany(Schema):
    """A text for many, with places such as {name}."""

    text: Words
    once: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[\w-]*$")] = Field(
        default="", description="What your side knows it by: sent again with it, it is written once."
    )


class ToSilent(ToMany):
    """A first word to the silent others."""

    customers: list[_Number] | None = Field(default=None, description="Whom to write to; left out: all of them.")


_Batch = Annotated[list[Any], Field(min_length=1, max_length=1000)]


class Customers(Schema):
    """Customers, up to a thousand at once; each is looked at on its own."""

    customers: _Batch = Field(
        description="Objects with id or email, and: name, first_name, last_name, phone, since, currency, language, "
        "time_zone. What is left out stays as it is."
    )


class Orders(Schema):
    """Orders, up to a thousand at once; each is looked at on its own."""

    orders: _Batch = Field(
        description="Objects with id, customer (an id) or email, placed_at, amount, and: currency, what."
    )


class Subscriptions(Schema):
    """Subscriptions, up to a thousand at once; each is looked at on its own."""

    subscriptions: _Batch = Field(
        description="Objects with id, customer (an id) or email, amount, started_on, and: months of a term, currency, "
        "plan, renews_on, ended_on."
    )
