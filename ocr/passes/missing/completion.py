"""Makes a page's words complete: what its reader left out or read badly is read again.

Two ways. On every page rows of letters under no word are given to the line reader. On pages of
the kind tesseract loses words of, a detector of print tells where else to read; see ``hard``
and ``mend``. Print that stays unread is told, so that a person looks.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.engines import rapid, rapid_detector
from ocr.engines.protocols import OcrEngine
from ocr.engines.tesseract_base import TesseractReader
from ocr.lines import columns
from ocr.lines.columns import Columns
from ocr.lines.page_text import PageText
from ocr.lines.reading_order import inserted
from ocr.passes.missing import broken, difficulty, placing, reconcile, unread
from ocr.passes.missing.pieces import is_doubtful, pieces
from ocr.prepare import facing_pages
from ocr.prepare.page_image import PageImage
from ocr.tables.rules import Rules
from ocr.types import Box, Line, SecondReading, Table

_BOXES, _BOXES_TESSERACT = 24, 6
"""Rows of unread print that are read; with tesseract each costs a tenth of a page."""

_PIECES = 400
"""Pieces of print on a hard page that are read again."""

_FOR_DETECTOR = frozenset({"en", "fr", "es", "pt"})
_FOR_COLUMNS = _FOR_DETECTOR | {"zh"}
"""Languages of pages on which the detector finds print that the page reader loses, and of those
whose columns the second reader can read: of others it reads ends of addresses only."""

_SMALL_INCHES = 0.075
"""Height of words below which the detector needs a finer picture."""


def completed(
    page: PageImage,
    reading: PageText,
    raw: tuple[Line, ...],
    rules: Rules,
    grids: tuple[Table, ...],
    second: OcrEngine | None,
    engine: OcrEngine,
) -> tuple[tuple[Line, ...], tuple[Box, ...]]:
    """The lines with what was missing, and boxes of print that is still unread.

    Args:
        page: the sheet.
        reading: its lines, rubbish dropped.
        raw: all that the page reader gave.
        rules: the page's rules.
        grids: the tables between them.
        second: the second reader, None if there is none.
        engine: who reads lines in letters that the second reader does not know.
    """
    left_out = unread.find_unread(page.image, page.dpi, reading.lines, rules, grids)
    latin = not set(reading.languages) & {"ru", "ar"}
    single = page.gutter is None
    for_detector = set(reading.languages) <= _FOR_DETECTOR
    if isinstance(second, rapid.RapidEngine) and single:
        hard = left_out.margin or difficulty.is_hard(raw, grids, left_out.boxes, page.dpi)
        if for_detector and hard:
            lines = _mended(page, reading, second)
        else:
            lines = _with_columns(page, reading, grids, second)
        if lines != reading.lines:
            reading = replace(reading, lines=lines)
            left_out = unread.find_unread(page.image, page.dpi, lines, rules, grids)
    reader = second if second is not None and latin else engine
    most = _BOXES_TESSERACT if isinstance(reader, TesseractReader) else _BOXES
    boxes = unread.widest(left_out.boxes, most)
    lines, taken = _whole_words(page, reading, boxes, left_out.typical, reader, second)
    reading = replace(reading, lines=lines)
    boxes = tuple(b for b in boxes if not any(t.box.union(b) == t.box for t in taken))
    readings = reader.lines(page.image, boxes, reading.languages)
    if reader is not second and second is not None:
        readings = _with_latin(page, reading, left_out.boxes, readings, second)
    lines_read = (unread.as_line(r, chinese=left_out.chinese) for r in readings)
    found = tuple(line for line in lines_read if line is not None)
    rest = unread.still_unread(left_out, (*readings, *taken))
    return _in_place(page, reading, found), rest


def _with_latin(
    page: PageImage,
    reading: PageText,
    boxes: tuple[Box, ...],
    readings: tuple[SecondReading, ...],
    second: OcrEngine,
) -> tuple[SecondReading, ...]:
    """The readings of unread print on a page in other letters, those of Latin print exchanged.

    Addresses below an Arabic list were left out by the page reader, and its line reader with the
    Arabic model sees no address in them, the second reader nothing else.
    """
    wanted = unread.widest(boxes, _BOXES)
    seen = second.lines(page.image, wanted, reading.languages)
    latin = {r.box: r for r in seen if unread.is_latin_print(r, arabic="ar" in reading.languages)}
    others = (r for r in readings if r.box not in latin)
    return tuple(sorted((*others, *latin.values()), key=lambda r: (r.box.top, r.box.left)))


def _whole_words(
    page: PageImage,
    reading: PageText,
    boxes: tuple[Box, ...],
    size: float,
    reader: OcrEngine,
    second: OcrEngine | None,
) -> tuple[tuple[Line, ...], tuple[SecondReading, ...]]:
    """The lines with the words that unread print is a part of, see ``broken``."""
    if reader is not second:  # tesseract has tried
        return reading.lines, ()
    parts = (*boxes, *broken.between(page.image, reading.lines))
    wide = dict.fromkeys(broken.whole(page.image, box, size) for box in parts)
    wanted = tuple(box for box in wide if box not in parts)[:_BOXES]
    return broken.mended(reading.lines, reader.lines(page.image, wanted, reading.languages))


def _in_place(page: PageImage, reading: PageText, found: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the new ones; on a sheet of two pages each in its own."""
    if page.gutter is None:
        return inserted(reading.lines, found)
    halves = zip(
        *(facing_pages.of_halves(ls, page.gutter) for ls in (reading.lines, found)), strict=True
    )
    left, right = (inserted(lines, new) for lines, new in halves)
    from_right = reading.languages[:1] == ("ar",)
    return (*right, *left) if from_right else (*left, *right)


def _with_columns(
    page: PageImage, reading: PageText, grids: tuple[Table, ...], second: OcrEngine
) -> tuple[Line, ...]:
    """The lines, those that stand in columns as both readers of print see them."""
    if "ar" in reading.languages:
        return reading.lines
    for place in columns.places(reading.lines, grids):
        lines = _mended(page, reading, second, place)
        reading = replace(reading, lines=lines)
    return reading.lines


def _mended(
    page: PageImage, reading: PageText, second: OcrEngine, place: Columns | None = None
) -> tuple[Line, ...]:
    """The lines as both readers of print see them, on the whole page or in a place on it."""
    heights = sorted(word.box.height for line in reading.lines for word in line.words)
    small = bool(heights) and heights[len(heights) // 2] < _SMALL_INCHES * page.dpi
    where = None if place is None else place.box
    boxes = rapid_detector.find_print(page.image, page.dpi, sharper=small, place=where)
    if place is not None:
        boxes = placing.in_columns(page.image, boxes, place)
    found = pieces(reading.lines, boxes)
    doubtful = [piece for piece in found if is_doubtful(piece, reading.lines)][:_PIECES]
    if not set(reading.languages) <= _FOR_COLUMNS:  # other letters than those of addresses
        doubtful = [piece for piece in doubtful if reconcile.may_be_tail(piece, reading.lines)]
    again = second.lines(page.image, tuple(piece.box for piece in doubtful), reading.languages)
    both = tuple(zip(doubtful, again, strict=True))
    return reconcile.reconciled(reading.lines, both, found, where, page.image)
