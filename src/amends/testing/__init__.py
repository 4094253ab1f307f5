"""Helpers for tests, ours and those of plugins: a cast, mails, a stopped clock, and the check that replay equals read.

Fixtures for pytest are in `amends.testing.fixtures`; nothing else here needs pytest.
"""

from amends.testing.letters import call_from, form_from, mail_from
from amends.testing.people import MONDAY, Cast, make_cast, make_customer, make_staff, make_team
from amends.testing.replay import check_replay

__all__ = [
    "MONDAY",
    "Cast",
    "call_from",
    "check_replay",
    "form_from",
    "mail_from",
    "make_cast",
    "make_customer",
    "make_staff",
    "make_team",
]
