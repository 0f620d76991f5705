"""A model for single lines of Arabic print, which lies beside this file.

It is RapidOCR's own model for lines (PP-OCRv6, Apache-2.0), taught Arabic by
``benchmarks/learn_arabic.py``: all but its first layers were trained on, and it gives twice as many
answers a line, as Arabic letters are narrow. It runs in the runtime of the second reader, whose
extra brings it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path

from ocr.children.limits import Limits
from ocr.engines.rapid_recogniser import Recogniser, load
from ocr.image import Grey
from ocr.types import ARABIC_LINES, Box, SecondReading

MODEL = Path(__file__).with_name("arabic.onnx")

_LEAST_CROP = 4
"""Pixels of a crop's shorter side below which there is no letter in it. Chosen, not measured."""

_MARGIN = 0.15
"""Room round the box of a line, in heights of it; the model learnt with up to 0.3."""

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


def _with_room(image: Grey, box: Box) -> Box:
    room = max(2, round(_MARGIN * box.height))
    return Box(
        max(0, box.left - room),
        max(0, box.top - room),
        min(image.shape[1], box.right + room),
        min(image.shape[0], box.bottom + room),
    )


def from_right(printed: str) -> str:
    """A line as it is read, of what is printed from left to right (Unicode Standard Annex 9)."""
    turned = printed[::-1].translate(_MIRRORED)
    return _FROM_LEFT.sub(lambda run: run[0][::-1], turned)


class ArabicEngine:
    """Reads Arabic lines whose place is known, while there is time left; see ``OcrEngine``.

    Raises:
        ImportError: the extra is not installed.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._recogniser = recogniser()

    @property
    def name(self) -> str:
        """``arabic-lines``."""
        return ARABIC_LINES

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``OcrEngine.lines``; it reads nothing but Arabic, whatever the page's languages."""
        del languages
        return tuple(
            replace(self._line(image, _with_room(image, box), ("ar",)), box=box) for box in boxes
        )

    def names(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``PageEngine.names``."""
        return tuple(self._line(image, box, languages) for box in boxes)

    def _line(self, image: Grey, box: Box, languages: tuple[str, ...]) -> SecondReading:
        self._limits.left()
        crop = image[box.top : box.bottom, box.left : box.right]
        if min(crop.shape) < _LEAST_CROP or int(crop.min()) == int(crop.max()):
            return SecondReading("", box, 0.0, ARABIC_LINES, languages)
        seen = self._recogniser(crop)
        text = " ".join(from_right(seen.text).split())
        return SecondReading(text, box, seen.score, ARABIC_LINES, languages)
