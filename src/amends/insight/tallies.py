"""How many cases are in each heap, as they were counted while they moved."""

from collections import Counter
from collections.abc import Collection, Mapping

from amends.store.models import Tally


def tallies(teams: Collection[int] | None) -> Mapping[str, int]:
    """Return the size of each heap (`open`, `upset`, `calls:broken` …) over these teams; None stands for all of them.

    A heap that nothing is in counts as 0.
    """
    found = Tally.objects.all() if teams is None else Tally.objects.filter(team_id__in=teams)
    counts: Counter[str] = Counter()
    for heap, count in found.values_list("heap", "count"):
        counts[heap] += count
    return counts
