"""`amends review`: what went wrong in conversations that are past, rule by rule."""

import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from amends.cli.reviews.where import Where, options, told
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.coaching.rules import Rule


@click.command(name="review", short_help="Look for the three mistakes in conversations that are past.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option("--select", metavar="CODES", default="", help="Only these rules: codes or their beginnings, by commas.")
@click.option("--ignore", metavar="CODES", default="", help="All but these rules.")
@click.option("--since", metavar="DATE", default="", help="Only conversations with a message from this day on.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this severity on.")
@click.option("--own", metavar="ADDRESS", multiple=True, help="An address or a domain of ours, to tell sides in mails.")
@click.option("--strict", is_flag=True, help="Stop at the first record that cannot be used.")
@click.option("--explain", metavar="CODE", help="Show the page of a rule, and do nothing else.")
@options
def command(  # noqa: PLR0913 - one for each option
    paths: tuple[str, ...],
    form: str,
    select: str,
    ignore: str,
    since: str,
    own: tuple[str, ...],
    fail_on: str | None,
    explain: str | None,
    *,
    strict: bool,
    where: Where,
) -> None:
    """Review past conversations: was the feeling heard, was anybody asked, were promises kept?

    PATH is a file, a folder, or `-` for standard input. Conversations come as JSON lines
    ({"id", "channel", "messages": [{"turn", "role", "at", "text"}], "closed_at"}), tables (.csv), mails (.eml, .mbox),
    or as the export of another help desk. The same rules that speak beside a draft look at them. Nothing is stored and
    nothing leaves this machine.

    A record that cannot be used is named and skipped. `amends rules` lists the rules.

    \b
    Examples:
      amends review exports/
      amends review --format jsonl tickets.jsonl > findings.jsonl
      amends review --output findings/ archive.parquet
      amends review --explain A301
    """
    from contextlib import closing

    from amends.archive.review import review_all
    from amends.archive.settings import Settings
    from amends.cli.reviews.counted import Summary
    from amends.cli.reviews.inputs import Source
    from amends.cli.reviews.shown import shown
    from amends.cli.reviews.written import lines

    if explain:
        click.echo(_page(explain))
        return
    if not paths:
        raise click.UsageError("Say what to review: a file, a folder, or - for standard input.")
    first = _day(since)
    say = Sayings(strict=strict)
    source = Source(paths, say, own)
    asked = (one for one in source if first is None or any(m.at is not None and m.at >= first for m in one.messages))
    settings = Settings(codes=tuple(rule.code for rule in _chosen(select, ignore)))
    summary, worst = Summary(), 0
    if where.output is not None:
        from amends.cli.reviews.stored import store

        with told():
            severities = store(asked, settings, where.output, where, paths, {"since": since, "own": own})
        worst = max(map(_rank, severities), default=0)
    else:
        columns = shutil.get_terminal_size().columns
        with told(), closing(review_all(asked, settings, where.jobs)) as reviews:
            for reviewed in reviews:
                summary.add(reviewed)
                worst = max([worst, *(_rank(finding.severity) for finding in reviewed.findings)])
                if form == "jsonl":
                    sys.stdout.buffer.write(lines(reviewed))
                else:
                    for line in shown(reviewed, columns):
                        click.echo(line)
        sys.stdout.buffer.flush()
        if form == "text":
            click.echo("\n".join(summary.lines()))
    say.rest()
    if source.skipped:
        click.echo(f"{source.skipped:,} records could not be used.", err=True)
    if fail_on and worst >= _rank(fail_on):
        raise click.exceptions.Exit(1)


def _rank(severity: str) -> int:
    return {"note": 1, "warning": 2, "error": 3}[severity]


def _chosen(select: str, ignore: str) -> Sequence["Rule"]:
    from amends.coaching.rules import RULES, stable

    wanted, unwanted = _codes(select), _codes(ignore)
    rules = [rule() for rule in RULES if _named(rule, wanted)] if wanted else list(stable())
    for code in (*wanted, *unwanted):
        if not any(_named(rule, [code]) for rule in RULES):
            raise click.UsageError(f"There is no rule {code}; `amends rules` lists them.")
    return [rule for rule in rules if not _named(type(rule), unwanted)]


def _codes(given: str) -> list[str]:
    return [code.strip() for code in given.split(",") if code.strip()]


def _named(rule: type["Rule"], codes: Sequence[str]) -> bool:
    return any(rule.code.startswith(code.upper()) or rule.name == code.lower() for code in codes)


def _page(code: str) -> str:
    from amends.coaching.rules import RULES

    for rule in RULES:
        if _named(rule, [code]) and code:
            return f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.page()}"
    raise click.UsageError(f"There is no rule {code}; `amends rules` lists them.")


def _day(given: str) -> datetime | None:
    if not given:
        return None
    try:
        day = datetime.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"{given!r} is no day; write it like 2026-03-31.") from None
    return day if day.tzinfo is not None else day.replace(tzinfo=UTC)
