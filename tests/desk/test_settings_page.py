"""The settings: the coach's rules, who may switch them, and how often each was overridden."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.coaching.rules import RULES
from amends.desk.show.policy import _TERMS
from amends.insight.history import newest
from amends.method.facts import AdviceOverridden
from amends.method.policy import load_preset
from amends.store.models import Case, RuleSwitch
from amends.testing import Cast, make_customer
from tests.desk.casework import HEARD, as_, seen
from tests.desk.own import complain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

ORDER = f"{HEARD} You must send us a photo of it."


def coach_says(client: Client, case: Case, text: str, *dismissed: str) -> str:
    return client.post(f"/cases/{case.pk}/coach/", {"text": text, "dismissed": dismissed}).content.decode()


def send(client: Client, case: Case, text: str, *dismissed: str) -> HTTPStatus:
    case.refresh_from_db()
    asked = {"text": text, "seen": case.seq, "dismissed": dismissed}
    return HTTPStatus(client.post(f"/cases/{case.pk}/reply/", asked).status_code)


def test_every_rule_stands_there_with_its_reason(client: Client, cast: Cast) -> None:
    page = seen(as_(client, cast.teammate), "/settings/")
    assert all(f'id="{rule.code}"' in page for rule in RULES)
    assert "“Soon” starts" in page or "&#34;Soon&#34; starts" in page
    assert 'role="switch"' not in page  # a handler reads
    assert 'aria-current="page"' in page


def test_the_policy_stands_there_for_reading(client: Client, cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.AMENDS_DATA = tmp_path
    page = seen(as_(client, cast.teammate), "/settings/")
    assert "1 working hour " in page
    assert "no legal advice" not in page  # by default there are no legal terms
    (tmp_path / "policy.toml").write_text(
        'extends = "uk-fca-disp"\nhold.amount = 1\nacknowledge.amount = 1.5\n'
        'teams."<b>Berlin".calendar = { zone = "Europe/Berlin" }\n'
    )
    page = seen(client, "/settings/")
    assert "UK FCA DISP 1.6" in page
    assert "checked on 2026-06-01." in page
    assert "<dt>Summary resolution</dt><dd>3 working days" in page
    assert "no legal advice" in page
    assert "<dd>1 second " in page
    assert "<dd>1.5 working hours " in page
    assert "<dt>&lt;b&gt;Berlin</dt>" in page


def test_every_term_of_the_policy_has_a_name_for_people() -> None:
    assert _TERMS.keys() == dict(load_preset("default").terms()).keys()


def test_a_lead_switches_a_rule_off_for_everybody_and_on_again(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert "This is an order. Ask instead." in coach_says(as_(client, cast.owner), case, ORDER)
    answer = as_(client, cast.lead).post("/settings/rules/F208/", {"on": "0"})
    assert answer.headers["Location"] == "/settings/#F208"
    assert 'aria-checked="false"' in seen(client, "/settings/")
    assert "This is an order" not in coach_says(as_(client, cast.owner), case, ORDER)
    as_(client, cast.lead).post("/settings/rules/F208/", {"on": "1"})
    assert "This is an order" in coach_says(as_(client, cast.owner), case, ORDER)
    assert RuleSwitch.objects.get().by_id == cast.lead.id


def test_a_handler_and_a_wrong_code_switch_nothing(client: Client, cast: Cast) -> None:
    assert as_(client, cast.owner).post("/settings/rules/F208/", {"on": "0"}).status_code == HTTPStatus.FORBIDDEN
    assert as_(client, cast.lead).post("/settings/rules/X999/", {"on": "0"}).status_code == HTTPStatus.NOT_FOUND
    client.logout()
    assert "login" in client.post("/settings/rules/F208/", {"on": "0"}).headers["Location"]
    assert not RuleSwitch.objects.exists()


def test_advice_that_was_waved_away_stays_so_and_is_counted(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    part = coach_says(as_(client, cast.owner), case, ORDER)
    assert 'data-dismiss="F208:You must"' in part
    assert "This is an order" not in coach_says(client, case, ORDER, "F208:You must")
    assert send(client, case, ORDER, "F208:You must") == HTTPStatus.FOUND
    facts = {e.fact.rule: e.fact.dismissed for e in newest(case.pk) if isinstance(e.fact, AdviceOverridden)}
    assert facts["F208"] is True
    page = seen(as_(client, cast.lead), "/settings/")
    assert "1 reply went out against it in 90 days; on 1 of them it was waved away." in page
    assert "against it" not in seen(as_(client, cast.stranger), "/settings/")  # of other teams nothing is told


def test_nothing_is_counted_where_the_advice_was_taken(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    assert send(as_(client, cast.owner), case, HEARD) == HTTPStatus.FOUND
    assert "F208" not in {e.fact.rule for e in newest(case.pk) if isinstance(e.fact, AdviceOverridden)}


def test_the_same_text_to_many_is_noticed(client: Client, cast: Cast) -> None:
    """Three customers with the same trouble, and one text for all of them."""
    as_(client, cast.owner)
    for name in ("Lea Stone", "Omar Haddad"):
        assert send(client, complain(make_customer(name)), HEARD) == HTTPStatus.FOUND
    third = complain(cast.customer)
    assert "2 others got nearly the same text lately." in coach_says(client, third, HEARD)
    assert "nearly the same text" not in coach_says(client, third, "I hear how angry you are, and I want to help.")


def test_a_gate_says_no_with_the_words_and_better_ones(client: Client, cast: Cast) -> None:
    case = complain(cast.customer)
    part = coach_says(as_(client, cast.owner), case, "Dear Maya,\n\nWe will refund you $40.\n\nJonas", "F201")
    assert part.count("is-must") >= 1
    assert "nobody has named it yet" in part  # what a gate refuses cannot be waved away
