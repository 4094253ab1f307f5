"""`amends policy`: the numbers that a desk works by, and what others would have come to."""

import json
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from amends.cli import folder
from amends.cli.opening import open_desk
from amends.cli.policies.given import day, from_file, instead, named, own
from amends.cli.progress import Progress


@click.group(short_help="Show the numbers the desk works by, and try others on the past.")
def command() -> None:
    """Show the numbers that the desk works by, and try others on the past.

    A desk works by the file policy.toml in its folder: a preset, and what the house does differently. Nothing here
    changes it; edit the file for that, and changes count at once.

    \b
    Examples:
      amends policy show
      amends policy show uk-fca-disp
      amends policy check new-policy.toml
      amends policy compare new-policy.toml --since 2026-01-01
    """


@command.command(short_help="Show the numbers in force, or those of a preset, with their sources.")
@click.argument("preset", required=False)
@folder.data_option()
def show(preset: str | None, data: Path) -> None:
    """Show the numbers in force, or those of PRESET (or of a file), each with its source.

    The first column is the key under which to change a number in policy.toml. The presets are default, iso-10002,
    uk-fca-disp, uk-payments, us-cfpb and au-asic-rg271. None of them is legal advice: each names its source, and the
    day on which somebody last checked it.

    \b
    Examples:
      amends policy show --data desk
      amends policy show au-asic-rg271
    """
    policy = named(preset) if preset else own(data)
    from amends.cli.policies.shown import shown

    click.echo(shown(policy))


@command.command(short_help="Say whether a policy file can be used, and what it does differently.")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether the policy in FILE can be used, and what it does differently from its preset.

    A file that cannot be used is refused with the place and what would be right there. Try this before you put the
    file into the folder of a desk; there, the last good one would stay in force.

    \b
    Example:
      amends policy check new-policy.toml
    """
    policy = from_file(file)
    from amends.cli.policies.shown import different
    from amends.method.policy import load_preset

    base = policy.extends or "default"
    click.echo(f"{file} can be used: {policy.title}, in {policy.currency}, {policy.calendar.zone}.")
    changed = different(policy, load_preset(base))
    click.echo(f"It does differently from the preset {base}:" if changed else f"It is the preset {base} as it stands.")
    for line in changed:
        click.echo(f"  {line}")


@command.command(short_help="Show what all cases would have come to under another policy.")
@click.argument("other", metavar="PRESET|FILE")
@click.option("--since", callback=day, metavar="DATE", help="Only cases that were opened on this day or after it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@folder.data_option()
def compare(other: str, since: date | None, form: str, data: Path) -> None:
    """Show which deadlines would have been met and missed, had the desk worked by another policy.

    What people did stands as it is, and the clock is another one. Looked at are the first word, silences, call-backs
    and legal terms; what is not due yet counts for nothing. A promise has a time of its own, whatever the policy.

    With a PRESET it is the house's own policy.toml over that preset instead of its own: what `extends = "PRESET"` would
    change. With a FILE it is what stands there. Nothing is written.

    \b
    Examples:
      amends policy compare uk-fca-disp
      amends policy compare new-policy.toml --since 2026-01-01 --format json
    """
    ours = own(data)
    theirs = instead(other, data)
    open_desk(data)
    from amends.actions import clock
    from amends.actions.house import Law
    from amends.cli.policies import told
    from amends.insight.hindsight import Rules
    from amends.insight.hindsight import compare as compared
    from amends.store.models import Case

    cases = Case.objects.all()
    if since is not None:
        cases = cases.filter(opened_at__gte=datetime.combine(since, time(), ZoneInfo(ours.calendar.zone)))
    rules = [Rules(policy, Law.of(policy).calendar_of) for policy in (ours, theirs)]
    with Progress(cases.count(), "Cases") as progress:
        found = compared(cases, *rules, until=clock.now(), passed=progress.at)
    if form == "json":
        click.echo(json.dumps(told.as_json(found, ours, theirs), indent=2))
    else:
        click.echo(told.compared(found, ours, theirs, other))
