"""Drafts for tests: what was said before, what the writer knows, and what the rules say of what they write."""

from datetime import UTC, datetime, timedelta

from amends.coaching import Advice, Drafted, Known, advise
from amends.coaching.replay import replay
from amends.coaching.review import past_policy
from amends.coaching.rules import Rule, stable
from amends.hearing import weigh
from amends.method.calendar import ALWAYS
from amends.method.decide import rehearse
from amends.method.words import Actor, Rank, Side
from amends.reading import Context, read, read_many
from amends.transcript import Conversation, Message, Role

HANDLER = Actor(Side.STAFF, "ada", Rank.HANDLER)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def coached(
    text: str,
    talk: list[Message] | None = None,
    known: Known | None = None,
    rules: tuple[Rule, ...] | None = None,
    channel: str = "email",
) -> tuple[Advice, ...]:
    """Return what the rules say of a draft after a talk."""
    said = tuple(talk or ())
    readings = list(read_many(said))
    seen = replay(Conversation(id="c", messages=said, channel=channel), readings, past_policy(), ALWAYS)
    at = (said[-1].at or NOW) + timedelta(hours=1) if said else NOW
    draft = Message(id="draft", role=Role.AGENT, text=text, at=at, author="ada")
    last = said[-1] if said else None
    context = Context(previous=last.text, previous_role=last.role) if last is not None else Context()
    reading = read(draft, context)
    moves = weigh(seen.end, draft, reading, at=at, calendar=ALWAYS, owner="ada")
    outcome = rehearse(seen.end, moves, at=at, by=HANDLER, policy=past_policy(), calendar=ALWAYS)
    earlier = list(zip(said, readings, strict=True))
    drafted = Drafted(
        earlier=earlier,
        message=draft,
        reading=reading,
        before=seen.end,
        outcome=outcome,
        known=known or Known(),
        policy=past_policy(),
    )
    return advise(drafted, stable() if rules is None else rules)


def with_better(text: str, advice: Advice) -> str:
    """Return the draft with the better words put in: over those they are better than, or as a paragraph."""
    finding = advice.finding
    if finding.end:
        return text[: finding.start] + advice.wording + text[finding.end :]
    return put(text, advice.place, advice.wording)


def put(text: str, place: int, words: str) -> str:
    """Return the text with a paragraph of its own at a place."""
    parts = (text[:place].rstrip(), words, text[place:].lstrip())
    return "\n\n".join(part for part in parts if part)
