"""A booked call in a calendar: as a file for the customer and for whoever calls, and in the letter that confirms it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from amends.actions import house
from amends.actions.clock import now
from amends.actions.customers import email_of, phone_of
from amends.actions.letters import letter, name_of, signature
from amends.actions.links import customer_url
from amends.actions.sending import queue_mail
from amends.formats.events import CallEvent, event_file
from amends.method.facts import CallbackBooked
from amends.method.slots import hours_that_suit
from amends.store import blobs
from amends.store.journal import newest_of, state_of
from amends.store.models import Attachment, Case

FILE, KIND = "call.ics", "text/calendar"


def event_for_customer(case: Case) -> bytes | None:
    """Return the booked call for the customer's calendar, or one that strikes it out there; None where there is none.

    It holds no word of ours about them, and nothing that their own page does not show.
    """
    business = house.house().business
    text = _("We call you and ask two things: is it really fixed, and how are you with us now?")
    if business.phone:
        text += "\n" + _("Our number is %(number)s.") % {"number": business.phone}
    text += "\n" + _("If the time does not suit you after all, choose another one:") + f" {customer_url(case)}"
    return _event(case, _("%(business)s calls you") % {"business": business.name}, text, customer_url(case))


def event_for_staff(case: Case) -> bytes | None:
    """Return the same for the calendar of whoever calls, with the number and the way to the case."""
    phone = phone_of(case.customer)
    url = f"{settings.AMENDS_URL.rstrip('/')}/cases/{case.pk}/"
    whom = case.customer.name or email_of(case.customer) or phone
    text = "\n".join(filter(None, (case.subject, f"tel:{phone}" if phone else "", url)))
    title = _("Call back %(whom)s (#%(number)d)") % {"whom": whom, "number": case.pk}
    return _event(case, title, text, url, place=f"tel:{phone}" if phone else "")


def confirm(case: Case, at: datetime) -> None:
    """Write to the customer when we call, with the file for their calendar. Called once for each booking."""
    slot = state_of(case).call_at
    if slot is None:
        return
    number = house.house().business.phone
    text = _(
        "Dear %(name)s,\n\n"
        "thank you. We call you at the time that suits you:\n%(when)s\n\n"
        "%(from_where)sWe want to hear from you whether it is really fixed. "
        "If the time does not suit you after all, choose another one here:\n%(link)s\n\n%(signature)s"
    ) % {
        "name": name_of(case),
        "when": _when(case, slot),
        "from_where": _("Our number is %(number)s.") % {"number": number} + " " if number else "",
        "link": customer_url(case),
        "signature": signature(case),
    }
    _post(case, text, event_for_customer(case), at)


def call_off(case: Case, slot: datetime, at: datetime) -> None:
    """Write to the customer that the call at `slot` will not be, with the file that strikes it out."""
    text = _(
        "Dear %(name)s,\n\n"
        "the call that we had agreed on, %(when)s, will not be at that time. "
        "You can choose another one here, and if you do not, we call you when we can:\n%(link)s\n\n%(signature)s"
    ) % {
        "name": name_of(case),
        "when": _when(case, slot),
        "link": customer_url(case),
        "signature": signature(case),
    }
    _post(case, text, event_for_customer(case), at)


def _post(case: Case, text: str, event: bytes | None, at: datetime) -> None:
    row = letter(case, "booking", text, at)
    if row is None:
        return
    if event is not None:
        Attachment.objects.create(
            message=row, filename=FILE, content_type=KIND, size=len(event), sha256=blobs.keep(event)
        )
    queue_mail(row, at)


def _event(case: Case, title: str, text: str, url: str, *, place: str = "") -> bytes | None:
    booked = newest_of(case.pk, CallbackBooked)
    stands = case.call_at is not None
    if booked is None or (not stands and booked.slot < now()):
        return None
    business = house.house().business
    domain = business.address.rpartition("@")[2] or "localhost"
    event = CallEvent(
        uid=f"call-back-{case.pk}@{domain}",
        sequence=case.seq,
        start=booked.slot,
        length=house.policy().slot,
        written_at=case.changed_at,
        title=title,
        text=text,
        url=url,
        organiser=(business.name, business.address),
        place=place,
        cancelled=not stands,
    )
    return event_file(event)


def _when(case: Case, slot: datetime) -> str:
    """Return the time by the customer's own clock, and whose clock that is."""
    zone = hours_that_suit(house.policy(), house.calendar_of(case), case.customer.time_zone).zone
    local = slot.astimezone(ZoneInfo(zone))
    day, hour = formats.date_format(local, "l j F Y"), formats.time_format(local, "H:i")
    place = zone.rpartition("/")[2].replace("_", " ")
    return _("%(day)s at %(hour)s (by the clock of %(place)s)") % {"day": day, "hour": hour, "place": place}
