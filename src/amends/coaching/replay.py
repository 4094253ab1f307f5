"""A conversation played through the method once more: what each message did, and what would have stood in its way.

The same reader, the same moves and the same gates that guard a live case; only that here nothing is refused. What the
gates would have said, and what the clock would have called, is what the rules look at.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from amends.coaching.turns import Replay, Turn
from amends.hearing import heard, said
from amends.method.calendar import Calendar
from amends.method.decide import observe
from amends.method.facts import AnyFact
from amends.method.gates import Refusal
from amends.method.moves import AnyMove, IdentifyCustomer, OpenCase, Tick
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import CLOCK, Actor, Rank, Side
from amends.reading import Reading
from amends.transcript import Conversation, Message, Role

_LONG_AGO = datetime(2000, 1, 3, 9, tzinfo=UTC)  # when a conversation without times began; a Monday
_STEP = timedelta(minutes=1)  # between messages without times
_AUTOMATIC = re.compile(
    r"\bautomat(?:ic|ed) (?:reply|response|message|confirmation|e-?mail|acknowledge?ment)|\bauto-?reply\b|"
    r"\bdo not reply to this (?:e-?mail|message)|\bi(?:'m| am) \w*,? ?(?:your|the|a) (?:virtual|digital) assistant|"
    r"\b(?:virtual assistant|chat ?bot)\b|\btype \w+ (?:to (?:speak|talk|chat)|for an? (?:agent|person|human))",
    re.IGNORECASE,
)
_CUSTOMER, _HANDLER = Actor(Side.CUSTOMER), Actor(Side.STAFF, rank=Rank.ADMIN)


def replay(conversation: Conversation, readings: Sequence[Reading], policy: Policy, calendar: Calendar) -> Replay:
    """Return the conversation as the method sees it. `readings` are those of its messages."""
    timed = bool(conversation.messages) and all(message.at is not None for message in conversation.messages)
    player = _Player(policy, calendar, timed=timed)
    for place, (message, reading) in enumerate(zip(conversation.messages, readings, strict=True)):
        player.play(place, message, reading, conversation.channel)
    ended = conversation.closed_at if timed and conversation.closed_at is not None else player.now
    ended = max(ended, player.now)
    called = player.wait(ended)
    return Replay(
        conversation=conversation,
        turns=tuple(player.turns),
        end=player.state,
        called=called,
        timed=timed,
        policy=policy,
    )


class _Player:
    def __init__(self, policy: Policy, calendar: Calendar, *, timed: bool) -> None:
        self._policy, self._calendar, self._timed = policy, calendar, timed
        self.state = State()
        self.now = _LONG_AGO
        self.turns: list[Turn] = []
        self._texts: dict[str, str] = {}

    def play(self, place: int, message: Message, reading: Reading, channel: str) -> None:
        """Play one message."""
        if message.role is Role.AGENT and _AUTOMATIC.search(message.text):  # archives seldom mark them
            message = replace(message, automatic=True)
        at = message.at.astimezone(UTC) if self._timed and message.at is not None else self.now + _STEP
        if place == 0:
            self._move([OpenCase(channel=channel or "import"), IdentifyCustomer(customer="customer")], at, _CUSTOMER)
        else:
            at = max(at, self.now)
        called = self.wait(at)
        before = self.state
        if message.role is Role.CUSTOMER:
            moves, by = heard(before, message, reading), _CUSTOMER
        else:
            moves = said(before, message, reading, at=at, calendar=self._calendar, texts=self._texts)
            by = _HANDLER
        facts, refusals = self._move(moves, at, by)
        self.now = at
        self._texts[message.id] = message.text
        self.turns.append(
            Turn(
                place=place,
                message=message,
                at=at,
                reading=reading,
                before=before,
                facts=facts,
                refusals=refusals,
                called=called,
            )
        )

    def wait(self, until: datetime) -> tuple[AnyFact, ...]:
        """Return what the clock calls until then."""
        if not self._timed or self.state.opened_at is None:
            return ()
        return self._move([Tick()], until, CLOCK)[0]

    def _move(
        self, moves: Sequence[AnyMove], at: datetime, by: Actor
    ) -> tuple[tuple[AnyFact, ...], tuple[Refusal, ...]]:
        facts: list[AnyFact] = []
        refusals: list[Refusal] = []
        for move in moves:
            seen = observe(self.state, move, at=at, by=by, policy=self._policy, calendar=self._calendar)
            self.state = seen.state
            facts += seen.facts
            refusals += seen.refusals
        return tuple(facts), tuple(refusals)
