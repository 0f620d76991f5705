"""Print that no word of the page reader covers.

Tesseract leaves text out, a quarter of the words of real tables: what looks like letters in a
row and lies under no word is found here, so that it can be read on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import Grey, as_bytes
from ocr.lines import scripts
from ocr.lines.scripts import is_han
from ocr.lines.spacing import placed
from ocr.passes.missing import difficulty, reconcile
from ocr.tables.rules import Rules
from ocr.types import Box, Line, SecondReading, Table

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper. Chosen, not measured."""

_LETTER_INCHES = 0.1
"""Height of a line of print where the page has no words to tell."""

_LEAST_HEIGHT = 6.0
"""Pixels that the page's letters have at least, whatever its words say."""

# All in heights of the page's letters; chosen, not measured one by one.
_LETTER_HEIGHTS = (0.35, 2.0)
"""Heights of a letter: from an ``x`` of small print to capitals."""

_LETTER_WIDTH = 3
"""Width of a letter in the greatest height of one: letters that touch are one piece."""

_LETTER_INK = 0.5
"""Pixels of ink of a letter, to a pixel of the page's letter height; less is a speck."""

_ROW_HEIGHT, _ROW_WIDTH = 2.2, 1.6
"""Height of a row at most, and its width at least; wider seals are higher."""

_GAP = 0.7
"""How far apart letters of one row may be."""

_UNDER, _BEFORE = 1.5, 5
"""How far the right edges of two numbers of a list differ at most, and how far before its line a
number stands."""

_MIN_LETTERS = 3
"""Pieces of a row that is print."""

_LETTERS_OF_ONE = 2
"""Letters that a Chinese character counts for: two of them are a name."""

_BORDER = 1 / 5
"""Share of the lines whose left edges may be indented or stick out."""

_ABOVE, _BESIDE = 3, 4
"""Pixels round a word's box that are under it as well: boxes cut off accents and edges."""

ACCEPTED = 0.85
"""From this score a reading of unread print is taken for words of the page."""

_PRINTED = 0.6
"""From this score of a reading the ink is print, even if it is not read well enough."""

_PRINTED_LETTERS = 5
"""The same for its letters and digits."""

LATIN_SCORE = 0.95
"""From this score of the second reader print is Latin on a page in other letters."""

_LEAST_LATIN = 5
"""Letters and digits of Latin print on such a page: dots and strokes of Arabic look like fewer."""

_FLAG_WIDTH, _FLAG_HEIGHTS = 3.0, (0.5, 1.6)
"""Width and height, in heights of the page's letters, of unread print that is told."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Print under no word: its boxes, the height of the page's letters in pixels, and ``margin``.

    ``margin`` tells that small pieces, such as the numbers of lines, stand one below the other,
    ``chinese`` that two characters may be a name, and that page readers leave just those out.
    """

    boxes: tuple[Box, ...]
    typical: float
    margin: bool = False
    chinese: bool = False


def find_unread(
    image: Grey, dpi: int, lines: tuple[Line, ...], rules: Rules, tables: tuple[Table, ...]
) -> LeftOut:
    """Print outside all words: rows of letters, and single letters alone in a table's cell."""
    scale = rules.scale
    heights = [word.box.height for line in lines for word in line.words]
    typical = max(_LEAST_HEIGHT, float(median(heights)) if heights else _LETTER_INCHES * dpi)
    ink = _uncovered(image, lines, rules)
    if cv2.countNonZero(ink) * scale < _MIN_LETTERS * typical:
        return LeftOut((), typical)
    letters = _letters(ink, typical / scale)
    chinese = is_chinese(lines)
    joined = chinese or is_arabic(lines)
    found, singles = _rows(letters, typical / scale, 1 if joined else _MIN_LETTERS)
    found = [box.times(scale) for box in found]
    found += _numbers([box.times(scale) for box in singles], lines, typical)
    cells = [cell.box for table in tables for cell in table.cells]
    empty = [box for box in cells if not _any_inside(box, found, lines)]
    found += [box.times(scale) for box in _in_cells(letters, empty, scale)]
    return LeftOut(
        widest(tuple(found), len(found)),
        typical,
        difficulty.numbered_margin(letters, _left_edge(lines) / scale),
        chinese,
    )


def is_chinese(lines: tuple[Line, ...]) -> bool:
    """True if most of what was read is in Chinese characters."""
    letters = _letters_of(lines)
    return _LETTERS_OF_ONE * sum(map(is_han, letters)) > len(letters)


def is_arabic(lines: tuple[Line, ...]) -> bool:
    """True if most of what was read is Arabic, whose words are one piece of print or two."""
    letters = _letters_of(lines)
    return 2 * sum(map(scripts.is_arabic, letters)) > len(letters)


def _letters_of(lines: tuple[Line, ...]) -> list[str]:
    return [c for line in lines for word in line.words for c in word.text if c.isalpha()]


def _left_edge(lines: tuple[Line, ...]) -> float:
    """Left of it stands a fifth of the lines."""
    lefts = sorted(line.box.left for line in lines)
    return lefts[int(len(lefts) * _BORDER)] if lefts else 0.0


def widest(boxes: tuple[Box, ...], most: int) -> tuple[Box, ...]:
    """At most ``most`` boxes, the widest, from the top down."""
    chosen = sorted(boxes, key=lambda box: -box.width)[:most]
    return tuple(sorted(chosen, key=lambda box: (box.top, box.left)))


def _uncovered(image: Grey, lines: tuple[Line, ...], rules: Rules) -> NDArray[np.uint8]:
    """Ink (255) under no word and no rule, at the scale of the rules."""
    scale = rules.scale
    small = cv2.resize(image, rules.across.shape[::-1], interpolation=cv2.INTER_AREA)
    ink = as_bytes(cv2.threshold(small, _DARK, 255, cv2.THRESH_BINARY_INV)[1])
    if rules.across.any():
        ink[cv2.dilate(rules.both, np.ones((3, 3), np.uint8)) > 0] = 0
    for line in lines:
        for word in line.words:
            b = word.box
            top, left = max(0, b.top - _ABOVE) // scale, max(0, b.left - _BESIDE) // scale
            bottom, right = (b.bottom + _ABOVE) // scale, (b.right + _BESIDE) // scale
            ink[top : bottom + 1, left : right + 1] = 0
    return ink


def _letters(ink: NDArray[np.uint8], typical: float) -> NDArray[np.uint8]:
    """Only the connected pieces that have the size of letters: no specks, seals or signatures."""
    low, high = (share * typical for share in _LETTER_HEIGHTS)
    _count, labels, stats, _centres = connected.pieces(ink)
    wide, tall, area = stats[:, 2], stats[:, 3], stats[:, 4]
    keep = (
        (tall >= low)
        & (tall <= high)
        & (wide <= _LETTER_WIDTH * high)
        & (area >= _LETTER_INK * typical)
    )
    keep[0] = False
    return as_bytes(np.where(keep[labels], 255, 0))


def _rows(letters: NDArray[np.uint8], typical: float, least: int) -> tuple[list[Box], list[Box]]:
    """Boxes of rows of letters, of ``least`` pieces or more, and of single ones."""
    reach = max(3, round(_GAP * typical))
    joined = cv2.dilate(letters, np.ones((1, reach), np.uint8))
    count, labels, stats, _centres = connected.pieces(joined)
    rows: list[Box] = []
    singles: list[Box] = []
    for label in range(1, count):
        left, top, width, height = (int(v) for v in stats[label][:4])
        box = Box(left, top, left + width, top + height)
        if height > _ROW_HEIGHT * typical:
            continue
        if width < _ROW_WIDTH * typical:
            singles.append(box)
            continue
        part = np.where(
            labels[top : top + height, left : left + width] == label,
            letters[top : top + height, left : left + width],
            0,
        )
        pieces = cv2.connectedComponents(as_bytes(part), connectivity=8)[0] - 1
        (rows if pieces >= least else singles).append(box)
    return rows, singles


def _numbers(singles: list[Box], lines: tuple[Line, ...], typical: float) -> list[Box]:
    """Those of the single pieces that stand one below the other before lines, as numbers do."""
    before = [
        box
        for box in singles
        if _of_print_height(box, typical) and any(_opens(box, line.box, typical) for line in lines)
    ]
    reach = _UNDER * typical
    return [
        box
        for box in before
        if any(other is not box and abs(other.right - box.right) < reach for other in before)
    ]


def _opens(box: Box, line: Box, typical: float) -> bool:
    middle = box.center[1]
    return line.top <= middle <= line.bottom and 0 <= line.left - box.right <= _BEFORE * typical


def _any_inside(cell: Box, boxes: list[Box], lines: tuple[Line, ...]) -> bool:
    """True if the middle of a row or word lies in the cell."""
    others = [*boxes, *(word.box for line in lines for word in line.words)]
    return any(
        cell.left <= x <= cell.right and cell.top <= y <= cell.bottom
        for x, y in (box.center for box in others)
    )


def _in_cells(letters: NDArray[np.uint8], cells: list[Box], scale: int) -> list[Box]:
    """Boxes round the letters in cells without words, such as the number of a row."""
    boxes = []
    for full in cells:
        cell = Box(*(edge // scale for edge in (full.left, full.top, full.right, full.bottom)))
        rows, columns = np.nonzero(letters[cell.top : cell.bottom, cell.left : cell.right])
        if rows.size:
            top, bottom = cell.top + int(rows.min()), cell.top + int(rows.max()) + 1
            left, right = cell.left + int(columns.min()), cell.left + int(columns.max()) + 1
            boxes.append(Box(left, top, right, bottom))
    return boxes


def as_line(reading: SecondReading, *, chinese: bool = False) -> Line | None:
    """The reading as a line of the page, if it is good enough; words share the box's width."""
    words = reading.text.split()
    letters = sum(c.isalnum() for c in reading.text)
    if chinese:
        letters += (_LETTERS_OF_ONE - 1) * sum(is_han(c) and c.isalpha() for c in reading.text)
    if reading.confidence < ACCEPTED or letters < len(reading.text) / 2:
        return None
    if letters < _MIN_LETTERS and not reconcile.is_short_word(reading.text, reading.confidence):
        return None
    if any(map(scripts.is_arabic, words)):
        from_left = placed(words[::-1], reading.box, reading.confidence)
        return Line(from_left[::-1], block=-1)
    return Line(placed(words, reading.box, reading.confidence), block=-1)


def still_unread(left_out: LeftOut, readings: tuple[SecondReading, ...]) -> tuple[Box, ...]:
    """Boxes of print that nobody could read: no drawings, and not what was read after all."""
    tried = {reading.box for reading in readings}
    chinese = left_out.chinese
    rest = [r.box for r in readings if as_line(r, chinese=chinese) is None and _looks_printed(r)]
    rest += [box for box in left_out.boxes if not any(box.union(wide) == wide for wide in tried)]
    return tuple(
        box
        for box in rest
        if _of_print_height(box, left_out.typical) and box.width >= _FLAG_WIDTH * left_out.typical
    )


def is_latin_print(reading: SecondReading, *, arabic: bool) -> bool:
    """Whether what the second reader saw on a page in other letters is printed in Latin ones.

    Cyrillic looks like Latin letters to it, so there only an address is believed; of Arabic it
    makes short words that it is not sure of.
    """
    if reading.confidence < LATIN_SCORE:
        return False
    letters = [c for c in reading.text if c.isalnum()]
    all_latin = len(letters) >= _LEAST_LATIN and all(c.isascii() for c in letters)
    return (all_latin and arabic) or "@" in reading.text


def _looks_printed(reading: SecondReading) -> bool:
    letters = sum(c.isalnum() for c in reading.text)
    return reading.confidence >= _PRINTED and letters >= _PRINTED_LETTERS


def _of_print_height(box: Box, typical: float) -> bool:
    return _FLAG_HEIGHTS[0] * typical <= box.height <= _FLAG_HEIGHTS[1] * typical
