"""Arabic words that the page reader took for Latin ones, read once more without its Latin model.

Arabic is read with the English model beside the Arabic one, for addresses and symbols. Of the
two the engine keeps, word by word, the reading it trusts more, and that is wrong now and then:
``أول`` becomes ``Jol``, ``ناصر`` becomes ``pol``. The lines such words stand on are read again
with the Arabic model alone; where that sees a clean Arabic word in the same place, it is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from ocr.engines.protocols import PageEngine
from ocr.image import Grey
from ocr.lines import scripts
from ocr.lines.words import LATIN_IN_ARABIC
from ocr.prepare import letter_size
from ocr.types import Box, Line, Word, enclosing

_TRUSTED = 0.55
"""Confidence from which the Arabic model's word is taken."""

_UNSURE, _SURER = 0.75, 0.1
"""Confidence below which an Arabic word is read again, and by how much that must be surer."""

_OVERLAP = 0.6
"""Share of the wider of two words that lies under both if they are the same print."""

_MOST_LINES = 24
"""Lines read again; a page with more of them is no page of Arabic."""

_ROOM, _GAP = 0.25, 0.6
"""White above and below a line, and between two, in line heights."""

_LEAST_GAP = 8
"""Pixels between two lines of the stack at least."""

_FEW_LETTERS = 2
"""Arabic letters up to which an unsure word is not read again: particles, read well enough."""

_CLEAN = re.compile(r"[(«\"]?[\u0621-\u064a]{2,}[.,،:؛)»\"]*")
_DOTLESS = str.maketrans("ى", "ي")
_LATIN = re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(r"[@\d_]|\w\.\w")


@dataclass(frozen=True, slots=True)
class _Band:
    """A line's strip of the stack: rows [top, bottom) in pixels, and the line's number."""

    top: int
    bottom: int
    line: int


def mended(
    image: Grey, dpi: int, scale: float, lines: tuple[Line, ...], engine: PageEngine
) -> tuple[Line, ...]:
    """The lines of an Arabic page with its Arabic words back, boxes in pixels of ``image``.

    Args:
        image: the page.
        dpi: its resolution.
        scale: what the page reader's image is scaled by, see ``letter_size``.
        lines: what the page reader saw.
        engine: the page reader.

    Raises:
        ChildError: the engine failed or took too long.
    """
    numbers = [i for i, line in enumerate(lines) if any(_is_odd(w, line) for w in line.words)]
    if not numbers or len(numbers) > _MOST_LINES:
        return lines
    stack, bands = _stacked(image, lines, numbers)
    small = letter_size.scaled(stack, scale) if scale != 1.0 else stack
    seen = engine.strip(small, round(dpi * scale), ("ar",), alone=True)
    words = [word for line in letter_size.enlarged(seen, scale) for word in line.words]
    result = list(lines)
    for band in bands:
        here = [w for w in words if band.top <= w.box.center[1] < band.bottom]
        result[band.line] = _mended_line(lines[band.line], here)
    return tuple(result)


def _is_odd(word: Word, line: Line) -> bool:
    """A Latin word, no address and no number, on a line that is Arabic for the most part.

    Or an Arabic word that is unsure.
    """
    if scripts.is_arabic(word.text):
        return word.confidence < _UNSURE and len(word.text) > _FEW_LETTERS
    if (
        not _LATIN.search(word.text)
        or _ADDRESS.search(word.text)
        or word.text.strip("/().:") in LATIN_IN_ARABIC
    ):
        return False
    arabic = sum(scripts.is_arabic(w.text) for w in line.words)
    latin = sum(bool(_LATIN.search(w.text)) for w in line.words)
    return arabic >= latin


def _stacked(image: Grey, lines: tuple[Line, ...], numbers: list[int]) -> tuple[Grey, list[_Band]]:
    """The lines one under the other on white, each at its own place from the left."""
    bands: list[_Band] = []
    strips: list[Grey] = []
    at = 0
    for number in numbers:
        box = enclosing(tuple(w.box for w in lines[number].words))
        room, gap = round(_ROOM * box.height), max(_LEAST_GAP, round(_GAP * box.height))
        crop = image[max(0, box.top - room) : box.bottom + room, :].copy()
        crop[:, : max(0, box.left - room)] = 255
        crop[:, box.right + room :] = 255
        bands.append(_Band(at, at + crop.shape[0], number))
        strips += [crop, np.full((gap, image.shape[1]), 255, dtype=np.uint8)]
        at += crop.shape[0] + gap
    return np.vstack(strips), bands


def _mended_line(line: Line, seen: list[Word]) -> Line:
    words = tuple(_arabic(w, seen) if _is_odd(w, line) else w for w in line.words)
    return line if words == line.words else replace(line, words=scripts.logical_order(words))


def _arabic(word: Word, seen: list[Word]) -> Word:
    """The Arabic word in the place of ``word``, if there is one and it is trusted."""
    there = [s for s in seen if _same_place(s.box, word.box)]
    if len(there) != 1:
        return word
    found = there[0]
    least = _TRUSTED if _LATIN.search(word.text) else word.confidence + _SURER
    if found.confidence < least or not _CLEAN.fullmatch(found.text):
        return word
    if found.text.translate(_DOTLESS) == word.text.translate(_DOTLESS):
        return word  # dots under a final ya are lost more often than invented
    return Word(found.text, word.box, found.confidence)


def _same_place(one: Box, other: Box) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    return width > _OVERLAP * max(one.width, other.width, 1)
