"""What every move is."""

from msgspec import Struct


class Move(Struct, frozen=True, kw_only=True, tag_field="move", tag=True):
    """Something that somebody wants to happen; `decide` makes facts of it, or refuses."""
