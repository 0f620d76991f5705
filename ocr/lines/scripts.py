"""Puts the words of Arabic and Chinese lines into the form the rest of the program expects.

Arabic: words in logical order, the order in which the line is read and spoken, whatever
tesseract took the line's direction to be. Chinese: one word for each run of characters, as
tesseract cuts them into words of its own and a space in the middle of a name is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from ocr.types import Line, Word, enclosing

_JOINING_GAP = 0.6
"""Share of the character height; a wider gap was set on purpose, or is a column's."""

_WIDE = {":": "：", ",": "，", ";": "；", "(": "（", ")": "）", ".": "。"}

_SHORT_NUMBER = re.compile(r"(?:^|(?<=[\u3400-\u9fff]))\d{1,4}$")
"""Parts of dates; longer numbers beside Chinese text are telephone numbers."""


def tidy(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """All lines with their words in logical order and Chinese runs joined."""
    return tuple(replace(line, words=join_han(logical_order(line.words))) for line in lines)


def is_arabic(text: str) -> bool:
    """True if the text has an Arabic letter (digits do not count)."""
    return any(_is_arabic_letter(c) for c in text)


def _is_arabic_letter(c: str) -> bool:
    return c.isalpha() and ("\u0600" <= c <= "\u08ff" or "\ufb50" <= c <= "\ufeff")


def is_han(c: str) -> bool:
    """True for a Chinese character or punctuation of its width."""
    return "\u3000" <= c <= "\u303f" or "\u3400" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef"


def _is_latin(word: Word) -> bool:
    return any(c.isalpha() and c < "\u0250" for c in word.text)


def logical_order(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Words of a line with Arabic in it, right to left, Latin runs in it left to right.

    Numbers between Arabic words run right to left group by group (Unicode Standard Annex 9,
    rules W2 and N1), unless a leading ``+`` on their left shows that they were typed as one
    telephone number. Lines without Arabic are left alone.
    """
    if not any(is_arabic(word.text) for word in words):
        return words
    from_right = sorted(words, key=lambda word: -_own_middle(word, words))
    ordered: list[Word] = []
    for foreign, group in groupby(_marked(from_right), key=lambda pair: pair[0]):
        run = [word for _mark, word in group]
        ordered += reversed(run) if foreign else run
    return tuple(ordered)


def _own_middle(word: Word, words: tuple[Word, ...]) -> float:
    """The middle of the widest part of a word's box that no other box lies in.

    Tesseract gives a word the letters of its neighbours now and then; then its box reaches
    across them, and its middle is one of theirs.
    """
    left, right = word.box.left, word.box.right
    others = [
        (w.box.left, w.box.right)
        for w in words
        if w is not word and w.box.width < word.box.width and left < w.box.center[0] < right
    ]
    if not others:
        return word.box.center[0]
    edges = [left, *(x for pair in sorted(others) for x in pair), right]
    free = [(b - a, (a + b) / 2) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    size, middle = max(free)
    return middle if size > 0 else word.box.center[0]


def _marked(words: Sequence[Word]) -> list[tuple[bool, Word]]:
    """Each word with whether it belongs to a run that is read from left to right."""
    foreign = [_is_latin(word) and not is_arabic(word.text) for word in words]
    for run in _runs(words, lambda word: not _is_latin(word) and not is_arabic(word.text)):
        leftmost = words[run.stop - 1].text
        telephone = leftmost.startswith("+") and len(run) > 1
        between = run.start > 0 and run.stop < len(words)
        inside = between and foreign[run.start - 1] and foreign[run.stop]
        if telephone or inside:
            foreign[run.start : run.stop] = [True] * len(run)
    return list(zip(foreign, words, strict=True))


def _runs(words: Sequence[Word], wanted: Callable[[Word], bool]) -> list[range]:
    """Index ranges of neighbouring words that are all ``wanted``."""
    found, start = [], 0
    for is_wanted, group in groupby(words, key=wanted):
        stop = start + len(list(group))
        if is_wanted:
            found.append(range(start, stop))
        start = stop
    return found


def join_han(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Neighbouring words joined where Chinese text goes on without a gap."""
    joined: list[Word] = []
    for word in words:
        if joined and word.text in _WIDE and is_han(joined[-1].text[-1]):
            # tesseract tells full-width marks as narrow ones, apart from the text
            word = replace(word, text=_WIDE[word.text])
        if joined and _goes_on(joined[-1], word):
            joined[-1] = _together(joined[-1], word)
        else:
            joined.append(word)
    return tuple(joined)


def _goes_on(left: Word, right: Word) -> bool:
    before, after = left.text[-1], right.text[0]
    if not (is_han(before) or is_han(after)):
        return False
    if not (is_han(before) or _SHORT_NUMBER.search(left.text)):
        return False
    if not (is_han(after) or _SHORT_NUMBER.fullmatch(right.text)):
        return False
    height = max(left.box.height, right.box.height, 1)
    return right.box.left - left.box.right < _JOINING_GAP * height


def _together(left: Word, right: Word) -> Word:
    first, second = len(left.text), len(right.text)
    confidence = (left.confidence * first + right.confidence * second) / (first + second)
    return Word(left.text + right.text, enclosing((left.box, right.box)), confidence)
