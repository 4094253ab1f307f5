"""What tests of the staff's pages share: who looks, a case at each place, and every step that a page offers."""

from datetime import timedelta
from typing import Any

from django.test import Client

from amends.actions import clock
from amends.actions.actors import Staff
from amends.actions.incoming import do_receive
from amends.actions.replies import do_reply
from amends.insight.history import state_of
from amends.method.state import State
from amends.method.words import Gate
from amends.store.models import Case, Message, User
from amends.testing import Cast, mail_from
from tests.desk.own import complain, let_go

HEARD = (
    "I hear how angry you are, and I want to help. Let me check that I have understood you: "
    "you expected a machine that works, and the pump is broken. Is that right? What would make this right for you?"
)
PROMISE = "I hear how angry you are. I will write to you by Friday 17:00."
EVERY_GATE = dict.fromkeys(Gate, "Settled on the phone.")


def as_(client: Client, who: Staff) -> Client:
    """Log `who` in, and return the client."""
    client.force_login(User.objects.get(pk=who.id))
    return client


def seen(client: Client, url: str, **asked: Any) -> str:
    """Return a page that is there."""
    answer = client.get(url, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def now_(case: Case) -> State:
    """Return how a case stands now."""
    return state_of(Case.objects.get(pk=case.pk))


def say(who: Staff, case: Case, text: str, *, reasons: dict[Gate, str] | None = None) -> Message:
    """Reply, and let the count of ten pass."""
    row = do_reply(who, case.pk, text, at=clock.now(), reasons=reasons)
    from_now = clock.now() + timedelta(seconds=11)
    with clock.stopped(from_now):
        let_go()
    return Message.objects.get(pk=row.pk)


def answer(cast: Cast, case: Case, text: str) -> Message:
    """Let the customer answer."""
    message = do_receive(mail_from(cast.customer, text, case=case.pk, subject="Re: My machine"), at=clock.now()).message
    assert message is not None
    return message


def promised(cast: Cast) -> tuple[Case, str]:
    """Return a case with a proposed promise, and the promise's id."""
    case = complain(cast.customer)
    say(cast.owner, case, PROMISE)
    return case, now_(case).promises[0].promise
