"""The time of a call-back, as the customer said it to one of the staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.forms.fields import MomentField


class BookCall(forms.Form):
    """When the customer wants to be called, and where."""

    title = _("The time of the call")
    slot = MomentField(label=_("When, by your clock?"))
    phone = forms.CharField(
        label=_("At which number?"),
        help_text=_("Only if it is a new one."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"auto_id": "book-call-%s", **kwargs})  # type: ignore[arg-type]  # Django's own
