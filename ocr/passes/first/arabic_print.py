"""Arabic print read once more, line by line, by a model that was made for it.

The page reader finds the lines; of their letters it loses dots and joins, in some typefaces most.
Each run of Arabic words is read as one picture by ``ocr.engines.arabic_recogniser``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ocr.engines import arabic_recogniser
from ocr.engines.arabic_recogniser import Seen
from ocr.image import Grey
from ocr.lines import scripts
from ocr.types import Box, Line, Word, enclosing

_GAP = 1.6
"""White between two words, in heights of the line, from which they are read apart."""

_MARGIN = 0.12
"""Room round a run, in heights of it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Arabic words of a line that stand together, from the right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        """The smallest box that holds every word."""
        return enclosing(tuple(w.box for w in self.words))


def runs(line: Line) -> tuple[Run, ...]:
    """The runs of Arabic words of a line; figures and marks go with what they stand in."""
    found: list[list[Word]] = []
    height = line.box.height
    before: Word | None = None
    for word in sorted(line.words, key=lambda w: -w.box.right):
        if _is_foreign(word):
            before = None
            continue
        if before is None or before.box.left - word.box.right > _GAP * height:
            found.append([])
        found[-1].append(word)
        before = word
    return tuple(Run(tuple(run)) for run in found if any(scripts.is_arabic(w.text) for w in run))


def _is_foreign(word: Word) -> bool:
    return any(c.isalpha() for c in word.text) and not scripts.is_arabic(word.text)


def seen(image: Grey, run: Run) -> tuple[Word, ...]:
    """What the model reads in the place of a run, its words with their boxes, from the right."""
    box = run.box
    margin = max(2, round(_MARGIN * box.height))
    left, top = max(0, box.left - margin), max(0, box.top - margin)
    crop = image[top : box.bottom + margin, left : box.right + margin]
    width = crop.shape[1]
    return tuple(_placed(word, left, width, box) for word in arabic_recogniser.words(crop))


def _placed(word: Seen, left: int, width: int, line: Box) -> Word:
    place = Box(
        left + int(word.left * width), line.top, left + int(word.right * width) + 1, line.bottom
    )
    return Word(word.text, place, word.score)
