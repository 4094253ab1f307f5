"""What the page about a call asks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.actions.customers import clean_phone
from amends.channels.phone.callers import Caller, OpenCase

LONGEST = 20_000
NEW = "new"
"""The choice of a case that is not there yet."""


class CallForm(forms.Form):
    """Who calls, and what they say. Give it the `callers` that were found: they become choices."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Number"),
        help_text=_("Or their name, or their address: one of the three is enough."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=250,
        required=False,
        error_messages={"invalid": _("This does not look like an e-mail address. Is there a slip in it?")},
    )
    words = forms.CharField(
        label=_("What they say"),
        help_text=_("In their own words, as far as you can: the words are what the path follows."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write down what they said first.")},
    )
    said = forms.CharField(
        label=_("What you told them"),
        help_text=_("Promises with their times, above all."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    once = forms.RegexField(r"\A[0-9a-f]{32}\Z", required=False, widget=forms.HiddenInput)
    customer = forms.ChoiceField(label=_("Who is it?"), required=False, widget=forms.RadioSelect)
    case = forms.ChoiceField(label=_("What is it about?"), required=False, widget=forms.RadioSelect)

    use_required_attribute = False  # one may look somebody up before there are any words

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        callers: tuple[Caller, ...] = (),
        cases: tuple[OpenCase, ...] = (),
        **more: Any,  # noqa: ANN401  Django's own, handed on
    ) -> None:
        super().__init__(data, **more)
        self._choose("customer", [(str(c.id), _who(c)) for c in callers], str(_("Somebody else")))
        self._choose("case", [(str(c.number), f"#{c.number} {c.title}") for c in cases], str(_("Something new")))

    def clean_phone(self) -> str:
        """Return the number as it was typed, where it can be one."""
        typed: str = self.cleaned_data["phone"]
        if typed.strip() and not clean_phone(typed):
            raise forms.ValidationError(_("This does not look like a telephone number."))
        return typed

    def check_complete(self) -> bool:
        """Add what is still missing before the call can be kept, and return whether nothing is."""
        if not any(self.cleaned_data.get(name, "").strip() for name in ("name", "phone", "email")):
            self.add_error("name", _("Ask who is calling: a name, a number or an address."))
        for name in ("customer", "case"):
            if name in self.fields and not self.cleaned_data[name]:
                self.add_error(name, _("Please choose one of these."))
        return not self.errors

    def _choose(self, name: str, choices: list[tuple[str, str]], otherwise: str) -> None:
        """Offer the choices; without any there is nothing to ask."""
        field = self.fields[name]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = [*choices, (NEW, otherwise)]
        else:
            del self.fields[name]


def _who(caller: Caller) -> str:
    return ", ".join(filter(None, [caller.name, caller.email, caller.phone]))
