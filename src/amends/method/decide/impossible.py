"""Moves that make no sense in a case as it stands; a reason cannot pass them."""


class Impossible(ValueError):
    """The move makes no sense now; the message says why, in words for the person who tried."""


def check(holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise `Impossible` with `why` unless it `holds`."""
    if not holds:
        raise Impossible(why)
