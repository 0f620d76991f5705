"""Tesseract's TSV output, parsed.

Twelve columns: level, page_num, block_num, par_num, line_num, word_num, left, top, width,
height, conf, text. Rows of level 5 are words; conf runs from 0 to 100 and becomes 0 to 1
here, nowhere else.
"""

from __future__ import annotations

from itertools import groupby

from ocr.types import Box, Line, Word

_COLUMNS = 12  # of a row, the text last
_WORD_LEVEL = "5"
_PAGE_LEVEL = "1\t"
_CERTAIN = 100  # tesseract's conf of a word it is certain of

# Direction marks: tesseract puts them round Latin words in Arabic lines, they are not printed.
_MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def by_image(tsv: str, images: int) -> tuple[str, ...] | None:
    """The rows of each of several images that were read in one call; None if some are missing.

    Every image begins with a row of level 1, whether or not something was read.
    """
    pages: list[list[str]] = []
    for row in tsv.split("\n"):
        if row.startswith(_PAGE_LEVEL):
            pages.append([])
        if pages:
            pages[-1].append(row)
    return tuple("\n".join(rows) for rows in pages) if len(pages) == images else None


def parse(tsv: str) -> tuple[Line, ...]:
    """The lines of a page in tesseract's reading order; rows without text are left out.

    Rows that are no TSV rows of level 5 (headings, damaged ones) are skipped.
    """
    rows = [row for row in map(_word, tsv.split("\n")) if row is not None]
    lines = []
    for (block, paragraph, _line), group in groupby(rows, key=lambda row: row[0]):
        words = tuple(word for _key, words in group for word in words)
        lines.append(Line(words, block=block, paragraph=paragraph))
    return tuple(lines)


def _word(row: str) -> tuple[tuple[int, int, int], tuple[Word, ...]] | None:
    fields = row.rstrip("\r").split("\t", _COLUMNS - 1)
    if len(fields) < _COLUMNS or fields[0] != _WORD_LEVEL:
        return None
    try:
        block, paragraph, line = (int(f) for f in fields[2:5])
        left, top, width, height = (int(f) for f in fields[6:10])
        confidence = float(fields[10]) / _CERTAIN
    except ValueError:
        return None
    if width < 0 or height < 0:
        return None
    # no white space is expected inside a word, but a no-break space may come with it
    parts = fields[11].translate(_MARKS).split()
    if not parts:
        return None
    box = Box(left, top, left + width, top + height)
    confidence = min(1.0, max(0.0, confidence))
    return (block, paragraph, line), tuple(Word(part, box, confidence) for part in parts)
