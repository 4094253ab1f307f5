"""What was said, how upset it was, and which words are evidence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from amends.desk.contexts.controls import ActionView
from amends.method.words import Station, Voice

Side = Literal["customer", "us"]
Speaker = Literal["customer", "us", "automatic", "note"]
State = Literal["received", "sent", "held", "taken_back", "failed"]
Trend = Literal["rising", "falling", "steady"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A sentence that somebody wrote or said, shown as evidence."""

    words: Annotated[str, "The sentence; empty where its words were erased."]
    side: Annotated[Side, "Who wrote it: the customer, or us."]
    who: Annotated[str, "The writer's name; empty shows only the time."] = ""
    at: Annotated[datetime | None, "When it was written."] = None
    url: Annotated[str, "Where the whole message stands, such as #message-12; empty for none."] = ""
    by: Annotated[Voice, "Whether the software read it so, or a person said so."] = Voice.READER
    actions: Annotated[tuple[ActionView, ...], "What a person can do about this sentence, such as taking it back."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatView:
    """How upset a message or a customer is."""

    level: Annotated[int, "0 calm, 1 displeased, 2 frustrated, 3 angry, 4 furious."]
    trend: Annotated[Trend | None, "Against the message before; None shows nothing."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """A piece of a message's text."""

    text: Annotated[str, "The words, as they were written."]
    station: Annotated[Station | None, "The station that these words passed; None for ordinary words."] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file that came or goes with a message."""

    name: Annotated[str, "The file's name."]
    size: Annotated[int, "Its size in bytes."]
    url: Annotated[str, "Where it can be fetched; empty where it was too large to keep."]
    image: Annotated[bool, "Whether it is a picture that is safe to show small."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """A reply that has not gone out yet and can be taken back."""

    until: Annotated[datetime, "When it goes out."]
    seconds: Annotated[int, "How long it is held in all, in seconds: the full length of the bar."]
    take_back: Annotated[ActionView, "The button that takes it back."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message of a conversation, or a note that only staff see."""

    id: Annotated[str, "Its anchor on the page is message-<id>."]
    speaker: Annotated[Speaker, "customer, us, automatic (no person wrote it) or note (only staff see it)."]
    author: Annotated[str, "The name of who wrote it."]
    at: Annotated[datetime, "When it came or went; of a held one, when it was written."]
    pieces: Annotated[tuple[PieceView, ...], "The text, with evidence marked (see marks.cut)."]
    channel: Annotated[str, "How it travelled, in words: e-mail, phone, web form."] = ""
    icon: Annotated[str, "The Lucide icon of that channel."] = "mail"
    subject: Annotated[str, "The subject line, where it says something new."] = ""
    heat: Annotated[HeatView | None, "How upset it is; None for ours."] = None
    quoted: Annotated[str, "Quoted text and signatures that were set aside."] = ""
    attachments: Annotated[tuple[AttachmentView, ...], "Files that go with it."] = ()
    state: Annotated[State, "received, sent, held, taken_back or failed."] = "received"
    held: Annotated[HeldView | None, "The countdown, while it is held."] = None
    trouble: Annotated[str, "Why it did not arrive, in words; empty when it did."] = ""
    oddities: Annotated[tuple[str, ...], "What was odd about how it came, one sentence each."] = ()
    rereadable: Annotated[bool, "Whether a person can correct how upset it is; needs the form with the id reread."] = (
        False
    )
