"""Files on the customer's page: they fetch what was sent in their case and may be seen, and send a few of their own."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amends.actions import clock
from amends.actions.arrivals import File
from amends.actions.clock import StoppedClock
from amends.actions.guests import do_write
from amends.actions.incoming import do_receive
from amends.actions.links import do_revoke_link
from amends.actions.replies import do_reply
from amends.desk.views.own import filefield
from amends.store.models import Attachment, Case, Message, User
from amends.testing import Cast, mail_from, make_customer
from tests.desk.own import CALM, address, complain
from tests.desk.own_stages import guest

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n and a pump"
PAGE = File("x.html", "text/html", b"<script>alert(1)</script>", 25)
PHOTO = File("pump ünter.png", "image/png", PNG, len(PNG))


@pytest.fixture(autouse=True)
def _at_ten(stopped_clock: StoppedClock) -> None:
    """Everything happens on a Monday at ten, and nobody has written anything this hour."""
    cache.clear()


@pytest.fixture
def case(cast: Cast) -> Case:
    return complain(cast.customer)


def sent(case: Case, *files: File) -> list[Attachment]:
    message = do_write(guest(case), "Look at this:", files=files, at=clock.now()).message
    assert message is not None
    return list(message.attachments.order_by("pk"))


def there(case: Case, number: int) -> str:
    return f"{address(case)}files/{number}/"


def test_what_they_sent_they_can_fetch_again(client: Client, case: Case) -> None:
    (photo,) = sent(case, PHOTO)
    assert f'href="{there(case, photo.pk)}"' in client.get(address(case)).content.decode()
    answer = client.get(there(case, photo.pk))
    assert answer.getvalue() == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_page_or_a_drawing_is_bytes_to_keep_and_nothing_to_open(client: Client, case: Case) -> None:
    for file in sent(case, PAGE, File("x.svg", "image/svg+xml", b"<svg onload='x()'/>", 19)):
        answer = client.get(there(case, file.pk))
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_nobody_elses_files_and_none_of_a_message_that_they_may_not_see(client: Client, cast: Cast, case: Case) -> None:
    other = complain(make_customer("Lee Novak"), "Where is my parcel?!")
    (theirs,) = sent(other, PHOTO)
    held = do_reply(cast.owner, case.pk, CALM, at=clock.now())
    ours = Attachment.objects.create(message=held, filename="plan.txt", content_type="", size=1, sha256=theirs.sha256)
    automatic = do_receive(mail_from(cast.customer, "Away.", case=case.pk, automatic=True), at=clock.now()).message
    assert automatic is not None
    away = Attachment.objects.create(message=automatic, filename="a", content_type="", size=1, sha256=theirs.sha256)
    for number in (theirs.pk, ours.pk, away.pk, 10**6, 10**30):
        assert client.get(there(case, number)).status_code == HTTPStatus.NOT_FOUND
    Message.objects.filter(pk=held.pk).update(status="sent")
    assert client.get(there(case, ours.pk)).status_code == HTTPStatus.OK


def test_a_file_that_was_too_large_to_keep_is_named_without_a_way_to_it(client: Client, case: Case) -> None:
    (photo,) = sent(case, PHOTO)
    Attachment.objects.filter(pk=photo.pk).update(dropped=True)
    seen = client.get(address(case)).content.decode()
    assert "too large to be kept here" in seen
    assert there(case, photo.pk) not in seen
    assert client.get(there(case, photo.pk)).status_code == HTTPStatus.NOT_FOUND


def test_a_revoked_link_opens_no_file(client: Client, cast: Cast, case: Case) -> None:
    (photo,) = sent(case, PHOTO)
    old = there(case, photo.pk)
    do_revoke_link(cast.owner, case.pk, at=clock.now())
    assert client.get(old).status_code == HTTPStatus.NOT_FOUND


def test_files_come_with_a_message_or_alone(client: Client, cast: Cast, case: Case) -> None:
    photo = SimpleUploadedFile("pump.png", PNG, "image/png")
    letter = SimpleUploadedFile("letter.txt", b"Dear shop", "text/plain")
    answer = client.post(address(case, "write"), {"text": "Look:", "attached": [photo, letter]})
    assert answer.headers["Location"].endswith("?done=wrote")
    message = Message.objects.get(case=case, channel="page")
    assert [(a.filename, a.size) for a in message.attachments.order_by("pk")] == [
        ("pump.png", len(PNG)),
        ("letter.txt", 9),
    ]
    photo.seek(0)
    client.post(address(case, "write"), {"text": "", "attached": [photo]})
    assert Message.objects.filter(case=case, channel="page", text="").count() == 1
    assert "pump.png" in client.get(address(case)).content.decode()


def test_the_staff_see_and_fetch_what_came_by_the_page(client: Client, cast: Cast, case: Case) -> None:
    (photo,) = sent(case, PHOTO)
    client.force_login(User.objects.get(pk=cast.owner.id))
    assert client.get(f"/attachments/{photo.pk}/").status_code == HTTPStatus.OK


def test_too_many_are_refused_and_the_words_stay(client: Client, case: Case) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(filefield.MOST_FILES + 1)]
    answer = client.post(address(case, "write"), {"text": "Look at all this:", "attached": files})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "These are 6 files" in answer.content.decode()
    assert "Look at all this:" in answer.content.decode()
    assert not Message.objects.filter(case=case, channel="page").exists()


def test_too_much_is_refused_with_its_size_and_the_words_stay(
    client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filefield, "MOST_BYTES", 1024**2)
    monkeypatch.setattr("amends.server.uploads.MOST_BYTES", 1024**2)
    large = SimpleUploadedFile("film.mp4", b"x" * 1024**2 * 2)
    answer = client.post(address(case, "write"), {"attached": [large], "text": "Look:", "once": "a" * 32})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    seen = answer.content.decode()
    assert "2.0\N{NO-BREAK SPACE}MB" in seen
    assert "Look:" in seen
    assert not Attachment.objects.exists()


def test_no_other_form_takes_a_file(client: Client, cast: Cast) -> None:
    client.force_login(User.objects.get(pk=cast.owner.id))
    answer = client.post("/complain/", {"what": "It broke.", "file": SimpleUploadedFile("x.txt", b"x")})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
