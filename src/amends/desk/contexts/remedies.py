"""The catalogue of remedies."""

from dataclasses import dataclass
from typing import Annotated

from django.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyRow:
    """A remedy of the catalogue, in words."""

    code: Annotated[str, "Its name, which programs know it by."]
    title: Annotated[str, "What it is called."]
    kind: Annotated[str, "What kind of remedy it is."]
    words: Annotated[str, "The sentence that offers it."]
    facts: Annotated[tuple[str, ...], "What it costs us, what it is worth, who may give it, how many are left."]
    condition: Annotated[str, "When it fits; empty for always."]
    active: Annotated[bool, "Whether it stands on the sheets."]
    form: Annotated[Form | None, "To change it; None for those who may not."]
    url: Annotated[str, "Where its steps are posted, with the step's name to be added; empty for those who may not."]
    mark: Annotated[str, "A mark of how it stands now; its form carries it, so that nobody's change is lost."]
    opened: Annotated[bool, "Whether its form was just sent and was not right."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediesPage:
    """The page of the catalogue."""

    rows: Annotated[tuple[RemedyRow, ...], "Every remedy, those that are switched off last."]
    form: Annotated[Form | None, "To add one; None for those who may not."]
    opened: Annotated[bool, "Whether that form was just sent and was not right."]
