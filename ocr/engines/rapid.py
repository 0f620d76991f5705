"""RapidOCR's recogniser as a reader of single lines; Latin and Chinese, no Cyrillic or Arabic.

An optional extra (``second-reader``). Its PP-OCR model lies in the wheel, nothing is fetched, and
the usage reports of its runtime are switched off here, before anything imports it.
Only the recogniser is used: where the lines are, the page reader has found out already, and
reading a whole page this way costs six times tesseract.
"""

from __future__ import annotations

import importlib.util
import os
from typing import Any

import numpy as np

from ocr.children.limits import Limits
from ocr.engines.rapid_recogniser import NAME, NO_REPORTS, recogniser
from ocr.image import Grey
from ocr.threads import ONE_THREAD
from ocr.types import Box, SecondReading

PACKAGES = (NAME, "onnxruntime")

_MARGIN = 0.3
"""Share of the box's height that is added all round.

The recogniser scales the height to 48 pixels, so a wider margin makes the letters smaller and
the crop cheaper: 0.3 costs a fifth less than 0.12 and reads addresses and names as well.
"""

_MIN_MARGIN = 3
"""Pixels of margin at least, for boxes of ten pixels and less. Chosen, not measured."""

_LEAST_CROP = 4
"""Pixels of a crop's shorter side below which there is no letter in it. Chosen, not measured."""

_WIDEST = 40
"""Boxes are cut at this multiple of their height; the cost grows with the width."""


_PAPER, _WHITE = 200, 2.0
"""Grey level from which a pixel is paper, and heights of white at the end of a box that are left
out."""


def is_installed() -> bool:
    """True if RapidOCR and its runtime can be imported."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


def reports_are_off() -> bool:
    """True if the runtime, when it is loaded, will report nothing to its makers."""
    return all(os.environ.get(name) == value for name, value in NO_REPORTS.items())


class RapidEngine:
    """Reads lines whose place is known, while there is time left; see ``OcrEngine``.

    Raises:
        ImportError: the extra is not installed.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._recogniser = recogniser()

    @property
    def name(self) -> str:
        """``rapidocr``."""
        return NAME

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        """See ``OcrEngine.lines``; the languages make no difference, one model reads them all."""
        del languages
        return tuple(self._line(image, box) for box in boxes)

    def _line(self, image: Grey, box: Box) -> SecondReading:
        self._limits.left()
        crop = cut(image, box)
        if crop is None:
            return SecondReading("", box, 0.0, NAME)
        seen = self._recogniser(crop)
        text = " ".join(seen.text.split())
        return SecondReading(text, box, seen.score, NAME, unsure=seen.unsure)


def cut(image: Grey, box: Box) -> Grey | None:
    """The box with a margin; None if there is nothing in it."""
    margin = max(_MIN_MARGIN, round(box.height * _MARGIN))
    box = _without_white(image, box)
    right = min(box.right, box.left + _WIDEST * max(1, box.height))
    crop = image[
        max(0, box.top - margin) : box.bottom + margin, max(0, box.left - margin) : right + margin
    ]
    if min(crop.shape) < _LEAST_CROP or int(crop.min()) == int(crop.max()):
        return None
    return crop


def _without_white(image: Grey, box: Box) -> Box:
    """The box up to its last print: behind a name stood dots that were taken out.

    In a crop with much white letters are narrow, and are misread.
    """
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    ink = np.flatnonzero((part < _PAPER).any(axis=0))
    if not ink.size or part.shape[1] - int(ink[-1]) < _WHITE * box.height:
        return box
    return Box(box.left, box.top, max(0, box.left) + int(ink[-1]) + 1, box.bottom)


def configuration() -> Any:  # noqa: ANN401 - a settings object of an untyped library
    """RapidOCR's own settings, quiet and with one thread, from which its parts are built."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    from rapidocr import RapidOCR

    threads = "EngineConfig.onnxruntime"
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            f"{threads}.intra_op_num_threads": int(ONE_THREAD["OMP_NUM_THREADS"]),
            f"{threads}.inter_op_num_threads": 1,
        }
    ).cfg
