"""Agreement of two readers, against figures made by hand."""

import pytest

from training.agreement import kappa, pairs, report
from training.sources import LABELS

YES, NO = frozenset(["bid"]), frozenset[str]()


def row(level: int | None, *acts: tuple[str, str]) -> dict[str, object]:
    return {"id": "m", "part": "test", "upset": level, "acts": [[act, kind, 0, 1] for act, kind in acts]}


def test_kappa_is_agreement_beyond_chance() -> None:
    # Cohen's own kind of table: both yes 20, both no 15, one alone 5 and 10. Same 0.7, by chance 0.5.
    held = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15
    assert kappa(held, "bid") == pytest.approx(0.4)


def test_kappa_is_one_where_neither_could_differ() -> None:
    assert kappa([(NO, NO)] * 3, "bid") == 1


def test_the_report_tells_acts_kinds_and_levels_apart() -> None:
    twice = [
        (row(2, ("bid", "refund")), row(4, ("bid", "repair"))),
        (row(0, ("thanks", "")), row(0)),
        (row(None, ("offer", "")), row(None, ("offer", ""))),
    ]
    told = report(twice)
    assert "| bid | 1 | 1.00 | 1.00 |" in told
    assert "| bid.refund | 1 | 0.00 | 0.00 |" in told
    assert "| the same kinds where both see a bid | 1 | 0.00 | |" in told
    assert "| offer | 1 | 1.00 | 1.00 |" in told
    assert "Macro F1 of the acts 0.667" in told
    assert "the same level 0.50, within one 0.500" in told


def test_labels_agree_with_themselves() -> None:
    same = pairs(LABELS, LABELS)
    assert len(same) > 2_500
    assert "Macro F1 of the acts 1.000" in report(same)
