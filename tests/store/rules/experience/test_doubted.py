"""Rows that doubts alone mark: left alone only where such rows were right, and never for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Doubt
from store.rules.experience.doubted import (
    BEFORE,
    LIKELY,
    DecidedRow,
    Doubted,
    Marks,
    fitted,
    marks_of,
)

ONE = Marks(own=1)
CHANCES = st.floats(0.0, 1.0)
MARKS = st.builds(Marks, own=st.integers(0, 6), beside=st.booleans(), asks=st.booleans())
OUTCOMES = st.lists(
    st.builds(DecidedRow, CHANCES, MARKS, st.booleans(), st.floats(0.01, 4.0)), max_size=40
)


def test_nothing_decided_moves_nothing() -> None:
    assert fitted([]) == pytest.approx(BEFORE)


def test_rows_that_were_right_in_spite_of_a_doubt_are_left_alone_from_then_on() -> None:
    shy = Doubted(fitted([DecidedRow(0.9, ONE, sound=True)] * 2))
    sure = Doubted(fitted([DecidedRow(0.9, ONE, sound=True)] * 60))
    assert not shy.leaves_alone(0.9, ONE)
    assert sure.leaves_alone(0.9, ONE)
    assert not sure.leaves_alone(0.3, ONE)
    assert not sure.leaves_alone(0.9, Marks(own=4))


def test_rows_that_were_wrong_count_against_all_that_are_like_them() -> None:
    right = [DecidedRow(0.9, ONE, sound=True)] * 60
    assert not Doubted(fitted([*right, *[DecidedRow(0.9, ONE, sound=False)] * 6])).leaves_alone(
        0.9, ONE
    )


def test_a_doubt_that_asks_what_no_chance_answers_is_never_left_alone() -> None:
    sure = Doubted((20.0, 1.0, 0.0, 0.0))
    assert sure.leaves_alone(0.9, ONE)
    assert not sure.leaves_alone(0.9, Marks(own=1, asks=True))


def test_what_marks_a_row_is_told_apart() -> None:
    soft = [Doubt("low_ocr", "name"), Doubt("low_ocr", "title"), Doubt("low_confidence", "name")]
    assert marks_of(soft, ["name_left_over"]) == Marks(2, beside=True)
    assert marks_of(soft, ["state_uncertain"]) == Marks(2), "what rows share marks them itself"
    assert marks_of([Doubt("known_nearly", "name", "7")], []).asks
    assert marks_of([Doubt("known_new_address", "email", "7")], []) == Marks()


@given(OUTCOMES, CHANCES, CHANCES, MARKS)
def test_a_likelier_row_or_one_with_fewer_doubts_is_never_less_likely_right(
    rows: list[DecidedRow], one: float, other: float, marks: Marks
) -> None:
    curve = Doubted(fitted(rows))
    low, high = sorted((one, other))
    assert curve.chance(low, marks) <= curve.chance(high, marks) + 1e-9
    more = Marks(marks.own + 1, beside=True)
    assert curve.chance(high, more) <= curve.chance(high, marks) + 1e-9
    assert 0.0 < curve.chance(high, marks) < 1.0


def test_too_few_rows_or_too_many_wrong_ones_bear_nothing_out() -> None:
    assert not Doubted().holds
    assert Doubted(tried=20, wrong=2).holds
    assert not Doubted(tried=20, wrong=3).holds
    assert not Doubted(tried=60, wrong=1, least=1 - 1 / 500).holds, "who accepts less asks for more"
    assert LIKELY == 0.95
