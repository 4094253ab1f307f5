"""Whose times staff see: their own, those of their team, those of the house; never an error."""

from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from amends.actions import clock
from amends.server.presence import presence
from amends.store.models import User
from amends.testing import Cast

pytestmark = pytest.mark.django_db

TWO_COUNTRIES = """
calendar.zone = "Europe/London"
[teams."Front desk".calendar]
zone = "Europe/Berlin"
"""


@pytest.fixture(autouse=True)
def _two_countries(settings: Settings, tmp_path: Path) -> None:
    settings.AMENDS_DATA = tmp_path
    (tmp_path / "policy.toml").write_text(TWO_COUNTRIES)


def zone_shown(user: User) -> str:
    """Return the time zone in which this user sees a page."""
    seen = []

    def page(_request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = user
    request.session = {SESSION_KEY: str(user.pk), "seen": clock.now().timestamp()}  # type: ignore[assignment]  # enough
    presence(page)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Tokyo", "Asia/Tokyo"), ("", "Europe/Berlin"), ("Mars/Base", "Europe/Berlin"), ("Asia", "Europe/Berlin")],
)
def test_of_somebody_in_a_team(cast: Cast, zone: str, shown: str) -> None:
    user = User.objects.get(pk=cast.owner.id)
    user.time_zone = zone
    assert zone_shown(user) == shown


def test_of_somebody_whose_team_keeps_the_hours_of_the_house_and_of_an_admin(cast: Cast) -> None:
    for who in (cast.stranger, cast.admin):
        assert zone_shown(User.objects.get(pk=who.id)) == "Europe/London"
