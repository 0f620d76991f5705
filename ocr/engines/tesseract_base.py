"""What the two ways of calling tesseract share: the models, the page modes and the results.

One way is its program (``tesseract``), the other its library (``tesserocr_engine``).
Both give TSV, so both are the same reader, each with its own version.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from ocr.children.limits import Limits
from ocr.engines import tsv
from ocr.image import Grey
from ocr.lines import scripts
from ocr.types import Box, Line, SecondReading

# ISO 639-1 to tesseract's names of trained data.
MODELS = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}

# Tesseract's page segmentation modes (--psm): --help-psm lists them.
ORIENTATION_MODE, PAGE_MODE, BLOCK_MODE, LINE_MODE = 0, 3, 6, 7

_ROOM = 16
"""Pixels of white round a line; without it tesseract loses the first and last letters."""


def model(languages: tuple[str, ...]) -> str:
    """Tesseract's ``-l`` for ISO 639-1 codes, always with eng, but for French alone.

    The models of most languages do not know ``@``: of eight addresses on clean Spanish,
    Russian and Arabic pages none was read without eng. The French one does, and with eng
    beside it loses its accents ("a", "étre", "Ministére"): 99.1 % of the words of six French
    pages were right with fra, 97.8 % with fra+eng, which takes a quarter more time.
    """
    names = [MODELS[code] for code in languages if code in MODELS]
    if names == ["fra"]:
        return "fra"
    return "+".join(dict.fromkeys([*names, "eng"]))


class TesseractReader(ABC):
    """A ``PageEngine``, but for how tesseract is called."""

    def __init__(self, limits: Limits, page_mode: int = PAGE_MODE) -> None:
        self._limits = limits
        self._page_mode = page_mode
        self._complained = False

    @property
    def complained(self) -> bool:
        """See ``PageEngine.complained``."""
        return self._complained

    @property
    @abstractmethod
    def name(self) -> str:
        """See ``OcrEngine.name``."""

    @abstractmethod
    def _tsv(self, images: tuple[Grey, ...], dpi: int, models: str, mode: int) -> tuple[str, ...]:
        """Tesseract's TSV for each image.

        Args:
            images: pages or lines.
            dpi: their resolution, 0 if it is not known.
            models: as for ``-l``.
            mode: page segmentation mode.

        Raises:
            ChildError: tesseract failed or took too long.
        """

    def page(self, image: Grey, dpi: int, languages: tuple[str, ...]) -> tuple[Line, ...]:
        """See ``PageEngine.page``."""
        (text,) = self._tsv((image,), dpi, model(languages), self._page_mode)
        return scripts.tidy(tsv.parse(text))

    def strip(
        self, image: Grey, dpi: int, languages: tuple[str, ...], *, alone: bool = False
    ) -> tuple[Line, ...]:
        """See ``PageEngine.strip``."""
        models = "+".join(MODELS[code] for code in languages) if alone else model(languages)
        (text,) = self._tsv((image,), dpi, models, BLOCK_MODE)
        return tsv.parse(text)

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``OcrEngine.lines``."""
        crops = [with_room(image, box) for box in boxes]
        inked = tuple(crop for crop in crops if crop is not None)
        texts = iter(self._tsv(inked, 0, model(languages), LINE_MODE) if inked else ())
        return tuple(
            self._reading(box, "" if crop is None else next(texts))
            for box, crop in zip(boxes, crops, strict=True)
        )

    def _reading(self, box: Box, text: str) -> SecondReading:
        words = [word for line in tsv.parse(text) for word in line.words]
        confidence = sum(w.confidence for w in words) / len(words) if words else 0.0
        return SecondReading(" ".join(w.text for w in words), box, confidence, self.name)


def with_room(image: Grey, box: Box) -> Grey | None:
    """The box with white round it; None if there is nothing in it."""
    crop = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not crop.size or int(crop.min()) == int(crop.max()):
        return None
    return np.pad(crop, _ROOM, constant_values=255)
