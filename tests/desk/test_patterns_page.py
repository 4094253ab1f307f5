"""The pattern page: who sees it, and what is on it."""

from http import HTTPStatus

import pytest
from django.test import Client

from amends.method.words import Rank
from amends.store.models import User

pytestmark = pytest.mark.django_db


def member(rank: Rank) -> User:
    return User.objects.create_user(f"{rank}@example.com", name=rank.title(), rank=rank.value)


def test_an_admin_sees_every_part_in_every_state(client: Client) -> None:
    client.force_login(member(Rank.ADMIN))
    page = client.get("/patterns/").content.decode()
    for state in ("is-passed", "is-current", "is-ahead", "is-reopened"):
        assert f'class="station {state}"' in page
    for state in ("proposed", "open", "soon", "broken", "kept", "late", "moved", "dismissed"):
        assert f'class="promise is-{state}"' in page
    for speaker in ("customer", "us", "automatic", "note"):
        assert f"message is-{speaker} " in page
    assert "style=" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize("rank", [Rank.HANDLER, Rank.LEAD])
def test_for_other_staff_there_is_no_such_page(client: Client, rank: Rank) -> None:
    client.force_login(member(rank))
    answer = client.get("/patterns/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "no such page" in answer.content.decode()


def test_for_strangers_neither(client: Client) -> None:
    assert client.get("/patterns/").status_code == HTTPStatus.NOT_FOUND
