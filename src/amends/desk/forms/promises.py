"""Promises: confirmed, made, moved in time, handed over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.forms.fields import READ_BY_THEM, MomentField, PersonField, words
from amends.insight.people import Colleague


class PromiseForm(forms.Form):
    """A form about one promise: `promise` tells its fields from those of the others on the page."""

    def __init__(self, *args: Any, people: Sequence[Colleague] = (), promise: str = "new", **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-{promise.replace(':', '-')}-%s")
        super().__init__(*args, **kwargs)
        if "owner" in self.base_fields:
            self.fields["owner"] = PersonField(people, label=self.base_fields["owner"].label or "")


class Confirm(PromiseForm):
    """Who keeps it, and by when."""

    owner = forms.ChoiceField(label=_("Who does it?"))
    due = MomentField(label=_("By when?"))


class Make(PromiseForm):
    """A promise that was made in other words than a message of ours."""

    what = words(_("What was promised?"), help_text=READ_BY_THEM)
    owner = forms.ChoiceField(label=_("Who does it?"))
    due = MomentField(label=_("By when?"))


class Move(PromiseForm):
    """Another time, and the word to the customer."""

    due = MomentField(label=_("By when instead?"))
    tell = words(
        _("Your word to the customer"),
        rows=4,
        help_text=_("It is sent to them in the same step: what changes, and why."),
    )


class HandOver(PromiseForm):
    """A colleague looks after it."""

    owner = forms.ChoiceField(label=_("Who looks after it now?"))
