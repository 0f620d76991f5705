"""A model for single lines of Arabic print, which lies beside this file.

It is RapidOCR's own model for lines (PP-OCRv6, Apache-2.0), taught Arabic by
``benchmarks/learn_arabic.py``: all but its first layers were trained on, and it gives twice as many
answers a line, as Arabic letters are narrow. It runs in the runtime of the second reader, whose
extra brings it.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from ocr.children.limits import Limits
from ocr.engines.rapid_recogniser import Recogniser, load
from ocr.image import Grey
from ocr.types import Box, SecondReading

NAME = "arabic-lines"
MODEL = Path(__file__).with_name("arabic.onnx")

_LEAST_CROP = 4
"""Pixels of a crop's shorter side below which there is no letter in it. Chosen, not measured."""

_MIRRORED = str.maketrans("()«»", ")(»«")
"""What is printed as the other of its pair where it is read from the right."""

_FROM_LEFT = re.compile(r"[0-9٠-٩A-Za-z](?:[0-9٠-٩A-Za-z.,/:@_+-]*[0-9٠-٩A-Za-z])?")
"""Numbers and words that stand from left to right in a line that is read from the right."""


@functools.cache
def recogniser() -> Recogniser:
    """The model, loaded once a process (0.2 s).

    Raises:
        ImportError: the extra is not installed.
    """
    return load(MODEL)


def from_right(printed: str) -> str:
    """A line as it is read, of what is printed from left to right (Unicode Standard Annex 9)."""
    turned = printed[::-1].translate(_MIRRORED)
    return _FROM_LEFT.sub(lambda run: run[0][::-1], turned)


class ArabicEngine:
    """Reads Arabic lines whose place is known, while there is time left; see ``PageEngine.names``.

    Raises:
        ImportError: the extra is not installed.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._recogniser = recogniser()

    @property
    def name(self) -> str:
        """``arabic-lines``."""
        return NAME

    def names(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``PageEngine.names``."""
        return tuple(self._line(image, box, languages) for box in boxes)

    def _line(self, image: Grey, box: Box, languages: tuple[str, ...]) -> SecondReading:
        self._limits.left()
        crop = image[box.top : box.bottom, box.left : box.right]
        if min(crop.shape) < _LEAST_CROP or int(crop.min()) == int(crop.max()):
            return SecondReading("", box, 0.0, NAME, languages)
        printed, score = self._recogniser(crop)
        text = " ".join(from_right(printed).split())
        return SecondReading(text, box, score if text else 0.0, NAME, languages)
