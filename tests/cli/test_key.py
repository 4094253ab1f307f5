"""Programs are let in with keys, and out again."""

import re

import pytest

from amends.actions import clock
from amends.actions.access import NoAccess
from amends.actions.tokens import holder
from amends.store.models import User
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db
NAMED = ("jonas@example.com", "--name", "Web shop")


@pytest.fixture
def jonas(amends: Run) -> User:
    amends("user", "add", "jonas@example.com")
    return User.objects.get()


def test_a_key_opens_until_it_is_revoked(amends: Run, jonas: User) -> None:
    made = amends("key", "add", *NAMED)
    assert made.exit_code == 0, made.output
    found = re.search(r"Key: (\S+)", made.output)
    assert found
    assert holder(found[1], clock.now()).id == jonas.pk
    assert "opens nothing any more" in amends("key", "revoke", *NAMED).output
    with pytest.raises(NoAccess):
        holder(found[1], clock.now())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "nobody@example.com", "--name", "x"), "amends user add nobody@example.com"),
        (("add", "jonas@example.com", "--name", " "), "Give the key a name"),
        (("revoke", *NAMED), "has no key called 'Web shop'"),
        (("add", "jonas@example.com"), "--name"),
    ],
)
def test_a_no_says_what_helps(amends: Run, jonas: User, words: tuple[str, ...], why: str) -> None:
    result = amends("key", *words)
    assert result.exit_code != 0
    assert why in result.output
