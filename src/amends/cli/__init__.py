"""The command line: `amends …`. A command's module is imported when it runs, so that help comes at once."""

import os
from importlib import import_module

import click

# name: (module, what its line in the list says)
COMMANDS = {
    "up": ("up", "Set up what is missing, and start Amends."),
    "work": ("work", "Start a worker alone: mail, deadlines, mailboxes."),
    "demo": ("demo", "Fill an empty desk with a sample business."),
    "mail": ("mail", "Send a mail to the desk, as a customer would."),
    "user": ("user", "Let people in: add them, set their passwords."),
    "key": ("key", "Let programs in: make and revoke keys for the API."),
    "read": ("read", "Read messages: what they do, which words do it."),
    "review": ("review", "Look for the three mistakes in conversations that are past."),
    "rules": ("rules", "List the rules of the coach and the review."),
    "import": ("imports", "Bring in customers, orders and subscriptions from CSV files."),
    "worth": ("worth", "Estimate what customers are worth from what they bought."),
    "rates": ("rates", "Bring in rates of exchange, and show those in force."),
    "policy": ("policy", "Show the numbers the desk works by, and try others on the past."),
    "check": ("check", "See whether all is well, and what to do if not."),
    "backup": ("backup", "Put everything into one file."),
    "restore": ("restore", "Bring back what `backup` put away."),
}


class Lazy(click.Group):
    """A group that imports a command when somebody asks for it. Listing all of them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Return the command called `cmd_name`, or None where there is none."""
        found = COMMANDS.get(cmd_name)
        if found is None:
            return None
        command: click.Command = import_module(f"amends.cli.{found[0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_module, line) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="amends", message="%(prog)s %(version)s")
def main() -> None:
    """Amends, a service-recovery desk: hear upset customers, put it right, keep every promise, call back.

    \b
    A first look, with a sample business in it:
      amends up --demo

    \b
    For good, with everything kept in the folder `desk`:
      amends up --data desk

    `amends COMMAND --help` explains a command and shows how it is used.
    """
    # The sums here are small: more threads only wait for each other, which on busy cores takes twenty times as long.
    # It counts from the first import of numpy on, and for every process that is started from here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
