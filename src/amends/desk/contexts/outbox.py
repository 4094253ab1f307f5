"""The outbox: what waits to leave the desk, and what could not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from amends.desk.contexts.cases import EmptyView


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """Something that waits, or was given up."""

    what: Annotated[str, "What it is: the subject of a mail, or the kind of another effect."]
    url: Annotated[str, "The case that it belongs to; empty for none."]
    ref: Annotated[str, "The number of that case, as people say it."]
    to: Annotated[str, "Whom it is for; empty for nobody in particular."]
    since: Annotated[datetime | None, "Since when it waits."]
    tries: Annotated[str, "How often it was tried, in words; empty for never."]
    next_at: Annotated[datetime | None, "When it is tried next; None where it was given up."]
    why: Annotated[str, "Why it did not go; empty where nothing is wrong."]
    again_url: Annotated[str, 'Where "try again now" posts to; empty for those who may not.']


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxPage:
    """The page."""

    summary: Annotated[str, "How things stand, in a sentence."]
    waiting: Annotated[tuple[OutboxRow, ...], "What waits, in the order in which it will go."]
    failed: Annotated[tuple[OutboxRow, ...], "What was given up, the newest first."]
    empty: Annotated[EmptyView | None, "What to say when there is nothing at all."]
