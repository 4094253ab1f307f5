"""What somebody was told: the page behind the bell."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from amends.desk.contexts.cases import EmptyView


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """One thing that somebody was told."""

    says: Annotated[str, "What happened, in a few words."]
    about: Annotated[str, "Whose case it is and what about; empty where that is not theirs to see."]
    instead: Annotated[str, "For whom they are told, such as for Ana; empty where it is their own."]
    at: Annotated[datetime, "When."]
    icon: Annotated[str, "A Lucide icon's name."]
    tone: Annotated[Literal["broken", "due", "plain"], "How bad it is."]
    unread: Annotated[bool, "Whether they have not opened it yet."]
    open_url: Annotated[str, "What opening it posts to."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDay:
    """The notices of a day."""

    day: Annotated[date, "The day."]
    title: Annotated[str, "The day in words: today, yesterday, or its date."]
    notices: Annotated[tuple[NoticeView, ...], "The newest first."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage:
    """The page of notices."""

    days: Annotated[tuple[NoticeDay, ...], "The newest day first."]
    unread: Annotated[int, "How many are unread, of all."]
    upto: Annotated[int, "The number of the newest one on the page: as far as reading all goes."]
    read_url: Annotated[str, "What marking all as read posts to; empty where none is unread."]
    older_url: Annotated[str, "Where the ones before are; empty on the last page."]
    empty: Annotated[EmptyView | None, "What to say when there are none."]
