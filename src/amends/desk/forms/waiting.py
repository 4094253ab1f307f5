"""Putting the next word off, for a reason that the customer reads."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amends.actions import handling, house
from amends.actions.handling import Record
from amends.desk.forms.fields import READ_BY_THEM, MomentField, words
from amends.desk.forms.record import RecordForm

ANOTHER = "another"


class Snooze(RecordForm):
    """Until when there is nothing to say, and why."""

    done, anchor, title = _("Put off. They read the reason on their page."), "#waiting", _("Put it off")
    wait = forms.ChoiceField(
        label=_("By when do they hear from you?"),
        choices=[
            ("1", _("The next working day, by its end")),
            ("2", _("In two working days")),
            ("3", _("In three working days")),
            (ANOTHER, _("At another time")),
        ],
    )
    at = MomentField(label=_("Another time"), required=False)
    why = words(_("Why do they have to wait?"), help_text=READ_BY_THEM)

    def clean(self) -> dict[str, Any]:
        """Check that another time has been given where it was chosen."""
        given = super().clean() or {}
        if given.get("wait") == ANOTHER and given.get("at") is None and "at" not in self.errors:
            self.add_error("at", ValidationError(_("Say until when.")))
        return given

    def until(self, now: datetime) -> datetime:
        """Return the moment that was chosen; a number of working days ends at the close of business."""
        given = self.cleaned_data
        if given["wait"] == ANOTHER:
            another: datetime = given["at"]
            return another
        return house.calendar().add_working_days(now, int(given["wait"]))

    def record(self) -> Record:
        """Return it as a record."""
        return lambda pen, state: handling.snooze(self.until(pen.at), self.cleaned_data["why"])(pen, state)


class EndSnooze(RecordForm):
    """Look at it now after all."""

    done, anchor, title = _("It is due now. What they were told still stands on their page."), "#waiting", _("Wake it")

    def record(self) -> Record:
        """Return it as a record."""
        return handling.end_snooze()
