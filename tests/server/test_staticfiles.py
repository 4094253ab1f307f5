"""Plain names before collecting, hashed ones after; and every file that pages ask for is there."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client, override_settings

from amends.server.staticfiles import Collected


@pytest.mark.django_db  # closing an answer of the test client ends its request, connections and all
def test_a_fresh_checkout_serves_plain_names(client: Client) -> None:
    assert static("desk/path.css") == "/static/desk/path.css"
    answer = client.get("/static/desk/path.css")
    assert answer["Content-Type"].startswith("text/css")
    assert b"station" in answer.getvalue()
    answer.close()


def test_collected_files_carry_a_hash(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
        storage = Collected(location=str(tmp_path))
        assert storage.stored_name("desk/path.css") != "desk/path.css"
        stored = storage.stored_name("desk/path.css")
    assert (tmp_path / stored).is_file()
    assert (tmp_path / f"{stored}.gz").is_file()


@pytest.mark.parametrize("name", ["desk/mark.svg", "desk/desk.js", "django_htmx/htmx-2.min.js"])
def test_what_pages_ask_for_is_there(name: str) -> None:
    assert finders.find(name)
