"""Labels and values, marks and entries given as two lines, though they are one.

It parts a line at wide white, so that in a form without rules ``Post`` is a line and ``Judge`` the
next. Works on word boxes alone (pixels of the page image).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.leaders import leads
from extract.layout.line_order import is_beside
from extract.layout.rows import header_label, segments
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocr.types import Word

_MARK = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-z])[.)]")
MOST_MARKS = 100  # marks alone on their lines of a page; more are no list's
FORM = 3  # rows with a label that make a form
KINDS = 2  # labels of a form that ask for different things


def values_of_labels(lines: Mapping[int, tuple[Word, ...]]) -> dict[int, int]:
    """The number of the line with the value → that of the line with its label, left of it.

    Nothing else stands beside the two. What such rows begin with again and again is a label, too.
    Dots that end a line lead to what stands beside it: ``Ms. X.....`` and ``Judge``.
    """
    boxes = {n: enclosing(tuple(w.box for w in words)) for n, words in lines.items()}
    numbers = sorted(lines)
    beside = {(a, b) for a, b in pairwise(numbers) if is_beside(boxes[a], boxes[b])}
    several = Counter(n for pair in beside for n in pair)
    pairs = sorted(
        (a, b)
        for a, b in beside
        if several[a] == several[b] == 1 and boxes[a].right < boxes[b].left
    )
    texts = {a: " ".join(w.text for w in lines[a]) for a, _ in pairs}
    known = {text: header_label(text.rstrip(" :：")) for text in texts.values()}
    again = Counter(texts.values())
    form = [(a, b) for a, b in pairs if known[texts[a]] or again[texts[a]] > 1]
    kinds = {known[texts[a]] for a, _ in form} - {None}
    led = {b: a for a, b in pairs if leads(lines[a][-1])}
    return led | ({b: a for a, b in form} if len(form) >= FORM and len(kinds) >= KINDS else {})


def rests_of_labels(lines: Mapping[int, tuple[Word, ...]]) -> dict[int, tuple[int, int]]:
    """The number of a line that ends a label → that of the line that begins it, and its words.

    ``Name and    Ms. X`` and below it ``surname:``, where the value is set to the middle of both;
    or ``Занимаемая : судья`` and below it ``должность``.
    """
    found: dict[int, tuple[int, int]] = {}
    for above, below in pairwise(sorted(lines)):
        first, *values = segments(lines[above])
        label = " ".join(w.text for w in (*first, *lines[below]))
        ends = values and header_label(label.replace(":", " ").replace("：", " "))
        beside = values and lines[below][-1].box.right < values[0][0].box.left
        if ends and beside and header_label(" ".join(w.text for w in first)) is None:
            found[below] = above, len(first)
    return found


def entries_of_marks(lines: Mapping[int, tuple[Word, ...]]) -> dict[int, int]:
    """The number of a line that is a list mark alone → that of the only line right of it.

    The page reader may give the marks of a page first, or last.
    """
    marks = [n for n, words in lines.items() if len(words) == 1 and _MARK.fullmatch(words[0].text)]
    boxes = {n: enclosing(tuple(w.box for w in words)) for n, words in lines.items()}
    found: dict[int, int] = {}
    for mark in marks[:MOST_MARKS]:
        beside = [n for n in lines if n != mark and is_beside(boxes[mark], boxes[n])]
        if len(beside) == 1 and boxes[mark].right < boxes[beside[0]].left:
            found[mark] = beside[0]
    return found
