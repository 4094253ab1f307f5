"""The field for money: an amount as people write it, in the house's currency unless it names another."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amends.actions import house
from amends.formats.typed import money_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LONGEST = 40  # characters; the largest amount with its currency has half of that


class MoneyField(forms.CharField):
    """Gives `Money` above nothing, or None where nothing is written."""

    def __init__(self, *, label: "StrOrPromise", required: bool = True, help_text: "StrOrPromise" = "") -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=required, max_length=_LONGEST, help_text=help_text, widget=widget)

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Return the money, or raise `ValidationError` with what would be right."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = money_of(text, house.policy().currency)
        except ValueError as wrong:
            said = {"wrong": str(wrong)}
            raise ValidationError(_("%(wrong)s. Write it like 120, 49.90 or 49.90 EUR.") % said) from None
        if found.amount <= 0:
            raise ValidationError(_("Give an amount above nothing."))
        return found
