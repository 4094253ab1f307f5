"""What every fact is."""

from datetime import datetime

from msgspec import Struct


class Fact(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """Something that happened at a moment (aware, UTC)."""

    at: datetime
