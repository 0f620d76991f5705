"""Spaces between words: taken from where they stand, and words given their places in a box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from ocr.types import Box, Line, Word

_SPACE, _SPACE_DIGITS, SPACE_SURE = 0.33, 0.6, 0.6
"""Gap between words, in their heights, that is a space, if the words beside it are so sure."""

_BRACKETS, _SPACE_BRACKET = "([", 0.15
"""Before these a smaller gap is a space, however sure the words are, but behind a stroke: line
readers lose it most often. In ``O (09/09/2015)`` of small print it had 0.2."""

_STROKES = "/-"

_COMMA = 0.8
"""Heights of a word up to which a comma behind it is its own. Chosen, not measured."""


def respaced(text: str, old: list[Word]) -> str:
    """``text`` with the spaces that stand between the words ``old``; line readers lose some."""
    bare, before = "".join(text.split()), "".join(word.text for word in old)
    wanted = set(_breaks(text))
    breaks, total = [], 0
    for word, after in pairwise(old):
        total += len(word.text)
        gap = (after.box.left - word.box.right) / max(word.box.height, after.box.height, 1)
        digits = word.text[-1].isdigit() and after.text[0].isdigit()
        sure = min(word.confidence, after.confidence) >= SPACE_SURE
        bracket = after.text[0] in _BRACKETS and word.text[-1] not in _STROKES
        if (sure and gap >= (_SPACE_DIGITS if digits else _SPACE)) or (
            bracket and gap >= _SPACE_BRACKET
        ):
            breaks.append(total)
    matcher = SequenceMatcher(None, before, bare, autojunk=False)
    for start, at, size in matcher.get_matching_blocks():
        wanted |= {at + b - start for b in breaks if start <= b <= start + size}
    ends = [0, *sorted(b for b in wanted if 0 < b < len(bare)), len(bare)]
    return " ".join(bare[a:b] for a, b in pairwise(ends))


def closed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, a comma that the page reader took for a word at the end of the one before it."""
    return tuple(
        replace(line, words=_closed(line.words)) if any(w.text == "," for w in line.words) else line
        for line in lines
    )


def _closed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if word.text == "," and before is not None and before.text[-1].isalnum():
            gap = word.box.left - before.box.right
            if 0 <= gap <= _COMMA * before.box.height:
                found[-1] = replace(before, text=f"{before.text},", box=before.box.union(word.box))
                continue
        found.append(word)
    return tuple(found)


def _breaks(text: str) -> list[int]:
    """After how many signs other than spaces the text has a space."""
    counts, total = [], 0
    for token in text.split():
        total += len(token)
        counts.append(total)
    return counts[:-1]


def placed(tokens: Iterable[str], box: Box, confidence: float) -> tuple[Word, ...]:
    """Words that share the box's width by their numbers of signs."""
    tokens = list(tokens)
    total = sum(map(len, tokens)) + len(tokens) - 1
    words, start = [], 0
    for token in tokens:
        left = box.left + box.width * start // total
        right = box.left + box.width * (start + len(token)) // total
        words.append(Word(token, Box(left, box.top, right, box.bottom), confidence))
        start += len(token) + 1
    return tuple(words)
