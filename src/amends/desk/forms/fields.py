"""Fields that several forms share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.insight.people import Colleague

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 5_000
"""Characters of a text that somebody types beside the messages."""

CHOOSE: Final[tuple[str, str | Promise]] = ("", pgettext_lazy("select", "Choose …"))
"""First in every list from which somebody has to choose."""

READ_BY_THEM: Final = _("The customer reads these words.")
"""Said at every field whose words stand on the customer's page, or go to them."""


def words(
    label: "StrOrPromise", *, rows: int = 2, required: bool = True, help_text: "StrOrPromise" = ""
) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(label: "StrOrPromise", names: Mapping[Any, str | Promise], *, required: bool = True) -> forms.ChoiceField:
    """Return a drop-down list of an enumeration's members, by value. Nothing is chosen for anybody beforehand."""
    empty = [CHOOSE if required else ("", "–")]
    return forms.ChoiceField(
        label=label, choices=[*empty, *((key.value, name) for key, name in names.items())], required=required
    )


def _in_reach(at: datetime) -> None:
    """Let no moment in that other zones could not tell any more."""
    if not 1900 <= at.year <= 2999:
        raise ValidationError(_("Give a year between 1900 and 2999."))


class MomentField(forms.DateTimeField):
    """A moment in the zone of whoever looks, to the minute."""

    def __init__(self, *, label: "StrOrPromise", required: bool = True) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, required=required, widget=widget, validators=[_in_reach])

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Return what the browser understands."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return value


class PersonField(forms.TypedChoiceField):
    """Somebody, by id; with `by_team` under the names of their teams, in the order in which they come."""

    def __init__(
        self, people: Sequence[Colleague], *, label: "StrOrPromise", nobody: bool = False, by_team: bool = False
    ) -> None:
        names: list[Any] = [(str(person.id), person.name) for person in people]
        if by_team:
            teams = groupby(people, key=lambda person: person.team_name)
            names = [(team or "–", [(str(one.id), one.name) for one in members]) for team, members in teams]
        super().__init__(
            label=label,
            choices=[("", _("Nobody in particular")) if nobody else CHOOSE, *names],
            coerce=int,
            empty_value=None,
            required=not nobody,
        )


def amount(label: "StrOrPromise", *, required: bool = True, help_text: "StrOrPromise" = "") -> forms.DecimalField:
    """Return a field for an amount of money above nothing."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}),
    )
