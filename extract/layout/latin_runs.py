"""Latin words in a line of Arabic, in the order a person reads them.

Arabic runs to the left, Latin in it to the right: ``CU 2019/59`` has ``CU`` on its left. Words that
were put in order by their places alone stand the wrong way round.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.types import Line, Page, Word

WORD_SPACE = 1.0  # white between words of one run, in heights
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")


def with_latin_runs(page: Page) -> Page:
    """A right-to-left page whose Latin words follow each other to the right."""
    lines = tuple(map(_in_order, page.lines))
    return page if lines == page.lines else replace(page, lines=lines)


def _in_order(line: Line) -> Line:
    words: list[Word] = []
    for run in _runs(line.words):
        leftward = len(run) > 1 and all(b.box.right <= a.box.left for a, b in pairwise(run))
        words.extend(_turned(run) if leftward else run)
    return line if tuple(words) == line.words else replace(line, words=tuple(words))


def _turned(run: list[Word]) -> list[Word]:
    """From the left to the right; figures to the left of all Latin letters belong to the Arabic."""
    first = max((n for n, word in enumerate(run) if _LATIN.search(word.text)), default=-1)
    return [*reversed(run[: first + 1]), *run[first + 1 :]]


def _runs(words: tuple[Word, ...]) -> list[list[Word]]:
    """Words without Arabic letters with nothing but a space between them; all others alone."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _goes_on(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _goes_on(before: Word, word: Word) -> bool:
    if _RIGHT_TO_LEFT.search(before.text + word.text):
        return False
    gap = max(word.box.left - before.box.right, before.box.left - word.box.right)
    return gap < WORD_SPACE * max(before.box.height, word.box.height)
