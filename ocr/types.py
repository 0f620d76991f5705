"""What reading a scan produces: pages of lines of words, each with its place and trust.

Coordinates are pixels of the *page image*, the upright, deskewed image the words were read
from; the origin is its top left corner, x grows to the right, y downwards. Confidences run
from 0 to 1. Pages count from 1. Angles are degrees, clockwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageOutcome = Literal["read", "warned", "failed"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the page image; right and bottom are exclusive.

    Raises:
        ValueError: the box is inside out.
    """

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"box is inside out: {self}")

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """Middle of the box as (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """True if the middle of the other box lies in this one."""
        x, y = other.center
        return self.left <= x < self.right and self.top <= y < self.bottom

    def moved(self, right: int, down: int) -> Box:
        """The box so many pixels further to the right and down."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def times(self, scale: int) -> Box:
        """The same place on an image that is so many times as large."""
        return Box(self.left * scale, self.top * scale, self.right * scale, self.bottom * scale)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def enclosing(boxes: tuple[Box, ...]) -> Box:
    """The smallest box that holds all of ``boxes``.

    Raises:
        ValueError: there is no box.
    """
    if not boxes:
        raise ValueError("no boxes to enclose")
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


OVERWRITTEN = 1 / 128
"""Confidence of a word with a signature or a seal across it, whatever its readers say."""


SIGN_UNTOLD = 1 / 64
"""Confidence of a word with an apostrophe that nothing tells to be straight or curled."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the page reader read it, never empty and without white space.

    ``reader`` is the engine of a word that is another one's and has no second witness in it.
    """

    text: str
    box: Box
    confidence: float
    reader: str = ""


ARABIC_LINES = "arabic-lines"
CYRILLIC_LINES = "cyrillic-lines"
LINE_ENGINES = (ARABIC_LINES, CYRILLIC_LINES)
"""Engines of readings by the models for lines of one script: nothing in common with tesseract's."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What another engine read in the same place as ``Line`` (or a part of it).

    ``languages`` are the ISO 639-1 codes whose letters it was asked for; empty for a reader that
    reads everything with one model. ``unsure`` are words of the text with a sign that the engine
    nearly took for another letter; empty for an engine that does not tell.
    """

    text: str
    box: Box
    confidence: float
    engine: str
    languages: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line in reading order; words are in logical (reading) order, not left to right.

    ``block`` and ``paragraph`` are the page reader's own numbering, unique within a page only
    in combination.
    """

    words: tuple[Word, ...]
    block: int = 0
    paragraph: int = 0
    second: tuple[SecondReading, ...] = ()

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join([w.text for w in self.words])

    @property
    def box(self) -> Box:
        """The smallest box that holds every word."""
        return enclosing(tuple(w.box for w in self.words))


@dataclass(frozen=True, slots=True)
class Names:
    """Boxes of one script, in pixels of the page image, to be read with the models of languages.

    Of Latin and Cyrillic names; for the models for lines of Arabic and Cyrillic, posts and
    institutions, too. ``languages`` are ISO 639-1 codes; those models' are ``ar`` and ``ru``.
    """

    boxes: tuple[Box, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where on a page to look again, in pixels of the page image.

    ``boxes`` is for the second reader, ``names`` for the third one. ``languages`` (ISO 639-1) are
    the sender's, whatever script they are in.
    """

    boxes: tuple[Box, ...] = ()
    names: tuple[Names, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table; rows and columns count from 0, columns from the left edge."""

    row: int
    column: int
    box: Box
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled grid found on the page."""

    box: Box
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    ``rotation`` is the quarter turn (0, 90, 180, 270) that was applied to put it upright and
    ``skew`` the small angle taken out after it. ``language`` is the ISO 639-1 code of the main
    language, None when nothing was read. ``mean_confidence`` is over words of three or more
    letters. ``reason`` is None for ``read`` and a stable code otherwise (``blank``,
    ``low_ocr``, ``timeout``, ``renderer_warning``, ``damaged_image``, ``unread_print`` ...).
    ``unread`` are boxes of print that nobody could read. ``name_languages`` are the ISO 639-1
    codes of the languages that names are expected to be in, those of the sender.
    """

    number: int
    width: int
    height: int
    dpi: int
    outcome: PageOutcome
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    reason: str | None = None
    language: str | None = None
    mean_confidence: float = 0.0
    rotation: int = 0
    skew: float = 0.0
    engine: str = ""
    unread: tuple[Box, ...] = ()
    name_languages: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines in reading order, one line each."""
        return "\n".join(line.text for line in self.lines)
