"""Small raised signs that call for a footnote, back on the line they stand in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ocr.types import Box, Line

if TYPE_CHECKING:
    from ocr.types import Page, Word

_SIGN = re.compile(r"[1-9¹²³⁴-⁹*†‡]{1,2}[.)]?")
SMALL = 0.8  # height of a raised sign in heights of the words it stands at
NEAR = 1.0  # white between them in heights of the words
CLOSE = 0.3  # the same where the sign is as high as they are


def with_raised(page: Page) -> Page:
    """The page with each line that is one raised sign put into the line of the word beside it."""
    signs = {n: x.words[0] for n, x in enumerate(page.lines) if len(x.words) == 1}
    signs = {n: w for n, w in signs.items() if _SIGN.fullmatch(w.text)}
    lines = list(page.lines)
    for number, sign in signs.items():
        at = next((n for n, x in enumerate(lines) if n not in signs and _is_at(sign, x)), None)
        if at is not None:
            lines[at], lines[number] = _with_sign(lines[at], sign), Line(())
    return replace(page, lines=tuple(x for x in lines if x.words)) if signs else page


def _is_at(sign: Word, line: Line) -> bool:
    return any(
        w.box.top < sign.box.bottom <= w.box.bottom
        and -1 <= _white(sign, w) <= _reach(sign, w) * w.box.height
        for w in line.words
    )


def _reach(sign: Word, word: Word) -> float:
    if sign.box.height <= SMALL * word.box.height:
        return NEAR
    return CLOSE if sign.box.top < word.box.top else 0.0


def _white(sign: Word, word: Word) -> int:
    return max(sign.box.left - word.box.right, word.box.left - sign.box.right)


def _with_sign(line: Line, sign: Word) -> Line:
    """The sign as high as the line, in its order of reading."""
    top, bottom = min(w.box.top for w in line.words), max(w.box.bottom for w in line.words)
    level = replace(sign, box=Box(sign.box.left, top, sign.box.right, bottom))
    turned = line.words[0].box.left > line.words[-1].box.left
    return replace(line, words=tuple(sorted((*line.words, level), key=_left, reverse=turned)))


def _left(word: Word) -> int:
    return word.box.left
