"""The boundary to programs that read print.

Two protocols, because there are two jobs: reading a whole page with its layout, and reading
a line whose place is known. An engine may do one or both.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocr.types import Box, Line, SecondReading

Grey = NDArray[np.uint8]
"""A grey image, rows by columns, 0 black to 255 white."""


class PageEngine(Protocol):
    """Reads a page: finds its lines and words, and their places."""

    @property
    def name(self) -> str:
        """Engine and version, as it stands in ``Page.engine``."""

    def page(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        """The lines of an upright page in reading order.

        Args:
            image: the page.
            dpi: its resolution.
            languages: ISO 639-1 codes, the most likely first.

        Raises:
            ChildError: the engine failed or took too long.
        """


class OcrEngine(Protocol):
    """Reads single lines of print whose places are known."""

    @property
    def name(self) -> str:
        """Engine and version, as it stands in ``SecondReading.engine``."""

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """What is printed in each box, one reading a box, in the order of the boxes.

        A box in which nothing is read has an empty text and confidence 0.

        Raises:
            ChildError: the engine failed or took too long.
        """
