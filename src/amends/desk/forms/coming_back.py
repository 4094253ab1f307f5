"""The way out of a case: the fix, the call-back, both outcomes, and what is learned."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.actions import handling, house
from amends.actions.handling import Record
from amends.desk.forms.fields import CHOOSE, READ_BY_THEM, choice, words
from amends.desk.forms.record import RecordForm
from amends.desk.names import CALLS, CUSTOMERS, PROBLEMS
from amends.formats.cards import LONGEST_LINE
from amends.insight.people import Colleague
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def own_line(*, required: bool = True) -> forms.CharField:
    """Return the field for the handler's own line on the thank-you card."""
    return forms.CharField(
        label=_("A line of your own for the thank-you card"),
        required=required,
        max_length=LONGEST_LINE,
        help_text=READ_BY_THEM,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Resolve(RecordForm):
    """It is fixed, as far as we know."""

    done, anchor, title = _("Resolved. Call back in a day or two."), "#come-back", _("Resolve the case")

    def record(self) -> Record:
        """Return it as a record."""
        return handling.resolve()


class Fix(RecordForm):
    """Whether the customer says that it is fixed."""

    done, anchor, title = _("Written down."), "#come-back", _("What they say about the fix")
    words = words(_("In their words"), required=False)
    fixed = forms.TypedChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes")

    def record(self) -> Record:
        """Return it as a record."""
        return handling.fix(self.cleaned_data["words"], fixed=self.cleaned_data["fixed"])


class CallBack(RecordForm):
    """A try at the call-back: a button for each way that it can go, and room for what they said."""

    done, anchor, title = _("The call is in the history."), "#come-back", _("The call-back")
    result = choice(_("How did it go?"), CALLS)
    note = words(_("What did they say?"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.call_back(CallResult(self.cleaned_data["result"]), self.cleaned_data["note"])


class Outcomes(RecordForm):
    """What became of the problem, and of the customer."""

    done, anchor, title = _("Both outcomes are written down."), "#come-back", _("Both outcomes")
    problem = choice(_("The problem is"), PROBLEMS)
    customer = choice(_("The customer is"), CUSTOMERS)
    note = words(_("A word on that"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        problem, customer = ProblemOutcome(given["problem"]), CustomerOutcome(given["customer"])
        return handling.outcomes(problem, customer, given["note"])


class Close(RecordForm):
    """Nothing is owed any more."""

    done, anchor, title = _("Closed. They will be thanked, and asked how it was."), "#come-back", _("Close the case")
    line = own_line(required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.close(self.cleaned_data["line"])


class ThanksLine(RecordForm):
    """A line of one's own for the thank-you card."""

    done, anchor, title = _("It stands on the card."), "#thanks", _("A line of your own")
    line = own_line()

    def record(self) -> Record:
        """Return it as a record."""
        return handling.thanks_line(self.cleaned_data["line"])


class Reopen(RecordForm):
    """Open the case again."""

    done, anchor, title = _("The case is open again."), "", _("Open it again")
    why = words(_("Why?"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.reopen(self.cleaned_data["why"])


def known(label: "StrOrPromise") -> forms.TypedChoiceField:
    """Return the field for what became of them, as far as anybody knows."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("Nobody knows")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


class Follow(RecordForm):
    """What became of them past the case."""

    done, anchor = _("Written down: that is how we learn what it is worth to put things right."), "#come-back"
    title = _("What became of them")
    bought_again = known(_("Did they buy again?"))
    recommends = known(_("Do they recommend us?"))

    def record(self) -> Record:
        """Return it as a record."""
        return handling.follow(**self.cleaned_data)


class RootCause(RecordForm):
    """Why it happened."""

    done, anchor, title = _("Thank you: that is how we learn."), "#come-back", _("The root cause")
    cause = forms.ChoiceField(label=_("Why did it happen?"))
    note = words(_("What should change, so that it does not happen again?"), required=False)

    def fit(self, people: Sequence[Colleague]) -> None:  # noqa: ARG002  the people play no part here
        """Offer what this house and this team have."""
        causes = [CHOOSE, *((cause, cause) for cause in house.policy().causes)]
        self.fields["cause"] = forms.ChoiceField(label=self.fields["cause"].label, choices=causes)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.root_cause(self.cleaned_data["cause"], self.cleaned_data["note"])
