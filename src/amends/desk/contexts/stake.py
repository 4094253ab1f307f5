"""What the relationship is worth, what is at stake, and how good and bad stand between a customer and us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.utils.safestring import SafeString

from amends.desk.contexts.conversation import QuoteView
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeView:
    """The value at stake in a case."""

    worth: Annotated[Money, "What they are worth to us."]
    worth_label: Annotated[str, "What that figure is: what we expect of them, or what they spent so far."]
    chance: Annotated[int, "How likely this failure ends the relationship, per cent."]
    at_stake: Annotated[Money, "Worth times chance."]
    again: Annotated[bool, "Whether this is not the first failure."]
    tells: Annotated[str, "How many people they may tell of it, such as 9 to 15."]
    rests_on: Annotated[tuple[str, ...], "What each figure rests on, a sentence for each."]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodwillStep:
    """A contact, or that something bad was put right."""

    at: Annotated[datetime, "When."]
    says: Annotated[str, "What it was."]
    change: Annotated[str, "How far it moved the balance, with its sign."]
    balance: Annotated[str, "The balance after it."]
    good: Annotated[bool, "Whether it moved upwards."]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodwillView:
    """Good and bad contacts over time."""

    says: Annotated[str, "How it stands, in a sentence."]
    to_do: Annotated[str, "What it takes to be even; empty where it is."]
    picture: Annotated[SafeString, "The balance over time, drawn; empty where nothing happened yet."]
    counted: Annotated[tuple[str, ...], "How often what happened, in words."]
    steps: Annotated[tuple[GoodwillStep, ...], "The last steps, the newest first."]
    source: Annotated[str, "What the weight of a bad contact rests on."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksLine:
    """A sentence of thanks, ready for the reply."""

    text: Annotated[str, "The sentence."]
    why: Annotated[str, "What of it is known."]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyView:
    """Their loyalty in one glance."""

    tenure: Annotated[str, "For how long they have been with us, in words; empty where nothing says so."]
    quarters: Annotated[tuple[int, ...], "Orders in each quarter of the last two years, the oldest first."]
    bought: Annotated[str, "What the line of orders shows, in words; empty for no orders at all."]
    praise: Annotated[tuple[QuoteView, ...], "Their praise in earlier cases, the newest first."]
    good_surveys: Annotated[str, "Earlier surveys with good marks, in words; empty for none."]
    failures: Annotated[str, "Earlier complaints, in words."]
    lines: Annotated[tuple[ThanksLine, ...], "Sentences of thanks that name something true."]
    goodwill: Annotated[GoodwillView, "Good and bad contacts over time."]
