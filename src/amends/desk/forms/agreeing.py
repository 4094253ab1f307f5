"""Answers, approvals, and the final answer."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.actions import handling, house, offers
from amends.actions.handling import Record
from amends.desk.forms.fields import READ_BY_THEM, words
from amends.desk.forms.money import MoneyField
from amends.desk.forms.record import RecordForm
from amends.insight.people import Colleague


class Answer(RecordForm):
    """Their answer to an offer."""

    done, anchor, title = _("Their answer is on the sheet."), "#sheet", _("Their answer")
    offer = forms.CharField(max_length=80, widget=forms.HiddenInput)
    words = words(_("In their words"))
    accepted = forms.ChoiceField(
        label=_("Their answer"), choices=[("yes", _("Yes")), ("instead", _("Something else")), ("no", _("No"))]
    )

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        if given["accepted"] == "instead":
            return offers.counter_offer(given["offer"], given["words"])
        return handling.answer_to_offer(given["offer"], given["words"], accepted=given["accepted"] == "yes")


class FinalAnswer(RecordForm):
    """What we can and cannot do: typed here, or as it stands in a reply that they have."""

    done, anchor, title = (
        _("The final answer is on the sheet. Tell them so in a reply, kindly."),
        "#sheet",
        _("Final answer"),
    )
    reply = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    why = words(_("What can we do, what can we not do, and why?"), rows=3, help_text=READ_BY_THEM, required=False)
    elsewhere = words(_("Where else can they turn?"), help_text=READ_BY_THEM)

    def fit(self, people: Sequence[Colleague]) -> None:  # noqa: ARG002  the people play no part here
        """Offer what this house and this team have."""
        self.fields["elsewhere"].initial = house.house().business.elsewhere

    def clean_why(self) -> str:
        """Ask for a reason where no reply of ours was named that has it."""
        told = str(self.cleaned_data["why"])
        if not told.strip() and not self.cleaned_data.get("reply"):
            raise forms.ValidationError(_("Say what we can and cannot do, and why."))
        return told

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        if given["reply"]:
            return handling.final_answer_in(given["reply"], given["elsewhere"])
        return handling.final_answer(given["why"], given["elsewhere"])


class AskApproval(RecordForm):
    """A wish to give more than is one's own to give."""

    done, anchor, title = _("Asked. Your lead sees it under Today."), "#sheet", _("Ask for approval")
    amount = MoneyField(label=_("What it would cost us in all"))
    why = words(_("Why is that right?"))

    def record(self) -> Record:
        """Return it as a record."""
        return handling.ask_approval(self.cleaned_data["amount"], self.cleaned_data["why"])


class AnswerApproval(RecordForm):
    """The answer to that."""

    done, anchor, title = _("Answered."), "#sheet", _("Your answer")
    approval = forms.CharField(max_length=80, widget=forms.HiddenInput)
    why = words(_("A word to your colleague"), required=False)
    granted = forms.TypedChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes")

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        return handling.answer_approval(given["approval"], granted=given["granted"], why=given["why"])
