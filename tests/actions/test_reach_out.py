"""The silent others: who they are, and our first word to them; once to each, and quiet until they answer."""

from datetime import timedelta
from typing import Any

import pytest

from amends.actions.access import NoAccess
from amends.actions.broadcasts import do_broadcast, do_reach_out
from amends.actions.guests import do_say_fixed
from amends.actions.incidents import do_open_incident
from amends.actions.incoming import do_receive
from amends.actions.previews import check_reach_out
from amends.method.decide import Impossible
from amends.store.met import has_written, orders_met, silent_others, with_address
from amends.store.models import BroadcastCopy, Case, Customer, Effect, Incident, Message
from amends.testing import MONDAY, Cast, mail_from, make_customer
from tests.actions.doing import agreed, complaint, fresh, guest, later, names, state
from tests.actions.meeting import BEGAN, LAMP, became, complaint_of, incident_of, ordered, work
from tests.actions.plain import BROKEN, FURIOUS, REFUND_40

pytestmark = pytest.mark.django_db

AT = later(hours=1)
GONE = AT + timedelta(seconds=11)
WORD = "Dear {name}, order {order}: {what} See {page} {me}"


def silent(incident: Incident) -> list[str]:
    return list(silent_others(incident).order_by("pk").values_list("name", flat=True))


def reached(cast: Cast) -> Case:
    """Return the quiet case of Ben, to whom we wrote first."""
    ben = make_customer("Ben Hill")
    ordered(ben, number="B-1")
    incident = incident_of(cast)
    do_reach_out(cast.owner, incident.pk, WORD, at=AT)
    work(GONE)
    return Case.objects.get(customer=ben)


def answer(case: Case, text: str, **changes: Any) -> None:
    """Let the customer of this case answer, hours later."""
    do_receive(mail_from(case.customer, text, **{"tokens": (case.token,), **changes}), at=later(hours=5))


@pytest.mark.parametrize(
    ("what", "days", "met"),
    [
        ("Reading lamp, brass", 1, True),
        ("LAMP for READING", 0, True),
        ("Reading glasses", 1, False),
        ("Reading lamp", -1, False),
        ("Reading lamp", 7, True),
        ("Reading lamp", 8, False),
        ("", 1, False),
    ],
)
def test_an_order_is_met_by_its_words_in_its_period(cast: Cast, what: str, days: int, met: bool) -> None:
    ben = make_customer("Ben Hill")
    ordered(ben, what, BEGAN + timedelta(days=days))
    incident = incident_of(cast)
    assert orders_met(incident).exists() is met
    assert silent(incident) == (["Ben Hill"] if met else [])


def test_without_a_product_or_a_beginning_nobody_is_guessed_at(cast: Cast) -> None:
    ordered(make_customer("Ben Hill"))
    Incident.objects.create(id="a", team=cast.team, title="A", product="lamp", opened_at=MONDAY)
    Incident.objects.create(id="b", team=cast.team, title="B", began_at=BEGAN, opened_at=MONDAY)
    for incident in Incident.objects.all():
        assert silent(incident) == []


def test_percent_and_underscore_mean_themselves(cast: Cast) -> None:
    ordered(make_customer("Ben Hill"))
    Incident.objects.create(id="a", team=cast.team, title="A", product="%", began_at=BEGAN, opened_at=MONDAY)
    assert silent(Incident.objects.get()) == []


def test_silent_are_those_who_have_not_written_since_it_began(cast: Cast) -> None:
    writes = complaint_of("Ann Ash", cast)
    old = complaint_of("Old Bill", cast)
    Case.objects.filter(pk=old.pk).update(opened_at=BEGAN - timedelta(days=9))
    Message.objects.filter(case=old).update(at=BEGAN - timedelta(days=9))
    for customer in (writes.customer, old.customer, make_customer("Ben Hill"), make_customer("Cleo Day", email="")):
        ordered(customer)
        ordered(customer, number=f"second-{customer.pk}")
    incident = incident_of(cast)
    assert silent(incident) == ["Old Bill", "Ben Hill", "Cleo Day"]
    assert list(with_address(silent_others(incident)).values_list("name", flat=True)) == ["Old Bill", "Ben Hill"]
    assert has_written(incident, writes.customer_id)
    assert not has_written(incident, old.customer_id)


def test_our_first_word_opens_a_quiet_case(cast: Cast) -> None:
    case = reached(cast)
    assert (case.status, case.channel, case.subject) == ("quiet", "outreach", "About your order B-1")
    assert case.incident_id == Incident.objects.get().pk
    row = Message.objects.get(case=case)
    assert row.text.startswith("Dear Ben Hill, order B-1: A batch of reading lamps")
    assert (row.status, row.recipient, row.subject) == ("queued", "ben@example.org", "About your order B-1")
    assert (case.owner_id, case.next_due_at, case.calls) == (None, None, "")
    assert BroadcastCopy.objects.get().case_id == case.pk


@pytest.mark.parametrize("text", [BROKEN, "Yes, it did. Thank you for asking!"])
def test_their_answer_makes_it_a_case_like_any_other(cast: Cast, text: str) -> None:
    case = reached(cast)
    answer(case, text)
    answered = fresh(case)
    assert (answered.status, state(case).complained_at) == ("open", later(hours=5))
    assert answered.next_due_at is not None


def test_so_does_one_from_an_address_that_we_do_not_know(cast: Cast) -> None:
    case = reached(cast)
    ours = Message.objects.get(case=case).external_id
    answer(case, BROKEN, tokens=(), thread=(ours,), email="ben.hill@elsewhere.example")
    assert (fresh(case).status, state(case).temperature) == ("open", ())


def test_an_out_of_office_is_no_complaint(cast: Cast) -> None:
    case = reached(cast)
    answer(case, "I am away.", automatic=True)
    assert fresh(case).status == "quiet"


def test_a_no_on_their_page_is_a_complaint_too(cast: Cast) -> None:
    case = reached(cast)
    do_broadcast(cast.owner, Incident.objects.get().pk, "fixed", "Is it fixed for you?", at=GONE)
    work(GONE + timedelta(minutes=1))
    assert fresh(case).status == "quiet"
    do_say_fixed(guest(case), fixed=False, words="", at=later(hours=5))
    assert (fresh(case).status, state(case).complained_at) == ("open", later(hours=5))


def test_nobody_is_written_to_first_twice_about_one_incident(cast: Cast) -> None:
    case = reached(cast)
    incident = Incident.objects.get()
    cleo = make_customer("Cleo Day")
    ordered(cleo)
    do_reach_out(cast.teammate, incident.pk, WORD, at=GONE)
    work(GONE + timedelta(minutes=1))
    assert became(incident) == [("Ben Hill", "sent"), ("Cleo Day", "sent")]
    assert Case.objects.filter(customer=case.customer).count() == 1
    with pytest.raises(Impossible, match="nobody to write to"):
        do_reach_out(cast.owner, incident.pk, WORD, at=GONE)
    assert Effect.objects.filter(key=f"outreach:{incident.pk}:{case.customer_id}").count() == 1


def test_only_those_who_were_chosen_and_are_silent_are_written_to(cast: Cast) -> None:
    ben, cleo, nobody = (make_customer(name) for name in ("Ben Hill", "Cleo Day", "Not Met"))
    ordered(ben)
    ordered(cleo)
    incident = incident_of(cast)
    do_reach_out(cast.owner, incident.pk, WORD, at=AT, customers=[ben.pk, nobody.pk, 10**9])
    assert became(incident) == [("Ben Hill", "waiting")]
    with pytest.raises(Impossible):
        do_reach_out(cast.owner, incident.pk, WORD, at=AT, customers=[nobody.pk])


def test_who_writes_in_the_meantime_is_left_alone(cast: Cast) -> None:
    ordered(cast.customer)
    incident = incident_of(cast)
    do_reach_out(cast.owner, incident.pk, WORD, at=AT)
    complaint(cast)
    work(GONE)
    assert became(incident) == [("Maya Olsen", "skipped")]
    assert Case.objects.filter(channel="outreach").count() == 0


def test_a_first_word_that_a_gate_refuses_opens_nothing(cast: Cast) -> None:
    ordered(make_customer("Ben Hill"))
    incident = incident_of(cast)
    seen = check_reach_out(cast.owner, incident.pk, REFUND_40, at=AT)
    assert (seen.count, len(seen.shut), seen.example) == (1, 1, "")
    do_reach_out(cast.owner, incident.pk, REFUND_40, at=AT)
    work(GONE)
    assert became(incident) == [("Ben Hill", "refused")]
    assert not Case.objects.exists()


def test_the_preview_of_a_first_word(cast: Cast) -> None:
    incident = incident_of(cast)
    assert check_reach_out(cast.owner, incident.pk, WORD, at=AT).count == 0
    ordered(make_customer("Ben Hill"), number="B-1")
    ordered(make_customer("Cleo Day"))
    seen = check_reach_out(cast.owner, incident.pk, WORD, at=AT)
    assert (seen.count, seen.shut) == (2, ())
    assert seen.example.startswith("Dear Ben Hill, order B-1:")
    assert not Case.objects.exists()


def test_strangers_reach_nobody(cast: Cast) -> None:
    ordered(make_customer("Ben Hill"))
    incident = incident_of(cast)
    for forbidden in (do_reach_out, check_reach_out):
        with pytest.raises(NoAccess):
            forbidden(cast.stranger, incident.pk, WORD, at=AT)
    assert not BroadcastCopy.objects.exists()


def test_two_incidents_may_each_write_first(cast: Cast) -> None:
    ordered(make_customer("Ben Hill"))
    first, second = incident_of(cast), do_open_incident(cast.owner, LAMP, at=MONDAY)
    do_reach_out(cast.owner, first.pk, WORD, at=AT)
    do_reach_out(cast.owner, second.pk, WORD, at=AT)
    work(GONE)
    assert became(first) == [("Ben Hill", "sent")]
    assert became(second) == [("Ben Hill", "skipped")]  # they heard from us in the meantime
    assert Customer.objects.count() == 2


def test_a_furious_answer_calls(cast: Cast) -> None:
    case = reached(cast)
    answer(case, FURIOUS)
    assert "unheard" in fresh(case).calls
    assert "UpsetRead" in names(case)
    assert agreed(cast).status == "open"
