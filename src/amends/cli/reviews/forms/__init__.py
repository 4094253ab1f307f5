"""The forms in which a review is told: for people, for programs, for a build, for a lead."""

from collections.abc import Callable
from typing import Protocol, TextIO

from amends.cli.reviews.counted import Summary
from amends.cli.reviews.forms.github import GitHub
from amends.cli.reviews.forms.jsonl import JsonLines
from amends.cli.reviews.forms.page import Page
from amends.cli.reviews.forms.tables import Table
from amends.cli.reviews.forms.text import Text
from amends.cli.reviews.masking import Faces
from amends.coaching.review import Reviewed


class Form(Protocol):
    """Tells a review: each conversation as it comes, and the whole of it at the end."""

    def add(self, reviewed: Reviewed) -> None:
        """Tell what was found in a conversation, now or at the end."""

    def finish(self, summary: Summary) -> None:
        """Tell the rest."""


# Each is made with the stream that it writes to (bytes, by its `buffer`), and with what may be shown of people.
FORMS: dict[str, Callable[[TextIO, Faces], Form]] = {
    "text": Text,
    "jsonl": JsonLines,
    "csv": Table,
    "html": Page,
    "github": GitHub,
}
