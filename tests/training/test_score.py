"""The measures, against figures made by hand."""

import pytest

from training.score import by_act, macro, mean_error, spearman


def test_precision_recall_and_f1_count_an_act_once_a_message() -> None:
    expected = [["bid", "bid"], ["bid"], ["thanks"], [], ["bid"]]
    found = [["bid"], [], ["thanks", "bid"], ["bid"], ["bid", "bid"]]
    score = by_act(expected, found)["bid"]
    assert (score.precision, score.recall, score.n) == (2 / 4, 2 / 3, 3)
    assert score.f1 == pytest.approx(4 / 7)


def test_an_act_that_nobody_meant_has_no_f1_and_no_part_in_the_mean() -> None:
    scores = by_act([["bid"], ["thanks"]], [["bid", "abuse"], []])
    assert (scores["abuse"].precision, scores["abuse"].f1, scores["abuse"].n) == (0, 0, 0)
    assert scores["thanks"].f1 == 0
    assert macro(scores) == 0.5


def test_both_lists_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        by_act([["bid"]], [])


def test_spearman_with_ties_gives_the_textbook_value() -> None:
    # Ranks 1.5 1.5 3 4 5 and 1 2.5 2.5 4.5 4.5, from their mean: products 8.25, squares 9.5 and 9.
    assert spearman([0, 0, 1, 2, 4], [1, 2, 2, 7, 7]) == pytest.approx(8.25 / (9.5 * 9) ** 0.5)


def test_spearman_sees_order_alone() -> None:
    assert spearman([0, 1, 2, 3], [0.1, 5, 50, 5000]) == pytest.approx(1)
    assert spearman([0, 1, 2, 3], [4, 3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 1, 1], [1, 2, 3]) == 0


def test_the_mean_error_is_that_of_the_differences_without_their_sign() -> None:
    assert mean_error([0, 4, 2], [1, 2, 2]) == 1
    assert mean_error([], []) == 0
