"""What the form asks."""

from typing import Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.method.words import Remedy

LONGEST: Final = 20_000
REMEDIES: Final[dict[Remedy, str | Promise]] = {
    Remedy.REFUND: _("Money back"),
    Remedy.REPLACEMENT: _("A new one in its place"),
    Remedy.REPAIR: _("A repair"),
    Remedy.COMPENSATION: _("Something for the trouble"),
    Remedy.CANCELLATION: _("To get out of the contract"),
    Remedy.ACTION: _("That something is done"),
    Remedy.EXPLANATION: _("An explanation"),
    Remedy.APOLOGY: _("An apology"),
    Remedy.HUMAN: _("To talk to a person"),
}
"""What would put things right, in the customer's words."""


class ComplaintForm(forms.Form):
    """The complaint form. `more` is a trap: people do not see it, programs fill it in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please tell us your name, so that we can address you.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We answer there, and use it for nothing else."),
        max_length=250,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please give us an address, or we cannot answer you."),
            "invalid": _("This does not look like an e-mail address. Is there a slip in it?"),
        },
    )
    order = forms.CharField(
        label=_("Order number"),
        help_text=_("If you have it at hand."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("Tell it in your own words: what you expected, and what you got."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please tell us what happened.")},
    )
    fair = forms.CharField(
        label=_("What would make it right for you?"),
        help_text=_("If it is about money, say how much."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remedy = forms.TypedChoiceField(
        label=_("Which of these comes closest?"),
        choices=[("", _("None of these")), *((r.value, words) for r, words in REMEDIES.items())],
        coerce=Remedy,
        empty_value=None,
        required=False,
    )
    more = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
