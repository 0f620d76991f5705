"""Pieces of ink are those OpenCV finds, however many there are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr import connected


@pytest.mark.parametrize("side", [40, 600], ids=["few", "more than two bytes can number"])
@pytest.mark.parametrize("connectivity", [4, 8])
def test_labels_and_statistics_are_those_of_opencv(side: int, connectivity: int) -> None:
    ink = np.zeros((side, side), np.uint8)
    ink[::2, ::2] = 255
    ink[3:9, 3:5] = 255
    count, labels, stats, middles = connected.pieces(ink, connectivity)
    known = cv2.connectedComponentsWithStats(ink, connectivity=connectivity)
    assert count == known[0]
    assert (count > np.iinfo(np.uint16).max) == (side == 600)
    np.testing.assert_array_equal(labels, known[1])
    np.testing.assert_array_equal(stats, known[2])
    np.testing.assert_array_equal(middles, known[3])
