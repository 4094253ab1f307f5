"""Which promises of the ledger to show."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.insight.people import Colleague


class Filters(forms.Form):
    """Whose promises, and of which month (`2026-03`). What is neither is left aside."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own
        people: Sequence[Colleague],
        months: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401  Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("Everybody")), *((str(one.id), one.name) for one in people)]
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Whose"), required=False, choices=names, coerce=int, empty_value=None
        )
        self.fields["month"] = forms.ChoiceField(
            label=_("Due in"), required=False, choices=[("", _("Any month")), *months]
        )

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and can be: `person` (an id) and `month`, where there are any."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
