"""What every form is that records one thing about a case."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

from amends.actions.handling import Record
from amends.insight.people import Colleague


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
