"""Tables, forms and worn print are told from letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.passes.missing import difficulty
from ocr.types import Box, Cell, Line, Table, Word

Grey = NDArray[np.uint8]
Draw = Callable[..., Grey]
Save = Callable[..., Path]


def words(*texts: str, confidence: float = 0.95, top: int = 0) -> Line:
    return Line(
        tuple(
            Word(text, Box(100 * i, top, 100 * i + 80, top + 20), confidence)
            for i, text in enumerate(texts)
        )
    )


SENTENCE = ("the", "Mission", "has", "the", "honour", "to", "inform")
LETTER = tuple(words(*SENTENCE, top=40 * row) for row in range(25))


def test_a_letter_is_not_hard() -> None:
    assert not difficulty.is_hard(LETTER, (), (), 200)


def test_a_page_of_signs_alone_is_told() -> None:
    assert not difficulty.is_hard((words(*"-" * 20),), (), (), 200)


def test_rows_that_were_torn_make_a_page_hard() -> None:
    again = words("he", "Missio", top=3)
    assert difficulty.is_hard((*LETTER, again), (), (), 200)
    assert not difficulty.is_hard((*LETTER, words("he", top=3)), (), (), 200)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(LETTER + (words("ab", "cd", confidence=0.3),) * 15, id="unsure words"),
        pytest.param((words("Total"), words("12.50"), words("Vienna")) * 20, id="cells"),
        pytest.param(LETTER * 3, id="dense print"),
    ],
)
def test_tables_and_worn_print_are_hard(lines: tuple[Line, ...]) -> None:
    assert difficulty.is_hard(lines, (), (), 200)


def test_a_large_grid_is_hard() -> None:
    cells = tuple(Cell(r, c, Box(0, 0, 9, 9)) for r in range(20) for c in range(5))
    assert difficulty.is_hard(LETTER, (Table(Box(0, 0, 9, 9), cells),), (), 200)
