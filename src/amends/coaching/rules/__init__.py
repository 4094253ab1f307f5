"""The rules, one in a file: D diagnose before you prescribe, F fix the customer too, A act."""

from amends.coaching.rules.a301_undated_promise import UndatedPromise
from amends.coaching.rules.a302_broken_promise import BrokenPromise
from amends.coaching.rules.a303_dead_time import DeadTime
from amends.coaching.rules.a304_no_follow_up import NoFollowUp
from amends.coaching.rules.base import Finding, Life, Rule, Severity
from amends.coaching.rules.d101_prescribed_before_diagnosing import PrescribedBeforeDiagnosing
from amends.coaching.rules.d102_offered_before_bid import OfferedBeforeBid
from amends.coaching.rules.d103_gave_more_than_asked import GaveMoreThanAsked
from amends.coaching.rules.d104_no_about_face import NoAboutFace
from amends.coaching.rules.f201_feeling_not_acknowledged import FeelingNotAcknowledged
from amends.coaching.rules.f202_loyalty_ignored import LoyaltyIgnored
from amends.coaching.rules.f203_blamed_or_dismissed import BlamedOrDismissed
from amends.coaching.rules.f204_no_appreciation import NoAppreciation
from amends.coaching.rules.f205_repeated_apology import RepeatedApology

__all__ = ["RULES", "Finding", "Life", "Rule", "Severity"]

RULES: tuple[type[Rule], ...] = (
    PrescribedBeforeDiagnosing,
    OfferedBeforeBid,
    GaveMoreThanAsked,
    NoAboutFace,
    FeelingNotAcknowledged,
    LoyaltyIgnored,
    BlamedOrDismissed,
    NoAppreciation,
    RepeatedApology,
    UndatedPromise,
    BrokenPromise,
    DeadTime,
    NoFollowUp,
)
"""Every rule. A new one is a file of its own, and a line here."""
