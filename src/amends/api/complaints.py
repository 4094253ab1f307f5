"""Complaints that come in by a program."""

from django.http import HttpRequest
from ninja import Router, Status

from amends.actions import clock
from amends.actions.access import access_case
from amends.actions.customers import clean_email, clean_phone
from amends.actions.incoming import Incoming, do_receive
from amends.actions.texts import storable
from amends.api.auth import caller
from amends.api.given import NewComplaint
from amends.api.problems import Taken
from amends.api.shapes import Problem, Received
from amends.method.decide import Impossible
from amends.store.models import Message

router = Router(tags=["complaints"])


@router.post("/complaints", response={201: Received, 200: Received, 409: Problem, 422: Problem})
def complain(request: HttpRequest, given: NewComplaint) -> Status[dict[str, object]]:
    """Take in a complaint. It opens a case of the team of the key's user, and its answers go by e-mail.

    Sent again with the same `external_id` and the same words, it is taken in once, and answered with 200.
    """
    who, at = caller(request), clock.now()
    if given.email and not clean_email(given.email):
        raise Impossible(f"{given.email!r} is not an e-mail address.")
    if not clean_email(given.email) and not clean_phone(given.phone):
        raise Impossible("Give an e-mail address or a telephone number: nobody could answer them.")
    known_as = f"{storable(given.external_id)}.{who.id}@api"  # two programs may count the same way
    twin = Message.objects.filter(external_id=known_as).first()
    if twin is not None and twin.text != storable(given.text):
        raise Taken
    incoming = Incoming(
        channel="api",
        name=given.name,
        email=given.email,
        phone=given.phone,
        subject=given.subject,
        text=given.text,
        external_id=known_as,
        written_at=given.written_at,
    )
    received = do_receive(incoming, at=at, by=who)
    if received.message is None:
        raise Impossible("Nothing was kept of this.")
    case = access_case(who, received.message.case_id)
    body: dict[str, object] = {"case": case.pk, "message": received.message.pk, "new": not received.duplicate}
    return Status(200 if received.duplicate else 201, body)
