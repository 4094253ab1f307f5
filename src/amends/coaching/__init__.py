"""Help while a reply is written: wordings that fit this person, this case, and the next step of the path."""

from amends.coaching.known import Known
from amends.coaching.wordings import Wording, call_script, wordings

__all__ = ["Known", "Wording", "call_script", "wordings"]
