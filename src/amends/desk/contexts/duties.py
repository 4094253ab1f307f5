"""What we owe: deadlines, promises; and what a gate refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from amends.desk.contexts.controls import ActionView
from amends.desk.contexts.conversation import QuoteView
from amends.method.words import Gate
from amends.transcript import Money

DeadlineState = Literal["fine", "soon", "late", "met", "paused"]
PromiseState = Literal["proposed", "open", "soon", "broken", "kept", "late", "moved", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """Something that is due."""

    label: Annotated[str, "What is due, in a word or two: Acknowledge, Update, Call back."]
    due: Annotated[datetime, "When; of a met one, when it was met."]
    state: Annotated[DeadlineState, "fine, soon (inside the warning time), late, met, or paused."]
    legal: Annotated[bool, "Whether the law sets it."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """A promise, as a row."""

    id: Annotated[str, "Its anchor on the page is promise-<id>."]
    what: Annotated[str, "What was promised, in the words of the promise."]
    state: Annotated[
        PromiseState,
        "proposed (read in our words, to be confirmed), open, soon, broken, kept, late (kept after it was due), "
        "moved (renegotiated in time), dismissed.",
    ]
    owner: Annotated[str, "Who keeps it; empty where nobody does yet."] = ""
    due: Annotated[datetime | None, "When it is due; None where no time was named yet."] = None
    done_at: Annotated[datetime | None, "When it was kept."] = None
    was_due: Annotated[datetime | None, "The earlier time, of one that was moved."] = None
    quote: Annotated[QuoteView | None, "The sentence that made the promise."] = None
    asked: Annotated[str, "Who was asked to keep it and has not answered; empty for nobody."] = ""
    moved: Annotated[int, "How often the customer was told of another time before it was due."] = 0
    escalated: Annotated[bool, "Whether those who lead were told that it is broken."] = False
    actions: Annotated[tuple[ActionView, ...], "Keep, move, confirm, dismiss: what can be done about it."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """A gate refused a move: why, and what would pass it."""

    gate: Annotated[Gate, "Which gate; its name on the page follows from it."]
    why: Annotated[str, "Why, in one sentence."]
    remedy: Annotated[str, "What would pass it, in one sentence."]
    quote: Annotated[QuoteView | None, "The words of theirs that the gate looks at, where there are such."] = None
    wording: Annotated[str, "A sentence that would pass it, ready to use; empty for none."] = ""
    actions: Annotated[tuple[ActionView, ...], "Steps that would pass it, such as asking for approval."] = ()
    override: Annotated[ActionView | None, "Goes ahead all the same, with a reason; None where nobody may."] = None
    reason_form: Annotated[str, "Instead of that: the id of the form on the page that the reason goes along with."] = ""
    reason: Annotated[str, "The reason that was given already."] = ""
    asks: Annotated[Money | None, "The sum that somebody could approve, so that the draft goes out."] = None
    ask_url: Annotated[str, "Where to ask for that, with the form of `reason_form` or the reply's."] = ""
    ask_why: Annotated[str, "Why one asks, to begin with."] = ""
    may_give: Annotated[str, "What one may still give without asking, in a sentence; empty for any amount."] = ""
