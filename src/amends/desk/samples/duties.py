"""A deadline and a promise in each state, and what gates refuse."""

from datetime import timedelta

from amends.desk.contexts import ActionView, DeadlineView, PromiseView, QuoteView, RefusalView
from amends.desk.samples.time import NOW
from amends.method.words import Gate

_KEPT = ActionView(label="It is done", url="#", icon="check")
_MOVE = ActionView(label="Move it", url="#", tone="quiet", icon="calendar-clock")

DEADLINES = (
    DeadlineView(label="Update", due=NOW + timedelta(days=1, hours=5), state="fine"),
    DeadlineView(label="Acknowledge", due=NOW + timedelta(minutes=35), state="soon"),
    DeadlineView(label="Call back", due=NOW - timedelta(hours=3), state="late"),
    DeadlineView(label="Acknowledge", due=NOW - timedelta(hours=2), state="met"),
    DeadlineView(label="Update", due=NOW + timedelta(days=3), state="paused"),
    DeadlineView(label="Final answer", due=NOW + timedelta(days=41), state="fine", legal=True),
)

PROMISES = (
    PromiseView(
        id="1",
        what="Let you know what the workshop found",
        state="proposed",
        quote=QuoteView(words="I will let you know what the workshop found.", side="us"),
        actions=(
            ActionView(label="Give it a time", url="#", icon="calendar-plus"),
            ActionView(label="Not a promise", url="#", tone="quiet"),
        ),
    ),
    PromiseView(
        id="2",
        what="A courier collects the machine",
        state="open",
        owner="Tom Adeyemi",
        due=NOW + timedelta(days=1),
        actions=(_KEPT, _MOVE),
    ),
    PromiseView(
        id="3",
        what="Ring Maya after her shift",
        state="soon",
        owner="Ines Ferreira",
        due=NOW + timedelta(minutes=48),
        actions=(_KEPT, _MOVE),
    ),
    PromiseView(
        id="4", what="Refund €189", state="broken", owner="Tom Adeyemi", due=NOW - timedelta(hours=16), actions=(_KEPT,)
    ),
    PromiseView(
        id="5",
        what="Send the return label",
        state="moved",
        owner="Tom Adeyemi",
        due=NOW + timedelta(hours=26),
        was_due=NOW + timedelta(hours=2),
    ),
    PromiseView(id="6", what="Ask the workshop", state="kept", owner="Tom Adeyemi", done_at=NOW - timedelta(hours=20)),
    PromiseView(
        id="7", what="Answer by one o’clock", state="late", owner="Ines Ferreira", done_at=NOW - timedelta(days=1)
    ),
    PromiseView(id="8", what="We will see", state="dismissed", owner="Tom Adeyemi", due=NOW),
)

REFUSALS = (
    RefusalView(
        gate=Gate.ACKNOWLEDGE_FIRST,
        why="Maya is furious, and nothing in this reply says that you have heard it.",
        remedy="Name what she feels in a sentence or two, before anything else.",
        quote=QuoteView(
            words="I am absolutely FURIOUS.", side="customer", who="Maya Okafor", at=NOW - timedelta(hours=27)
        ),
        wording="You have every right to be furious: it broke twice in a month, and you were left waiting.",
        override=ActionView(label="Send it as it is", url="#", icon="send"),
    ),
    RefusalView(
        gate=Gate.AUTHORITY,
        why="This offer costs €320; you may give up to €100.",
        remedy="Ask a lead to approve it.",
        actions=(ActionView(label="Ask for approval", url="#", tone="main", icon="user-check"),),
    ),
)
