"""A page as an array of bytes, rows by columns; no more is imported here than numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""A grey image, rows by columns, 0 black to 255 white."""

WHITE = 255
"""Grey level of paper without a shadow on it."""


def as_bytes(image: NDArray[Any]) -> Grey:
    """OpenCV's stubs say it may return any numbers; ours are bytes."""
    return np.asarray(image, dtype=np.uint8)


def quarter_turn(image: NDArray[np.uint8], rotation: int) -> NDArray[np.uint8]:
    """Turn clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -rotation // 90))
