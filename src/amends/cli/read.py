"""`amends read`: what the words of messages do, for people and for programs."""

import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amends.cli.progress import Progress
from amends.cli.sayings import Sayings

if TYPE_CHECKING:
    from amends.cli.reads.given import Given, Source
    from amends.reading import Context, Reading
    from amends.transcript import Message


def _currency(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    from amends.transcript import BadMoney, Money

    try:
        return Money.of(0, value).currency
    except BadMoney as wrong:
        raise click.BadParameter(str(wrong)) from None


@click.command(name="read", short_help="Read messages: what they do, which words do it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--output",
    type=click.Choice(["jsonl", "text"]),
    help="For programs or for people. Without it: text on a terminal, else jsonl.",
)
@click.option(
    "--role",
    type=click.Choice(["customer", "agent"]),
    default="customer",
    show_default=True,
    help="Who wrote a plain text, and the lines that do not say.",
)
@click.option("--after", metavar="TEXT", default="", help="The message before a plain text, from the other side.")
@click.option(
    "--currency",
    default="USD",
    show_default=True,
    callback=_currency,
    help='Of amounts without one, and of a bare "$".',
)
@click.option(
    "--progress/--no-progress", default=True, help="A bar on standard error when a file takes a while (on a terminal)."
)
def command(file: str, output: str | None, role: str, after: str, currency: str, *, progress: bool) -> None:
    """Read messages: how upset a customer is, and what the words do: bids, threats, apologies, offers, promises.

    FILE holds a message on each line, as JSON, or is one message, as plain text; `-` is standard input. Nothing is
    stored and nothing leaves this machine. Files of any length are read in a little memory.

    A line is {"text": "…"} and, as you have them, "id", "role" (customer or agent), "at" (its time; then due times
    become moments, by the standard calendar) and "context": the message before as a text, as {"role": …, "text": …},
    or a list of these, of which the last counts. For each line one comes out, in the same order: "upset" from 0
    (calm) to 4 (furious), and "acts" with the words that carry them. The first 20,000 characters of a message are
    read. Lines that cannot be used are named and left out, and the exit code is 1.

    Mail is not taken apart here: give the words alone. `amends review` will read .eml files and mailboxes.

    \b
    Examples:
      amends read complaint.txt
      amends read --output jsonl messages.jsonl > readings.jsonl
    """
    from amends.cli.reads.given import BadLine, Source
    from amends.transcript import Role

    as_text = output == "text" or (output is None and sys.stdout.isatty())
    write = _text_writer() if as_text else _json_writer()
    say = Sayings()
    with click.open_file(file, "rb") as stream:
        source = Source(stream, file, say, role=Role(role), after=after, currency=currency)
        answers_seen = sys.stdout.isatty()  # then a bar would stand between them
        alone = progress and file != "-" and sys.stderr.isatty() and not answers_seen
        size = Path(file).stat().st_size if alone else 0
        try:
            with Progress(size, Path(file).name) as bar:
                _read(source, write, bar)
        except BadLine as wrong:
            raise click.UsageError(str(wrong)) from None
    say.rest()
    if source.left_out:
        click.echo(f"{source.name}: {source.left_out:,} of {source.lines:,} lines were left out.", err=True)
        raise click.exceptions.Exit(1)


def _read(source: "Source", write: Callable[["Given", "Reading"], None], bar: "Progress") -> None:
    from amends.reading import read_each

    waiting: deque[Given] = deque()

    def handed_over() -> "Iterator[tuple[Message, Context]]":
        for given in source:
            waiting.append(given)
            yield given.message, given.context

    for reading in read_each(handed_over()):
        write(waiting.popleft(), reading)
        bar.at(source.place)
    sys.stdout.buffer.flush()  # here, so that a closed pipe ends as quietly as anywhere


def _json_writer() -> Callable[["Given", "Reading"], None]:
    from amends.cli.reads.written import line

    stream = sys.stdout.buffer

    def write(given: "Given", reading: "Reading") -> None:
        stream.write(line(given, reading))

    return write


def _text_writer() -> Callable[["Given", "Reading"], None]:
    from amends.cli.reads.shown import Page

    underlines = _colour_allowed()
    page = Page(shutil.get_terminal_size().columns, underlines)
    return lambda given, reading: click.echo(page.show(given, reading), nl=False, color=underlines)


def _colour_allowed() -> bool:
    wanted = click.get_current_context().color
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
