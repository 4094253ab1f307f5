"""A policy in words: its numbers with their sources, and what it does differently."""

from collections.abc import Iterator

import click
from msgspec import to_builtins

from amends.method.policy import Policy


def shown(policy: Policy) -> str:
    """Return a policy's numbers with their sources, by the keys that one writes in `policy.toml`."""
    page = click.HelpFormatter(width=110)
    page.write(f"{policy.title}\n")
    page.write_text(
        f"{policy.source}. Checked on {policy.checked}. This is no legal advice: check before you rely on it."
    )
    for heading, rows in _sections(policy):
        if rows:
            with page.section(heading):
                page.write_dl(rows, col_max=28)
    return page.getvalue().rstrip()


def different(policy: Policy, base: Policy) -> list[str]:
    """Return the keys in which a policy differs from the one that it extends, terms with what they were."""
    keys = [k for k in policy.__struct_fields__ if k not in ("title", "source", "checked", "extends")]
    changed = [(key, getattr(policy, key), getattr(base, key)) for key in keys]
    terms = set(dict(policy.terms()))
    return [
        f"{key}: {now} (was {was})" if key in terms else key
        for key, now, was in changed
        if (str(now) != str(was) if key in terms else now != was)
    ]


def _sections(policy: Policy) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield (
        "Legal terms",
        [
            (f"legal.{name}", f"{clock.title}: {clock.within}, warned {clock.warn} before. {clock.within.source}")
            for name, clock in policy.legal.items()
        ],
    )
    yield "Terms", [(name, f"{term}. {term.source}") for name, term in policy.terms()]
    figures = to_builtins(policy.figures)
    yield "Figures", [(f"figures.{name}", f"{one['value']:g}. {one['source']}") for name, one in figures.items()]
    limits = [(rank, getattr(policy.authority, rank)) for rank in ("handler", "lead", "admin")]
    yield (
        "Authority",
        [
            (f"authority.{rank}", "no limit" if limit is None else f"{limit} {policy.currency}")
            for rank, limit in limits
        ],
    )
    hours = {"calendar": policy.calendar} | {f"teams.{name}.calendar": t.calendar for name, t in policy.teams.items()}
    yield "Hours", [(name, str(given)) for name, given in hours.items()]
