"""The second reader's part in a page: places that matter are read by another engine too."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from ocr.engines.protocols import OcrEngine
from ocr.image import Grey
from ocr.lines.scripts import is_han
from ocr.lines.spacing import placed
from ocr.lines.specks import without_specks
from ocr.passes.second import accents, doubtful_words
from ocr.passes.second.mail_words import (
    HOPELESS,
    LESS,
    TAKEN,
    follow,
    inside,
    joined,
    parted,
    with_address,
)
from ocr.types import Box, Line, SecondReading, Word, enclosing

SURE_PART = 0.9
"""Score from which the second reading is taken for a part of an address in other letters."""

_PART = re.compile(r"[a-z0-9._-]{1,40}")
"""A part of an address, above or below the one with its sign."""

_UNSURE = 0.85
"""Confidence below which a word may have lost a sign at its end."""

_JOINTS = "._-"
"""Signs at which addresses are broken."""

_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+[^\W\d_]{2}[,;]?")
"""Letters alone, as names and posts have."""

_SHORTEST_NAME = 3
"""Letters of a part of it. Chosen, not measured."""

_SURE_HAN = 0.99
"""Score from which Chinese is believed where the first reader saw Latin letters: five such words on
notes by another hand, a name among them, had 0.9996 and more and were right."""

_HAN_WIDTH = (0.7, 1.25)
"""Width of a Chinese character in heights of its word."""


def read_again(
    image: Grey,
    lines: tuple[Line, ...],
    engine: OcrEngine,
    languages: tuple[str, ...],
    most: int,
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read where addresses and doubtful words stand.

    Addresses come first; at most ``most`` places are read. A reading is kept beside the
    words as evidence; only words that tesseract could not read at all are replaced by it, and
    then it is not kept as a second opinion of itself. Where names stand is known by who
    understands the page (``read_places``).
    """
    wanted: list[tuple[int, Box]] = []
    parts = doubtful_words.broken(lines)
    chinese = partial(doubtful_words.unsure_chinese_boxes, chinese_page="zh" in languages[:1])
    for choose in (doubtful_words.address_boxes, doubtful_words.unsure_boxes, chinese):
        wanted += [(number, box) for number, line in enumerate(lines) for box in choose(line)]
        wanted += parts if choose is doubtful_words.address_boxes else []
    wanted = _without_doubles(wanted)[:most]
    found = engine.lines(image, tuple(box for _number, box in wanted), languages)
    changed = list(lines)
    for (number, _box), reading in zip(wanted, found, strict=True):
        if reading.text:
            changed[number] = _with_reading(changed[number], reading, part=(number, _box) in parts)
    return tuple(changed)


def _without_doubles(wanted: list[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Places that lie inside an earlier one of the same line are left out."""
    kept: list[tuple[int, Box]] = []
    for number, box in wanted:
        if not any(number == other and box.union(wide) == wide for other, wide in kept):
            kept.append((number, box))
    return kept


def _with_reading(line: Line, reading: SecondReading, *, part: bool = False) -> Line:
    reading = replace(reading, text=without_specks(reading.text, line.text))
    under = [word for word in line.words if word.box == reading.box]
    if len(under) != 1 and _are_hopeless(line, reading):
        return _in_their_place(line, reading)
    hopeless = [w for w in under if w.confidence < HOPELESS and reading.confidence >= TAKEN]
    lost = len(under) == 1 and (
        (part and _is_lost_part(under[0], reading)) or _is_lost_han(under[0], reading)
    )
    if len(under) == 1 and (hopeless or lost):
        at = line.words.index(under[0])
        new = replace(under[0], text="".join(reading.text.split()), confidence=TAKEN - LESS)
        return replace(line, words=(*line.words[:at], new, *line.words[at + 1 :]))
    if len(under) == 1 and _has_lost_joint(under[0], reading):
        at = line.words.index(under[0])
        line = replace(
            line,
            words=(*line.words[:at], replace(under[0], text=reading.text), *line.words[at + 1 :]),
        )
    line = parted(joined(with_address(line, reading), reading), reading)
    line = accents.with_accents(_spaced(line, reading), reading)
    return replace(line, second=(*line.second, reading))


def _are_hopeless(line: Line, reading: SecondReading) -> bool:
    """``mT ®R`` for a name: none of the words in the place was read, and the reading is sure.

    Addresses are put together from their parts, and keep both readings.
    """
    under = inside(line, reading)
    return (
        bool(under)
        and not any("@" in word.text for word in under)
        and reading.confidence >= TAKEN
        and max(word.confidence for word in under) < HOPELESS
        and enclosing(tuple(word.box for word in under)) == reading.box
        and follow(line, under)
    )


def _in_their_place(line: Line, reading: SecondReading) -> Line:
    """The line with the reading's words in place of those that lie in its box."""
    under = inside(line, reading)
    tokens = reading.text.split()
    if all(map(is_han, "".join(tokens))):
        tokens = ["".join(tokens)]
    at = line.words.index(under[0])
    new = placed(tokens, reading.box, TAKEN - LESS)
    return replace(line, words=(*line.words[:at], *new, *line.words[at + len(under) :]))


def _is_lost_part(word: Word, reading: SecondReading) -> bool:
    """A part of an address in letters or with signs that no address has there.

    ``ov.uz`` read as ``оу``, ``.cn`` as ``.CD``, ``.pk`` as ``-pk``, ``ob.pe`` as ``ob:pe``; or
    hardly read at all.
    """
    sure = reading.confidence >= SURE_PART and _PART.fullmatch(reading.text) is not None
    signs = [[c for c in text if c.isalnum()] for text in (word.text, reading.text)]
    lost = signs[0] == signs[1] and reading.confidence >= TAKEN
    unsure = word.confidence < _UNSURE and reading.confidence >= TAKEN
    unsure = unsure and len(reading.text) >= len(word.text)
    strange = not word.text.isascii() or word.text.isupper()
    return sure and (lost or unsure or strange)


def _is_lost_han(word: Word, reading: SecondReading) -> bool:
    """``EH`` for a name, ``”团长`` for a role: Latin is read into Chinese print."""
    text = "".join(reading.text.split())
    if reading.confidence < _SURE_HAN or not all(map(is_han, text)):
        return False
    narrow, wide = (share * len(text) * word.box.height for share in _HAN_WIDTH)
    latin = word.text.isascii() and any(map(str.isalpha, word.text))
    return (latin and narrow <= word.box.width <= wide) or word.text[1:] == text


def _has_lost_joint(word: Word, reading: SecondReading) -> bool:
    """``ana`` and, surely, ``ana.``: an address goes on in the next line of its cell."""
    small = word.text.isascii() and word.text.isalnum() and word.text == word.text.lower()
    sure = reading.confidence >= TAKEN and word.confidence < _UNSURE
    return small and sure and reading.text in {word.text + sign for sign in _JOINTS}


def _spaced(line: Line, reading: SecondReading) -> Line:
    """``TOBINWEXLER`` as two words where the reading surely has a space: it makes none up."""
    if reading.confidence < TAKEN or reading.languages:
        return line
    words: list[Word] = []
    for word in line.words:
        inside = word.box.union(reading.box) == reading.box and _NAME.fullmatch(word.text)
        tokens = _tokens(word.text, reading.text) if inside else []
        words += placed(tokens, word.box, word.confidence) if len(tokens) > 1 else (word,)
    return line if len(words) == len(line.words) else replace(line, words=tuple(words))


def _tokens(text: str, seen: str) -> list[str]:
    """The words in ``seen`` that are the text's letters, one after the other."""
    tokens = seen.split()
    for first in range(len(tokens)):
        for last in range(first + 2, len(tokens) + 1):
            found = tokens[first:last]
            if "".join(found) == text and min(map(len, found)) >= _SHORTEST_NAME:
                return found
    return []


def read_places(
    image: Grey, lines: tuple[Line, ...], engine: OcrEngine, places: tuple[Box, ...], most: int
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read in given places; each goes to the line it lies on.

    At most ``most`` places are read, those that have been read before not again.
    """
    wanted = [
        (number, box)
        for box in places
        for number in [line_under(box, lines)]
        if number is not None and not _is_known(box, lines[number])
    ][:most]
    changed = list(lines)
    found = engine.lines(image, tuple(box for _number, box in wanted), ())
    for (number, _box), reading in zip(wanted, found, strict=True):
        if reading.text:
            changed[number] = _with_reading(changed[number], reading)
    return tuple(changed)


def line_under(box: Box, lines: tuple[Line, ...]) -> int | None:
    """Number of the first line with words that lie in the box, None if there is none."""
    return next((n for n, line in enumerate(lines) if _under(box, line)), None)


def _under(box: Box, line: Line) -> list[Box]:
    """The words' boxes that lie in ``box``."""
    return [w.box for w in line.words if w.box.union(box) == box]


def _is_known(box: Box, line: Line) -> bool:
    """True if every word in the box lies in a place that has been read."""
    return all(
        any(word.union(reading.box) == reading.box for reading in line.second)
        for word in _under(box, line)
    )
