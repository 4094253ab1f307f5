"""`amends review`: what went wrong in conversations that are past, rule by rule."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli.progress import Progress
from amends.cli.reviews.options import chosen, codes, day, hours
from amends.cli.reviews.settings import configured
from amends.cli.reviews.where import Where, options, told
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.cli.reviews.inputs import Source
    from amends.coaching.rules import Rule
    from amends.transcript import Conversation


def _explain(ctx: click.Context, _param: click.Parameter, rules: tuple[type["Rule"], ...] | None) -> None:
    """Show the pages of rules and leave."""
    if rules:
        click.echo("\n\n".join(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.page()}" for rule in rules))
        ctx.exit()


@click.command(name="review", short_help="Look for the three mistakes in conversations that are past.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "csv", "html", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, for tables, a page for a lead, or annotations of a build.",
)
@click.option(
    "--select", metavar="CODES", type=codes, default="", help="Only these rules: codes or their beginnings, by commas."
)
@click.option("--ignore", metavar="CODES", type=codes, default="", help="All but these rules.")
@click.option("--since", metavar="DATE", type=day, help="Only conversations with a message from this day on.")
@click.option(
    "--silence-hours",
    type=hours,
    metavar="HOURS",
    default="48",
    show_default=True,
    help="Longer without a word is dead time.",
)
@click.option(
    "--follow-up-hours",
    type=hours,
    metavar="HOURS",
    default="72",
    show_default=True,
    help="By then somebody has come back to ask.",
)
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this severity on.")
@click.option("--own", metavar="ADDRESS", multiple=True, help="An address or a domain of ours, to tell sides in mails.")
@click.option("--mask", is_flag=True, help="Show stand-ins for names, addresses, phone numbers, links and numbers.")
@click.option("--strict", is_flag=True, help="Stop at the first record that cannot be used.")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=configured,
    help="Read options from this file, not from the folder's amends.toml.",
)
@click.option(
    "--explain",
    metavar="CODE",
    type=codes,
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Show the page of a rule, and do nothing else.",
)
@click.option(
    "--progress/--no-progress", default=True, help="A bar on standard error when it takes a while (on a terminal)."
)
@options
def command(  # noqa: PLR0913 - one for each option
    *,
    paths: tuple[str, ...],
    form: str,
    select: tuple[type["Rule"], ...],
    ignore: tuple[type["Rule"], ...],
    since: datetime | None,
    silence_hours: int,
    follow_up_hours: int,
    own: tuple[str, ...],
    fail_on: str | None,
    mask: bool,
    strict: bool,
    progress: bool,
    where: Where,
) -> None:
    """Review past conversations: was the feeling heard, was anybody asked, were promises kept?

    PATH is a file, a folder, or `-` for standard input. Conversations come as JSON lines
    ({"id", "channel", "messages": [{"turn", "role", "at", "text"}], "closed_at"}), tables (.csv), mails (.eml, .mbox),
    or as the export of another help desk. The same rules that speak beside a draft look at them. Nothing is stored and
    nothing leaves this machine.

    A record that cannot be used is named and skipped. `amends rules` lists the rules.

    What you always want goes into amends.toml, in this folder or at the top of its project: the options by their names,
    below [review]. The command line wins.

    With --mask people appear as "Handler 1" and "Customer 1", the same one always as the same. Only names that the
    record gives as an author's are known: of somebody who is merely mentioned the name stays. Read what you pass on.

    \b
    Examples:
      amends review exports/
      amends review --format html exports/ > report.html
      amends review --format jsonl --mask tickets.jsonl > findings.jsonl
      amends review --output findings/ archive.parquet
      amends review --explain A301
    """
    from contextlib import closing

    from amends.archive.review import review_all
    from amends.archive.settings import Settings
    from amends.cli.reviews.counted import Summary, reaches
    from amends.cli.reviews.forms import FORMS
    from amends.cli.reviews.inputs import Source
    from amends.cli.reviews.masking import Mask, Open

    if not paths:
        raise click.UsageError("Say what to review: a file, a folder, or - for standard input.")
    say = Sayings(strict=strict)
    source = Source(paths, say, own)
    asked = (one for one in source if since is None or any(m.at is not None and m.at >= since for m in one.messages))
    settings = Settings(
        codes=tuple(rule.code for rule in chosen(select, ignore)),
        silence_hours=silence_hours,
        follow_up_hours=follow_up_hours,
    )
    with told(), _bar(source, wanted=progress) as bar:
        if where.output is not None:
            from amends.cli.reviews.stored import store

            told_of = {"since": since and since.isoformat(), "own": own}
            severities = store(_moving(asked, source, bar), settings, where.output, where, paths, told_of)
        else:
            faces = Mask() if mask else Open()
            summary, telling = Summary(faces), FORMS[form](sys.stdout, faces)
            with closing(review_all(_moving(asked, source, bar), settings, where.jobs)) as reviews:
                for reviewed in reviews:
                    summary.add(reviewed)
                    telling.add(reviewed)
            telling.finish(summary)
            severities = set(summary.by_severity)
    sys.stdout.flush()  # here, so that a closed pipe ends as quietly as anywhere
    say.rest()
    if source.skipped:
        click.echo(f"{source.skipped:,} records could not be used.", err=True)
    if fail_on and reaches(severities, fail_on):
        raise click.exceptions.Exit(1)


def _moving(conversations: Iterable["Conversation"], source: "Source", bar: Progress) -> Iterator["Conversation"]:
    """Yield the conversations, and move the bar as far as they have been read."""
    for one in conversations:
        yield one
        bar.at(source.place)


def _bar(source: "Source", *, wanted: bool) -> Progress:
    """Return a bar over all files, unless what is found goes to the same terminal."""
    alone = wanted and sys.stderr.isatty() and not sys.stdout.isatty()
    return Progress(source.size() if alone else 0, "Reviewing")
