"""The page of one case: the conversation, and what stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from django.forms import Form

from amends.coaching import Script
from amends.desk.contexts.cases import FindingView
from amends.desk.contexts.controls import ActionView
from amends.desk.contexts.conversation import HeatView, MessageView, QuoteView
from amends.desk.contexts.duties import DeadlineView, PromiseView, RefusalView
from amends.desk.contexts.fair import FairView
from amends.desk.contexts.incidents import CaseIncidentView
from amends.desk.contexts.path import PathView
from amends.desk.contexts.stake import LoyaltyView, StakeView
from amends.desk.contexts.thanks import AfterwardsView
from amends.desk.contexts.waiting import WaitView
from amends.method.words import Station
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """Something that everybody who opens the case should know first."""

    words: Annotated[str, "The sentence."]
    tone: Annotated[Literal["plain", "due", "broken", "kept"], "How bad it is, or how good."] = "plain"
    icon: Annotated[str, "A Lucide icon's name."] = "info"
    quotes: Annotated[tuple[QuoteView, ...], "The words that it is about."] = ()
    url: Annotated[str, "Where on the page something can be done about it; empty for none."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedView:
    """A step that gates refused, ready to be sent again with reasons."""

    title: Annotated[str, "What was refused, in a few words."]
    refusals: Annotated[tuple[RefusalView, ...], "Each gate with its reason."]
    again: Annotated[ActionView | None, "Sends the same step again with the reasons; None where nobody may."]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """A wording to begin a reply with."""

    text: Annotated[str, "The words."]
    why: Annotated[str, "Why they may fit, in one line."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachView:
    """What a draft would do, if it went out."""

    findings: Annotated[tuple[FindingView, ...], "What a gate would refuse, what to mend, what it does."]
    smaller: Annotated[tuple[FindingView, ...], "Remarks that are folded away: advice of less weight."] = ()
    station: Annotated[Station | None, "Where the case would stand after it; None when nothing moves."]
    passed: Annotated[int, "How many stations would be passed before that one."]
    blank: Annotated[bool, "Whether nothing is written yet."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """The composer."""

    text: Annotated[str, "What is written so far."]
    seen: Annotated[int, "How long the journal was when this page was made; goes along with the reply."]
    to: Annotated[str, "Where the reply goes; empty where we know no address to write to."]
    hold: Annotated[str, "How long it is held before it goes out, in words."]
    wordings: Annotated[tuple[WordingView, ...], "Beginnings that fit this person and the next step."]
    refusals: Annotated[tuple[RefusalView, ...], "What stood in the way when it was sent."]
    busy: Annotated[bool, "Whether another reply is on its way out."]
    coach: Annotated[CoachView, "What the text would do."]
    dismissed: Annotated[tuple[str, ...], "Advice on this draft that was waved away, and stays so."] = ()
    item: Annotated[tuple[str, str] | None, "What was chosen from the catalogue for it: code and name."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCard:
    """A promise with what can be done about it."""

    view: Annotated[PromiseView, "The promise as a row."]
    url: Annotated[str, "Where its steps are posted, with the step's name to be added."]
    seen: Annotated[int, "How long the journal is: who is overtaken by a colleague hears of it."]
    confirm: Annotated[Form | None, "Owner and time, to confirm a proposed one; None for others."] = None
    suggestions: Annotated[
        tuple[tuple[str, datetime], ...], "Times to choose where its words name none: as a form sends them, and when."
    ] = ()
    move: Annotated[Form | None, "Another time and the word to the customer; None where it cannot move."] = None
    hand_over: Annotated[Form | None, "A colleague to look after it; None where nothing is owed."] = None
    ask: Annotated[Form | None, "Somebody of another team to be asked; None where nobody can be."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BidView:
    """What the customer asks for, or would do in our place."""

    what: Annotated[str, "The remedy and the amount, in a few words."]
    quote: Annotated[QuoteView, "Their words."]
    here: Annotated[str, "What that is worth in the house's currency, by which day's rate; empty for its own."] = ""
    open_sum: Annotated[bool, "Whether it speaks of a sum that could not be read."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """What we offered, and what became of it."""

    id: Annotated[str, "The offer's id, for an answer to it."]
    what: Annotated[str, "The remedy and the amount, in a few words."]
    quote: Annotated[QuoteView, "Our words."]
    state: Annotated[Literal["open", "accepted", "rejected", "withdrawn"], "What became of it."]
    answer: Annotated[QuoteView | None, "The customer's answer."]
    why: Annotated[str, "Why it was more than was asked; empty where it was not."]
    here: Annotated[str, "What that is worth in the house's currency, by which day's rate; empty for its own."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """A wish to give more than one's own to give."""

    id: Annotated[str, "Its id, for the answer."]
    amount: Annotated[Money, "How much."]
    asked_by: Annotated[str, "Who asks; empty for who is gone."]
    why: Annotated[str, "Why; empty where nothing was said."]
    state: Annotated[Literal["asked", "granted", "declined"], "What became of it."]
    mine_to_answer: Annotated[bool, "Whether the reader of the page may answer it."]
    answer_url: Annotated[str, "Where the draft that came with it is read and answered; empty where none did."] = ""
    here: Annotated[str, "What that is worth in the house's currency, by which day's rate; empty for its own."] = ""
    overdue: Annotated[bool, "Whether it has waited too long for its answer."] = False
    word: Annotated[str, "What came with the answer; empty for nothing."] = ""
    answered_by: Annotated[str, "Who answered; empty for nobody yet."] = ""
    draft: Annotated[str, "What the reader drafted with it and may send now; empty for nothing."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A sentence of theirs that may be an option."""

    place: Annotated[str, "Its message, its start and its end, for marking it."]
    words: Annotated[str, "The sentence."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """The negotiation sheet: their bid, our offers, and what else could be."""

    invited: Annotated[QuoteView | None, "Our question what would be fair, while it waits for an answer."]
    bids: Annotated[tuple[BidView, ...], "What they ask for, the newest first."]
    left_to_us: Annotated[QuoteView | None, "The words by which they leave it to us."]
    unanswered: Annotated[bool, "Whether we asked for their bid in vain."]
    offers: Annotated[tuple[OfferView, ...], "What we offered, the newest first."]
    gap: Annotated[str, "How far the offer is from the bid, in words; empty where both are not known."]
    approvals: Annotated[tuple[ApprovalView, ...], "Wishes to give more."]
    deadlock: Annotated[bool, "Whether both sides are stuck: the moment for the about-face."]
    last_reply: Annotated[str, "Our last reply since their bid, which may have been the final answer; empty for none."]
    about_face: Annotated[QuoteView | None, "Our question what they would do in our place."]
    options: Annotated[tuple[BidView, ...], "What they would do in our place."]
    markable: Annotated[
        tuple[SentenceView, ...], "What else they wrote since we asked; each can be marked as an option."
    ]
    unwarranted: Annotated[str, "Why no remedy is warranted, where one of us found so."]
    refused: Annotated[tuple[QuoteView, ...], "Our words that said no."]
    final: Annotated[tuple[str, str] | None, "Our final answer: why, and where else they can turn."]
    can_offer_more: Annotated[str, "What one may still give without asking, in a sentence; empty for any amount."]
    fair: Annotated[FairView, "What we could do, weighed; the purchase; how both sides moved."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierView:
    """Another case of the same customer."""

    ref: Annotated[str, "Its number, as people say it."]
    url: Annotated[str, "Its page."]
    title: Annotated[str, "What it was about."]
    opened_at: Annotated[datetime, "When it came in."]
    says: Annotated[str, "What became of it."]
    heat: Annotated[HeatView, "How upset they were at the worst."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """Who they are, and what they are to us."""

    name: Annotated[str, "Their name, or an address where we know no name."]
    emails: Annotated[tuple[str, ...], "Where to write to them."]
    phones: Annotated[tuple[str, ...], "Where to call them."]
    tenure: Annotated[str, "For how long they have been with us, in words; empty where nothing says so."]
    spent: Annotated[Money | None, "What they have spent with us in all; None for nothing known."]
    orders: Annotated[int, "How often they bought."]
    last_order_at: Annotated[datetime | None, "When they last bought."]
    loyalty: Annotated[QuoteView | None, "Their own words on their loyalty."]
    threats: Annotated[tuple[tuple[str, QuoteView], ...], "What they say they will do: its kind, and their words."]
    again: Annotated[QuoteView | None, "Their words that they have been here before."]
    earlier: Annotated[tuple[EarlierView, ...], "Other cases of theirs, the newest first."]
    page_url: Annotated[str, "Where to read what they see on their own page; nothing can be sent there."]
    url: Annotated[str, "Their page for the staff; empty where there is none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedCall:
    """A time at which the customer waits for our call."""

    at: Annotated[datetime, "When."]
    theirs: Annotated[str, "The same by their own clock, and where that is; empty where it is ours."]
    clashes: Annotated[tuple[str, ...], "Other cases whose calls it runs into, as people name them."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBackView:
    """The way out of the case: resolve, call back, both outcomes, close, learn."""

    state: Annotated[Literal["open", "resolved", "closed"], "Where the case stands."]
    first: Annotated[bool, "Whether this is the next thing to do, and stands before everything else."]
    phones: Annotated[tuple[str, ...], "Where to call, the number that we learned last first."]
    script: Annotated[Script | None, "What to know and to say on the phone; None while there is nothing to call about."]
    booked: Annotated[BookedCall | None, "The time that was agreed on."]
    suits: Annotated[tuple[datetime, datetime, str] | None, "When it next suits both sides, and their hours in words."]
    free: Annotated[tuple[datetime, ...], "The next times that are free for them to choose."]
    tried_enough: Annotated[bool, "Whether it was tried as often as the policy asks, and nobody was reached."]
    tries: Annotated[tuple[tuple[str, datetime, str], ...], "Calls so far: the result, when, and the note."]
    called_back: Annotated[bool, "Whether the call-back is done."]
    fixed: Annotated[Literal["unknown", "yes", "no"], "What the customer says about the fix."]
    outcomes: Annotated[tuple[str, str] | None, "What became of the problem and of the customer, in words."]
    cause: Annotated[str, "The root cause; empty until somebody says so."]
    bought_at: Annotated[datetime | None, "When they last ordered, if that was after it was closed."]
    followed: Annotated[tuple[str, ...], "What became of them past the case, in words; empty until somebody says so."]
    opens: Annotated[datetime | None, "When the time to call back begins; None before the case is resolved."]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of the case's history."""

    at: Annotated[datetime, "When it happened."]
    who: Annotated[str, "Who did it; the desk's own name for the clock."]
    says: Annotated[str, "What happened."]
    words: Annotated[str, "The words that go with it; empty for none."] = ""
    override: Annotated[bool, "Whether somebody went past a gate."] = False
    undone: Annotated[bool, "Whether it was taken back since."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """What the page of a case shows."""

    ref: Annotated[str, "The case's number, as people say it."]
    url: Annotated[str, "The case's page; its steps are posted below it."]
    customer_name: Annotated[str, "What to call the customer."]
    title: Annotated[str, "What it is about, in a few words."]
    status: Annotated[Literal["open", "resolved", "closed", "quiet"], "Where it stands; quiet: we wrote first."]
    heat: Annotated[HeatView | None, "How upset they are now; None while nothing was read."]
    owner: Annotated[str, "Who handles it; empty for nobody."]
    mine: Annotated[bool, "Whether the reader of the page handles it."]
    deadlines: Annotated[tuple[DeadlineView, ...], "What is due, the soonest first."]
    notices: Annotated[tuple[NoticeView, ...], "What everybody should know first."]
    refused: Annotated[RefusedView | None, "What a gate just refused, other than a reply."]
    path: Annotated[PathView, "The path with its evidence."]
    talk: Annotated[tuple[MessageView, ...], "Messages and notes, the oldest first."]
    earlier_url: Annotated[str, "Where the earlier messages are; empty for none."]
    newest_url: Annotated[str, "Back to the newest messages; empty where these are they."]
    going_out: Annotated[bool, "Whether a reply is on its way out, so that the page looks again soon."]
    reply: Annotated[ReplyView, "The composer."]
    promises: Annotated[tuple[PromiseCard, ...], "Promises: to confirm, open, and done."]
    wait: Annotated[WaitView, "How long they have heard nothing, and what they were told about it."]
    sheet: Annotated[SheetView, "The negotiation sheet."]
    customer: Annotated[CustomerCard, "Who they are, and what they are to us."]
    stake: Annotated[StakeView, "What is at stake; never shown to customers."]
    loyalty: Annotated[LoyaltyView, "Their loyalty in one glance."]
    incident: Annotated[CaseIncidentView, "Which incident it belongs to, or may."]
    come_back: Annotated[ComeBackView, "Resolve, call back, close, learn."]
    afterwards: Annotated[AfterwardsView, "The thank-you card, and how it was for them."]
    history: Annotated[tuple[HistoryLine, ...], "What happened, the newest first."]
    forms: Annotated[Mapping[str, Form], "The forms by name; one that was not right says so."]
    opened: Annotated[str, "The name of the form that was just sent and was not right; empty for none."]
