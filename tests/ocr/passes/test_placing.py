"""Words of a line reader's answer are put where their ink is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.lines.columns import Columns
from ocr.lines.spacing import placed
from ocr.passes.missing import placing
from ocr.types import Box

Grey = NDArray[np.uint8]


def inked(*runs: tuple[int, int]) -> Grey:
    """A line's picture with letters of eight pixels, two of white between them, in each run."""
    page = np.full((40, 400), 255, np.uint8)
    for start, stop in runs:
        for left in range(start, stop - 7, 10):
            page[12:30, left : left + 8] = 0
    return page


BOX = Box(10, 10, 210, 32)


def test_words_are_cut_at_the_white_between_them_and_not_by_their_letters() -> None:
    page = inked((10, 38), (50, 208))
    by_letters = placed(["Dr.", "HERBERT"], BOX, 1.0)
    assert by_letters[1].box.left > 60
    dr, name = placing.on_ink(page, by_letters)
    assert (dr.box.left, dr.box.right) == (10, 38)
    assert (name.box.left, name.box.right) == (50, 208)


def test_words_stay_where_the_white_does_not_fit_them() -> None:
    """The widest white is behind the first letter, where no word of nine letters ends."""
    page = inked((10, 18), (50, 208))
    words = placed(["Ministers", "of"], BOX, 1.0)
    assert placing.on_ink(page, words) == words
    blot = np.zeros((40, 400), np.uint8)
    assert placing.on_ink(blot, words) == words


def test_a_piece_of_print_over_two_columns_is_cut_where_the_second_begins() -> None:
    page = inked((10, 90), (112, 208))
    place = Columns(Box(0, 0, 400, 40), (110,))
    assert placing.in_columns(page, (BOX,), place) == (Box(10, 10, 88, 32), Box(112, 10, 210, 32))


def test_a_piece_over_a_columns_edge_without_white_is_whole_and_one_on_a_rule_is_cut() -> None:
    page = inked((10, 208))
    edge = Columns(Box(0, 0, 400, 40), (110,))
    assert placing.in_columns(page, (BOX,), edge) == (BOX,)
    rule = Columns(edge.box, edge.lefts, ruled=True)
    assert [b.left for b in placing.in_columns(page, (BOX,), rule)] == [10, 110]
