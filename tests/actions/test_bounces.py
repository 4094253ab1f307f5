"""What we sent did not arrive: the case knows, once, and only about mails of ours."""

import pytest

from amends.actions.incoming import Incoming, do_receive
from amends.store.models import Case, Message
from amends.testing import Cast
from tests.actions.doing import Everything, complaint, fresh, later, names, send, state
from tests.actions.plain import ASKED, NAMED

pytestmark = pytest.mark.django_db


def report(of: str, *, permanent: bool = True) -> Incoming:
    return Incoming(channel="email", text="Undelivered Mail", automatic=True, bounced=of, permanent=permanent)


def test_a_bounce_makes_the_next_step_ours_again(cast: Cast) -> None:
    case = complaint(cast)
    ours = send(cast.owner, case, f"{NAMED} {ASKED}")
    assert fresh(case).waiting_since is None
    received = do_receive(report(ours.external_id), at=later(hours=1))
    assert received.message == ours
    assert (fresh(case).waiting_since, fresh(case).calls) == (later(hours=1), "bounced")
    assert Message.objects.get(pk=ours.pk).status == "failed"


def test_a_mail_that_is_only_late_changes_nobodys_turn(cast: Cast) -> None:
    case = complaint(cast)
    ours = send(cast.owner, case, f"{NAMED} {ASKED}")
    do_receive(report(ours.external_id, permanent=False), at=later(hours=1))
    assert (fresh(case).waiting_since, state(case).bounced) == (None, False)
    assert Message.objects.get(pk=ours.pk).status == "queued"


def test_the_same_bounce_twice_is_one(cast: Cast) -> None:
    case = complaint(cast)
    ours = send(cast.owner, case, NAMED)
    do_receive(report(ours.external_id), at=later(hours=1))
    before = Everything.now()
    assert do_receive(report(ours.external_id), at=later(hours=2)).duplicate
    assert Everything.now() == before
    assert names(case).count("MessageBounced") == 1


@pytest.mark.parametrize("of", ["stranger@example.org", "", "\0"])
def test_a_bounce_of_something_else_is_not_ours(cast: Cast, of: str) -> None:
    complaint(cast)
    before = Everything.now()
    assert do_receive(report(of), at=later(hours=1)).message is None
    assert Everything.now() == before


def test_a_bounce_of_the_customers_own_mail_is_not_ours(cast: Cast) -> None:
    theirs = complaint(cast).messages.get()
    assert do_receive(report(theirs.external_id), at=later(hours=1)).message is None
    assert Message.objects.get(pk=theirs.pk).status == "received"


def test_the_next_reply_ends_the_call(cast: Cast) -> None:
    case = complaint(cast)
    ours = send(cast.owner, case, NAMED)
    do_receive(report(ours.external_id), at=later(hours=1))
    send(cast.owner, case, NAMED, at=later(hours=2))
    assert Case.objects.get(pk=case.pk).calls == ""
