"""What tests of the customer's page share: a complaint, its page, and a worker who comes by."""

from amends.actions import clock
from amends.actions.incoming import do_receive
from amends.actions.links import sign
from amends.actions.ticks import do_tick_due
from amends.insight.history import state_of
from amends.method.state import State
from amends.store.models import Case, Customer
from amends.testing import mail_from

ANGRY = "I am furious: the pump is broken! I expected a machine that works. I want a refund of 90 euros."

CALM = "I can hear how angry you are, and I am sorry."


def complain(who: Customer, text: str = ANGRY, *, subject: str = "My machine") -> Case:
    """Return the case that a complaint by this customer opened."""
    known_as = f"{sum(map(ord, subject + text))}.{who.pk}@example.org"  # the same complaint is the same mail
    message = do_receive(mail_from(who, text, subject=subject, external_id=known_as), at=clock.now()).message
    if message is None:
        raise LookupError(text)
    return Case.objects.get(pk=message.case_id)


def state(case: Case) -> State:
    """Return where the case stands now."""
    return state_of(Case.objects.get(pk=case.pk))


def address(case: Case, step: str = "") -> str:
    """Return the address of the customer's page, or of a step on it."""
    return f"/c/{sign(case)}/" + (f"{step}/" if step else "")


def let_go() -> None:
    """Let everything be done that is due by now."""
    while do_tick_due(clock.now()):
        pass
