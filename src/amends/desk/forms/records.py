"""What a handler records about a case. Each form knows which record of `amends.actions.handling` it makes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.actions import handling, house
from amends.actions.handling import Record
from amends.desk.forms.fields import PersonField, amount, choice, words
from amends.desk.show.words import CALLS, CUSTOMERS, PROBLEMS, REMEDIES
from amends.insight.people import Colleague
from amends.method.words import CallResult, CustomerOutcome, ProblemOutcome, Remedy
from amends.transcript import Money


class RecordForm(forms.Form):
    """A form that records one thing. `done` is said afterwards, `anchor` is where the page then stands."""

    done: ClassVar[str | Promise] = ""
    anchor: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""

    def __init__(self, *args: Any, people: Sequence[Colleague] = (), **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}-%s")
        super().__init__(*args, **kwargs)
        self.fit(people)

    def fit(self, people: Sequence[Colleague]) -> None:
        """Fit the fields to the house and the team."""

    def record(self) -> Record:
        """Return what is to be recorded. Call it on a valid form."""
        raise NotImplementedError


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
    amount = amount(_("How much, if they named an amount"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        sum_ = self.cleaned_data["amount"]
        asked = Money(sum_, house.policy().currency) if sum_ else None
        return handling.bid(Remedy(self.cleaned_data["remedy"]), self.cleaned_data["words"], asked)


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


class Answer(RecordForm):
    """Their answer to an offer."""

    done, anchor, title = _("Their answer is on the sheet."), "#sheet", _("Their answer")
    offer = forms.CharField(max_length=80, widget=forms.HiddenInput)
    words = words(_("In their words"))
    accepted = forms.TypedChoiceField(
        label=_("Their answer"), choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes"
    )

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        return handling.answer_to_offer(given["offer"], given["words"], accepted=given["accepted"])


class FinalAnswer(RecordForm):
    """What we can and cannot do."""

    done, anchor, title = (
        _("The final answer is on the sheet. Tell them so in a reply, kindly."),
        "#sheet",
        _("Final answer"),
    )
    why = words(_("What can we do, what can we not do, and why?"), rows=3)
    elsewhere = words(_("Where else can they turn?"))

    def fit(self, people: Sequence[Colleague]) -> None:  # noqa: ARG002  the people play no part here
        """Offer what this house and this team have."""
        self.fields["elsewhere"].initial = house.house().business.elsewhere

    def record(self) -> Record:
        """Return it as a record."""
        return handling.final_answer(self.cleaned_data["why"], self.cleaned_data["elsewhere"])


class AskApproval(RecordForm):
    """A wish to give more than is one's own to give."""

    done, anchor, title = _("Asked. Your lead sees it under Today."), "#sheet", _("Ask for approval")
    amount = amount(_("What it would cost us in all"))
    why = words(_("Why is that right?"))

    def record(self) -> Record:
        """Return it as a record."""
        cost = Money(self.cleaned_data["amount"], house.policy().currency)
        return handling.ask_approval(cost, self.cleaned_data["why"])


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
    """A try at the call-back."""

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

    def record(self) -> Record:
        """Return it as a record."""
        return handling.close()


class Reopen(RecordForm):
    """Open the case again."""

    done, anchor, title = _("The case is open again."), "", _("Open it again")
    why = words(_("Why?"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.reopen(self.cleaned_data["why"])


class RootCause(RecordForm):
    """Why it happened."""

    done, anchor, title = _("Thank you: that is how we learn."), "#come-back", _("The root cause")
    cause = forms.ChoiceField(label=_("Why did it happen?"))
    note = words(_("What should change, so that it does not happen again?"), required=False)

    def fit(self, people: Sequence[Colleague]) -> None:  # noqa: ARG002  the people play no part here
        """Offer what this house and this team have."""
        causes = [(cause, cause) for cause in house.policy().causes]
        self.fields["cause"] = forms.ChoiceField(label=self.fields["cause"].label, choices=causes)

    def record(self) -> Record:
        """Return it as a record."""
        return handling.root_cause(self.cleaned_data["cause"], self.cleaned_data["note"])


RECORDS: dict[str, type[RecordForm]] = {
    "assign": Assign,
    "upset": Upset,
    "not-so": NotSo,
    "basis": Basis,
    "bid": Bid,
    "left-to-us": LeftToUs,
    "unwarranted": Unwarranted,
    "answer": Answer,
    "final-answer": FinalAnswer,
    "ask-approval": AskApproval,
    "answer-approval": AnswerApproval,
    "resolve": Resolve,
    "fix": Fix,
    "call-back": CallBack,
    "outcomes": Outcomes,
    "close": Close,
    "reopen": Reopen,
    "root-cause": RootCause,
}
"""Each record by the last word of its address."""
