"""Lines for the thank-you card: each names something that this customer did for us, and that is so."""

from collections.abc import Iterator
from itertools import islice

from amends.coaching.known import Known, quoted
from amends.coaching.wording import Wording
from amends.method.state import State

MOST = 3
_A_WAIT = 2  # days from which waiting is worth a word
_LONG = 2  # years from which loyalty is


def thanks_lines(state: State, known: Known) -> tuple[Wording, ...]:
    """Return up to three lines, the most personal first; none where there is nothing to say but thank you."""
    return tuple(islice(_lines(state, known), MOST))


def _lines(state: State, known: Known) -> Iterator[Wording]:
    if state.reopened:
        yield Wording(
            "It took us more than one try. Thank you for not giving up on us.", "They told us that it was not fixed."
        )
    days = _waited(state)
    if days >= _A_WAIT:
        yield Wording(
            f"It took us {days} days, and every one of them was yours. Thank you for giving us that time.",
            f"They waited {days} days until it was put right.",
        )
    if state.root_cause:
        yield Wording(
            f"You showed us a weak spot of ours ({state.root_cause.lower()}). Others will be spared it because of you.",
            "They taught us something: the root cause is known.",
        )
    if known.told:
        yield Wording(
            f"You wrote {quoted(known.told)}. Thank you for putting it so plainly; that is how we could mend it.",
            "They told us what was wrong, in their own words.",
        )
    if known.tenure and (known.years or 0) >= _LONG:
        yield Wording(
            f"{known.tenure.capitalize()} with us: thank you for staying, even now.", "They have been with us for long."
        )


def _waited(state: State) -> int:
    begun, done = state.complained_at, state.resolved_at
    return (done - begun).days if begun is not None and done is not None else 0
