"""What one wants to be told, and when one is away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.desk.forms.fields import PersonField
from amends.insight.people import Colleague


class Wishes(forms.Form):
    """Which notices come by mail, and whether the digest does."""

    mail_notices = forms.ChoiceField(
        label=_("Notices by mail"),
        choices=[("urgent", _("What is urgent")), ("all", _("All but new messages")), ("none", _("None"))],
        help_text=_("On the pages you always find all of them."),
    )
    digest = forms.BooleanField(label=_("A mail each working morning with what is due"), required=False)


def _day(label: Any) -> forms.DateField:  # noqa: ANN401  Django's own lazy texts
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PlanAbsence(forms.Form):
    """Who is away, from when to when, and who stands in."""

    user = forms.ChoiceField(label=_("Who is away?"))
    starts = _day(_("First day away"))
    ends = _day(_("Last day away"))
    cover = forms.ChoiceField(label=_("Who stands in?"))

    def __init__(self, *args: Any, may: Sequence[Colleague], people: Sequence[Colleague], **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        kwargs.setdefault("auto_id", "absence-%s")
        super().__init__(*args, **kwargs)
        self.fields["user"] = PersonField(may, label=self.base_fields["user"].label or "")
        self.fields["cover"] = PersonField(people, label=self.base_fields["cover"].label or "")
