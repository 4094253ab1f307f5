"""What the staff write to each other never reaches the customer's page: at any stage, from any column of any table."""

from http import HTTPStatus

import pytest
from django.apps import apps
from django.db.models import CharField, F, Model, TextField, Value
from django.db.models.functions import Concat
from django.test import Client

from amends.actions import clock
from amends.actions.actors import DESK
from amends.actions.carry import keep_note
from amends.actions.clock import StoppedClock
from amends.insight.customer_page import ADDRESSED, SEEN
from amends.store.models import Case, Message, Note
from amends.testing import Cast
from tests.desk.own import address
from tests.desk.own_stages import STAGES, at_stage

pytestmark = pytest.mark.django_db

MARK = "SECRET"

SHOWN = {
    "Attachment.filename",
    "Case.subject",
    "Customer.name",
    "User.name",
}
"""Columns that customers may read. Messages and notes have a rule for each row; see `marked`."""

STRUCTURE = {
    "Approval.currency",
    "Attachment.content_id",
    "Attachment.content_type",
    "Attachment.sha256",
    "Blob.sha256",
    "Case.channel",
    "Case.next_due_kind",
    "Case.station",
    "Case.status",
    "Case.token",
    "Customer.currency",
    "Customer.language",
    "Customer.time_zone",
    "CustomerAddress.kind",
    "JournalEntry.actor",
    "JournalEntry.kind",
    "JournalEntry.side",
    "Message.channel",
    "Message.direction",
    "Message.purpose",
    "Message.status",
    "Note.kind",
    "Order.currency",
    "Promise.source",
    "Promise.status",
    "RawMail.sha256",
    "User.rank",
    "User.time_zone",
}
"""Columns that steer the desk: codes, hashes, currencies. No person types them, and marking them would break it."""

HIDDEN_KINDS = (
    "internal",
    "override",
    "kept",
    "answer",
    "fix",
    "survey",
    "call",
    "outcome",
    "approval",
    "cause",
    "other",
)


def columns(model: type[Model]) -> list[str]:
    """Return the columns in which words can stand, but for keys and for what steers the desk."""
    texts = [f for f in model._meta.get_fields() if isinstance(f, CharField | TextField)]
    names = [f.name for f in texts if not f.primary_key]
    return [name for name in names if f"{model.__name__}.{name}" not in SHOWN | STRUCTURE]


def mark(case: Case) -> None:
    """Put the mark into everything that is not meant for the customer."""
    for kind in HIDDEN_KINDS:
        keep_note(case, MARK, kind=kind, by=DESK, at=clock.now())
    for model in apps.get_app_config("store").get_models():
        rows = model._default_manager.all()
        for name in columns(model):
            if (model, name) == (Note, "text"):
                rows.exclude(kind__in=ADDRESSED).update(text=MARK)
            elif (model, name) == (Message, "text"):
                rows.exclude(SEEN).update(text=MARK)
            else:
                room = getattr(model._meta.get_field(name), "max_length", None)
                if room is None or room >= 60:  # codes are shorter than anything that people write
                    rows.update(**{name: Concat(Value(MARK), F(name), output_field=TextField())})


@pytest.fixture
def replay_equals_read() -> None:
    """Marked rows are not what the journal gives, and need not be."""


@pytest.mark.parametrize("stage", STAGES)
def test_no_secret_is_on_the_page(client: Client, cast: Cast, stopped_clock: StoppedClock, stage: str) -> None:
    case = at_stage(stage, cast, stopped_clock)
    here = address(case)
    mark(case)
    for there in (here, f"{here}?lang=de"):
        answer = client.get(there)
        assert answer.status_code == HTTPStatus.OK
        assert MARK not in answer.content.decode()
    refused = client.post(f"{here}write/", {"text": " "})
    assert MARK not in refused.content.decode()


def test_the_mark_would_be_seen_where_customers_may_look(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = at_stage("promised", cast, stopped_clock)
    mark(case)
    Note.objects.filter(case=case, kind="promise").update(text=f"{MARK} and more words than that")
    assert MARK in client.get(address(case)).content.decode()


def test_what_is_named_here_is_there() -> None:
    there = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, CharField | TextField)
    }
    assert (SHOWN | STRUCTURE) - there == set()
