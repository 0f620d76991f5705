"""The monotone fit behind the table of confidences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.experience.isotonic import fit


def test_a_clean_step_is_found() -> None:
    pairs = [(0.5, n % 2 == 0) for n in range(40)] + [(0.9, True)] * 40
    blocks = fit(pairs)
    assert [(b.start, b.values, b.right) for b in blocks] == [(0.0, 40, 20), (0.9, 40, 40)]
    assert blocks[1].share == pytest.approx(41 / 42)


def test_shares_that_fall_are_pooled() -> None:
    pairs = [(0.5, True)] * 20 + [(0.9, False)] * 20
    assert [(b.start, b.values, b.right) for b in fit(pairs)] == [(0.0, 40, 20)]


def test_nothing_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="nothing"):
        fit([])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=120))
def test_every_fit_rises_from_zero_and_keeps_every_value(pairs: list[tuple[float, bool]]) -> None:
    blocks = fit(pairs, least=5)
    assert blocks[0].start == 0.0
    assert sum(b.values for b in blocks) == len(pairs)
    assert sum(b.right for b in blocks) == sum(right for _, right in pairs)
    assert all(a.start < b.start and a.share < b.share for a, b in pairwise(blocks))
    assert len(blocks) == 1 or min(b.values for b in blocks) >= 5
