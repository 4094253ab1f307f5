"""What each step on the customer's page does; each returns what to say to it when it is done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from amends.actions.actors import Guest
from amends.actions.arrivals import File
from amends.actions.booking import do_book_call, do_decline_call, do_unbook_call
from amends.actions.guests import (
    do_answer_offer,
    do_answer_read_back,
    do_counter_offer,
    do_say_fair,
    do_say_fixed,
    do_write,
)
from amends.actions.languages import do_choose_language
from amends.actions.surveys import do_answer_survey, do_decline_survey
from amends.desk.views.own.forms import (
    CallOtherwise,
    ChooseCall,
    Fair,
    Fixed,
    Language,
    OfferAnswer,
    OwnForm,
    Survey,
    Understood,
    Write,
)

Given = Mapping[str, Any]
Do = Callable[[Guest, Given, datetime], str]

_MAYBE: Final = {"yes": True, "no": False}


def _write(who: Guest, given: Given, at: datetime) -> str:
    do_write(who, given["text"], at=at, once=given["once"], files=tuple(map(_file, given["attached"])))
    return "wrote"


def _file(sent: "UploadedFile[bytes]") -> File:
    return File(sent.name or "", sent.content_type or "", sent.read(), sent.size or 0)


def _language(who: Guest, given: Given, at: datetime) -> str:  # noqa: ARG001  a step's signature
    do_choose_language(who, given["language"])
    return ""


def _fair(who: Guest, given: Given, at: datetime) -> str:
    do_say_fair(who, given["text"], remedy=given["remedy"], at=at, once=given["once"])
    return "fair"


def _understood(who: Guest, given: Given, at: datetime) -> str:
    right = given["answer"] == "yes"
    do_answer_read_back(who, right=right, words=given["words"], at=at, once=given["once"])
    return "right" if right else "not-right"


def _offer(who: Guest, given: Given, at: datetime) -> str:
    if given["answer"] == "instead":
        do_counter_offer(who, given["offer"], words=given["words"], at=at, once=given["once"])
        return "fair"
    accepted = given["answer"] == "yes"
    do_answer_offer(who, given["offer"], accepted=accepted, words=given["words"], at=at, once=given["once"])
    return "agreed" if accepted else "declined"


def _fixed(who: Guest, given: Given, at: datetime) -> str:
    fixed, partly = given["answer"] == "yes", given["answer"] == "partly"
    do_say_fixed(who, fixed=fixed, partly=partly, words=given["words"], at=at, once=given["once"])
    return "fixed" if fixed else "partly" if partly else "not-fixed"


def _call(who: Guest, given: Given, at: datetime) -> str:
    do_book_call(who, who.case, given["slot"], at=at, phone=given["phone"])
    return "booked"


def _no_call(who: Guest, given: Given, at: datetime) -> str:
    if given["answer"] == "later":
        do_unbook_call(who, who.case, at=at)
        return "unbooked"
    writes = given["answer"] == "write"
    do_decline_call(who, writes=writes, at=at)
    return "writes" if writes else "no-call"


def _survey(who: Guest, given: Given, at: datetime) -> str:
    do_answer_survey(
        who,
        outcome=given["outcome"],
        treatment=given["treatment"],
        process=given["process"],
        buy_again=_MAYBE.get(given["buy_again"]),
        recommend=_MAYBE.get(given["recommend"]),
        words=given["words"],
        at=at,
        once=given["once"],
    )
    return "surveyed"


def _no_survey(who: Guest, _given: Given, at: datetime) -> str:
    do_decline_survey(who, at=at)
    return "no-survey"


STEPS: Final[dict[str, tuple[type[OwnForm], Do]]] = {
    "write": (Write, _write),
    "fair": (Fair, _fair),
    "understood": (Understood, _understood),
    "offer": (OfferAnswer, _offer),
    "fixed": (Fixed, _fixed),
    "call": (ChooseCall, _call),
    "no-call": (CallOtherwise, _no_call),
    "survey": (Survey, _survey),
    "no-survey": (OwnForm, _no_survey),
    "language": (Language, _language),
}
"""Each step by its address: its form, and what it does."""
