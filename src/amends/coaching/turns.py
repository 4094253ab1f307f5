"""What rules look at: a conversation message by message, as the method sees it."""

from dataclasses import dataclass
from datetime import datetime

from amends.coaching.known import Known
from amends.method.facts import AnyFact
from amends.method.gates import Refusal
from amends.method.policy import Policy
from amends.method.state import State
from amends.method.words import Gate
from amends.reading import ActKind, Reading
from amends.transcript import Conversation, Message, Role

_NOBODY = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message: its place in the conversation, its reading, the state before it.

    `refusals` are the gates' words on it; `called` is what the clock said between the message before and this one.
    """

    place: int
    message: Message
    at: datetime
    reading: Reading
    before: State
    facts: tuple[AnyFact, ...]
    refusals: tuple[Refusal, ...]
    called: tuple[AnyFact, ...]

    @property
    def ours(self) -> bool:
        """Whether a person of the company wrote it."""
        return self.message.role is Role.AGENT and not self.message.automatic

    @property
    def theirs(self) -> bool:
        """Whether the customer wrote it."""
        return self.message.role is Role.CUSTOMER and not self.message.automatic

    def does(self, *kinds: ActKind) -> bool:
        """Say whether the message does any of these."""
        return bool(self.reading.of(*kinds))

    def refused_by(self, gate: Gate) -> bool:
        """Say whether this gate would have refused it."""
        return any(refusal.gate is gate for refusal in self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A conversation after its replay. `called` is what the clock said from the last message to the end.

    `timed` says whether every message has a time: if not, nothing can be said of silence and of promises kept. `policy`
    holds the limits by which it was played. With
    `drafted` the last message is a draft that has not gone out; then `known` is what its writer knows of the customer.
    """

    conversation: Conversation
    turns: tuple[Turn, ...]
    end: State
    called: tuple[AnyFact, ...]
    timed: bool
    policy: Policy
    drafted: bool = False
    known: Known = _NOBODY

    @property
    def draft(self) -> Turn | None:
        """The draft, if the last message is one."""
        return self.turns[-1] if self.drafted else None

    @property
    def ours(self) -> tuple[Turn, ...]:
        """What people of the company wrote."""
        return tuple(turn for turn in self.turns if turn.ours)

    @property
    def theirs(self) -> tuple[Turn, ...]:
        """What the customer wrote."""
        return tuple(turn for turn in self.turns if turn.theirs)
