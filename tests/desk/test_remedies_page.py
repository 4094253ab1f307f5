"""The catalogue's page: everybody on the staff reads it, leads keep it, and nothing typed is lost."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from amends.actions.remedies import do_begin_catalogue
from amends.store.models import RemedyItem
from amends.testing import Cast
from tests.desk.casework import as_, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

PAGE = "/settings/remedies/"
TEA = {"title": "A box of tea", "kind": "gift", "words": "We can send you a box of tea.", "rank": "handler"}


@pytest.fixture(autouse=True)
def _begun(cast: Cast) -> None:
    do_begin_catalogue()


def change(client: Client, code: str, **given: Any) -> Any:
    """Post the form of a remedy as its page has it, with these fields changed."""
    page = seen(client, PAGE)
    mark = page.split(f'action="{PAGE}{code}/change/"')[1].split('name="seen" value="')[1].split('"')[0]
    return client.post(f"{PAGE}{code}/change/", {**TEA, "seen": mark, **given})


def test_every_handler_of_every_team_reads_it_and_changes_nothing(client: Client, cast: Cast) -> None:
    for who in (cast.owner, cast.teammate, cast.stranger):
        page = seen(as_(client, who), PAGE)
        assert "We can send you a replacement, at no cost to you." in page
        assert "Your team lead keeps them." in page
        assert f'action="{PAGE}' not in page
        for step in ("add/", "credit/change/", "credit/switch/"):
            assert client.post(PAGE + step, {**TEA, "on": "0"}).status_code == HTTPStatus.FORBIDDEN
    assert RemedyItem.objects.filter(active=True).count() == 12


def test_nobody_outside_sees_it(client: Client, cast: Cast) -> None:
    for step in ("", "add/", "credit/change/", "credit/switch/"):
        there = client.get(PAGE) if not step else client.post(PAGE + step, TEA)
        assert "login" in there.headers["Location"]


def test_to_look_at_a_step_changes_nothing(client: Client, cast: Cast) -> None:
    as_(client, cast.lead)
    for step in ("add/", "credit/change/", "credit/switch/"):
        assert client.get(PAGE + step).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_lead_adds_one_and_it_says_what_it_costs(client: Client, cast: Cast) -> None:
    there = as_(client, cast.lead).post(f"{PAGE}add/", {**TEA, "cost": "8", "worth": "15", "stock": "3"})
    assert there.headers["Location"] == f"{PAGE}#a-box-of-tea"
    page = seen(client, PAGE)
    assert "It is in the catalogue." in page
    assert "costs us $8" in page
    assert "worth $15 to them" in page
    assert "3 left" in page


def test_a_lead_changes_one_and_takes_it_off_the_sheets(client: Client, cast: Cast) -> None:
    as_(client, cast.lead)
    there = change(client, "gift", title="Tea <b>", rank="lead", percent="")
    assert there.headers["Location"] == f"{PAGE}#gift"
    page = seen(client, PAGE)
    assert "Tea &lt;b&gt;" in page
    assert "given by a lead" in page
    assert client.post(f"{PAGE}gift/switch/", {"on": "0"}).status_code == HTTPStatus.FOUND
    assert RemedyItem.objects.get(code="gift").active is False
    client.post(f"{PAGE}gift/switch/", {"on": "1"})
    assert RemedyItem.objects.get(code="gift").active is True


def test_a_share_of_the_price_stays_what_it_was_on_its_form(client: Client, cast: Cast) -> None:
    page = seen(as_(client, cast.lead), PAGE)
    assert 'name="percent" value="50"' in page
    change(client, "part-refund", kind="refund", words="We can refund you {amount}.", percent="33.33")
    assert RemedyItem.objects.get(code="part-refund").share == Decimal("0.3333")
    assert 'name="percent" value="33.33"' in seen(client, PAGE)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "This field is required."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"words": ""}, "This field is required."),
        ({"words": "We can give you {amount}."}, "say what it is worth to them"),
        ({"words": "Dear {name}, a gift."}, "The only place in the sentence is {amount}."),
        ({"words": "We can give you {amount}.", "worth": "0"}, "it cannot be nothing"),
        ({"kind": ""}, "This field is required."),
        ({"kind": "a pony"}, "Select a valid choice"),
        ({"rank": "king"}, "Select a valid choice"),
        ({"cost": "-5"}, "greater than or equal to 0"),
        ({"cost": "99999999999999"}, "no more than"),
        ({"cost": "1e400"}, "no more than"),
        ({"cost": "NaN"}, "Enter a number."),
        ({"cost": "ten"}, "Enter a number."),
        ({"percent": "0"}, "greater than or equal to 1"),
        ({"percent": "101"}, "less than or equal to 100"),
        ({"stock": "-1"}, "greater than or equal to 0"),
        ({"stock": "1.5"}, "Enter a whole number."),
        ({"stock": str(10**30)}, "less than or equal to 1000000"),
        ({"title": "Tea\0"}, "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("step", ["add", "gift/change"])
def test_what_cannot_be_is_answered_and_stays_filled_in(
    client: Client, cast: Cast, step: str, wrong: dict[str, str], why: str
) -> None:
    before = list(RemedyItem.objects.values())
    given = {**TEA, "condition": "Only on a Tuesday.", **wrong}
    answer = as_(client, cast.lead).post(f"{PAGE}{step}/", given)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in page
    assert 'value="Only on a Tuesday."' in page
    assert page.count('<details class="fold" open') + page.count('id="new" open') == 1
    assert list(RemedyItem.objects.values()) == before


def test_two_leads_at_once_are_told_of_each_other(client: Client, cast: Cast) -> None:
    as_(client, cast.lead)
    assert change(client, "gift", title="Tea").status_code == HTTPStatus.FOUND
    late = client.post(f"{PAGE}gift/change/", {**TEA, "title": "Coffee", "seen": "as it was"})
    page = late.content.decode()
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This was changed meanwhile" in page
    assert 'value="Coffee"' in page
    assert "<h2>Tea</h2>" in page
    fresh = page.split(f'action="{PAGE}gift/change/"')[1].split('name="seen" value="')[1].split('"')[0]
    assert client.post(f"{PAGE}gift/change/", {**TEA, "title": "Coffee", "seen": fresh}).status_code == HTTPStatus.FOUND
    assert RemedyItem.objects.get(code="gift").title == "Coffee"


def test_two_of_one_name_are_two(client: Client, cast: Cast) -> None:
    as_(client, cast.lead)
    for title in ("日本", "日本", "Add", "x" * 120):
        assert client.post(f"{PAGE}add/", {**TEA, "title": title}).status_code == HTTPStatus.FOUND
    assert RemedyItem.objects.filter(code__in=["gift-2", "gift-3", "add", "x" * 32]).count() == 4


def test_what_is_not_there_is_not_there(client: Client, cast: Cast) -> None:
    as_(client, cast.lead)
    for step in ("change/", "switch/"):
        assert client.post(f"{PAGE}nothing/{step}", TEA).status_code == HTTPStatus.NOT_FOUND


def test_in_a_house_of_yen_there_are_no_cents(client: Client, cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text('currency = "JPY"\n')
    refused = as_(client, cast.lead).post(f"{PAGE}add/", {**TEA, "cost": "12.50"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "the smallest coin is 1 JPY" in refused.content.decode()
