"""Whose case it is, how upset they are, what it is about, and what they ask for."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.actions import handling, options
from amends.actions.handling import Record
from amends.desk.forms.fields import PersonField, choice, words
from amends.desk.forms.money import MoneyField
from amends.desk.forms.record import RecordForm
from amends.desk.names import REMEDIES
from amends.insight.people import Colleague
from amends.method.words import Remedy
from amends.transcript import Span


class Assign(RecordForm):
    """Who looks after the case."""

    done, anchor, title = _("That is settled."), "", _("Who looks after it")

    def fit(self, people: Sequence[Colleague]) -> None:
        """Offer what this house and this team have."""
        self.fields["owner"] = PersonField(people, label=_("Who looks after it"), nobody=True)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.assign(self.cleaned_data["owner"])


class Upset(RecordForm):
    """How upset a message really is."""

    done, anchor, title = _("Thank you: it is read as you say now."), "", _("How upset they are")
    reading = forms.RegexField(r"^[^:]{1,40}:[0-4]$")

    def record(self) -> Record:
        """Return it as a record."""
        message, _colon, level = self.cleaned_data["reading"].rpartition(":")
        return handling.upset(message, int(level))


class NotSo(RecordForm):
    """Take back what the reader saw."""

    done, anchor, title = _("Taken back. The path has been drawn anew."), "#path-title", _("Not so")
    seq = forms.IntegerField(min_value=1)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.take_back_fact(self.cleaned_data["seq"])


class Basis(RecordForm):
    """What they expected, what they got, and why."""

    done, anchor, title = _("Written down."), "#path-diagnose", _("What it is about")
    expected = words(_("What did they expect?"))
    got = words(_("What did they get instead?"))
    cause = words(_("Why did it happen, as far as we know?"), required=False)
    since = forms.CharField(label=_("Since when?"), max_length=200, required=False)
    confirmed = forms.BooleanField(label=_("They confirmed that we understood it so"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.basis(**self.cleaned_data)


class Bid(RecordForm):
    """What they ask for."""

    done, anchor, title = _("Their wish is on the sheet."), "#sheet", _("What they ask for")
    words = words(_("In their words"))
    remedy = choice(_("What would make it right"), REMEDIES)
    amount = MoneyField(label=_("How much, if they named an amount"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        return handling.bid(Remedy(given["remedy"]), given["words"], given["amount"])


class LeftToUs(RecordForm):
    """They leave it to us."""

    done, anchor, title = _("They leave it to us: it is on the sheet."), "#sheet", _("They leave it to us")
    words = words(_("In their words"))

    def record(self) -> Record:
        """Return it as a record."""
        return handling.left_to_us(self.cleaned_data["words"])


class Unwarranted(RecordForm):
    """No remedy is there, or none is warranted."""

    done, anchor, title = (
        _("Written down. Ask them what they would do in our place."),
        "#sheet",
        _("Nothing is warranted"),
    )
    why = words(_("Why is there no practical remedy, or none warranted?"))

    def record(self) -> Record:
        """Return it as a record."""
        return handling.unwarranted(self.cleaned_data["why"])


class Option(RecordForm):
    """What they would do in our place: a sentence of theirs, marked; or told elsewhere, in words and with a kind."""

    done, anchor, title = _("It is on the sheet, among what they would do."), "#sheet", _("What they would do")
    sentence = forms.RegexField(r"^[^:]{1,40}:\d{1,6}:\d{1,6}$", required=False, widget=forms.HiddenInput)
    words = words(_("In their words"), required=False)
    remedy = choice(_("What it comes to, if you know"), REMEDIES, required=False)

    def clean_words(self) -> str:
        """Ask for words where no sentence of theirs was marked."""
        told = str(self.cleaned_data["words"])
        if not told.strip() and not self.cleaned_data.get("sentence"):
            raise forms.ValidationError(_("Write down what they would do."))
        return told

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        if given["sentence"]:
            source, start, end = given["sentence"].split(":")
            return options.option_in(Span(source, int(start), int(end)))
        return options.option(given["words"], Remedy(given["remedy"]) if given["remedy"] else None)
