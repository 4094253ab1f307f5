"""`amends rules`: the rules of the coach and the review."""

import click


@click.command(name="rules", short_help="List the rules of the coach and the review.")
def command() -> None:
    """List the rules that speak beside a draft and over past conversations.

    D: diagnose before you prescribe. F: fix the customer too. A: act. `amends review --explain CODE` shows the page of
    a rule: what it is, why it costs you, what not to do and what to do.

    \b
    Example:
      amends rules
    """
    from amends.coaching.rules import RULES

    for rule in sorted(RULES, key=lambda one: one.code):
        click.echo(f"{rule.code}  {rule.name:<32}{rule.severity:<9}{rule.page().splitlines()[0]}")
