"""For programs: a JSON object on each line."""

import json
from typing import TextIO

from amends.cli.reviews.counted import Summary
from amends.cli.reviews.masking import Faces
from amends.cli.reviews.told import told
from amends.coaching.review import Reviewed


class JsonLines:
    """An object for each finding. Offsets count characters of the text as it was given, masked or not."""

    def __init__(self, out: TextIO, faces: Faces) -> None:
        self._out, self._faces = out.buffer, faces

    def add(self, reviewed: Reviewed) -> None:
        """Write a line for each finding."""
        for one in told(reviewed, self._faces):
            self._out.write(json.dumps(one.row(), ensure_ascii=False).encode(errors="replace") + b"\n")

    def finish(self, summary: Summary) -> None:
        """Write nothing: every line is a finding."""
