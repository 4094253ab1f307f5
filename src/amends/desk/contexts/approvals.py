"""Wishes to give more: the list of them, and one behind a link in a mail."""

from dataclasses import dataclass
from typing import Annotated

from amends.desk.contexts.cases import EmptyView
from amends.desk.contexts.duties import DeadlineView
from amends.transcript import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WishView:
    """One wish, with what whoever answers it should know."""

    id: Annotated[str, "Its anchor on the page is approval-<id>."]
    ref: Annotated[str, "The case's number, as people say it."]
    case_url: Annotated[str, "The case; empty behind a link in a mail, where nobody is logged in."]
    customer: Annotated[str, "Who the customer is."]
    title: Annotated[str, "What the case is about."]
    amount: Annotated[Money, "What a yes would be to, in all."]
    asked_by: Annotated[str, "Who asks; empty for who is gone."]
    why: Annotated[str, "Why; empty where nothing was said."]
    bid: Annotated[str, "What the customer asks for, in their words; empty where that is not known."]
    bid_what: Annotated[str, "The remedy and the amount of that."]
    offers: Annotated[tuple[str, ...], "What is offered already, and counts towards the amount."]
    draft: Annotated[str, "What would be written with a yes; empty where nothing is drafted."]
    worth: Annotated[Money | None, "The value at stake in the case; None where it is not known."]
    deadline: Annotated[DeadlineView | None, "By when it should be answered."]
    answer_url: Annotated[str, "Where the answer is posted; empty where it is not the reader's to give."]
    word: Annotated[str, "The word to the colleague that was typed and could not be taken."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsPage:
    """The wishes that wait for an answer."""

    wishes: Annotated[tuple[WishView, ...], "The wishes, the longest waiting first."]
    may_give: Annotated[str, "What the reader may give on their own, in a sentence; empty for any amount."]
    empty: Annotated[EmptyView | None, "What to say when nobody waits for a yes."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLinkPage:
    """One wish behind the link that one person got by mail."""

    reader: Annotated[str, "Whose link it is; empty where it opens nothing."]
    wish: Annotated[WishView | None, "The wish; None where there is nothing to answer."]
    said: Annotated[str, "What became of it, or why the link opens nothing; empty while it waits."]
    refused: Annotated[str, "Why the answer could not be taken; empty where nothing was wrong."]
    log_in_url: Annotated[str, "Where everything else is, for who logs in."]
