"""Which purchase it is about, what one would have given, an offer taken back; and a remedy of the catalogue."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from amends.actions import house, offers
from amends.actions.handling import Record
from amends.actions.remedies import RemedyTold
from amends.desk.forms.fields import amount, choice, words
from amends.desk.forms.money import MoneyField
from amends.desk.forms.record import RecordForm
from amends.desk.names import REMEDIES
from amends.desk.text import money
from amends.insight.theirs import Bought
from amends.method.words import Rank, Remedy
from amends.store.models import RemedyItem

_PERCENT: Final = Decimal(100)


class Purchase(RecordForm):
    """Which purchase the complaint is about: an order of theirs, or one in words."""

    done, anchor, title = _("The price stands on the sheet."), "#sheet", _("Which purchase it is about")
    order = forms.CharField(label=_("Their order"), max_length=120, required=False)
    what = forms.CharField(label=_("Or in words"), max_length=300, required=False)
    price = MoneyField(label=_("What they paid"), required=False, help_text=_("Of an order we know it."))

    def __init__(self, *args: Any, orders: Sequence[Bought] = (), **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        super().__init__(*args, **kwargs)
        if orders:
            names = [
                (one.number, f"{one.number} · {one.what or _now('no words')} · {money(one.price)}") for one in orders
            ]
            self.fields["order"].widget = forms.Select(choices=[("", _now("None of these")), *names])

    def clean(self) -> dict[str, Any]:
        """Ask for an order, or for words and a price."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("order") and not found.get("what"):
            self.add_error("what", _now("Choose an order, or say in words what it was."))
        if not found.get("order") and found.get("what") and found.get("price") is None and "price" not in self.errors:
            self.add_error("price", _now("Say what they paid for it."))
        return found

    def record(self) -> Record:
        """Return it as a record."""
        given = self.cleaned_data
        return offers.name_purchase(order=given["order"], what=given["what"], price=given["price"])


class Think(RecordForm):
    """What one would give, before their bid is known."""

    done, anchor, title = _("Noted, for us alone. Now ask them."), "#sheet", _("What would you give?")
    remedy = choice(_("What would you have given?"), REMEDIES)
    amount = MoneyField(label=_("How much?"), required=False)

    def record(self) -> Record:
        """Return it as a record."""
        return offers.think_offer(Remedy(self.cleaned_data["remedy"]), self.cleaned_data["amount"])


class Withdraw(RecordForm):
    """An offer is taken back."""

    done, anchor, title = _("Taken back. Tell them so, kindly."), "#sheet", _("Take an offer back")
    offer = forms.CharField(max_length=80, widget=forms.HiddenInput)
    why = words(_("Why?"))

    def record(self) -> Record:
        """Return it as a record."""
        return offers.withdraw_offer(self.cleaned_data["offer"], self.cleaned_data["why"])


class TellRemedy(forms.Form):
    """A remedy of the catalogue."""

    title = forms.CharField(label=_("What is it called?"), max_length=120)
    kind = choice(_("What kind of remedy is it?"), REMEDIES)
    words = forms.CharField(
        label=_("The sentence that offers it"),
        max_length=500,
        help_text=_("Where an amount belongs into it, write {amount}."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost = amount(_("What it costs us"), required=False)
    worth = amount(_("What it is worth to them"), required=False)
    percent = forms.DecimalField(
        label=_("Or a share of the price, in per cent"),
        required=False,
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text=_("Then its cost and its worth follow from what they paid."),
    )
    rank = forms.TypedChoiceField(
        label=_("Who may give it?"),
        choices=[(Rank.HANDLER, _("Every handler")), (Rank.LEAD, _("A lead")), (Rank.ADMIN, _("An admin"))],
        coerce=Rank,
    )
    condition = forms.CharField(label=_("When does it fit?"), max_length=300, required=False)
    stock = forms.IntegerField(
        label=_("How many are left?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Empty: as many as it takes. One fewer each time that a customer takes it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        super().__init__(*args, **kwargs)
        for name in ("cost", "worth"):
            self.fields[name].help_text = _now("In %(currency)s.") % {"currency": house.policy().currency}

    def told(self) -> RemedyTold:
        """Return what was filled in."""
        given = dict(self.cleaned_data)
        percent = given.pop("percent")
        given["kind"] = Remedy(given["kind"])
        return RemedyTold(**given, share=None if percent is None else percent / _PERCENT)

    @staticmethod
    def of(row: RemedyItem) -> dict[str, Any]:
        """Return a remedy as this form's values."""
        names = [name for name in TellRemedy.base_fields if name != "percent"]
        percent = None if row.share is None else (row.share * _PERCENT).normalize()
        return {name: getattr(row, name) for name in names} | {"percent": None if percent is None else f"{percent:f}"}
