"""Files: for whom, and how they are handed out."""

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions.incoming import File, do_receive
from amends.store import blobs
from amends.store.models import Attachment
from amends.testing import Cast, mail_from
from tests.desk.casework import as_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def attached(cast: Cast, name: str, kind: str, content: bytes, *, dropped: bool = False) -> str:
    files = (File(name, kind, content, len(content), dropped=dropped),)
    do_receive(mail_from(cast.customer, "It is broken!", files=files), at=clock.now())
    return f"/attachments/{Attachment.objects.get().pk}/"


def test_the_team_fetches_it_and_for_strangers_it_does_not_exist(client: Client, cast: Cast) -> None:
    url = attached(cast, "fuse box.png", "image/png", PNG)
    for who in (cast.owner, cast.teammate, cast.admin):
        answer = as_(client, who).get(url)
        assert b"".join(answer) == PNG
    assert as_(client, cast.stranger).get(url).status_code == 404
    assert client.get("/attachments/99999/").status_code == 404
    client.logout()
    assert "login" in client.get(url).headers["Location"]
    assert as_(client, cast.owner).post(url).status_code == 405


@pytest.mark.parametrize(
    ("name", "kind", "content", "served"),
    [
        ("fuse.png", "image/png", PNG, "image/png"),
        ("photo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("page.html", "text/html", b"<script>alert(1)</script>", "application/octet-stream"),
        ("drawing.svg", "image/svg+xml", b"<svg onload='x'/>", "application/octet-stream"),
        ("fake.png", "image/png", b"<script>alert(1)</script>", "application/octet-stream"),
        ("none", "", b"x", "application/octet-stream"),
        ("odd\r\nX-Evil: 1.png", "image/png\r\nX-Evil: 1", PNG, "application/octet-stream"),
    ],
)
def test_no_browser_runs_it(client: Client, cast: Cast, name: str, kind: str, content: bytes, served: str) -> None:
    answer = as_(client, cast.owner).get(attached(cast, name, kind, content))
    answer.close()
    assert answer.headers["Content-Type"] == served
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "X-Evil" not in answer.headers


def test_what_was_too_large_or_is_gone_is_not_there(client: Client, cast: Cast) -> None:
    url = attached(cast, "film.mov", "video/quicktime", b"x", dropped=True)
    assert as_(client, cast.owner).get(url).status_code == 404
    Attachment.objects.update(dropped=False, sha256="0" * 64)
    assert not blobs.path_of("0" * 64).exists()
    assert client.get(url).status_code == 404
