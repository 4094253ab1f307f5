"""The rules, one in a file: D diagnose before you prescribe, F fix the customer too, A act."""

from amends.coaching.rules.a301_undated_promise import UndatedPromise
from amends.coaching.rules.a302_broken_promise import BrokenPromise
from amends.coaching.rules.a303_dead_time import DeadTime
from amends.coaching.rules.a304_no_follow_up import NoFollowUp
from amends.coaching.rules.a305_no_next_step import NoNextStep
from amends.coaching.rules.a306_nobody_signed import NobodySigned
from amends.coaching.rules.base import DraftRule, Finding, Life, Rule, Severity
from amends.coaching.rules.d101_prescribed_before_diagnosing import PrescribedBeforeDiagnosing
from amends.coaching.rules.d102_offered_before_bid import OfferedBeforeBid
from amends.coaching.rules.d103_gave_more_than_asked import GaveMoreThanAsked
from amends.coaching.rules.d104_no_about_face import NoAboutFace
from amends.coaching.rules.d105_question_unanswered import QuestionUnanswered
from amends.coaching.rules.d106_same_text_to_many import SameTextToMany
from amends.coaching.rules.d107_about_face_too_early import AboutFaceTooEarly
from amends.coaching.rules.f201_feeling_not_acknowledged import FeelingNotAcknowledged
from amends.coaching.rules.f202_loyalty_ignored import LoyaltyIgnored
from amends.coaching.rules.f203_blamed_or_dismissed import BlamedOrDismissed
from amends.coaching.rules.f204_no_appreciation import NoAppreciation
from amends.coaching.rules.f205_repeated_apology import RepeatedApology
from amends.coaching.rules.f206_heated_draft import HeatedDraft
from amends.coaching.rules.f207_apologised_again import ApologisedAgain
from amends.coaching.rules.f208_order_given import OrderGiven
from amends.coaching.rules.f209_but_after_empathy import ButAfterEmpathy
from amends.coaching.rules.f210_jargon import Jargon
from amends.coaching.rules.f211_loyalty_unused import LoyaltyUnused

__all__ = ["RULES", "DraftRule", "Finding", "Life", "Rule", "Severity", "stable"]

RULES: tuple[type[Rule], ...] = (
    PrescribedBeforeDiagnosing,
    OfferedBeforeBid,
    GaveMoreThanAsked,
    NoAboutFace,
    QuestionUnanswered,
    SameTextToMany,
    AboutFaceTooEarly,
    FeelingNotAcknowledged,
    LoyaltyIgnored,
    BlamedOrDismissed,
    NoAppreciation,
    RepeatedApology,
    HeatedDraft,
    ApologisedAgain,
    OrderGiven,
    ButAfterEmpathy,
    Jargon,
    LoyaltyUnused,
    UndatedPromise,
    BrokenPromise,
    DeadTime,
    NoFollowUp,
    NoNextStep,
    NobodySigned,
)
"""Every rule. A new one is a file of its own, and a line here."""


def stable(off: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Return the rules that speak unless somebody says otherwise, but for those that are switched `off` by code."""
    return tuple(rule() for rule in RULES if rule.life is Life.STABLE and rule.code not in off)
