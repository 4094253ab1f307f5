"""The form of the pattern page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind, so that the pattern page shows them with help and with errors."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("We answer there, and nowhere else."))
    told = forms.CharField(label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 3}))
    call = forms.BooleanField(label=_("You may call me"), required=False)
