"""The conversation: messages with their evidence marked, and the notes of the staff among them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.desk.contexts import ActionView, AttachmentView, HeatView, HeldView, MessageView
from amends.desk.contexts.conversation import Speaker, Trend
from amends.desk.contexts.conversation import State as MessageState
from amends.desk.marks import cut
from amends.desk.names import channel
from amends.desk.show.path import told
from amends.insight.casefile import CaseFile
from amends.insight.conversation import File, Remark, Words
from amends.method.words import Station
from amends.transcript import Span

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Pictures that a browser may show: nothing that can hold a script."""
_LARGEST_SHOWN: Final = 8_000_000  # bytes; a larger picture is a file to fetch
_ANSWER: Final = re.compile(r"^(?:\s*(?:re|aw|sv|antw|fwd?|wg)\s*:)+\s*", re.IGNORECASE)
_STATES: Final[dict[str, MessageState]] = {
    "received": "received",
    "held": "held",
    "taken_back": "taken_back",
    "failed": "failed",
}

Marks = Mapping[str, list[tuple[int, int, Station]]]


def talk_view(file: CaseFile, now: datetime, hold: int) -> tuple[MessageView, ...]:
    """Return messages and internal notes in their order. `hold` is how long replies are held, in seconds."""
    marks, heats = _marks(file), _heats(file)
    views = [_message(file, words, marks, heats, now, hold) for words in file.talk.messages]
    views += [_note(file, note) for note in file.talk.notes if note.internal]
    return tuple(sorted(views, key=lambda view: view.at))


def trend(levels: list[int]) -> Trend | None:
    """Return how the last level stands against the one before."""
    if len(levels) < 2:  # the first has nothing before it
        return None
    before, last = levels[-2:]
    return "rising" if last > before else "falling" if last < before else "steady"


def _message(
    file: CaseFile, words: Words, marks: Marks, heats: Mapping[str, HeatView], now: datetime, hold: int
) -> MessageView:
    label, icon = channel(words.channel)
    speaker: Speaker = "automatic" if words.automatic else "customer" if words.incoming else "us"
    files = file.talk.files.get(words.id, ())
    return MessageView(
        id=words.id,
        speaker=speaker,
        author=_author(file, words),
        at=words.at,
        channel=label,
        icon=icon,
        subject=_news(words.subject, file.subject) if words.incoming else "",
        heat=heats.get(words.id),
        pieces=cut(words.text, marks.get(words.id, ())),
        quoted=_aside(words),
        attachments=tuple(_file(one) for one in files),
        state=_STATES.get(words.status, "sent"),
        held=_held(file, words, now, hold),
        trouble=_trouble(file, words),
        oddities=tuple(words.problems),
        rereadable=speaker == "customer",
    )


def _note(file: CaseFile, note: Remark) -> MessageView:
    return MessageView(
        id=note.id,
        speaker="note",
        author=file.people.name(note.author) or _("somebody"),
        at=note.at,
        icon="pencil-line",
        pieces=cut(note.text, ()),
    )


def _marks(file: CaseFile) -> Marks:
    """Return by message which words are evidence, and of what."""
    first: dict[Span, Station] = {}
    for station, evidence in told(file.state):
        for one, _kinds in evidence:
            if one is not None:
                first.setdefault(one.span, station)
    found: dict[str, list[tuple[int, int, Station]]] = defaultdict(list)
    for span, station in first.items():
        found[span.source].append((span.start, span.end, station))
    return found


def _heats(file: CaseFile) -> dict[str, HeatView]:
    """Return how upset each message is, against the one before."""
    found, levels = dict[str, HeatView](), list[int]()
    for reading in file.state.temperature:
        levels.append(reading.level)
        found[reading.message] = HeatView(level=reading.level, trend=trend(levels[-2:]))
    return found


def _author(file: CaseFile, words: Words) -> str:
    if words.automatic:
        return _("Automatic") if words.incoming else _("Sent by the desk itself")
    if words.incoming:
        return file.customer.label or words.sender or _("Somebody")
    return file.people.name(words.author) or _("Somebody of us")


def _aside(words: Words) -> str:
    """Return what was set aside: the rest of the text, or all of it where it was interleaved."""
    whole = words.set_aside.strip()
    return whole.removeprefix(words.text.strip()).strip() if whole else ""


def _file(file: File) -> AttachmentView:
    return AttachmentView(
        name=file.name or _("A file without a name"),
        size=file.size,
        url=reverse("desk:attachment", args=[file.id]) if file.kept else "",
        image=file.kept and file.content_type.lower() in PICTURES and file.size <= _LARGEST_SHOWN,
    )


def _news(subject: str, known: str) -> str:
    """Return a subject line where it says something that the case's own does not."""
    bare = _ANSWER.sub("", subject.strip())
    return "" if bare.casefold() in known.casefold() else subject


def _held(file: CaseFile, words: Words, now: datetime, hold: int) -> HeldView | None:
    held = file.state.held
    if held is None or held.message != words.id or held.until <= now:
        return None
    take_back = ActionView(
        label=_("Take it back"),
        url=reverse("desk:take-back", args=[file.number]) + "#reply",
        icon="undo-2",
        fields=(("message", words.id),),
    )
    return HeldView(until=held.until, seconds=max(hold, 1), take_back=take_back)


def _trouble(file: CaseFile, words: Words) -> str:
    if words.status != "failed":
        return ""
    return file.talk.troubles.get(words.id, "") or _("It did not arrive.")
