"""A model for single lines of Arabic print, which lies beside this file.

It is RapidOCR's own model for lines (PP-OCRv6, Apache-2.0), its last layers trained on for Arabic by
``benchmarks/learn_arabic.py``, with twice as many strips a line, as Arabic letters are narrow. It
runs in the runtime of the second reader, whose extra brings it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ocr.engines.rapid_recogniser import Recogniser, Sign, load
from ocr.image import Grey

NAME = "arabic-lines"
MODEL = Path(__file__).with_name("arabic.onnx")

_MIRRORED = str.maketrans("()«»[]", ")(»«][")
"""What is printed as the other of its pair where it is read from the right."""

_FROM_LEFT = re.compile(r"[0-9٠-٩A-Za-z](?:[0-9٠-٩A-Za-z.,/:@_+-]*[0-9٠-٩A-Za-z])?")
"""Numbers and words that stand from left to right in a line that is read from the right."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that was read: its least score, and its edges as shares of the crop's width."""

    text: str
    score: float
    left: float
    right: float


@functools.cache
def recogniser() -> Recogniser:
    """The model, loaded once a process (0.2 s).

    Raises:
        ImportError: the extra is not installed.
    """
    return load(MODEL)


def words(crop: Grey) -> tuple[Seen, ...]:
    """The words of a crop of one line, in reading order."""
    signs = recogniser().read(crop)
    found = [
        _word(tuple(group)) for blank, group in groupby(signs, lambda s: s.text == " ") if not blank
    ]
    return tuple(reversed(found))


def _word(signs: Sequence[Sign]) -> Seen:
    text = from_right("".join(sign.text for sign in signs))
    return Seen(text, min(s.score for s in signs), signs[0].place, signs[-1].place)


def from_right(printed: str) -> str:
    """A word as it is read, of what is printed from left to right (Unicode Standard Annex 9)."""
    turned = printed[::-1].translate(_MIRRORED)
    return _FROM_LEFT.sub(lambda run: run[0][::-1], turned)
