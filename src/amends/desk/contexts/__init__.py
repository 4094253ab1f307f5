"""What each page and each component is given: frozen, typed, with a help text for every field.

A template can use nothing that is not written down here. Moments are aware datetimes, links are
paths within the desk, words are plain text (templates escape them).
"""

from amends.desk.contexts.cases import CaseRow, EmptyView, FindingView, StatView
from amends.desk.contexts.controls import ActionView, BellView, NavItem, Person, ShellView
from amends.desk.contexts.conversation import (
    AttachmentView,
    HeatView,
    HeldView,
    MessageView,
    PieceView,
    QuoteView,
)
from amends.desk.contexts.duties import DeadlineView, PromiseView, RefusalView
from amends.desk.contexts.path import PathView, StationView

__all__ = [
    "ActionView",
    "AttachmentView",
    "BellView",
    "CaseRow",
    "DeadlineView",
    "EmptyView",
    "FindingView",
    "HeatView",
    "HeldView",
    "MessageView",
    "NavItem",
    "PathView",
    "Person",
    "PieceView",
    "PromiseView",
    "QuoteView",
    "RefusalView",
    "ShellView",
    "StatView",
    "StationView",
]
