"""Incidents on the pages: who sees them, linking, writing once, what became of it, and the silent others."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions.actors import Guest
from amends.actions.broadcasts import do_broadcast, do_send_copy
from amends.actions.clock import StoppedClock
from amends.actions.effects import do_effects
from amends.actions.guests import do_say_fixed
from amends.actions.incidents import Told, do_open_incident
from amends.store.models import Broadcast, BroadcastCopy, Case, Incident, JournalEntry, Message, Order
from amends.testing import MONDAY, Cast, make_customer
from tests.desk.casework import as_, seen
from tests.desk.own import address, complain, let_go

pytestmark = pytest.mark.django_db

LAMP = Told(
    title="Pumps that leak",
    what="A batch of pumps left us with a bad seal.",
    product="pump",
    began_at=MONDAY - timedelta(days=7),
)
WORD = "Dear {name}, I can hear how angry you are. {what} {me}"


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten."""


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


@pytest.fixture
def incident(cast: Cast, case: Case) -> Incident:
    return do_open_incident(cast.owner, LAMP, at=clock.now(), cases=[case.pk])


def page(incident: Incident, step: str = "") -> str:
    return f"/incidents/{incident.pk}/{step}"


def ordered(name: str, what: str = "Water pump") -> Order:
    customer = make_customer(name)
    at = MONDAY - timedelta(days=2)
    return Order.objects.create(
        customer=customer, external_id=f"A-{customer.pk}", placed_at=at, amount=9, currency="USD", what=what
    )


def work(later: timedelta = timedelta(seconds=11)) -> None:
    """Let a worker come by, a count later."""
    with clock.stopped(clock.now() + later):
        while do_effects({"broadcast": do_send_copy, "mail": lambda _subject: None}, now=clock.now, limit=50):
            pass
        let_go()


STEPS: dict[str, dict[str, Any]] = {
    "change/": {"title": "Other"},
    "link/": {"numbers": "1"},
    "write/word/": {"text": WORD, "step": "send"},
    "write/fixed/": {"text": WORD, "step": "send"},
    "write/outreach/": {"text": WORD, "step": "send", "whom": "everybody"},
    "stop/x/": {},
}


def test_the_team_sees_it_and_strangers_do_not(client: Client, cast: Cast, incident: Incident) -> None:
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        assert "Pumps that leak" in seen(as_(client, who), "/incidents/")
        assert "A batch of pumps" in seen(client, page(incident))
        assert client.get(page(incident, "progress/")).status_code == HTTPStatus.OK
    as_(client, cast.stranger)
    assert "Pumps that leak" not in seen(client, "/incidents/")
    for there in (page(incident), page(incident, "progress/"), "/incidents/nothing/"):
        assert client.get(there).status_code == HTTPStatus.NOT_FOUND
    client.logout()
    assert "login" in client.get(page(incident)).headers["Location"]


@pytest.mark.parametrize("step", STEPS)
def test_strangers_do_nothing_and_looking_changes_nothing(
    client: Client, cast: Cast, incident: Incident, step: str
) -> None:
    before = (JournalEntry.objects.count(), Broadcast.objects.count(), Incident.objects.values().get())
    assert as_(client, cast.stranger).post(page(incident, step), STEPS[step]).status_code == HTTPStatus.NOT_FOUND
    assert as_(client, cast.owner).get(page(incident, step)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert (JournalEntry.objects.count(), Broadcast.objects.count(), Incident.objects.values().get()) == before


def test_one_is_opened_from_a_case(client: Client, cast: Cast, case: Case) -> None:
    as_(client, cast.teammate)
    assert f"/incidents/?case={case.pk}" in seen(client, f"/cases/{case.pk}/")
    assert "will be its first" in seen(client, "/incidents/", case=case.pk)
    answer = client.post("/incidents/open/", {"title": "Pumps", "case": case.pk, "began_at": "2026-02-20T09:00"})
    made = Incident.objects.get()
    assert answer.headers["Location"] == page(made)
    assert Case.objects.get(pk=case.pk).incident_id == made.pk
    assert "Pumps" in seen(client, f"/cases/{case.pk}/")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"title": ""}, "required"),
        ({"title": "x", "began_at": "2026-03-02T10:00", "ended_at": "2026-03-01T10:00"}, "ended before it began"),
        ({"title": "x", "began_at": "long ago"}, "valid date"),
        ({"title": "x" * 200}, "at most 120"),
    ],
)
def test_what_is_not_right_is_shown_again(client: Client, cast: Cast, given: dict[str, str], why: str) -> None:
    answer = as_(client, cast.owner).post("/incidents/open/", given | {"what": "Kept words"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert not Incident.objects.exists()


def test_a_case_that_is_not_theirs_opens_nothing(client: Client, cast: Cast, case: Case) -> None:
    answer = as_(client, cast.stranger).post("/incidents/open/", {"title": "Mine", "case": case.pk})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not Incident.objects.exists()


def test_it_is_told_anew(client: Client, cast: Cast, incident: Incident) -> None:
    as_(client, cast.teammate).post(page(incident, "change/"), {"title": "Leaks", "what": "<b>Bold</b>"})
    there = seen(client, page(incident))
    assert "Leaks" in there
    assert "&lt;b&gt;Bold" in there
    assert client.post(page(incident, "change/"), {"title": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_cases_are_linked_from_the_case_and_taken_out_again(client: Client, cast: Cast, incident: Incident) -> None:
    other = complain(make_customer("Ben Hill"), "My kettle is late.")
    as_(client, cast.owner)
    client.post(f"/cases/{other.pk}/incident/", {"incident": incident.pk})
    assert Case.objects.get(pk=other.pk).incident_id == incident.pk
    assert "Ben Hill" in seen(client, page(incident))
    client.post(f"/cases/{other.pk}/incident/")
    assert Case.objects.get(pk=other.pk).incident_id is None
    for wrong in ("nothing", "x" * 99):
        answer = client.post(f"/cases/{other.pk}/incident/", {"incident": wrong})
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_cases_that_may_belong_are_offered_and_linked_with_one_click(
    client: Client, cast: Cast, incident: Incident
) -> None:
    by_words = complain(make_customer("Ben Hill"), "The PUMP drips.")
    ordered("Cleo Day")
    by_order = complain(make_customer("Cleo Day"), "It drips!")
    unlike = complain(make_customer("Dan Fox"), "My kettle is late.")
    there = seen(as_(client, cast.owner), page(incident))
    assert "May belong to it" in there
    assert "Ben Hill" in there
    assert "Cleo Day" in there
    assert "Dan Fox" not in there
    client.post(page(incident, "link/"), {"case": [by_words.pk, by_order.pk]})
    assert Case.objects.filter(incident=incident).count() == 3
    assert "May belong to it" not in seen(client, page(incident))
    client.post(page(incident, "link/"), {"numbers": f"#{unlike.pk}, "})
    assert Case.objects.filter(incident=incident).count() == 4


@pytest.mark.parametrize("numbers", ["twelve", "999", "", "1;DROP", "9" * 30])
def test_numbers_of_no_case_are_said(client: Client, cast: Cast, incident: Incident, numbers: str) -> None:
    answer = as_(client, cast.owner).post(page(incident, "link/"), {"numbers": numbers})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────


def test_one_looks_first_and_nothing_is_sent(client: Client, cast: Cast, incident: Incident) -> None:
    there = as_(client, cast.owner).post(page(incident, "write/word/"), {"text": WORD, "step": "look", "once": "o1"})
    assert there.status_code == HTTPStatus.OK
    html = there.content.decode()
    assert "1 customer would get it." in html
    assert "Dear Maya Olsen, I can hear how angry you are. A batch of pumps" in html
    assert 'value="o1"' in html
    assert not Broadcast.objects.exists()


def test_whom_it_would_not_reach_is_said_before(client: Client, cast: Cast, incident: Incident) -> None:
    text = "What happened? When did it begin?"
    html = as_(client, cast.owner).post(page(incident, "write/word/"), {"text": text, "step": "look"}).content.decode()
    assert "1 would not get it" in html
    assert "nobody has named it yet" in html


def test_each_gets_it_and_the_page_says_how_far_it_is(client: Client, cast: Cast, incident: Incident) -> None:
    as_(client, cast.owner)
    for _tap in range(2):
        client.post(page(incident, "write/word/"), {"text": WORD, "step": "send", "once": "o1"})
    there = seen(client, page(incident))
    assert "0 went out, 1 waits" in there
    assert "every 3s" in there
    work()
    there = seen(client, page(incident, "progress/"))
    assert "1 went out" in there
    assert "every 3s" not in there
    assert Message.objects.filter(direction="out").count() == 1


def test_it_can_be_stopped(client: Client, cast: Cast, incident: Incident) -> None:
    as_(client, cast.owner).post(page(incident, "write/word/"), {"text": WORD, "step": "send"})
    client.post(page(incident, f"stop/{Broadcast.objects.get().pk}/"))
    work()
    assert BroadcastCopy.objects.get().status == "skipped"
    assert "1 not needed" in seen(client, page(incident))


@pytest.mark.parametrize("text", ["", "   ", "Dear {nmae}", "Dear {name", "{what.__class__}"])
def test_a_text_that_cannot_be_sent_stays_in_its_field(
    client: Client, cast: Cast, incident: Incident, text: str
) -> None:
    for step in ("look", "send"):
        answer = as_(client, cast.owner).post(page(incident, "write/word/"), {"text": text, "step": step})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert text.strip() in answer.content.decode()
    assert not Broadcast.objects.exists()
    assert client.post(page(incident, "write/poem/"), {"text": "x"}).status_code == HTTPStatus.NOT_FOUND


def test_who_has_to_be_written_to_by_hand_stands_there_until_it_is_done(
    client: Client, cast: Cast, incident: Incident
) -> None:
    do_broadcast(cast.owner, incident.pk, "word", "What happened? When did it begin?", at=clock.now())
    work()
    there = seen(as_(client, cast.owner), page(incident))
    assert "For you to write by hand" in there
    assert "nobody has named it yet" in there
    case = Case.objects.get()
    with clock.stopped(clock.now() + timedelta(hours=1)):
        client.post(f"/cases/{case.pk}/reply/", {"text": "I can hear how angry you are.", "seen": case.seq})
        let_go()
    assert "For you to write by hand" not in seen(client, page(incident))


def test_customers_are_asked_on_their_page_and_their_answers_are_counted(
    client: Client, cast: Cast, incident: Incident, case: Case
) -> None:
    assert "Is it fixed?" not in seen(client, address(case))
    text = "I can hear how angry you are. It is mended. Is it fixed for you?"
    as_(client, cast.owner).post(page(incident, "write/fixed/"), {"text": text, "step": "send"})
    work()
    assert "fixed" in seen(client, address(Case.objects.get(pk=case.pk)))
    do_say_fixed(Guest(case=case.pk, customer=case.customer_id), fixed=True, words="", at=clock.now())
    there = seen(client, page(incident))
    assert "written on 2 March 2026 that it is fixed" in there
    bars = there[there.index('class="bars"') :]
    assert [bars.split(f"<dt>{label}</dt><dd>")[1][0] for label in ("with a case", "yes, it is", "no, it is not")] == [
        *"110"
    ]


# ── The silent others ────────────────────────────────────────────────────────────────────────────


def test_the_silent_others_are_listed_with_an_estimate_beside(client: Client, cast: Cast, incident: Incident) -> None:
    ordered("Ben Hill")
    ordered("Cleo Day", "Kettle")
    nowhere = ordered("Dan Fox")
    nowhere.customer.addresses.all().delete()
    there = seen(as_(client, cast.owner), page(incident))
    assert "Ben Hill" in there
    assert "Cleo Day" not in there
    assert "1 more have no e-mail address" in there
    assert "An estimate, not a count: for each customer who complains, about 26 say nothing (Lee Resources)" in there


def test_a_first_word_goes_to_those_who_were_ticked(client: Client, cast: Cast, incident: Incident) -> None:
    ben, cleo = ordered("Ben Hill").customer, ordered("Cleo Day").customer
    as_(client, cast.owner)
    given = {"text": "Dear {name}: {what} Order {order}.", "whom": "chosen", "customer": [ben.pk, "x", "9" * 40]}
    looked = client.post(page(incident, "write/outreach/"), given | {"step": "look"}).content.decode()
    assert "1 customer would get it." in looked
    assert "Dear Ben Hill: A batch of pumps left us with a bad seal. Order A-" in looked
    client.post(page(incident, "write/outreach/"), given | {"step": "send"})
    work()
    quiet = Case.objects.get(customer=ben)
    assert quiet.status == "quiet"
    assert not Case.objects.filter(customer=cleo).exists()
    assert "We wrote first" in seen(client, f"/cases/{quiet.pk}/")
    assert "we wrote first" in seen(client, f"/customers/{ben.pk}/")
    there = seen(client, page(incident))
    assert "Cleo Day" in there[there.index('id="silent"') :]
    assert "Ben Hill" not in there[there.index('id="silent"') :]


def test_nobody_ticked_is_nobody(client: Client, cast: Cast, incident: Incident) -> None:
    ordered("Ben Hill")
    given = {"text": WORD, "whom": "chosen", "step": "send"}
    answer = as_(client, cast.owner).post(page(incident, "write/outreach/"), given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "nobody to write to" in answer.content.decode()


def test_they_come_a_page_at_a_time(client: Client, cast: Cast, incident: Incident) -> None:
    people = [ordered(f"N{n:03} Guest").customer for n in range(55)]
    first = seen(as_(client, cast.owner), page(incident))
    assert "N054 Guest" in first
    assert "N004 Guest" not in first
    rest = seen(client, page(incident), silent=people[5].pk)
    assert "N004 Guest" in rest
    assert "N005 Guest" not in rest


def test_an_incident_without_cases_stands(client: Client, cast: Cast) -> None:
    made = do_open_incident(cast.owner, Told(title="Empty"), at=clock.now())
    there = seen(as_(client, cast.owner), page(made))
    assert "Link the cases that it caused" in there
    assert "The silent others" not in there
