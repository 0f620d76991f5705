"""What the two ways of calling tesseract share: the models, the page modes and the results.

One way is its program (``tesseract``), the other its library (``tesserocr_engine``).
Both give TSV, so both are the same reader, each with its own version.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from ocr.children.limits import Limits
from ocr.engines import tsv
from ocr.image import Grey
from ocr.lines import scripts
from ocr.types import Box, Line, SecondReading

# ISO 639-1 to tesseract's names of trained data.
MODELS = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "zh": "chi_sim"}

# ISO 639-1 to the trained data of languages whose letters names are made of. "sh" stands for what
# is written in Bosnia and Herzegovina, Croatia, Montenegro and Serbia.
LETTER_MODELS = {
    "az": "aze",
    "be": "bel",
    "ca": "cat",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "es": "spa",
    "et": "est",
    "fi": "fin",
    "fr": "fra",
    "ga": "gle",
    "hu": "hun",
    "is": "isl",
    "it": "ita",
    "kk": "kaz",
    "ky": "kir",
    "lt": "lit",
    "lv": "lav",
    "mt": "mlt",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "sh": "hrv",
    "sk": "slk",
    "sl": "slv",
    "sq": "sqi",
    "sv": "swe",
    "tg": "tgk",
    "to": "ton",
    "tr": "tur",
    "uk": "ukr",
    "uz": "uzb_cyrl",
    "vi": "vie",
}

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


def letter_models(languages: tuple[str, ...]) -> str:
    """Tesseract's ``-l`` for names in these languages (ISO 639-1): no eng, which drops accents."""
    return "+".join(LETTER_MODELS.get(code) or MODELS[code] for code in languages)


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
        return self._lines(image, boxes, model(languages))

    def names(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``PageEngine.names``."""
        found = self._lines(image, boxes, letter_models(languages))
        return tuple(replace(reading, languages=languages) for reading in found)

    def reads_alone(self, letters: tuple[str, ...], languages: tuple[str, ...]) -> bool:
        """See ``PageEngine.reads_alone``."""
        return letter_models(letters) == model(languages)

    def _lines(self, image: Grey, boxes: tuple[Box, ...], models: str) -> tuple[SecondReading, ...]:
        crops = [with_room(image, box) for box in boxes]
        inked = tuple(crop for crop in crops if crop is not None)
        texts = iter(self._tsv(inked, 0, models, LINE_MODE) if inked else ())
        return tuple(
            self._reading(box, "" if crop is None else next(texts))
            for box, crop in zip(boxes, crops, strict=True)
        )

    def _reading(self, box: Box, text: str) -> SecondReading:
        parsed = tuple(word for line in tsv.parse(text) for word in line.words)
        words = scripts.logical_order(parsed)
        confidence = sum(w.confidence for w in words) / len(words) if words else 0.0
        return SecondReading(" ".join(w.text for w in words), box, confidence, self.name)


def with_room(image: Grey, box: Box) -> Grey | None:
    """The box with white round it; None if there is nothing in it."""
    crop = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not crop.size or int(crop.min()) == int(crop.max()):
        return None
    return np.pad(crop, _ROOM, constant_values=255)
