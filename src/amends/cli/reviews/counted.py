"""The summary: breaches by rule and by handler, the longest silences, promises kept."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from amends.cli.reads.shown import clean
from amends.coaching.review import Reviewed

_MOST = 5


class Summary:
    """Counts what was reviewed. Holds a few numbers for each rule and handler, however many conversations there are."""

    def __init__(self) -> None:
        self.conversations = self.messages = self.clean = self.kept = self.promises = 0
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.by_handler: Counter[str] = Counter()
        self.silences: list[tuple[timedelta, str]] = []

    @property
    def findings(self) -> int:
        """How many breaches there were."""
        return self.by_rule.total()

    def add(self, reviewed: Reviewed) -> None:
        """Count a conversation."""
        conversation = reviewed.conversation
        self.conversations += 1
        self.messages += len(conversation.messages)
        self.clean += not reviewed.findings
        for finding in reviewed.findings:
            self.by_rule[finding.code, finding.name] += 1
            author = "" if finding.place is None else conversation.messages[finding.place].author
            if author:
                self.by_handler[author] += 1
        self.promises += reviewed.dated
        self.kept += reviewed.kept
        if reviewed.silence:
            self.silences.append((reviewed.silence, conversation.id))
            self.silences = sorted(self.silences, reverse=True)[:_MOST]

    def lines(self) -> Iterator[str]:
        """Yield the summary, line by line."""
        yield (
            f"{self.conversations:,} conversations, {self.messages:,} messages: "
            f"{self.findings:,} breaches, {self.clean:,} conversations without one."
        )
        for (code, name), count in self.by_rule.most_common():
            yield f"  {count:>7,}  {code} {name}"
        if self.by_handler:
            yield "Most breaches by handler:"
            yield from (f"  {count:>7,}  {clean(name)}" for name, count in self.by_handler.most_common(_MOST))
        if self.silences:
            yield "The longest silences while the next step was ours:"
            yield from (f"  {_hours(span):>7}  {clean(name)}" for span, name in self.silences)
        if self.promises:
            share = self.kept / self.promises
            yield f"Promises with a date: {self.promises:,}, kept in time: {self.kept:,} ({share:.0%})."


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:,.0f} h"
