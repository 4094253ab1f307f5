"""What has to be done in the world is done once: leased, in order, tried again, given up with a reason."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from amends.actions import effects
from amends.actions.effects import LEASE, MOST_ATTEMPTS, Hopeless, claim, do_effects, queue_effect
from amends.store.models import Effect
from amends.testing import MONDAY
from tests.actions.doing import later

pytestmark = pytest.mark.django_db


def ask(subject: str, *, at: datetime = MONDAY, lane: str = "", key: str = "") -> None:
    queue_effect("mail", subject, key=key or f"mail:{subject}", at=at, lane=lane)


def subjects(at: datetime, limit: int = 20) -> list[str]:
    return [c.subject for c in claim(at, limit)]


def run(do: Callable[[str], None], at: datetime = MONDAY, limit: int = 20) -> int:
    return do_effects({"mail": do}, now=lambda: at, limit=limit)


def fail(_subject: str) -> None:
    raise ConnectionError("no route to host")


def test_the_same_key_asked_twice_is_done_once() -> None:
    ask("m1")
    ask("m1")
    queue_effect("mail", "other", key="mail:m1", at=MONDAY)
    done: list[str] = []
    assert run(done.append) == 1
    assert run(done.append) == 0
    ask("m1")  # and is not done again once it was
    assert run(done.append) == 0
    assert done == ["m1"]


def test_asked_for_in_a_transaction_that_fails_it_was_never_asked_for() -> None:
    @transaction.atomic
    def write_and_fail() -> None:
        ask("m1")
        fail("m1")

    with pytest.raises(ConnectionError):
        write_and_fail()
    assert not Effect.objects.exists()


def test_nothing_is_done_before_its_time() -> None:
    ask("m1", at=later(minutes=1))
    assert subjects(later(seconds=59)) == []
    assert subjects(later(minutes=1)) == ["m1"]


def test_what_one_worker_has_leased_another_leaves_alone_until_the_lease_runs_out() -> None:
    ask("m1")
    assert subjects(MONDAY) == ["m1"]
    assert subjects(MONDAY + LEASE) == []
    assert subjects(MONDAY + LEASE + timedelta(microseconds=1)) == ["m1"]


def test_a_few_at_a_time_oldest_first() -> None:
    for name, minutes in (("late", 3), ("early", 1), ("middle", 2)):
        ask(name, at=later(minutes=minutes))
    assert subjects(later(hours=1), limit=2) == ["early", "middle"]
    assert subjects(later(hours=1), limit=2) == ["late"]


def test_a_lane_keeps_its_order_and_lanes_do_not_wait_for_each_other() -> None:
    for name, lane in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("free1", ""), ("free2", "")):
        ask(name, lane=lane)
    assert subjects(MONDAY) == ["a1", "b1", "free1", "free2"]
    assert subjects(MONDAY) == []  # the second of its lane waits until the first is done, not only leased
    Effect.objects.filter(subject="a1").update(done_at=MONDAY)
    assert subjects(MONDAY) == ["a2"]


def test_what_failed_holds_its_lane_and_what_was_given_up_frees_it() -> None:
    ask("a1", lane="a")
    ask("a2", lane="a")
    run(fail)
    assert subjects(later(seconds=29)) == []
    Effect.objects.filter(subject="a1").update(failed_at=MONDAY)
    assert subjects(later(seconds=29)) == ["a2"]


def test_a_failure_is_kept_with_its_reason_and_tried_again_with_growing_pauses() -> None:
    ask("m1")
    now, pauses = MONDAY, []
    for _ in range(7):
        run(fail, at=now)
        effect = Effect.objects.get()
        assert (effect.error, effect.leased_until) == ("ConnectionError: no route to host", None)
        pauses.append(int((effect.not_before - now).total_seconds()))
        now = effect.not_before
    assert pauses == [30, 120, 600, 1800, 3600, 3600, 3600]
    assert run(lambda _: None, at=now) == 1
    assert (Effect.objects.get().error, Effect.objects.get().attempts) == ("", 8)


def test_after_the_last_try_it_is_given_up_for_a_person_to_see() -> None:
    ask("m1")
    Effect.objects.update(attempts=MOST_ATTEMPTS - 1)
    run(fail)
    effect = Effect.objects.get()
    assert effect.failed_at == MONDAY
    assert effect.error == f"Given up after {MOST_ATTEMPTS} tries. no route to host"
    assert subjects(later(days=9)) == []


def test_what_is_hopeless_fails_at_once() -> None:
    def hopeless(_subject: str) -> None:
        raise Hopeless("Nobody lives there." + "!" * 900)

    ask("m1")
    assert run(hopeless) == 0
    effect = Effect.objects.get()
    assert (effect.failed_at, effect.attempts, len(effect.error)) == (MONDAY, 1, 500)


def test_one_that_fails_does_not_stop_the_others() -> None:
    for name in ("m1", "bad", "m2"):
        ask(name)
    done: list[str] = []

    def do(subject: str) -> None:
        if subject == "bad":
            fail(subject)
        done.append(subject)

    assert run(do) == 2
    assert done == ["m1", "m2"]


def test_a_kind_that_nobody_does_is_kept_and_says_so() -> None:
    queue_effect("pigeon", "m1", key="pigeon:m1", at=MONDAY)
    run(lambda _: None)
    assert "pigeon" in Effect.objects.get().error


@pytest.mark.parametrize("ends_well", [True, False])
def test_a_worker_whose_lease_ran_out_cannot_report_for_another(ends_well: bool) -> None:
    ask("m1")
    clock = [MONDAY]

    def slow(_subject: str) -> None:
        clock[0] = MONDAY + 2 * LEASE
        assert subjects(clock[0]) == ["m1"]  # another worker has it now
        if not ends_well:
            fail("m1")

    do_effects({"mail": slow}, now=lambda: clock[0])
    effect = Effect.objects.get()
    assert (effect.done_at, effect.failed_at, effect.error) == (None, None, "")
    assert (effect.fence, effect.leased_until) == (2, clock[0] + LEASE)


def test_of_a_slow_batch_the_later_ones_are_left_to_who_claimed_them_since() -> None:
    ask("m1")
    ask("m2")
    clock, done, theirs = [MONDAY], list[str](), list[str]()

    def slow(subject: str) -> None:
        done.append(subject)
        clock[0] = MONDAY + LEASE + timedelta(seconds=1)
        theirs.extend(subjects(clock[0]))

    do_effects({"mail": slow}, now=lambda: clock[0])
    assert done == ["m1"]
    assert "m2" in theirs


def test_each_of_a_slow_batch_gets_a_whole_lease() -> None:
    ask("m1")
    ask("m2")
    clock, leases = [MONDAY], list[timedelta | None]()

    def slow(subject: str) -> None:
        until = Effect.objects.get(subject=subject).leased_until
        leases.append(None if until is None else until - clock[0])
        clock[0] += LEASE - timedelta(seconds=1)

    assert do_effects({"mail": slow}, now=lambda: clock[0]) == 2
    assert leases == [LEASE, LEASE]


def test_every_claim_counts_as_a_try() -> None:
    ask("m1")
    for minutes in (0, 6, 12):
        claim(later(minutes=minutes))
    assert (Effect.objects.get().attempts, Effect.objects.get().fence) == (3, 3)
    assert effects.claim(later(minutes=12)) == []
