"""The path at its beginning, midway, thrown back, and whole."""

from dataclasses import replace
from datetime import timedelta

from amends.desk.contexts import ActionView, PathView, QuoteView, StationView
from amends.desk.samples.time import NOW
from amends.method.words import Station, Voice

_OURS = ActionView(label="That is not it", url="#", tone="quiet", icon="undo-2")
_TRUE = ActionView(label="Confirm", url="#", icon="check")

_ANGRY = QuoteView(
    words="The espresso machine you sent me is broken AGAIN, the second time in a month, "
    "and nobody at your company cares.",
    side="customer",
    who="Maya Okafor",
    at=NOW - timedelta(days=1, hours=3),
    url="#message-1",
)
_NAMED = QuoteView(
    words="I can hear how furious you are, and after a second breakdown in a month I would be too.",
    side="us",
    who="Tom Adeyemi",
    at=NOW - timedelta(days=1, hours=2),
    url="#message-3",
)
_TOLD = QuoteView(
    words="Yes, that is right. It trips the fuse as soon as I switch it on.",
    side="customer",
    who="Maya Okafor",
    at=NOW - timedelta(hours=4),
    url="#message-4",
    by=Voice.PERSON,
)
_READ_BACK = QuoteView(
    words="You expected a machine that works after the repair, and it failed again on the first morning: "
    "have I got that right?",
    side="us",
    who="Tom Adeyemi",
    at=NOW - timedelta(days=1, hours=2),
    url="#message-3",
)
_BID = QuoteView(
    words="I want a full refund, and someone to collect the thing.",
    side="customer",
    who="Maya Okafor",
    at=NOW - timedelta(hours=4),
    url="#message-4",
)
_YES = QuoteView(
    words="That is more than fair. Thank you for not making me fight for it.",
    side="customer",
    who="Maya Okafor",
    at=NOW - timedelta(hours=2),
)

QUOTES = (_ANGRY, replace(_NAMED, by=Voice.PERSON), QuoteView(words="", side="customer", who="Somebody", at=_ANGRY.at))
"""Theirs, ours, and one whose words were erased."""

_HEAR = StationView(
    station=Station.HEAR, state="passed", quotes=(_ANGRY,), at=_ANGRY.at, summary="Broken on arrival, twice"
)
_ACKNOWLEDGE = StationView(
    station=Station.ACKNOWLEDGE, state="passed", quotes=(_NAMED,), at=_NAMED.at, actions=(_TRUE, _OURS)
)
_DIAGNOSE = StationView(
    station=Station.DIAGNOSE, state="passed", quotes=(_TOLD, _READ_BACK), at=_TOLD.at, actions=(_OURS,)
)
_ASK = StationView(
    station=Station.ASK, state="passed", quotes=(_BID,), at=_BID.at, summary="A refund of €189", actions=(_TRUE, _OURS)
)
_AGREE = StationView(station=Station.AGREE, state="passed", quotes=(_YES,), at=_YES.at)


def _ahead(station: Station, hint: str) -> StationView:
    return StationView(station=station, state="ahead", hint=hint)


_AGREE_NEXT = _ahead(Station.AGREE, "Offer, and hear her answer; or give a final answer.")
_ACT_NEXT = _ahead(Station.ACT, "Keep every promise, and let her confirm that it is fixed.")
_CALL_NEXT = _ahead(Station.COME_BACK, "Call back a day or two after it is resolved.")
_LEARN_NEXT = _ahead(Station.LEARN, "Confirm the root cause, and see what becomes of her.")

MIDWAY = PathView(
    stations=(
        _HEAR,
        _ACKNOWLEDGE,
        _DIAGNOSE,
        _ASK,
        replace(_AGREE_NEXT, state="current", hint="Make her an offer. She asked for €189 back and a collection."),
        _ACT_NEXT,
        _CALL_NEXT,
        _LEARN_NEXT,
    )
)
"""Four stations passed."""

FRESH = PathView(
    stations=(
        _HEAR,
        StationView(station=Station.ACKNOWLEDGE, state="current", hint="Name what she feels, in one or two sentences."),
        _ahead(Station.DIAGNOSE, "Ask, say back what you understood, and let her confirm it."),
        _ahead(Station.ASK, "Ask what would make it right for her."),
        _AGREE_NEXT,
        _ACT_NEXT,
        _CALL_NEXT,
        _LEARN_NEXT,
    )
)
"""A first message has just come in."""

REOPENED = PathView(
    stations=(
        _HEAR,
        _ACKNOWLEDGE,
        _DIAGNOSE,
        _ASK,
        _AGREE,
        StationView(
            station=Station.ACT,
            state="reopened",
            at=NOW - timedelta(minutes=25),
            hint="She says that it is not fixed. Find out what is missing, and promise it with a time.",
            quotes=(
                QuoteView(
                    words="The courier never came. I took a morning off for this.",
                    side="customer",
                    who="Maya Okafor",
                    at=NOW - timedelta(minutes=25),
                ),
            ),
        ),
        _CALL_NEXT,
        _LEARN_NEXT,
    )
)
"""Thrown back: what was passed is owed again."""

WHOLE = PathView(
    stations=(
        _HEAR,
        _ACKNOWLEDGE,
        _DIAGNOSE,
        _ASK,
        _AGREE,
        StationView(
            station=Station.ACT, state="passed", at=NOW - timedelta(hours=1), summary="Three promises, three kept"
        ),
        StationView(
            station=Station.COME_BACK,
            state="passed",
            at=NOW - timedelta(minutes=40),
            summary="Reached by phone: fixed, and content",
        ),
        StationView(
            station=Station.LEARN, state="passed", at=NOW - timedelta(minutes=5), summary="Supplier: faulty thermostat"
        ),
    )
)
"""Every station passed."""
