"""Ink that stands on a page twice: print read once more, with its neighbour's edge or with its own.

What reads the print the page reader left out sees the last letter of the word before it, or the
first of the next one: ``OTIENO`` / ``O BARASA``, ``Prevention`` / ``n``; or a word that was found
already: ``of`` over ``of``. Between two words of a line is white; what has none, and says what its
neighbour says there, is the same ink. So is the end of a word that reaches into the next one:
``Adviser,Fish`` over ``Fisheries``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language.normalise import fold, script_of
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ocr.types import Word

SHORT = 3  # letters of the longest word looked at
EDGE = 2  # letters of a neighbour that a crop holds
LEVEL = 0.5  # share of its height that a word has in common with one of its line
TOUCHES = 0.08  # white between words that touch, in heights (foreign notes: 0.04; spaces 0.3)
COVERED = 0.3  # share of a word's width that a copy of it covers (foreign notes: 0.36 and more)
INSIDE = 0.9  # share of its width in which a letter that is a word lies in its neighbour
REACHES = 0.5  # how far a word must reach into the next one, in heights (foreign notes: 1 to 2)
CUT = 4  # letters of such an end whose last may be half a letter of the next word
_END = re.compile(r"(?:^|(?<=[^\w\s]))[^\W\d_]{2,}$")
LONE = frozenset("aeouyвскоуиа")
"""Letters that are words."""


def seen_twice(words: Iterable[Word]) -> frozenset[int]:
    """The ``id`` of each of a page's words that is another one's ink."""
    placed = sorted(words, key=_middle)
    middles = [_middle(word) for word in placed]
    again: set[int] = set()
    for word in placed:
        if len(word.text) > SHORT or script_of(word.text[0]) not in ("latin", "cyrillic"):
            continue
        if not word.text.isalpha():
            continue
        start = bisect_left(middles, word.box.top)
        near = placed[start : bisect_right(middles, word.box.bottom, start)]
        level = (w for w in near if w is not word and id(w) not in again and _is_level(word, w))
        if any(_is_copy(word, w) or _is_edge(word, w) for w in level):
            again.add(id(word))
    return frozenset(again)


def _middle(word: Word) -> float:
    return word.box.center[1]


def _is_level(word: Word, other: Word) -> bool:
    common = min(word.box.bottom, other.box.bottom) - max(word.box.top, other.box.top)
    return common >= LEVEL * min(word.box.height, other.box.height)


def _is_copy(word: Word, other: Word) -> bool:
    """The less sure of two readings of one word."""
    common = min(word.box.right, other.box.right) - max(word.box.left, other.box.left)
    alike = fold(word.text) == fold(other.text)
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


def without_shared_ends(words: Sequence[Word]) -> Iterator[Word]:
    """A line's words, each without what it says of the next: ``Adviser,Fish`` ``Fisheries``."""
    for word, following in zip(words, [*words[1:], None], strict=False):
        end = _END.search(word.text) if following is not None else None
        if following is None or end is None or not _reaches(word, following):
            yield word
            continue
        letters, beside = fold(end.group()), fold(following.text)
        least = len(letters) - (len(letters) >= CUT)
        if not beside.startswith(letters[:least]):
            yield word
        elif end.start():
            box = word.box
            short = Box(box.left, box.top, min(box.right, following.box.left), box.bottom)
            yield replace(word, text=word.text[: end.start()], box=short)


def _reaches(word: Word, following: Word) -> bool:
    shared = word.box.right - following.box.left
    first = word.box.left < following.box.left
    return first and shared >= REACHES * following.box.height and _is_level(word, following)
