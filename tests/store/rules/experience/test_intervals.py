"""Intervals against what can be counted out."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.experience.intervals import (
    Lot,
    gamma_at,
    needed,
    of_finite,
    of_lots,
    of_many,
    upper,
)


def chance(count: int, of: int, wrong: int, total: int) -> float:
    """Of drawing so many of the wrong ones."""
    if count > wrong or of - count > total - wrong:
        return 0.0
    return math.comb(wrong, count) * math.comb(total - wrong, of - count) / math.comb(total, of)


@pytest.mark.parametrize(("total", "of"), list(product((12, 30), (5, 9))))
def test_of_a_finite_lot_the_truth_is_within_19_times_in_20(total: int, of: int) -> None:
    for wrong in range(total + 1):
        covered = sum(
            chance(count, of, wrong, total)
            for count in range(of + 1)
            if (found := of_finite(count, of, total)) and found[0] <= wrong <= found[1]
        )
        assert covered >= 0.95


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 400))
def test_it_holds_what_was_counted(count: int, of: int, more: int) -> None:
    count, total = min(count, of), of + more
    low, high = of_finite(count, of, total)
    assert count <= low <= high <= total - (of - count)
    share = of_many(count, of)
    assert 0 <= share.low <= count / of <= share.high <= 1
    several = of_lots([Lot(count, of, total), Lot(0, 5, 9)])
    assert several.low <= several.count / several.of + 1e-9
    assert several.high >= several.count / several.of - 1e-9


def test_a_lot_that_was_looked_at_whole_leaves_nothing_open() -> None:
    found = of_lots([Lot(2, 10, 10), Lot(0, 5, 5)])
    assert (found.low, found.high) == (2 / 15, 2 / 15)
    assert of_lots([Lot(0, 0, 50)]).high == 1.0


def test_known_figures() -> None:
    """The rule of three; the gamma distribution of shape 1 is the exponential."""
    assert upper(0, 100) == pytest.approx(1 - 0.05 ** (1 / 100))
    assert upper(0, 0) == 1.0
    assert needed(1 / 500) == 1497
    assert gamma_at(1.0, 0.95) == pytest.approx(-math.log(0.05))
    assert gamma_at(40.0, 0.5) == pytest.approx(39.667, abs=1e-3)
