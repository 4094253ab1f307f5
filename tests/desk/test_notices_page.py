"""What people were told: the bell, its page, the mails, and the digest of the morning."""

import re
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from amends.actions import clock, handling
from amends.actions.absences import do_plan_absence
from amends.actions.actors import Staff
from amends.actions.clock import StoppedClock
from amends.actions.digests import DIGEST, do_ask_for_digests
from amends.actions.notices import HOW
from amends.cli.worker import send_all
from amends.desk.icons import icon
from amends.desk.show.notices import NOTICES
from amends.desk.show.today import HEAPS
from amends.store.models import Absence, Case, Effect, Notice, User
from amends.testing import Cast
from tests.desk.casework import as_, seen
from tests.desk.own import complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def waiting(cast: Cast, stopped_clock: StoppedClock) -> Case:
    """Return a case of Jonas's that waits for a first word, which he was told."""
    case = complain(cast.customer)
    handling.do_record(cast.owner, case.pk, handling.assign(cast.owner.id), at=clock.now())
    stopped_clock.pass_time(by=timedelta(hours=2))
    let_go()
    return case


def away(who: Staff, cover: Staff) -> None:
    do_plan_absence(who, user=who.id, cover=cover.id, starts=MONDAY, ends=FRIDAY, at=clock.now())


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_only_who_was_told_finds_it(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    page = seen(as_(client, cast.owner), "/notices/")
    assert "They wait for a first word" in page
    assert "Maya Olsen" in page
    number = Notice.objects.get().pk
    for nosy in (cast.teammate, cast.stranger, cast.admin):
        assert "first word" not in seen(as_(client, nosy), "/notices/")
        assert client.post(f"/notices/{number}/").status_code == HTTPStatus.NOT_FOUND
        client.post("/notices/read/", {"upto": number})
    assert Notice.objects.get().read_at is None
    client.logout()
    assert "login" in client.get("/notices/").headers["Location"]


def test_opening_reads_it_and_goes_there_and_looking_does_not(
    client: Client, cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = waiting(cast, stopped_clock)
    assert "1 notice to read" in seen(as_(client, cast.owner), "/notices/")
    notice = Notice.objects.get()
    assert client.get(f"/notices/{notice.pk}/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert "1 notice to read" in seen(client, "/notices/bell/")
    answer = client.post(f"/notices/{notice.pk}/")
    assert answer.headers["Location"] == f"/cases/{case.pk}/#reply"
    assert "to read" not in seen(client, "/notices/bell/")


@pytest.mark.parametrize("upto", ["", "x", "-1", "9" * 40, "²"])
def test_all_are_read_at_once_and_nonsense_reads_none(
    client: Client, cast: Cast, stopped_clock: StoppedClock, upto: str
) -> None:
    waiting(cast, stopped_clock)
    as_(client, cast.owner)
    assert client.post("/notices/read/", {"upto": upto}).status_code == HTTPStatus.FOUND
    assert Notice.objects.get().read_at is None
    client.post("/notices/read/", {"upto": Notice.objects.get().pk})
    assert Notice.objects.get().read_at == clock.now()
    assert "You have read all of them." in seen(client, "/notices/")


def test_the_bell_leaves_the_page_of_who_was_logged_out_alone(client: Client, db: None) -> None:
    answer = client.get("/notices/bell/", headers={"HX-Request": "true"})
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert "HX-Redirect" not in answer.headers


def test_many_notices_cost_no_more_queries(
    client: Client, cast: Cast, stopped_clock: StoppedClock, django_assert_max_num_queries: Any
) -> None:
    case = waiting(cast, stopped_clock)
    user = User.objects.get(pk=cast.owner.id)
    Notice.objects.bulk_create(
        Notice(key=f"{n}", user=user, case=case, kind="silent", at=clock.now()) for n in range(150)
    )
    as_(client, cast.owner)
    with django_assert_max_num_queries(11):
        page = seen(client, "/notices/")
    assert page.count('class="told ') == 100
    older = re.search(r"/notices/\?before=\d+", page)
    assert older is not None
    assert seen(client, older[0]).count('class="told ') == 51


# ── Away ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_cover_finds_it_as_theirs_and_for_whom(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    away(cast.owner, cast.teammate)
    waiting(cast, stopped_clock)
    mine = seen(as_(client, cast.teammate), "/", whose="mine")
    assert "for Jonas Weber, away until Friday 6 March" in mine
    assert "for Jonas Weber" in seen(client, "/notices/")
    assert "You are away until Friday 6 March. Kim Okoro sees" in seen(as_(client, cast.owner), "/")
    assert "for Jonas Weber" not in seen(as_(client, cast.lead), "/", whose="mine")


def test_who_gives_a_case_to_somebody_away_is_warned(client: Client, cast: Cast) -> None:
    away(cast.owner, cast.teammate)
    case = complain(cast.customer)
    client = as_(client, cast.lead)
    page = client.post(f"/cases/{case.pk}/record/assign/", {"owner": cast.owner.id}, follow=True).content.decode()
    assert "Jonas Weber is away until Friday 6 March. Until then Kim Okoro sees to what falls due." in page
    assert Case.objects.get(pk=case.pk).owner_id == cast.owner.id


def test_absences_are_planned_and_ended_on_the_settings(client: Client, cast: Cast) -> None:
    days = {"starts": "2026-03-02", "ends": "2026-03-06"}
    as_(client, cast.owner)
    client.post("/settings/away/", {"user": cast.owner.id, "cover": cast.teammate.id, **days})
    assert "Monday 2 March to Friday 6 March" in seen(client, "/settings/")
    number = Absence.objects.get().pk
    client.post("/settings/away/", {"user": cast.teammate.id, "cover": cast.owner.id, **days})  # not theirs to plan
    client.post("/settings/away/", {"user": cast.owner.id, "cover": cast.lead.id, **days})  # days that are taken
    client.post("/settings/away/", {"user": "x", "cover": "", "starts": "soon", "ends": ""})
    assert Absence.objects.count() == 1
    assert as_(client, cast.stranger).post(f"/settings/away/{number}/end/").status_code == HTTPStatus.NOT_FOUND
    assert as_(client, cast.teammate).post(f"/settings/away/{number}/end/").status_code == HTTPStatus.FORBIDDEN
    assert as_(client, cast.lead).post(f"/settings/away/{number}/end/").status_code == HTTPStatus.FOUND
    assert not Absence.objects.exists()


def test_wishes_are_kept(client: Client, cast: Cast) -> None:
    as_(client, cast.owner).post("/settings/wishes/", {"mail_notices": "none"})
    user = User.objects.get(pk=cast.owner.id)
    assert (user.mail_notices, user.digest) == ("none", False)
    client.post("/settings/wishes/", {"mail_notices": "sometimes", "digest": "on"})
    assert User.objects.get(pk=cast.owner.id).digest is False


def test_every_notice_and_every_heap_can_be_drawn() -> None:
    for name in {words.icon for words in NOTICES.values()} | {words.icon for words in HEAPS.values()}:
        assert icon(name)
    assert NOTICES.keys() == HOW.keys()


# ── Mails ────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_urgent_comes_by_mail_once_and_says_no_more_than_it_must(
    cast: Cast, stopped_clock: StoppedClock
) -> None:
    case = waiting(cast, stopped_clock)
    stopped_clock.pass_time(by=timedelta(minutes=2))
    for _ in range(2):
        send_all(clock.now())
    (sent,) = mail.outbox
    assert sent.to == ["jonas@example.com"]
    assert sent.subject == f"They wait for a first word (#{case.pk} My machine)"
    assert f"/cases/{case.pk}/#reply" in sent.body
    assert "pump" not in sent.body
    assert "Maya" not in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_was_read_meanwhile_is_not_mailed(client: Client, cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    as_(client, cast.owner).post(f"/notices/{Notice.objects.get().pk}/")
    stopped_clock.pass_time(by=timedelta(minutes=2))
    send_all(clock.now())
    assert mail.outbox == []


def test_old_news_are_not_mailed(cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    stopped_clock.pass_time(by=timedelta(days=1, hours=1))
    send_all(clock.now())
    assert mail.outbox == []


def digests(stopped_clock: StoppedClock) -> list[str]:
    """Let the morning's mails go out, and return to whom."""
    do_ask_for_digests(clock.now())
    Effect.objects.exclude(kind=DIGEST).delete()
    mail.outbox.clear()
    send_all(clock.now())
    return sorted(sent.to[0] for sent in mail.outbox)


def test_the_digest_comes_once_a_working_day_to_who_has_something_due(cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    User.objects.filter(pk=cast.lead.id).update(digest=False)
    stopped_clock.pass_time(to=clock.now().replace(hour=8, day=3))
    assert digests(stopped_clock) == []  # not open yet
    stopped_clock.pass_time(by=timedelta(hours=1))
    assert digests(stopped_clock) == ["jonas@example.com"]  # nobody else looks after it
    assert digests(stopped_clock) == []
    stopped_clock.pass_time(by=timedelta(days=4))
    assert digests(stopped_clock) == []  # a Saturday
    stopped_clock.pass_time(by=timedelta(days=2))
    assert digests(stopped_clock) == ["jonas@example.com"]


def test_who_is_away_gets_no_digest_and_the_cover_does(cast: Cast, stopped_clock: StoppedClock) -> None:
    case = waiting(cast, stopped_clock)
    away(cast.owner, cast.teammate)
    assert "kim@example.com" in digests(stopped_clock)
    assert "jonas@example.com" not in {sent.to[0] for sent in mail.outbox}
    body = next(sent.body for sent in mail.outbox if sent.to == ["kim@example.com"])
    assert "Upset, and not heard yet" in body
    assert f"#{case.pk} My machine, for Jonas Weber, away until Friday 6 March" in body


def test_the_morning_is_that_of_the_person(cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    User.objects.exclude(pk=cast.owner.id).update(digest=False)
    User.objects.filter(pk=cast.owner.id).update(time_zone="America/New_York")
    stopped_clock.pass_time(to=clock.now().replace(hour=13, minute=59, day=3))
    assert digests(stopped_clock) == []
    stopped_clock.pass_time(by=timedelta(minutes=1))
    assert digests(stopped_clock) == ["jonas@example.com"]


def test_a_digest_of_yesterday_is_not_sent_today(cast: Cast, stopped_clock: StoppedClock) -> None:
    waiting(cast, stopped_clock)
    do_ask_for_digests(clock.now())
    Effect.objects.exclude(kind=DIGEST).delete()
    stopped_clock.pass_time(by=timedelta(days=1))
    send_all(clock.now())
    assert mail.outbox == []
