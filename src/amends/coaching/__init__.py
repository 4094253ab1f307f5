"""Help while a reply is written: what the rules say of it, and wordings that fit this person and the next step."""

from amends.coaching.coach import Advice, Drafted, Said, advise
from amends.coaching.known import Known
from amends.coaching.script import Script, Story, call_script
from amends.coaching.wording import Wording
from amends.coaching.wordings import wordings

__all__ = [
    "Advice",
    "Drafted",
    "Known",
    "Said",
    "Script",
    "Story",
    "Wording",
    "advise",
    "call_script",
    "wordings",
]
