"""Programs that are told what happens: which facts, in which order, and what is said of each. Ids, never words."""

from collections.abc import Sequence

from amends.actions import house
from amends.actions.effects import queue_effects
from amends.method.facts import AnyFact
from amends.store.models import Effect, JournalEntry

WEBHOOK = "webhook"


def queue_hooks(happened: Sequence[tuple[int, int, Sequence[AnyFact]]]) -> None:
    """Ask for a call for each fact that the house tells; given are the case, its journal's length before, the facts.

    The calls of a case are made in its order; those of others do not wait for them.
    """
    try:
        hook = house.house().webhook
    except house.BadHouse:  # there never was a good one, so no program was ever promised a call; cases go on
        return
    if hook is None:
        return
    queue_effects(
        [
            Effect(
                key=f"{WEBHOOK}:{case}:{seq}",
                kind=WEBHOOK,
                subject=f"{case}:{seq}",
                lane=f"{WEBHOOK}:{case}",
                not_before=fact.at,
            )
            for case, before, facts in happened
            for seq, fact in enumerate(facts, start=before + 1)
            if type(fact).__name__ in hook.facts
        ]
    )


def told(subject: str) -> dict[str, object]:
    """Return what a program is told of the fact that an effect's `subject` names."""
    case, _colon, seq = subject.partition(":")
    entry = JournalEntry.objects.select_related("case__team").get(case_id=int(case), seq=int(seq))
    return {
        "id": subject,
        "case": entry.case_id,
        "kind": entry.kind,
        "at": entry.at.isoformat(),
        "team": entry.case.team.name,
    }
