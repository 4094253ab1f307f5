"""The words and icons that stand for stations, gates and levels wherever they appear."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.method.words import Gate, Station

STATIONS: Final[dict[Station, tuple[str | Promise, str]]] = {
    Station.HEAR: (pgettext_lazy("station", "Hear"), "ear"),
    Station.ACKNOWLEDGE: (pgettext_lazy("station", "Acknowledge"), "heart-handshake"),
    Station.DIAGNOSE: (pgettext_lazy("station", "Diagnose"), "stethoscope"),
    Station.ASK: (pgettext_lazy("station", "Ask"), "message-circle-question-mark"),
    Station.AGREE: (pgettext_lazy("station", "Agree"), "handshake"),
    Station.ACT: (pgettext_lazy("station", "Act"), "list-checks"),
    Station.COME_BACK: (pgettext_lazy("station", "Come back"), "phone"),
    Station.LEARN: (pgettext_lazy("station", "Learn"), "lightbulb"),
}
"""Name and icon of each station."""

GATES: Final[dict[Gate, str | Promise]] = {
    Gate.ACKNOWLEDGE_FIRST: _("Name their feeling first"),
    Gate.DIAGNOSE_BEFORE_PRESCRIBING: _("Find out before you offer"),
    Gate.BID_FIRST: _("Ask what they want first"),
    Gate.MORE_THAN_ASKED: _("This is more than they asked for"),
    Gate.AUTHORITY: _("This is more than you may give alone"),
    Gate.PROMISE_HAS_A_DATE: _("A promise needs a name and a time"),
    Gate.RENEGOTIATE_IN_TIME: _("Move a promise before it is due"),
    Gate.ACT_FIRST: _("Something is still owed"),
    Gate.COME_BACK_FIRST: _("Call back before you close"),
}
"""Title of each gate's refusal."""

HEAT: Final[tuple[str | Promise, ...]] = (
    pgettext_lazy("upset", "calm"),
    pgettext_lazy("upset", "displeased"),
    pgettext_lazy("upset", "frustrated"),
    pgettext_lazy("upset", "angry"),
    pgettext_lazy("upset", "furious"),
)
"""Word of each level of upset, 0 to 4."""
