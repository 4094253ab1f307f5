"""The comparison of two policies, for people and for programs."""

from typing import Any, Final

from amends.insight.hindsight import Comparison, Differing, Kept, Watch
from amends.method.clock import Kind
from amends.method.policy import Policy

_TITLES: Final = {Kind.ACKNOWLEDGE: "First word", Kind.SILENCE: "Silence", Kind.CALLBACK_LATE: "Call-back"}
_LONGEST: Final = 36


def compared(found: Comparison, ours: Policy, theirs: Policy, other: str) -> str:
    """Return a comparison in words; `other` is how somebody called the other policy."""
    lines = [
        f"{_count(found.cases, 'case')}. What people did stands; only the clock is another one.",
        f"Now   {ours.title}, as it stands",
        f"Then  {theirs.title}, by {other}",
        "",
        f"{'':{_LONGEST}}{'Now':>18}{'Then':>18}",
        f"{'':{_LONGEST}}{'met':>6}{'missed':>12}{'met':>6}{'missed':>12}",
    ]
    for watch in found.watched:
        cells = "".join(_cells(kept, watch) for kept in (found.ours, found.theirs))
        lines.append(f"{_title(watch, ours, theirs)[: _LONGEST - 1]:{_LONGEST}}{cells}")
    if not found.differing:
        return "\n".join([*lines, "", "No case would have gone otherwise."])
    most = f" The {len(found.most)} that differ most:" if found.differing > len(found.most) else ""
    lines += ["", f"{_count(found.differing, 'case')} would have gone otherwise.{most}"]
    return "\n".join([*lines, *(f"  #{one.number:<8}{_more(one, ours, theirs)}" for one in found.most)])


def as_json(found: Comparison, ours: Policy, theirs: Policy) -> dict[str, Any]:
    """Return a comparison as JSON has it. `more_missed` is below zero where fewer would have been missed."""
    return {
        "cases": found.cases,
        "now": ours.title,
        "then": theirs.title,
        "clocks": [
            {
                "clock": _name(watch),
                "title": _title(watch, ours, theirs),
                "now": {"met": found.ours.met[watch], "missed": found.ours.missed[watch]},
                "then": {"met": found.theirs.met[watch], "missed": found.theirs.missed[watch]},
            }
            for watch in found.watched
        ],
        "differing": found.differing,
        "most": [
            {"case": one.number, "more_missed": {_name(watch): count for watch, count in one.more.items()}}
            for one in found.most
        ],
    }


def _cells(kept: Kept, watch: Watch) -> str:
    met, missed = kept.met[watch], kept.missed[watch]
    if not met + missed:
        return f"{'-':>6}{'-':>12}"
    return f"{met:>6}{f'{missed} ({missed / (met + missed):.0%})':>12}"


def _title(watch: Watch, ours: Policy, theirs: Policy) -> str:
    kind, name = watch
    clock = theirs.legal.get(name) or ours.legal.get(name)
    return clock.title if kind is Kind.LEGAL and clock is not None else _TITLES[kind]


def _name(watch: Watch) -> str:
    return f"legal.{watch[1]}" if watch[0] is Kind.LEGAL else watch[0].value


def _more(one: Differing, ours: Policy, theirs: Policy) -> str:
    return ", ".join(
        f"{abs(count)} {'more' if count > 0 else 'fewer'} missed: {_title(watch, ours, theirs)}"
        for watch, count in sorted(one.more.items())
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
