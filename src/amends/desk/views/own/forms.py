"""What a customer can fill in on their page. Labels are questions, errors say what is missing."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.actions.guests import LONGEST
from amends.desk.views.own.filefield import Files
from amends.method.words import Remedy

REMEDIES: Final[dict[Remedy, str | Promise]] = {
    Remedy.REFUND: _("Money back"),
    Remedy.REPLACEMENT: _("A new one in its place"),
    Remedy.REPAIR: _("A repair"),
    Remedy.COMPENSATION: _("Something for the trouble"),
    Remedy.CANCELLATION: _("To get out of the contract"),
    Remedy.ACTION: _("That something is done"),
    Remedy.EXPLANATION: _("An explanation"),
    Remedy.APOLOGY: _("An apology"),
    Remedy.HUMAN: _("To talk to a person"),
}
"""What would put things right, in the customer's words."""

OFFERED: Final[dict[Remedy, str | Promise]] = {
    **REMEDIES,
    Remedy.CREDIT: _("A credit"),
    Remedy.DISCOUNT: _("A discount"),
    Remedy.PRIORITY: _("Priority"),
    Remedy.GIFT: _("A gift"),
    Remedy.DONATION: _("A donation"),
    Remedy.CHANGE: _("That we do it differently from now on"),
}
"""What we may offer: the same, and what only we think of."""

SLOT: Final = "%Y-%m-%dT%H:%M%z"
"""How a time to call is written in a form."""

_FIVE: Final = [(str(n), str(n)) for n in range(1, 6)]
_MAYBE: Final = [("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))]
_MISSING: Final = {"required": _("Please write something here.")}
_MARK: Final = {"required": _("Please choose a number from 1 to 5."), "invalid_choice": _("Please choose from 1 to 5.")}


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OwnForm(forms.Form):
    """A form of the page. `once` tells a second tap on its button from a second message."""

    once = forms.CharField(
        required=False, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")], max_length=32
    )


class Write(OwnForm):
    """Anything that they want to say, with files or by a file alone."""

    text = forms.CharField(label=_("Your message"), max_length=LONGEST, widget=_area(5), error_messages=_MISSING)
    attached = Files(label=_("Photos or other files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's arguments, handed on
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not self.files


class Language(OwnForm):
    """The language that they want to read."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class Fair(OwnForm):
    """What would make it right."""

    text = forms.CharField(
        label=_("In your own words"),
        help_text=_("What would make it right for you? If it is about money, say how much."),
        max_length=LONGEST,
        widget=_area(3),
        error_messages=_MISSING,
    )
    remedy = forms.TypedChoiceField(
        label=_("Which of these comes closest?"),
        choices=[("", _("None of these")), *((r.value, words) for r, words in REMEDIES.items())],
        coerce=Remedy,
        empty_value=None,
        required=False,
    )


class YesOrNo(OwnForm):
    """A button for yes and one for no, with room for words."""

    answer = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")], error_messages={"required": _("Please press one of the buttons.")}
    )
    words = forms.CharField(label=_("What you want to add"), max_length=LONGEST, required=False, widget=_area(2))


class Fixed(YesOrNo):
    """Whether it is fixed; who says that a part of it is tells us which part is not."""

    answer = forms.ChoiceField(
        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
        error_messages={"required": _("Please press one of the buttons.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words with a partly."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("answer") == "partly" and not found.get("words", "").strip():
            self.add_error("words", _("Please tell us which part is not right yet."))
        return found


class OfferAnswer(YesOrNo):
    """The answer to an offer: yes, no, or what would be fair instead."""

    answer = forms.ChoiceField(
        choices=[("yes", "yes"), ("instead", "instead"), ("no", "no")],
        error_messages={"required": _("Please press one of the buttons.")},
    )
    offer = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for words with what would be fair instead."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("answer") == "instead" and not found.get("words", "").strip():
            self.add_error("words", _("Please tell us what would be fair instead."))
        return found


class Understood(YesOrNo):
    """Whether we understood them; a no says what is wrong."""

    def clean(self) -> dict[str, Any]:
        """Ask for words with a no."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("answer") == "no" and not found.get("words", "").strip():
            self.add_error("words", _("Please tell us what is not right."))
        return found


class SlotField(forms.Field):
    """A moment as the page wrote it into its list of times: `2026-03-04T13:00Z`."""

    default_error_messages: ClassVar = {
        "required": _("Please choose one of these times."),
        "invalid": _("Please choose one of these times."),
    }

    def to_python(self, value: object) -> datetime | None:
        """Return the moment."""
        if value in self.empty_values:
            return None
        try:
            return datetime.strptime(str(value), SLOT).astimezone(UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class ChooseCall(OwnForm):
    """When to call them, and where."""

    slot = SlotField(label=_("Which time suits you?"))
    phone = forms.CharField(
        label=_("At which number do we reach you?"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class CallOtherwise(OwnForm):
    """No time, no call, or no need of one."""

    answer = forms.ChoiceField(
        choices=[("later", ""), ("write", ""), ("none", "")],
        error_messages={"required": _("Please press one of the buttons.")},
    )


class Survey(OwnForm):
    """How it was: outcome, treatment and process from 1 to 5; and what comes of it."""

    outcome = forms.TypedChoiceField(
        label=_("Was the problem itself put right?"), choices=_FIVE, coerce=int, error_messages=_MARK
    )
    treatment = forms.TypedChoiceField(
        label=_("How did our people treat you?"), choices=_FIVE, coerce=int, error_messages=_MARK
    )
    process = forms.TypedChoiceField(label=_("How was the way there?"), choices=_FIVE, coerce=int, error_messages=_MARK)
    buy_again = forms.ChoiceField(label=_("Would you buy from us again?"), choices=_MAYBE, required=False)
    recommend = forms.ChoiceField(label=_("Would you tell others to?"), choices=_MAYBE, required=False)
    words = forms.CharField(
        label=_("Is there anything else that you want to tell us?"), max_length=LONGEST, required=False, widget=_area(3)
    )


ENDS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "outcome": (pgettext_lazy("outcome", "not at all"), pgettext_lazy("outcome", "completely")),
    "treatment": (pgettext_lazy("treatment", "badly"), pgettext_lazy("treatment", "very kindly")),
    "process": (pgettext_lazy("process", "long and hard"), pgettext_lazy("process", "quick and easy")),
}
"""What 1 and 5 mean, for each question of the survey."""
