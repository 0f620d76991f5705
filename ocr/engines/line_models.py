"""Models for single lines of Arabic and of Cyrillic print, which lie beside this file.

They are RapidOCR's own model for lines (PP-OCRv6, Apache-2.0), which reads Latin and Chinese,
taught these scripts by ``benchmarks/learn_lines.py``: all but its first layers were trained on. The
Arabic one gives twice as many answers a line, as its letters are narrow. They run in the runtime of
the second reader, whose extra brings it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from pathlib import Path

from ocr.children.limits import Limits
from ocr.engines.rapid_recogniser import Recogniser, load
from ocr.image import Grey
from ocr.types import ARABIC_LINES, CYRILLIC_LINES, Box, SecondReading


@dataclass(frozen=True, slots=True)
class LineModel:
    """A model for lines: the engine's name, its file, the language it is asked for (ISO 639-1)."""

    name: str
    file: str
    language: str
    from_right: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """``language`` alone, as readings name it."""
        return (self.language,)


ARABIC = LineModel(ARABIC_LINES, "arabic.onnx", "ar", from_right=True)
CYRILLIC = LineModel(CYRILLIC_LINES, "cyrillic.onnx", "ru")
MODELS = (ARABIC, CYRILLIC)

_LEAST_CROP = 4
"""Pixels of a crop's shorter side below which there is no letter in it. Chosen, not measured."""

_MARGIN = 0.15
"""Room round the box of a line, in heights of it; the model learnt with up to 0.3."""

_MIRRORED = str.maketrans("()«»", ")(»«")
"""What is printed as the other of its pair where it is read from the right."""

_FROM_LEFT = re.compile(r"[0-9٠-٩A-Za-z](?:[0-9٠-٩A-Za-z.,/:@_+-]*[0-9٠-٩A-Za-z])?")
"""Numbers and words that stand from left to right in a line that is read from the right."""


@functools.cache
def recogniser(model: LineModel) -> Recogniser:
    """The model, loaded once a process (0.2 s).

    Raises:
        ImportError: the extra is not installed.
    """
    return load(Path(__file__).with_name(model.file))


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


class LineEngine:
    """Reads lines of one script whose place is known, while there is time left; see ``OcrEngine``.

    Raises:
        ImportError: the extra is not installed.
    """

    def __init__(self, model: LineModel, limits: Limits | None = None) -> None:
        self._model = model
        self._limits = limits or Limits()
        self._recogniser = recogniser(model)

    @property
    def name(self) -> str:
        """The model's: ``arabic-lines``."""
        return self._model.name

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``OcrEngine.lines``; it reads its own script, whatever the page's languages."""
        del languages
        own = self._model.languages
        return tuple(
            replace(self._line(image, _with_room(image, box), own), box=box) for box in boxes
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
            return SecondReading("", box, 0.0, self.name, languages)
        seen = self._recogniser(crop)
        text = from_right(seen.text) if self._model.from_right else seen.text
        return SecondReading(" ".join(text.split()), box, seen.score, self.name, languages)
