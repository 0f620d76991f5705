"""Ink that stands on a page twice: print read once more, with its neighbour's edge or with its own.

What reads the print the page reader left out sees the last letter of the word before it, or the
first of the next one: ``OTIENO`` / ``O BARASA``, ``Prevention`` / ``n``; or a word that was found
already: ``of`` over ``of``. Between two words of a line is white; what has none, and says what its
neighbour says there, is the same ink.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from extract.language.normalise import fold, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ocr.types import Word

SHORT = 3  # letters of the longest word that may be an edge; longer ones may be parts of a copy
EDGE = 2  # letters of a neighbour that a crop holds
LEVEL = 0.5  # share of its height that a word has in common with one of its line
SAME_PLACE = 0.8  # the same of a longer copy: lines set close have words of one beginning, too
TOUCHES = 0.08  # white between words that touch, in heights (foreign notes: 0.04; spaces 0.3)
COVERED = 0.3  # share of a word's width that a copy of it covers (foreign notes: 0.36 and more)
INSIDE = 0.9  # share of its width in which a letter, or a part of a word, lies in its neighbour
_EDGED = ("latin", "cyrillic")
LONE = frozenset("aeouyвскоуиа")
"""Letters that are words."""


def seen_twice(words: Iterable[Word]) -> frozenset[int]:
    """The ``id`` of each of a page's words that is another one's ink."""
    placed = sorted(words, key=_middle)
    middles = [_middle(word) for word in placed]
    again: set[int] = set()
    for word in placed:
        short = len(word.text) <= SHORT
        if short and not (word.text.isalpha() and script_of(word.text[0]) in _EDGED):
            continue
        start = bisect_left(middles, word.box.top)
        near = placed[start : bisect_right(middles, word.box.bottom, start)]
        share = LEVEL if short else SAME_PLACE
        others = (w for w in near if w is not word and id(w) not in again)
        level = (w for w in others if _is_level(word, w, share))
        if any(_is_copy(word, w) or (short and _is_edge(word, w)) for w in level):
            again.add(id(word))
    return frozenset(again)


def _middle(word: Word) -> float:
    return word.box.center[1]


def _is_level(word: Word, other: Word, share: float) -> bool:
    common = min(word.box.bottom, other.box.bottom) - max(word.box.top, other.box.top)
    return common >= share * min(word.box.height, other.box.height)


def _is_copy(word: Word, other: Word) -> bool:
    """The less sure of two readings of one word, or of a part: ``السيد/سالم`` / ``لسيد/سالم``."""
    common = min(word.box.right, other.box.right) - max(word.box.left, other.box.left)
    letters, whole = fold(word.text), fold(other.text)
    part = len(letters) > SHORT and (whole.endswith(letters) or whole.startswith(letters))
    inside = SHORT < len(letters) < len(whole) and letters in whole
    if inside and common >= INSIDE * word.box.width:  # ".gov." over its own place in an address
        return True
    alike = part or whole == letters
    return alike and word.confidence <= other.confidence and common >= COVERED * word.box.width


def _is_edge(word: Word, other: Word) -> bool:
    letters, whole = fold(word.text), fold(other.text).strip(".,;:")
    if len(letters) > EDGE or len(letters) >= len(whole):
        return False
    box, beside = word.box, other.box
    common = min(box.right, beside.right) - max(box.left, beside.left)
    if letters in LONE and common < INSIDE * box.width:
        return False
    if common < -TOUCHES * max(box.height, beside.height):
        return False
    behind, before = box.right >= beside.right, box.left <= beside.left
    return (behind and whole.endswith(letters)) or (before and whole.startswith(letters))
