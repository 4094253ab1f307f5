"""What was fitted, for programs and for people."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from amends.worth.calibration import MOST, Row
from amends.worth.histories import Histories, Purchases, histories
from amends.worth.models import Model, fit
from amends.worth.terms import Terms

if TYPE_CHECKING:
    from amends.insight.worths import WorthSheet

_BAR = 40  # characters


def fitted(
    model: Model, seen: Histories, until: date, unit: str, ahead: float, rows: Sequence[Row], left_out: int
) -> dict[str, Any]:
    """Return what was fitted, as JSON has it; `rows` compare the `ahead` units of time behind `until`."""
    often, spend = model.bg_nbd, model.gamma_gamma
    return {
        "customers": len(seen),
        "came_back": int((seen.repeats > 0).sum()),
        "until": until.isoformat(),
        "unit": unit,
        "left_out": left_out,
        "rests_on": model.rests_on,
        "bg_nbd": None
        if often is None
        else {
            "r": often.r,
            "alpha": often.alpha,
            "a": often.a,
            "b": often.b,
            "log_likelihood": often.log_likelihood,
        },
        "gamma_gamma": None
        if spend is None
        else {"p": spend.p, "q": spend.q, "gamma": spend.gamma, "log_likelihood": spend.log_likelihood},
        "ahead": ahead,
        "calibration": [
            {"repeats": row.repeats, "customers": row.customers, "expected": row.expected, "actual": row.actual}
            for row in rows
        ],
    }


def text(told: dict[str, Any]) -> str:
    """Return the same for people, with the comparison drawn."""
    lines = [
        f"{told['customers']:,} customers until {told['until']}, {told['came_back']:,} of them came back.",
        told["rests_on"],
    ]
    for name, model in (("BG/NBD", told["bg_nbd"]), ("Gamma-Gamma", told["gamma_gamma"])):
        if model is not None:
            figures = ", ".join(f"{key} {value:,.4g}" for key, value in model.items() if key != "log_likelihood")
            lines.append(f"  {name:<12} {figures}; log-likelihood {model['log_likelihood']:,.1f}")
    rows = told["calibration"]
    if not rows:
        return "\n".join([*lines, "All purchases were learned from; with --until some are held back to compare with."])
    lines.append(f"Purchases in the {told['ahead']:,.0f} {told['unit']} after it, by how often they had come back:")
    most = max(max(row["expected"], row["actual"]) for row in rows) or 1.0
    for row in rows:
        times = f"{row['repeats']}+" if row["repeats"] == MOST else str(row["repeats"])
        for word in ("expected", "actual"):
            label = f"{times:>3} times, {row['customers']:,}" if word == "expected" else ""
            bar = "█" * round(_BAR * row[word] / most)
            lines.append(f"  {label:<20}{word:<9}{row[word]:>8.2f} {bar}")
    return "\n".join(lines)


def one(given: Purchases, number: int, name: str, until: date | None, terms: Terms) -> str:
    """Return what the purchases of one customer are worth, on `until` or the day of the newest; empty for nobody."""
    last = int(given.days.max()) if until is None else until.toordinal()
    seen = histories(given.customers, given.days, given.amounts, until=last, unit_days=7.0)
    places = (seen.customers == number).nonzero()[0]
    if not len(places):
        return ""
    at = int(places[0])
    worth = fit(seen).worth(seen, terms)
    silent = seen.age[at] - seen.last[at]
    off = f"margin {terms.margin:.0%}, {terms.discount:.0%} a year off"
    return "\n".join(
        [
            f"{name}, on {date.fromordinal(last)}",
            f"  came back            {seen.repeats[at]:,.0f} times, the last purchase {silent:,.1f} weeks ago",
            f"  still a customer     {worth.alive[at]:.0%}",
            f"  purchases to come    {worth.purchases[at]:,.2f} within {terms.years:g} years",
            f"  spends               {worth.spend[at]:,.2f} on each",
            f"  value                {worth.value[at]:,.2f} ({off})",
            f"  {worth.rests_on}",
        ]
    )


def sheet(name: str, known: "WorthSheet") -> str:
    """Return what the desk has reckoned of one customer, with their subscriptions."""
    lines = [f"{name}, on {known.on}", f"  value                {known.value}"]
    if known.alive is not None:
        lines.append(f"  still a customer     {known.alive:.0%}")
    for contract in known.contracts:
        renewal = "" if contract.chance is None else f", renewed with a chance of {contract.chance:.0%}"
        lines.append(
            f"  subscription         {contract.plan or contract.number}: {contract.amount} for {contract.months} "
            f"months, until {contract.until}{renewal}"
        )
    return "\n".join([*lines, f"  {known.rests_on}"])
