"""The summary: what a review counts, whatever form it is then told in."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from amends.cli.reviews.masking import Faces
from amends.coaching.review import Reviewed
from amends.coaching.rules import Severity
from amends.method.words import Station
from amends.transcript import Role

POINTS = 11  # of the line from the first to the last word of a conversation
BOUNDS = tuple(timedelta(hours=hours) for hours in (4, 12, 24, 48, 96, 168))  # of the silences that are told apart
OTHERS = "everybody else"

_WORST = 5
_WORTH_NAMING = timedelta(hours=1)
_HANDLERS = 1_000  # who are counted one by one


def reaches(found: Collection[str], severity: str) -> bool:
    """Say whether one of the severities that were found is at least this one."""
    return any(Severity(one).rank >= Severity(severity).rank for one in found)


class Summary:
    """Counts what was reviewed. Holds a few numbers for each rule and handler, however many conversations there are.

    `heat[n]` is the sum of how upset (0 to 4) customers were at point `n` of `POINTS`, over the `followed`
    conversations in which at least two of their messages were read; between two messages it runs straight.
    `spread[n]` counts the conversations whose longest silence was shorter than `BOUNDS[n]`; the last one, all others.
    """

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.conversations = self.messages = self.clean = self.unread = 0
        self.kept = self.promises = 0
        self.followed = self.calmer = self.hotter = 0
        self.heat = [0.0] * POINTS
        self.spread = [0] * (len(BOUNDS) + 1)
        self.silences: list[tuple[timedelta, str]] = []
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.by_severity: Counter[Severity] = Counter()
        self.by_station: Counter[Station] = Counter()
        self.by_handler: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.first: datetime | None = None
        self.last: datetime | None = None

    @property
    def findings(self) -> int:
        """How many breaches there were."""
        return self.by_rule.total()

    def add(self, reviewed: Reviewed) -> None:
        """Count a conversation."""
        self.conversations += 1
        self.messages += len(reviewed.conversation.messages)
        self.clean += not reviewed.findings
        self.unread += reviewed.unread
        self.promises += reviewed.dated
        self.kept += reviewed.kept
        self.by_station[reviewed.station] += 1
        self._add_people(reviewed)
        self._add_levels([level for level in reviewed.levels if level is not None])
        self._add_silence(reviewed)
        for at in (message.at for message in reviewed.conversation.messages if message.at is not None):
            self.first = at if self.first is None else min(at, self.first)
            self.last = at if self.last is None else max(at, self.last)

    def _add_people(self, reviewed: Reviewed) -> None:
        authors = [
            self._handler(message.author) if message.role is Role.AGENT and not message.automatic else ""
            for message in reviewed.conversation.messages
        ]
        self.written.update(filter(None, authors))
        for finding in reviewed.findings:
            self.by_rule[finding.code, finding.name] += 1
            self.by_severity[finding.severity] += 1
            if finding.place is not None and authors[finding.place]:
                self.by_handler[authors[finding.place]] += 1

    def _handler(self, author: str) -> str:
        if not author:
            return ""
        name = self._faces.name(Role.AGENT, author)
        return name if name in self.written or len(self.written) < _HANDLERS else OTHERS

    def _add_levels(self, levels: list[int]) -> None:
        if len(levels) < 2:  # one message is no way from one mood to another
            return
        self.followed += 1
        self.calmer += levels[-1] < levels[0]
        self.hotter += levels[-1] > levels[0]
        for point in range(POINTS):
            place, rest = divmod(point * (len(levels) - 1), POINTS - 1)
            after = levels[min(place + 1, len(levels) - 1)]
            self.heat[point] += levels[place] + (after - levels[place]) * rest / (POINTS - 1)

    def _add_silence(self, reviewed: Reviewed) -> None:
        silence = reviewed.silence
        if silence is None:
            return
        self.spread[sum(silence >= bound for bound in BOUNDS)] += 1
        if silence >= _WORTH_NAMING and (len(self.silences) < _WORST or silence > self.silences[-1][0]):
            name = self._faces.over(reviewed.conversation).label(reviewed.conversation.id)
            self.silences = sorted([*self.silences, (silence, name)], reverse=True)[:_WORST]
