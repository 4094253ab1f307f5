"""The vocabulary of the method: who says so, which remedy, which result. Names are stored: never reuse one."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from amends.transcript import Span


class Voice(StrEnum):
    """Whose word a fact rests on: the reader's, until a person confirms or corrects it."""

    READER = "reader"
    PERSON = "person"


class Evidence(Struct, frozen=True):
    """The words that a fact rests on, and whether a person or the reader pointed at them."""

    span: Span
    by: Voice = Voice.READER


class Rank(StrEnum):
    """What somebody on the staff may do; each includes the one before."""

    HANDLER = "handler"
    LEAD = "lead"
    ADMIN = "admin"


class Side(StrEnum):
    """Where a fact comes from."""

    CUSTOMER = "customer"
    STAFF = "staff"
    CLOCK = "clock"


class Actor(Struct, frozen=True):
    """Who moves: a customer, one of the staff (with a rank), or time itself. `id` is a row's id, never a name.

    `given` is what they gave away this month in other cases, in the house's currency.
    """

    side: Side
    id: str = ""
    rank: Rank | None = None
    given: Decimal = Decimal(0)


CLOCK = Actor(Side.CLOCK)


class Remedy(StrEnum):
    """What puts things right, as asked for or as offered."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    COMPENSATION = "compensation"
    APOLOGY = "apology"
    EXPLANATION = "explanation"
    CANCELLATION = "cancellation"
    ACTION = "action"
    HUMAN = "human"
    CREDIT = "credit"
    DISCOUNT = "discount"
    PRIORITY = "priority"
    GIFT = "gift"
    DONATION = "donation"
    CHANGE = "change"


class ThreatKind(StrEnum):
    """What an upset customer says they will do."""

    LEAVE = "leave"
    PUBLIC = "public"
    LEGAL = "legal"


class CallResult(StrEnum):
    """How a call-back ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"
    NOT_FIXED = "not_fixed"
    PREFERS_WRITING = "prefers_writing"


class ProblemOutcome(StrEnum):
    """What became of the problem."""

    FIXED = "fixed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    NO_REMEDY = "no_remedy"


class CustomerOutcome(StrEnum):
    """What became of the customer."""

    DELIGHTED = "delighted"
    CONTENT = "content"
    NEUTRAL = "neutral"
    UNHAPPY = "unhappy"
    LOST = "lost"


class Station(StrEnum):
    """The path of a case, in order."""

    HEAR = "hear"
    ACKNOWLEDGE = "acknowledge"
    DIAGNOSE = "diagnose"
    ASK = "ask"
    AGREE = "agree"
    ACT = "act"
    COME_BACK = "come_back"
    LEARN = "learn"


class Gate(StrEnum):
    """A move that the method refuses until something else has happened."""

    ACKNOWLEDGE_FIRST = "acknowledge-first"
    DIAGNOSE_BEFORE_PRESCRIBING = "diagnose-before-prescribing"
    BID_FIRST = "bid-first"
    MORE_THAN_ASKED = "more-than-asked"
    AUTHORITY = "authority"
    PROMISE_HAS_A_DATE = "promise-has-a-date"
    RENEGOTIATE_IN_TIME = "renegotiate-in-time"
    ACT_FIRST = "act-first"
    COME_BACK_FIRST = "come-back-first"
