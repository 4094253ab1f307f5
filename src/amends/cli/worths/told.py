"""What was fitted, for programs and for people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from amends.worth.calibration import Row
from amends.worth.histories import Histories
from amends.worth.models import Model

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
        for word in ("expected", "actual"):
            label = f"{row['repeats']:>3} times, {row['customers']:,}" if word == "expected" else ""
            bar = "█" * round(_BAR * row[word] / most)
            lines.append(f"  {label:<20}{word:<9}{row[word]:>8.2f} {bar}")
    return "\n".join(lines)
