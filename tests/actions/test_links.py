"""The signed link to a customer's own page: theirs alone, for a while, until it is revoked."""

from datetime import timedelta

import pytest
from django.core import signing
from pytest_django import Settings

from amends.actions import clock
from amends.actions.access import NoAccess, access_case
from amends.actions.actors import Guest
from amends.actions.links import LIFETIME, PREVIEW_LIFETIME, customer_url, guest, preview_url, sign
from amends.store.models import Case
from amends.testing import Cast
from tests.actions.doing import complaint, fresh

pytestmark = pytest.mark.django_db

FORGED = signing.Signer(salt="amends.customer-page", key="another key")
OTHER_SALT = signing.Signer(salt="something else")


def test_who_holds_the_link_is_the_customer_of_that_case(cast: Cast) -> None:
    case = complaint(cast)
    who = guest(sign(case))
    assert who == Guest(case=case.pk, customer=cast.customer.pk)
    assert access_case(who, who.case) == case


def test_the_whole_address_stands_under_the_desks_own(cast: Cast, settings: Settings) -> None:
    settings.AMENDS_URL = "https://help.example.com/"
    case = complaint(cast)
    assert customer_url(case) == f"https://help.example.com/c/{sign(case)}/"


def test_it_expires_by_our_own_clock(cast: Cast, stopped_clock: clock.StoppedClock) -> None:
    token = sign(complaint(cast))
    stopped_clock.pass_time(by=LIFETIME)
    assert guest(token).customer == cast.customer.pk
    stopped_clock.pass_time(by=timedelta(seconds=1))
    with pytest.raises(NoAccess):
        guest(token)


def token_of(url: str) -> str:
    return url.rpartition("/c/")[2].strip("/")


def test_a_preview_shows_the_case_to_one_who_only_looks(cast: Cast) -> None:
    case = complaint(cast)
    assert guest(token_of(preview_url(case))) == Guest(case=case.pk, customer=cast.customer.pk, preview=True)


def test_a_preview_is_soon_over_and_ends_with_the_link(cast: Cast, stopped_clock: clock.StoppedClock) -> None:
    case = complaint(cast)
    first = token_of(preview_url(case))
    stopped_clock.pass_time(by=PREVIEW_LIFETIME + timedelta(seconds=1))
    with pytest.raises(NoAccess):
        guest(first)
    second = token_of(preview_url(case))
    Case.objects.filter(pk=case.pk).update(link_version=2)
    with pytest.raises(NoAccess):
        guest(second)


def test_no_preview_becomes_the_link(cast: Cast) -> None:
    case = complaint(cast)
    preview = token_of(preview_url(case))
    for token in (preview.removeprefix("look-"), f"look-{sign(case)}", f"look-{preview}"):
        with pytest.raises(NoAccess):
            guest(token)


def test_each_mail_brings_a_fresh_one(cast: Cast, stopped_clock: clock.StoppedClock) -> None:
    case = complaint(cast)
    old = sign(case)
    stopped_clock.pass_time(by=LIFETIME - timedelta(days=1))
    new = sign(case)
    stopped_clock.pass_time(by=timedelta(days=2))
    assert guest(new).case == case.pk
    with pytest.raises(NoAccess):
        guest(old)


def test_revoked_it_opens_nothing_and_the_next_one_does(cast: Cast) -> None:
    case = complaint(cast)
    token = sign(case)
    Case.objects.filter(pk=case.pk).update(link_version=2)
    with pytest.raises(NoAccess):
        guest(token)
    assert guest(sign(fresh(case))).case == case.pk


def test_of_a_case_that_is_gone_it_opens_nothing(cast: Cast) -> None:
    case = complaint(cast)
    case.pk = 10**9
    with pytest.raises(NoAccess):
        guest(sign(case))


@pytest.mark.parametrize(
    "held",
    [
        {"c": 1, "v": 1},
        {"c": 1, "t": 0},
        {"c": "1; DROP TABLE", "v": 1, "t": 1772445600},
        {"c": None, "v": None, "t": None},
        {"c": 1, "v": 1, "t": 1e30},
        {"c": 2**70, "v": 1, "t": 1772445600},
        [1, 1],
        "1",
        None,
    ],
)
def test_what_is_signed_and_still_no_link_opens_nothing(cast: Cast, held: object) -> None:
    complaint(cast)
    token = signing.Signer(salt="amends.customer-page").sign_object(held)
    with pytest.raises(NoAccess):
        guest(token)


def test_a_forged_one_opens_nothing(cast: Cast) -> None:
    case = complaint(cast)
    held = {"c": case.pk, "v": 1, "t": int(clock.now().timestamp())}
    good = sign(case)
    other = complaint(cast, "Another matter.")
    mixed = f"{sign(other).rpartition(':')[0]}:{good.rpartition(':')[2]}"
    forged = [FORGED.sign_object(held), OTHER_SALT.sign_object(held), mixed, good[:-1], good + "A", good.swapcase()]
    for token in [*forged, "", ":", "::", "a:b", "\0", "ä:ö", "\ud800", good.replace(":", "."), "x" * 100_000]:
        with pytest.raises(NoAccess):
            guest(token)
