"""What a command has to say of records that it could not use."""

import click

_SHOWN = 50


class Sayings:
    """Says sentences on standard error: the first fifty, as a thousand more would hide them; the rest are counted.

    With `strict` the first one ends the command.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self._strict, self._said = strict, 0

    def __call__(self, sentence: str) -> None:
        """Say a sentence."""
        if self._strict:
            raise click.ClickException(sentence)
        self._said += 1
        if self._said <= _SHOWN:
            click.echo(sentence, err=True)

    def rest(self) -> None:
        """Say how many there were that were not said."""
        if self._said > _SHOWN:
            click.echo(f"… and {self._said - _SHOWN:,} more like these.", err=True)
