"""The boundary to programs that read print.

Two protocols, because there are two jobs: reading a line whose place is known, and reading a
whole page with its layout. A page reader does both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ocr.image import Grey
from ocr.types import Box, Line, SecondReading


@dataclass(frozen=True, slots=True)
class Orientation:
    """Which way up a page is, and in what script.

    ``rotation`` is the clockwise quarter turn, in degrees, that puts the page upright;
    ``script`` is tesseract's name (``Latin``, ``Cyrillic``, ``Arabic``, ``Han`` ...). Both
    confidences are tesseract's own, open-ended; below 1 they mean little.
    """

    rotation: int
    rotation_confidence: float
    script: str
    script_confidence: float


class OcrEngine(Protocol):
    """Reads single lines of print whose places are known."""

    @property
    def name(self) -> str:
        """Engine and version, as it stands in ``Page.engine`` and ``SecondReading.engine``."""

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """What is printed in each box, one reading a box, in the order of the boxes.

        A box in which nothing is read has an empty text and confidence 0.

        Raises:
            ChildError: the engine failed or took too long.
        """


class NamesReader(Protocol):
    """Reads names with the letters of their languages."""

    def names(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """As ``OcrEngine.lines``, names only: with the letters of ``languages`` alone.

        Raises:
            ChildError: the engine failed or took too long.
            ToolMissing: trained data are missing.
        """


class PageEngine(OcrEngine, NamesReader, Protocol):
    """Reads a page: finds its lines and words, and their places."""

    @property
    def complained(self) -> bool:
        """True if a run so far told of an error, though it gave a result.

        Such as a model that cannot be loaded: tesseract goes on with the others.
        """

    def page(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        """The lines of an upright page in reading order.

        Args:
            image: the page.
            dpi: its resolution.
            languages: ISO 639-1 codes, the most likely first.

        Raises:
            ChildError: the engine failed or took too long.
        """

    def strip(
        self, image: Grey, dpi: int, languages: tuple[str, ...], *, alone: bool = False
    ) -> tuple[Line, ...]:
        """A few lines of running text, taken as one block: a quick look at a page.

        ``alone`` reads them without English beside the languages.

        Raises:
            ChildError: the engine failed or took too long.
        """

    def reads_alone(self, letters: tuple[str, ...], languages: tuple[str, ...]) -> bool:
        """True if a page in ``languages`` is read with no more than the models of ``letters``.

        Then reading its names with them is no other witness.
        """

    def orientation(self, image: Grey, dpi: int) -> Orientation | None:
        """Which way up the page is and in what script; None if there is too little print.

        Raises:
            ChildTimeout: it took too long.
        """
