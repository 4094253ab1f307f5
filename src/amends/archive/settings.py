"""What a review looks for, small enough to be sent to another process or another machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amends.coaching.review import Reviewed, past_policy, review
from amends.coaching.rules import RULES
from amends.transcript import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The rules that speak, by their codes (whoever gets them makes the rules anew), and the limits in hours.

    >>> [conversation] = Settings(codes=("A301",)).review([Conversation(id="7", messages=())])
    >>> conversation.findings
    ()
    """

    codes: tuple[str, ...]
    silence_hours: int = 48
    follow_up_hours: int = 72

    def review(self, conversations: Iterable[Conversation]) -> Iterator[Reviewed]:
        """Yield each conversation with its findings, in the order given."""
        rules = [rule() for rule in RULES if rule.code in self.codes]
        return review(conversations, rules=rules, policy=past_policy(self.silence_hours, self.follow_up_hours))
