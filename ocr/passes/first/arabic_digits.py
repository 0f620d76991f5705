"""Figures of Arabic pages: dates and numbers as the model for Arabic lines reads them.

Tesseract's model knows hardly any Eastern digits: ``٢٩ آذار/مارس ٢٠١٩`` becomes ``15 آذار/مارس
17١15``, and a digit beside Arabic letters is lost now and then (``1 مارس`` for ``31 مارس``). Short
runs with figures are read by the other model, too. Where it is sure of another figure it reads that
one alone once more, as it loses digits of a long run itself (``7/2`` for ``م/7/2204``), and of the
two the one with more digits is taken: a word's box may be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from ocr.engines.protocols import OcrEngine
from ocr.image import Grey
from ocr.lines import scripts
from ocr.types import ARABIC_LINES, Line, SecondReading, Word, enclosing

SURE = 0.9
"""Mean score of a run from which its figures are taken. On 68 pages of five hands 17 lines had more
than 0.93, all right; on six of three more, whose dates nobody had read, 17 pieces of them had this
much, and one of these a stop inside its year. What is taken is doubted."""

TAKEN = 0.5
"""Confidence of figures that were taken against the page reader: a person looks."""

_MOST_WORDS, _MOST_RUNS = 10, 12
"""Words of a run that is read again, and such runs a page."""

_WHITE = 2.0
"""White that parts two runs of a line, in its words' heights. Chosen, not measured."""

_SHORT, _UNSURE = 4, 0.85
"""Signs of what may have been figures, and confidence below which it may; 0.47 to 0.77 in six."""

_LONG, _HOPELESS = 10, 0.6
"""The same of longer ones, as ``TE/0¥`` for ``٣٤/٨٥`` with 0.52."""


_FIGURE = re.compile(r"\(?(?:[\u0621-\u064a][.\u0621-\u064a]{0,4}/)?[0-9٠-٩][0-9٠-٩/.\-]*م?[)،.]?")
"""A date, a year or a number, with the letters of an office before it; no glued words."""

_EASTERN = re.compile(r"[٠-٩]")
_GLUED = re.compile(r"(?:(?<=[\u0621-\u064a]{3})|(?<=:))(?=[0-9٠-٩])")
"""Where a line reader lost the space before a figure: ``مايو٢٠١٩``, ``:6``."""

_LATIN_WORD = re.compile(r"[A-Za-z]{2}")
"""More than a letter, which an Arabic one is taken for: ``1799/44/p`` for ``م/1799/44``."""

_LETTERS = re.compile(r"[\u0621-\u064a]{3,9}(?:/[\u0621-\u064a]{3,9})?")
_DAY, _YEAR = 2, 4
"""Digits of a day, at most, and of a year."""

_ONE_WAY = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def read_again(
    image: Grey, lines: tuple[Line, ...], engine: OcrEngine, languages: tuple[str, ...]
) -> tuple[Line, ...]:
    """The lines of an Arabic page with the figures that the model for Arabic lines is sure of.

    A line is read run by run: the date may stand across the page from the note's number, and a
    line reader takes the white between them for words.

    Raises:
        ChildError: there is no time left.
    """
    runs = [run for n, line in enumerate(lines) for run in _runs(n, line) if _has_figures(run)]
    runs = runs[:_MOST_RUNS]
    boxes = tuple(enclosing(tuple(word.box for word in run.words)) for run in runs)
    changed = [list(line.words) for line in lines]
    others = [
        _Other(run.line, run.start + at, text)
        for run, reading in zip(runs, engine.lines(image, boxes, languages), strict=True)
        for at, text in _other_figures(run.words, reading)
    ]
    places = tuple(lines[other.line].words[other.at].box for other in others)
    for other, alone in zip(others, engine.lines(image, places, languages), strict=True):
        more = len(_digits(alone.text)) >= len(_digits(other.text))
        one = len(alone.text.split()) == 1  # a box may reach across its neighbours
        text = alone.text if one and alone.confidence >= SURE and more else other.text
        word = lines[other.line].words[other.at]
        month = not _digits(other.text)
        changed[other.line][other.at] = _signed(word, other.text) if month else _taken(word, text)
    return tuple(
        line if list(line.words) == words else replace(line, words=tuple(words))
        for line, words in zip(lines, changed, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a line with no wide white between them: the line's number, the first word's."""

    line: int
    start: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    """Another figure that was seen in a run: the line's number, the word's, and the figure."""

    line: int
    at: int
    text: str


def _runs(number: int, line: Line) -> Iterator[_Run]:
    start = 0
    for at, (one, other) in enumerate(pairwise(line.words), 1):
        white = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
        if white > _WHITE * max(one.box.height, other.box.height):
            yield _Run(number, start, line.words[start:at])
            start = at
    yield _Run(number, start, line.words[start:])


def _has_figures(run: _Run) -> bool:
    """A few Arabic words with figures, or what was read for some; Latin is for other readers."""
    texts = [word.text for word in run.words]
    strange = [_is_stranger(word) for word in run.words]
    latin = any(_LATIN_WORD.search(t) and not s for t, s in zip(texts, strange, strict=True))
    arabic = any(map(scripts.is_arabic, texts)) or any(_EASTERN.search(t) for t in texts)
    told = any(strange) or any(map(_is_figure, texts))
    return arabic and not latin and len(texts) <= _MOST_WORDS and told


def _is_stranger(word: Word) -> bool:
    """``TT``, ``WV``, ``"`` for ``٢٢``, ``١٧``, ``٣``: short, unsure, and not Arabic."""
    text, sure = word.text, word.confidence
    if scripts.is_arabic(text) or "@" in text:
        return False
    short = len(text) <= _SHORT and not _is_figure(text) and sure < _UNSURE
    return short or (len(text) <= _LONG and sure < _HOPELESS and not _FIGURE.fullmatch(text))


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _other_figures(words: tuple[Word, ...], reading: SecondReading) -> Iterator[tuple[int, str]]:
    """Places of the words in whose place the reading surely has another figure, and that."""
    seen = _GLUED.sub(" ", reading.text).split()
    if reading.confidence < SURE or not seen:
        return
    for step in Levenshtein.opcodes([word.text for word in words], seen):
        ours = range(step.src_start, step.src_end)
        theirs = range(step.dest_start, step.dest_end)
        if step.tag == "replace" and len(ours) == len(theirs):
            for at, there in zip(ours, theirs, strict=True):
                month = _is_month(words[at], seen, there)
                if month or _taken(words[at], seen[there]) != words[at]:
                    yield at, seen[there]


def _is_month(word: Word, seen: list[str], at: int) -> bool:
    """``bil`` where ``أبريل`` was seen between a day and a year."""
    if not 0 < at < len(seen) - 1:
        return False
    day, year = _digits(seen[at - 1]), _digits(seen[at + 1])
    doubted = word.confidence < _HOPELESS or bool(_LATIN_WORD.search(word.text))
    dated = 0 < len(day) <= _DAY and len(year) == _YEAR
    return doubted and dated and bool(_LETTERS.fullmatch(seen[at]))


def _signed(word: Word, text: str) -> Word:
    """The word with what was seen for it, by a reader that is no witness of it later."""
    return replace(word, text=text, confidence=TAKEN, reader=ARABIC_LINES)


def _taken(word: Word, text: str) -> Word:
    """The figure that was seen in the place of another one; telephones are for other readers."""
    old, new = _digits(word.text), _digits(text)
    unread = not old and not _is_stranger(word)
    if unread or "+" in word.text or not new or not _FIGURE.fullmatch(text):
        return word
    if old == new and (_FIGURE.fullmatch(word.text) or not scripts.is_arabic(text)):
        return word
    return replace(word, text=text, confidence=min(word.confidence, TAKEN))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit()).translate(_ONE_WAY)
