"""The sample business: every station, true journals, the same again, and nothing over what is there."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from django.core import mail
from pytest_django import Settings

from amends.actions import clock
from amends.actions.incoming import do_receive
from amends.cli import folder, sample
from amends.cli.arrange import arrange
from amends.cli.entrance import Entrance, Password
from amends.cli.kettle import script
from amends.method.words import Station
from amends.store.journal import entries, state_of
from amends.store.models import Case, Customer, Effect, Message, User
from amends.testing import MONDAY, check_replay, mail_from
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db

PASSWORD = Password("never to be guessed", "md5$x$y")
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    folder.make(tmp_path, seeds="kettle")
    settings.AMENDS_DATA = tmp_path
    return tmp_path


def told(data: Path, at: datetime) -> list[str | Entrance]:
    with clock.stopped(at):
        return list(sample.fill(data, lambda: PASSWORD))


def case(name: str) -> Case:
    return Case.objects.get(customer__external_id=name)


@pytest.mark.parametrize("at", ["2026-11-25 15:00", "2026-11-25 02:00", "2026-11-22 10:00", "2026-03-29 23:30"])
def test_every_station_at_any_hour(data: Path, at: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    lines = told(data, now)
    assert "      Sample        Kettle & Cup: 14 cases" in lines
    stations = Counter(Case.objects.values_list("station", flat=True))
    assert set(stations) == {station.value for station in Station}
    check_replay()
    late = [e for one in Case.objects.all() for e in entries(one.pk) if e.at > now]
    assert late == []
    assert not Effect.objects.filter(done_at=None).exists()
    assert mail.outbox == []  # these customers exist on paper only
    assert set(Message.objects.filter(direction="out").values_list("status", flat=True)) == {"sent"}


def test_each_is_what_it_is_there_to_show(data: Path) -> None:
    told(data, datetime(2026, 11, 25, 15, tzinfo=LONDON))
    assert (case("marcus").upset, case("marcus").station) == (4, "acknowledge")
    assert "acknowledge" in case("marcus").calls
    assert "broken" in case("ines").calls
    assert "callback" in case("oliver").calls
    assert "approval" in case("grace").calls
    victor = state_of(case("victor"))
    assert victor.deadlock
    assert victor.about_face is not None
    assert victor.options
    yuki = state_of(case("yuki"))
    assert (case("yuki").status, yuki.root_cause, yuki.survey is not None) == ("closed", "Damaged in the post", True)
    assert state_of(case("carla")).reopened == 1
    assert state_of(case("hannah")).open_offer is not None
    assert Customer.objects.get(external_id="marcus").orders_count == 10


def test_again_keeps_what_is_there(data: Path) -> None:
    first = told(data, MONDAY)
    second = told(data, MONDAY + timedelta(days=3))
    assert "      Sample        Kettle & Cup, as it was" in second
    assert Case.objects.count() == 14
    assert first[-1] == second[-1]
    assert isinstance(second[-1], Entrance)
    assert second[-1].password == PASSWORD.plain
    assert (data / sample.LOG_IN).stat().st_mode & 0o077 == 0


def test_a_desk_with_cases_of_its_own_stays_as_it_is(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.cli.arrange._collect", lambda: "up to date")
    do_receive(mail_from("maya@example.com", "My kettle leaks!"), at=MONDAY)
    assert not sample.fits()
    lines = list(arrange(data, demo=True, admin="admin@localhost"))
    assert sample.LEFT_OUT in lines
    assert isinstance(lines[-1], Entrance)
    assert lines[-1].email == "admin@localhost"
    assert (Case.objects.count(), User.objects.count()) == (1, 1)


def test_half_a_story_is_none(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        script, "stories", lambda: [script.Story(customer="maya", steps=[script.Closes(at="-1 10:00", by="ada")])]
    )
    with pytest.raises(KeyError):
        told(data, MONDAY)
    assert not User.objects.exists()


def test_no_story_goes_past_its_end() -> None:
    """So that nothing has to happen that is still to come."""
    places = [step.at.split() for story in script.stories() for step in story.steps]
    assert all(int(day) < 0 or (int(day) == 0 and at <= f"{script.LATEST:%H:%M}") for day, at in places)


def test_words_name_days_and_times_that_come() -> None:
    assert script.dated("by {+2} 17:00", date(2026, 11, 22)) == "by Tuesday 17:00"
    assert script.today(datetime(2026, 11, 22, 9, 59, tzinfo=LONDON), LONDON) == date(2026, 11, 21)
    assert script.today(datetime(2026, 11, 22, 10, tzinfo=LONDON), LONDON) == date(2026, 11, 22)
    summer = script.moment("1 17:00", today=date(2026, 6, 1), zone=LONDON)
    assert summer.time() == hour(16)


def test_the_command_says_how_to_get_in(amends: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.cli.arrange._collect", lambda: "up to date")
    first, second = amends("demo").output, amends("demo").output
    assert "Kettle & Cup: 14 cases" in first
    assert "Kettle & Cup, as it was" in second
    assert first.splitlines()[-2] == second.splitlines()[-2]
    assert re.match(r"Log in as noor@kettleandcup\.example, password [\w-]{24} \(", first.splitlines()[-2])


def test_a_first_admin_who_is_none_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.cli.arrange._collect", lambda: "up to date")
    with pytest.raises(click.ClickException, match="'mia' is not an e-mail address"):
        list(arrange(data, demo=False, admin="mia"))
