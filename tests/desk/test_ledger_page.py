"""The ledger of promises: who sees what, what stands where, and what can be done from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from amends.actions import clock
from amends.actions.access import visible_promises
from amends.actions.clock import StoppedClock
from amends.actions.promises import (
    do_ask_promise_owner,
    do_hand_over_promise,
    do_keep_promise,
    do_make_promise,
    do_move_promise,
    do_take_promise,
)
from amends.actions.ticks import do_tick_due
from amends.insight.keeping import Share, keeping
from amends.insight.ledger import Place, ledger
from amends.store.models import Case, Note, Promise
from amends.testing import MONDAY, Cast
from tests.desk.casework import as_, promised, say, seen
from tests.desk.own import complain, let_go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def make(cast: Cast, case: Case, what: str, *, days: float = 2, owner: Any = None) -> str:
    due = clock.now() + timedelta(days=days)
    return do_make_promise(cast.owner, case.pk, what, due=due, owner=(owner or cast.owner).id, at=clock.now())


@pytest.fixture
def case(cast: Cast) -> Case:
    made = complain(cast.customer)
    say(cast.owner, made, "I hear how angry you are.")
    return made


def test_the_team_sees_its_promises_and_a_stranger_none(client: Client, cast: Cast, case: Case) -> None:
    promise = make(cast, case, "A new lamp <b>for free</b>")
    for who in (cast.owner, cast.teammate, cast.lead, cast.admin):
        page = seen(as_(client, who), "/promises/")
        assert "A new lamp &lt;b&gt;for free&lt;/b&gt;" in page
        assert f"/cases/{case.pk}/#promise-{promise}" in page
    as_(client, cast.stranger)
    for url in ("/promises/", "/promises/?state=done", "/promises/kept/"):
        assert "A new lamp" not in seen(client, url)
    assert client.get(f"/promises/{promise}/").status_code == 404
    client.logout()
    for url in ("/promises/", "/promises/kept/", f"/promises/{promise}/"):
        assert "login" in client.get(url).headers["Location"]


def test_each_part_holds_its_own(client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock) -> None:
    make(cast, case, "Broken by noon", days=0.1)
    kept = make(cast, case, "Kept at once")
    make(cast, case, "Still open", days=4)
    promised(cast)
    do_keep_promise(cast.owner, case.pk, kept, at=clock.now())
    stopped_clock.pass_time(by=timedelta(hours=4))
    do_tick_due(clock.now())
    as_(client, cast.owner)
    parts = {
        "open": "Still open",
        "broken": "Broken by noon",
        "proposed": "I will write to you",
        "done": "Kept at once",
    }
    for state, words in parts.items():
        page = seen(client, "/promises/", state=state)
        assert [there for there in parts.values() if there in page] == [words]


def test_it_is_filtered_by_person_and_month_and_nonsense_is_left_aside(client: Client, cast: Cast, case: Case) -> None:
    make(cast, case, "Mine in March")
    make(cast, case, "Mine in April", days=40)
    make(cast, case, "Theirs in March", owner=cast.teammate)
    as_(client, cast.owner)
    mine = seen(client, "/promises/", person=cast.owner.id, month="2026-03")
    assert [words in mine for words in ("Mine in March", "Mine in April", "Theirs in March")] == [True, False, False]
    for wrong in ({"person": "x"}, {"person": "9" * 30}, {"month": "2026-13"}, {"state": "?"}, {"after": "x,\0"}):
        assert "Theirs in March" in seen(client, "/promises/", **wrong)


def test_pages_follow_each_other_and_none_is_left_out(cast: Cast, case: Case) -> None:
    made = [make(cast, case, f"Promise {n}", days=1 + n // 3) for n in range(8)]
    found, after = [], None
    while True:
        page = ledger(visible_promises(cast.owner), state="open", after=after, limit=3)
        found += [line.id for line in page.lines]
        if page.more is None:
            break
        after = Place.read(str(page.more))
    assert sorted(found) == sorted(made)
    assert len(found) == len(made)


def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, case: Case, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make(cast, case, f"Promise {n}")
    as_(client, cast.owner)
    for url in ("/promises/", "/promises/?state=done", "/promises/kept/"):
        with django_assert_max_num_queries(14):
            seen(client, url)


def test_from_the_list_it_is_done_or_handed_over_and_one_comes_back_to_it(
    client: Client, cast: Cast, case: Case
) -> None:
    promise, other = make(cast, case, "A lamp"), make(cast, case, "A call")
    as_(client, cast.teammate)
    steps = f"/cases/{case.pk}/promises/{promise}/"
    moved = client.post(f"{steps}hand-over/", {"owner": cast.teammate.id, "next": "/promises/?state=open"})
    assert (moved.status_code, moved.headers["Location"]) == (302, "/promises/?state=open")
    assert Promise.objects.get(pk=promise).owner_id == cast.teammate.id
    done = client.post(f"/cases/{case.pk}/promises/{other}/keep/", {"next": "/promises/"})
    assert done.headers["Location"] == "/promises/"


def test_words_without_a_time_offer_some_and_choose_none(client: Client, cast: Cast) -> None:
    made = complain(cast.customer)
    say(cast.owner, made, "I hear how angry you are. I will let you know what the workshop found.")
    promise = Promise.objects.get()
    as_(client, cast.owner)
    page = seen(client, f"/cases/{made.pk}/")
    assert "These words name no time" in page
    assert 'name="due" value="2026-03-03T17:00" formnovalidate' in page
    url, owner = f"/cases/{made.pk}/promises/{promise.pk}/confirm/", {"owner": cast.owner.id}
    assert client.post(url, {**owner, "due": ""}).status_code == 422
    assert client.post(url, {**owner, "due": ["", "2026-03-03T17:00"]}).status_code == 302
    promise.refresh_from_db()
    assert (promise.status, promise.due) == ("open", MONDAY + timedelta(days=1, hours=7))


# ── Another department ───────────────────────────────────────────────────────────────────────────


def test_who_is_asked_sees_the_promise_alone_and_takes_it(client: Client, cast: Cast, case: Case) -> None:
    promise = make(cast, case, "Ship a new pump")
    asked = as_(client, cast.owner).post(
        f"/cases/{case.pk}/promises/{promise}/ask/", {"ask": cast.stranger.id, "seen": Case.objects.get(pk=case.pk).seq}
    )
    assert asked.status_code == 302
    assert "Sam Stone was asked" in seen(client, f"/cases/{case.pk}/")
    as_(client, cast.stranger)
    listed = seen(client, "/promises/")
    assert "You are asked to keep these" in listed
    page = seen(client, f"/promises/{promise}/")
    assert "Ship a new pump" in page
    assert "Jonas promised this to a customer" in page
    for secret in ("Maya", f"/cases/{case.pk}/", "My machine"):
        assert secret not in page
        assert secret not in listed
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert client.get(f"/promises/{promise}/take/").status_code == 405
    assert client.post(f"/promises/{promise}/take/").status_code == 302
    assert Promise.objects.get().owner_id == cast.stranger.id
    assert "Ship a new pump" in seen(client, "/promises/")
    assert client.post(f"/promises/{promise}/keep/", {"how": "By courier."}).status_code == 302
    assert Promise.objects.get().status == "kept"
    assert Note.objects.get(kind="kept").text == "By courier."
    assert "Ship a new pump" in seen(client, f"/promises/{promise}/")
    assert "By courier." not in seen(client, f"/promises/{promise}/")


def test_a_no_needs_a_reason_and_only_who_was_asked_can_say_it(client: Client, cast: Cast, case: Case) -> None:
    promise = make(cast, case, "Ship a new pump")
    do_ask_promise_owner(cast.owner, case.pk, promise, owner=cast.stranger.id, at=clock.now())
    url = f"/promises/{promise}/turn-down/"
    assert as_(client, cast.teammate).post(url, {"why": "No."}).status_code == 422
    as_(client, cast.stranger)
    assert client.post(url, {"why": " "}).status_code == 422
    assert client.post(url, {"why": "Sold out."}).headers["Location"] == "/promises/"
    assert client.get(f"/promises/{promise}/").status_code == 404
    assert client.post(url, {"why": "Sold out."}).status_code == 404
    assert client.post(f"/promises/{promise}/nothing/").status_code == 404


# ── Two at once ──────────────────────────────────────────────────────────────────────────────────


def test_who_is_overtaken_hears_by_whom_and_keeps_what_they_typed(client: Client, cast: Cast, case: Case) -> None:
    promise, at = make(cast, case, "A lamp"), Case.objects.get(pk=case.pk).seq
    friday = MONDAY + timedelta(days=4)
    do_move_promise(cast.owner, case.pk, promise, due=friday, tell="It will be Friday.", at=clock.now(), seen=at)
    url = f"/cases/{case.pk}/promises/{promise}/move/"
    posted = {"due": "2026-03-05T12:00", "tell": "It will be Thursday noon, I am sorry."}
    late = as_(client, cast.teammate).post(url, {**posted, "seen": at})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Jonas Weber moved this promise to Fri 6 March 2026, 10:00, just now." in page
    assert "It will be Thursday noon, I am sorry.</textarea>" in page
    assert Promise.objects.get().due == friday
    let_go()
    anew = client.post(url, {**posted, "seen": Case.objects.get(pk=case.pk).seq})
    assert anew.status_code == 302


@pytest.mark.parametrize("step", ["keep", "hand-over"])
def test_the_same_from_the_page_of_a_case(client: Client, cast: Cast, case: Case, step: str) -> None:
    promise, at = make(cast, case, "A lamp"), Case.objects.get(pk=case.pk).seq
    do_hand_over_promise(cast.lead, case.pk, promise, owner=cast.teammate.id, at=clock.now())
    url = f"/cases/{case.pk}/promises/{promise}/{step}/"
    late = as_(client, cast.owner).post(url, {"owner": cast.owner.id, "seen": at})
    assert late.status_code == 409
    assert "Ada Berg handed this promise over to Kim Okoro just now." in late.content.decode()
    assert Promise.objects.get().owner_id == cast.teammate.id


# ── How they were kept ───────────────────────────────────────────────────────────────────────────


def test_what_was_kept_moved_late_and_broken_is_counted_for_who_has_it_in_the_end(
    client: Client, cast: Cast, case: Case, stopped_clock: StoppedClock
) -> None:
    kept, moved, late = (make(cast, case, what) for what in ("Kept", "Moved", "Late"))
    broken, theirs = make(cast, case, "Broken", owner=cast.teammate), make(cast, case, "Sam's")
    make(cast, case, "Not due yet", days=20)
    do_ask_promise_owner(cast.owner, case.pk, theirs, owner=cast.stranger.id, at=clock.now())
    do_take_promise(cast.stranger, theirs, at=clock.now())
    due = MONDAY + timedelta(days=4)
    do_move_promise(cast.owner, case.pk, moved, due=due, tell="It will be Friday.", at=clock.now())
    for promise in (kept, moved, theirs):
        do_keep_promise(cast.owner, case.pk, promise, at=clock.now())
    stopped_clock.pass_time(by=timedelta(days=3))
    do_keep_promise(cast.owner, case.pk, late, at=clock.now())
    now = clock.now()
    bounds = [now - timedelta(days=30), now - timedelta(days=10), now + timedelta(days=10)]
    found = keeping(visible_promises(cast.owner), bounds, now=now)
    assert {one.name: one.share for one in found.people} == {
        "Jonas Weber": Share(kept=1, moved=1, late=1),
        "Kim Okoro": Share(broken=1),
        "Sam Stone": Share(kept=1),
    }
    assert Promise.objects.get(pk=broken).status == "open", "no clock has said so yet, and it counts all the same"
    assert found.months == (Share(), Share(kept=2, moved=1, late=1, broken=1))
    assert [(one.name, one.share.total) for one in found.teams] == [("Front desk", 5)]
    assert found.whole.rate == pytest.approx(0.5), "what was moved in time counts neither way"
    of_sam = keeping(visible_promises(cast.stranger), bounds, now=now)
    assert of_sam.whole == Share(kept=1), "another team's promises are none of his"
    page = seen(as_(client, cast.lead), "/promises/kept/")
    assert "50 %: 2 of 4 promises were kept in time; 1 more was moved in time." in page
    jonas = seen(client, "/promises/kept/", person=cast.owner.id, month="2026-03")
    assert "50 %: 1 of 2 promises" in jonas
    assert "Months of Jonas Weber, people and teams in Mar 2026." in jonas
    for wrong in ({"person": "x"}, {"person": "99999"}, {"month": "never"}):
        assert "2 of 4" in seen(client, "/promises/kept/", **wrong)


def test_without_any_it_says_what_will_stand_here(client: Client, cast: Cast) -> None:
    page = seen(as_(client, cast.owner), "/promises/kept/")
    assert "Nothing was due yet" in page
    assert Share().rate is None
