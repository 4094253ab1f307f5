"""What is told of an incident, which cases belong to it, and texts for many."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.actions.incidents import LONGEST_TITLE, LONGEST_WHAT, Told
from amends.actions.places import PLACES
from amends.actions.replies import LONGEST
from amends.desk.forms.fields import MomentField
from amends.store.models import Incident

_NUMBER: Final = re.compile(r"#?(\d{1,18})")


class Tell(forms.Form):
    """What is told of an incident."""

    title = forms.CharField(
        label=gettext_lazy("What do we call it?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Only colleagues see this."),
    )
    what = forms.CharField(
        label=gettext_lazy("What went wrong, as a customer should read it?"),
        max_length=LONGEST_WHAT,
        required=False,
        help_text=gettext_lazy("It stands where you write {what}."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    product = forms.CharField(
        label=gettext_lazy("Which product?"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Words that all stand in what was ordered. They find who else was met."),
    )
    began_at = MomentField(label=gettext_lazy("Orders from"), required=False)
    ended_at = MomentField(label=gettext_lazy("Orders until"), required=False)

    def told(self) -> Told:
        """Return what was filled in."""
        return Told(**self.cleaned_data)

    @staticmethod
    def of(incident: Incident) -> dict[str, Any]:
        """Return an incident as this form's values."""
        return {name: getattr(incident, name) for name in Tell.base_fields}


class LinkByNumber(forms.Form):
    """Cases by their numbers."""

    numbers = forms.CharField(
        label=gettext_lazy("Numbers of cases"), max_length=2_000, help_text=gettext_lazy("For example: 12, 15, #31")
    )

    def clean_numbers(self) -> list[int]:
        """Return the numbers, or say which word is none."""
        words = re.split(r"[\s,;]+", self.cleaned_data["numbers"].strip())
        found = {word: _NUMBER.fullmatch(word) for word in words if word}
        wrong = next((word for word, match in found.items() if match is None), None)
        if wrong is not None:
            raise ValidationError(_("“%(word)s” is not the number of a case.") % {"word": wrong[:40]})
        return [int(match[1]) for match in found.values() if match is not None]


class WriteToMany(forms.Form):
    """A text with named places."""

    text = forms.CharField(
        label=gettext_lazy("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        kwargs.setdefault("auto_id", f"{kind}-%s")
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = places_help()


def places_help() -> str:
    """Return which places there are, in words."""
    return _("These are filled in for each: %(places)s.") % {
        "places": "; ".join(f"{{{name}}}: {what}" for name, what in PLACES.items())
    }
