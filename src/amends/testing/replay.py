"""Replay equals read: what stands in the rows is what the journal gives."""

from amends.actions import house
from amends.store.audit import differences


def check_replay() -> None:
    """Raise `AssertionError` with every difference between the journal and what was made of it, in all cases."""
    found = list(differences(policy=house.policy(), calendar_of=house.calendar_of))
    if found:
        raise AssertionError("The rows are not what the journal gives:\n" + "\n".join(found))
