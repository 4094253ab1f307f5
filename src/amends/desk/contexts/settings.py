"""The settings: what the coach speaks of in this house."""

from dataclasses import dataclass
from typing import Annotated

from amends.desk.contexts.yours import YoursView


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule of the coach."""

    code: Annotated[str, "Its code, such as F208."]
    name: Annotated[str, "Its name, such as order-given."]
    title: Annotated[str, "What it is about, in one sentence."]
    why: Annotated[str, "Why it costs you, in a few sentences."]
    dont: Annotated[str, "What not to write."]
    do: Annotated[str, "What to write instead."]
    on: Annotated[bool, "Whether it speaks beside drafts."]
    overridden: Annotated[str, "How often replies went out against it lately, in words; empty for never."]
    switch_url: Annotated[str, "Where the switch posts to; empty for those who may not."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFamily:
    """The rules of one of the three mistakes."""

    title: Annotated[str, "Which mistake they are about."]
    rules: Annotated[tuple[RuleView, ...], "The rules, by code."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberView:
    """A number of the policy."""

    name: Annotated[str, "What it is about."]
    value: Annotated[str, "The number in words, such as 1 working day."]
    source: Annotated[str, "Where it comes from; of working hours, their time zone."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """The policy in force."""

    title: Annotated[str, "What it is called."]
    source: Annotated[str, "Where it comes from."]
    checked: Annotated[str, "The day on which somebody last checked it, such as 2026-06-01."]
    legal: Annotated[tuple[NumberView, ...], "The legal terms; none by default."]
    terms: Annotated[tuple[NumberView, ...], "The house's own terms."]
    hours: Annotated[tuple[NumberView, ...], "When the house works, and the teams that have hours of their own."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """The page of settings."""

    families: Annotated[tuple[RuleFamily, ...], "The coach's rules, by the mistake that they are about."]
    may_switch: Annotated[bool, "Whether whoever looks may switch them."]
    policy: Annotated[PolicyView, "The numbers in force, for reading."]
    yours: Annotated[YoursView, "One's own part: what one is told, and time away."]
