"""People are let in, and given passwords."""

import re

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from amends.store.models import Team, User
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db
GOOD = "a kettle of many cups"


def password_of(output: str) -> str:
    found = re.search(r"Password: (\S+)", output)
    assert found, output
    return found[1]


def enters(email: str, password: str) -> bool:
    return authenticate(RequestFactory().post("/"), email=email, password=password) is not None


def test_the_first_password_opens_the_door(amends: Run) -> None:
    result = amends("user", "add", "Ada@Example.com", "--name", "Ada Lindqvist", "--rank", "lead", "--team", "Returns")
    assert result.exit_code == 0, result.output
    assert "Ada Lindqvist (lead, Returns) can log in as ada@example.com." in result.output
    assert enters("ada@example.com", password_of(result.output))


def test_without_a_team_they_join_the_first_one(amends: Run) -> None:
    amends("user", "add", "jonas.weber@example.com")
    user = User.objects.get()
    assert (user.name, user.team) == ("Jonas Weber", Team.objects.get(name="Our shop"))


def test_an_admin_sees_all_teams(amends: Run) -> None:
    assert "(admin, all teams)" in amends("user", "add", "noor@example.com", "--rank", "admin").output
    assert User.objects.get().team is None


def test_a_password_of_ones_own(amends: Run) -> None:
    result = amends("user", "add", "ada@example.com", "--password-stdin", given=f"{GOOD}\n")
    assert GOOD not in result.output
    assert enters("ada@example.com", GOOD)


@pytest.mark.parametrize(
    ("words", "given", "why"),
    [
        (["add", "nobody"], "", "is not an e-mail address"),
        (["add", "ada@example.com"], "", "amends user password ada@example.com"),
        (["add", "new@example.com", "--password-stdin"], "kettle\n", "too short"),
        (["password", "new@example.com"], "", "amends user add new@example.com"),
        (["password", "ada@example.com", "--password-stdin"], "ada@example.com\n", "too similar"),
    ],
)
def test_a_no_says_what_helps(amends: Run, words: list[str], given: str, why: str) -> None:
    amends("user", "add", "ada@example.com")
    result = amends("user", *words, given=given)
    assert result.exit_code == 1
    assert re.search(why, result.output), result.output
    assert User.objects.count() == 1


def test_a_new_password_takes_the_place_of_the_old_one(amends: Run) -> None:
    old = password_of(amends("user", "add", "ada@example.com").output)
    new = password_of(amends("user", "password", "ada@example.com").output)
    assert (enters("ada@example.com", old), enters("ada@example.com", new)) == (False, True)
