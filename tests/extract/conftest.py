"""Pages made of plain text, for tests of what the rules find in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from ocr.types import Box, Line, Page, Word

CHAR, PITCH, HEIGHT, LEFT, TOP, GAP = 15, 40, 30, 100, 100, 60
WIDTH = 2500
CONFIDENCE = 0.96
PageOf = Callable[..., Page]


def make_page(
    lines: Iterable[str],
    language: str = "en",
    number: int = 1,
    confidence: float = CONFIDENCE,
    *,
    from_right: bool = False,
) -> Page:
    """A page of one column: words of 15 pixels a letter; an empty text leaves white space.

    ``from_right`` sets the lines from the right margin, as Arabic is printed.
    """
    found: list[Line] = []
    y = TOP
    for text in lines:
        parts = text.split()
        x, placed = LEFT, {}
        for number_of_word in _from_right(parts) if from_right else range(len(parts)):
            part = parts[number_of_word]
            left, right = x, x + len(part) * CHAR
            if from_right:
                left, right = WIDTH - right, WIDTH - left
            placed[number_of_word] = Word(part, Box(left, y, right, y + HEIGHT), confidence)
            x += (len(part) + 1) * CHAR
        words = [placed[n] for n in range(len(parts))]
        if words:
            found.append(Line(tuple(words)))
        y += PITCH if words else GAP
    return Page(
        number,
        WIDTH,
        max(3500, y + TOP),
        200,
        "read",
        tuple(found),
        language=language,
        mean_confidence=confidence,
    )


def _from_right(parts: list[str]) -> list[int]:
    """Numbers of words from the right margin on: Latin ones stand from the left to the right."""
    order: list[int] = []
    latin: list[int] = []
    for number, part in enumerate(parts):
        if re.search("[A-Za-z]", part) or (latin and re.fullmatch("[!-~]+", part)):
            latin.insert(0, number)
            continue
        order += [*latin, number]
        latin = []
    return order + latin


@pytest.fixture(scope="session")
def page_of() -> PageOf:
    """``page_of(lines, language="en", number=1, confidence=0.96) -> Page``."""
    return make_page
