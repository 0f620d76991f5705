"""Arabic words that the page reader took for Latin ones, read once more without its Latin model.

Arabic is read with the English model beside the Arabic one, for addresses and symbols. Of the
two the engine keeps, word by word, the reading it trusts more, and that is wrong now and then:
``أول`` becomes ``Jol``, ``ناصر`` becomes ``pol``. The lines such words stand on are read again
with the Arabic model alone, at the resolution it reads best. Where that sees clean Arabic words
in the place of such Latin ones, which may be fewer or more, the script that is likelier is taken;
addresses, symbols and Latin names are gibberish to it, and it knows.
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

_TRUSTED, _DOUBTED = 0.6, 0.7
"""Confidence from which the Arabic model's words are taken, and that of short Latin words below
which they are taken however unsure: on 27 pages 118 were, Arabic print all of them, and all 69
Latin words stayed."""

_SHORT = 5
"""Letters up to which a Latin word is likely Arabic print; longer ones are streets and names."""

_UNSURE, _SURER = 0.75, 0.1
"""Confidence below which an Arabic word is read again, and by how much that must be surer."""

_OVERLAP, _TOUCHING = 0.6, 0.35
"""Share of the wider of two words that lies under both if they are the same print; of the narrower
one if a part of it is."""

LANGUAGES = ("ar",)
"""ISO 639-1 code of what the Arabic model reads alone."""

DPI = 160
"""Resolution the Arabic model reads best: of 81 names 72 exact; 67 at 200 dpi, 62 at 140."""

_MOST_LINES = 24
"""Lines read again; a page with more of them is no page of Arabic."""

_ROOM, _GAP = 0.25, 0.6
"""White above and below a line, and between two, in line heights."""

_LEAST_GAP = 8
"""Pixels between two lines of the stack at least."""

_FEW_LETTERS = 2
"""Arabic letters up to which an unsure word is not read again: particles, read well enough."""

_CLEAN = re.compile(
    r"[(«\"]?[\u0621-\u064a][\u0621-\u0652]+(?:/[\u0621-\u0652]{2,})?/?[.,،:؛)»\"]*"
)
"""Letters with or without vowel signs; two words with a stroke between are one."""

_MARK = re.compile(r"([.)\-]?)([؟٠-٩\d]{1,2})([.)\-]?)")
"""A list mark as it is read: ``١.``, also ``.١``; ``؟`` is a two, as no line begins with a question
mark."""

_DOTLESS = str.maketrans("ى", "ي")
_LATIN = re.compile(r"[A-Za-z]")
_TORN = frozenset(".-/@_")
_ADDRESS = re.compile(r"[@\d_]|\w\.\w")


@dataclass(frozen=True, slots=True)
class _Band:
    """A line's strip of the stack: rows [top, bottom) in pixels, and the line's number.

    ``down`` is how many pixels further down it stands on the page.
    """

    top: int
    bottom: int
    line: int
    down: int


def mended(image: Grey, dpi: int, lines: tuple[Line, ...], engine: PageEngine) -> tuple[Line, ...]:
    """The lines of an Arabic page with its Arabic words back, boxes in pixels of ``image``.

    Args:
        image: the page.
        dpi: its resolution.
        lines: what the page reader saw.
        engine: the page reader.

    Raises:
        ChildError: the engine failed or took too long.
    """
    numbers = [i for i, line in enumerate(lines) if _is_odd_line(line)]
    if not numbers or len(numbers) > _MOST_LINES:
        return lines
    stack, bands = _stacked(image, lines, numbers)
    scale = min(1.0, DPI / dpi)
    small = letter_size.scaled(stack, scale) if scale < 1.0 else stack
    seen = engine.strip(small, round(dpi * scale), ("ar",), alone=True)
    words = [word for line in letter_size.enlarged(seen, scale) for word in line.words]
    result = list(lines)
    for band in bands:
        here = [
            replace(w, box=w.box.moved(0, band.down))
            for w in words
            if band.top <= w.box.center[1] < band.bottom
        ]
        result[band.line] = _mended_line(lines[band.line], here)
    return tuple(result)


def with_marks(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of an Arabic page, the numbers of its lists written in one way: ``٢.``."""
    return tuple(_marked(line) for line in lines)


def _marked(line: Line) -> Line:
    first, *rest = line.words
    mark = _MARK.fullmatch(first.text)
    if mark is None or not rest or not (mark[1] or mark[3]) or not scripts.is_arabic(rest[0].text):
        return line
    text = mark[2].replace("؟", "٢") + (mark[3] or mark[1])
    return replace(line, words=(replace(first, text=text), *rest))


def _is_odd_line(line: Line) -> bool:
    """Some word of it may be misread, and it is not Latin for the most part."""
    arabic = sum(scripts.is_arabic(w.text) for w in line.words)
    latin = [w for w in line.words if _is_latin(w)]
    short = all(len(w.text) <= _SHORT for w in latin)
    if latin and (arabic >= len(latin) or (short and len(latin) <= _FEW_LETTERS)):
        return True
    return arabic >= len(latin) and any(_is_unsure(w) for w in line.words)


def _is_unsure(word: Word) -> bool:
    long = len(word.text) > _FEW_LETTERS
    return long and word.confidence < _UNSURE and scripts.is_arabic(word.text)


def _is_latin(word: Word) -> bool:
    """A Latin word that is no address, no number and none that Arabic notes have."""
    return bool(
        _LATIN.search(word.text)
        and not _ADDRESS.search(word.text)
        and not scripts.is_arabic(word.text)
        and word.text.strip("/().:|") not in LATIN_IN_ARABIC
    )


def _stacked(image: Grey, lines: tuple[Line, ...], numbers: list[int]) -> tuple[Grey, list[_Band]]:
    """The lines one under the other on white, each at its own place from the left."""
    bands: list[_Band] = []
    strips: list[Grey] = []
    at = 0
    for number in numbers:
        box = enclosing(tuple(w.box for w in lines[number].words))
        room, gap = round(_ROOM * box.height), max(_LEAST_GAP, round(_GAP * box.height))
        top = max(0, box.top - room)
        crop = image[top : box.bottom + room, :].copy()
        crop[:, : max(0, box.left - room)] = 255
        crop[:, box.right + room :] = 255
        bands.append(_Band(at, at + crop.shape[0], number, top - at))
        strips += [crop, np.full((gap, image.shape[1]), 255, dtype=np.uint8)]
        at += crop.shape[0] + gap
    return np.vstack(strips), bands


def _mended_line(line: Line, seen: list[Word]) -> Line:
    """The line with what the Arabic model saw where that is likelier."""
    words = [_surer(w, seen) if _is_unsure(w) else w for w in line.words]
    latin = [w for w in words if _is_latin(w) and not _is_part_of_address(w, words)]
    latin += [w for w in words if w not in latin and _is_doubted_in(w, latin)]
    kept = [w for w in words if w not in latin]
    free = [s for s in seen if not any(_share(s.box, w.box) > _TOUCHING for w in kept)]
    for old, new in _places(latin, free):
        kept += new if _is_likelier(old, new) else old
    if set(kept) == set(line.words):
        return line
    return replace(line, words=scripts.logical_order(tuple(kept)))


def _is_doubted_in(word: Word, latin: list[Word]) -> bool:
    """A figure or sign of little trust that shares its print with a Latin word: ``9 ALS``."""
    if word.confidence >= _DOUBTED or scripts.is_arabic(word.text):
        return False
    return any(_share(word.box, other.box) > _TOUCHING for other in latin)


def _is_part_of_address(word: Word, words: list[Word]) -> bool:
    """A piece of one that is torn: what stands beside it ends or begins with its signs."""
    left = max((w for w in words if w.box.right <= word.box.left + 1), key=_right, default=None)
    right = min((w for w in words if w.box.left >= word.box.right - 1), key=_left, default=None)
    before = left is not None and left.text[-1:] in _TORN and bool(_LATIN.search(left.text))
    after = right is not None and right.text[:1] in _TORN and bool(_LATIN.search(right.text))
    return before or after or word.text[:1] in _TORN or word.text[-1:] in _TORN


def _left(word: Word) -> int:
    return word.box.left


def _right(word: Word) -> int:
    return word.box.right


def _places(latin: list[Word], seen: list[Word]) -> list[tuple[list[Word], list[Word]]]:
    """Latin words with what else was seen in their place, one or several each."""
    places: list[tuple[list[Word], list[Word]]] = []
    for word in latin:
        old, new = [word], [s for s in seen if _share(s.box, word.box) > _TOUCHING]
        for place in [p for p in places if any(s in p[1] for s in new)]:
            places.remove(place)
            old = [*place[0], *old]
            new = [*place[1], *(s for s in new if s not in place[1])]
        places.append((old, new))
    return places


def _is_likelier(latin: list[Word], arabic: list[Word]) -> bool:
    """The print is Arabic: it reads cleanly so, and surely, or is in doubt and short in Latin."""
    if not arabic or not all(_CLEAN.fullmatch(w.text) for w in arabic):
        return False
    if min(w.confidence for w in arabic) >= _TRUSTED:
        return True
    return all(len(w.text) <= _SHORT and w.confidence < _DOUBTED for w in latin)


def _surer(word: Word, seen: list[Word]) -> Word:
    """The Arabic word that was seen in the place of an unsure one, if it is surer."""
    there = [s for s in seen if _same_place(s.box, word.box)]
    if len(there) != 1 or not _CLEAN.fullmatch(there[0].text):
        return word
    found = there[0]
    if found.confidence < word.confidence + _SURER:
        return word
    if found.text.translate(_DOTLESS) == word.text.translate(_DOTLESS):
        return word  # dots under a final ya are lost more often than invented
    return Word(found.text, word.box, found.confidence)


def _same_place(one: Box, other: Box) -> bool:
    return _shared(one, other) > _OVERLAP * max(one.width, other.width, 1)


def _share(one: Box, other: Box) -> float:
    """Share of the narrower box that lies in the other's columns, 0 if that is on another line."""
    return _shared(one, other) / max(1, min(one.width, other.width))


def _shared(one: Box, other: Box) -> int:
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if height <= min(one.height, other.height) / 2:
        return 0
    return min(one.right, other.right) - max(one.left, other.left)
