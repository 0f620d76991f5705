"""Apostrophes as they are printed: straight or curled, told by their shape.

Readers of print take one for the other, and a second reader makes all of them straight, so that
both agree on ``N'GUESSAN`` where ``N’GUESSAN`` is printed. Most pages have one of the two, as a
word processor curls them all; names and posts that were copied into it may keep theirs. So each is
as its own shape says if that is plain, and else as most of the page's are. What a shape says was
learnt from drawn words (``benchmarks/learn_apostrophes.py``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocr import connected
from ocr.image import Grey
from ocr.types import OVERWRITTEN, SIGN_UNTOLD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ocr.types import Box, Line, Word

STRAIGHT, CURLED = "'", "’"
BETWEEN = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
"""An apostrophe within a word; at its ends it may be a quotation mark."""

_SPACES = re.compile(r"(\s+)")

HEIGHT, WIDTH = 12, 8
"""Pixels to which the sign is scaled; its own proportions are a number beside them."""

SURE = 3.0
"""Log odds from which a sign is as its own shape says."""

SURE_PAGE, _MOST_OF_ONE = 1.5, 1.0
"""Log odds of all of a page's signs together from which the others are as most of them; and how
much one adds to that at most. Of 278 signs on 68 scanned pages by four hands, nine of them with
both signs, 242 were told rightly so and 14 wrongly; by the sum over the page 217 and 38."""

_LOWEST, _TALLEST, _WIDEST = 0.55, 0.55, 0.45
"""Where a sign ends below its word's top, its height and width, at most, in the word's heights."""

_SHORTEST = 3
"""Pixels of height below which a sign has no shape."""

_NEAR = 1.3
"""How far a sign may stand from where its letter is counted to be, in mean widths of a letter."""

MODEL = Path(__file__).with_name("apostrophes.npz")


def as_printed(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with apostrophes as their shapes say, in what other readers saw as well."""
    seen = {
        (number, at): dict(shapes_of(image, word))
        for number, line in enumerate(lines)
        for at, word in enumerate(line.words)
        if BETWEEN.search(word.text)
    }
    if not seen:
        return lines
    shapes = [shape for of_word in seen.values() for shape in of_word.values()]
    odds = iter(log_odds(np.stack(shapes)).tolist() if shapes else [])
    of_signs = {word: {place: next(odds) for place in places} for word, places in seen.items()}
    page = vote([value for signs in of_signs.values() for value in signs.values()])
    return tuple(_as_told(line, n, of_signs, page) for n, line in enumerate(lines))


def vote(odds: Sequence[float]) -> float:
    """What a page's signs say together of one that is not sure of itself."""
    return sum(max(-_MOST_OF_ONE, min(_MOST_OF_ONE, value)) for value in odds)


def told(own: float | None, page: float) -> str | None:
    """The sign by its own odds, if it is sure, else by the vote of its page; None if nobody is."""
    if own is not None and abs(own) >= SURE:
        return CURLED if own > 0 else STRAIGHT
    if abs(page) >= SURE_PAGE:
        return CURLED if page > 0 else STRAIGHT
    return None


def is_untold(own: float | None, page: float) -> bool:
    """Nobody tells, or a shape says what the page's other signs do not: ``told`` may be wrong."""
    if told(own, page) is None:
        return True
    others = page - vote([own or 0.0])
    return own is not None and abs(own) >= SURE and abs(others) >= SURE_PAGE and own * others < 0


def _as_told(
    line: Line, number: int, of_signs: dict[tuple[int, int], dict[int, float]], page: float
) -> Line:
    words: list[Word] = []
    printed: dict[str, str] = {}
    for at, word in enumerate(line.words):
        signs = of_signs.get((number, at))
        text = word.text if signs is None else _signed(word.text, signs, page)
        word = word if text == word.text else replace(word, text=text)
        if signs is not None and word.confidence != OVERWRITTEN:
            untold = any(is_untold(signs.get(m.start()), page) for m in BETWEEN.finditer(text))
            word = replace(word, confidence=SIGN_UNTOLD) if untold else word
        words.append(word)
        if signs is not None:
            printed[_straight(text)] = text
    second = tuple(
        replace(reading, text=_as_words(reading.text, printed, page)) for reading in line.second
    )
    return replace(line, words=tuple(words), second=second)


def _signed(text: str, signs: dict[int, float], page: float) -> str:
    return BETWEEN.sub(lambda m: told(signs.get(m.start()), page) or m[0], text)


def _as_words(text: str, printed: dict[str, str], page: float) -> str:
    """Another reading with the signs its words have on the page."""
    if not BETWEEN.search(text):
        return text
    tokens = _SPACES.split(text)
    return "".join(printed.get(_straight(t)) or _signed(t, {}, page) for t in tokens)


def _straight(text: str) -> str:
    return text.replace(CURLED, STRAIGHT)


def shapes_of(image: Grey, word: Word) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Place of each apostrophe within the word that stands alone, and what ``log_odds`` takes."""
    places = [match.start() for match in BETWEEN.finditer(word.text)]
    if not places:
        return
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if min(part.shape, default=0) < 2 * _SHORTEST:
        return
    _level, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _count, labels, stats, centres = connected.pieces(np.asarray(ink, np.uint8))
    letter = box.width / len(word.text)
    for place in places:
        middle = (place + 0.5) * letter
        near = [
            (abs(float(centres[number][0]) - middle), number)
            for number in range(1, len(stats))
            if _may_be_one(stats[number], box)
        ]
        distance, number = min(near, default=(np.inf, 0))
        if distance <= _NEAR * letter:
            yield place, _shape(part, labels == number, stats[number])


def _may_be_one(stats: NDArray[np.int32], box: Box) -> bool:
    _left, top, width, height, _area = map(int, stats)
    return (
        height >= _SHORTEST
        and top + height <= _LOWEST * box.height
        and height <= _TALLEST * box.height
        and width <= _WIDEST * box.height
    )


def _shape(part: Grey, its_own: NDArray[np.bool_], stats: NDArray[np.int32]) -> NDArray[np.float32]:
    left, top, width, height, _area = map(int, stats)
    rows, columns = slice(top, top + height), slice(left, left + width)
    paper = np.float32(part.max())
    dark = np.where(its_own[rows, columns], paper - part[rows, columns].astype(np.float32), 0)
    dark /= max(1.0, float(dark.max()))
    scaled = cv2.resize(dark, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.append(scaled.ravel(), np.float32(width / height)).astype(np.float32)


def log_odds(
    shapes: NDArray[np.float32], weights: Mapping[str, NDArray[np.float32]] | None = None
) -> NDArray[np.float32]:
    """How much likelier each is curled than straight; shape (signs,)."""
    by = _shipped() if weights is None else weights
    inner = np.maximum(0, shapes @ by["first"] + by["first_bias"])
    return np.asarray(inner @ by["last"] + by["last_bias"], np.float32)


@cache
def _shipped() -> dict[str, NDArray[np.float32]]:
    with np.load(MODEL) as kept:
        return dict(kept)
