"""Puts lines read later to their place among those of the page."""

from __future__ import annotations

from ocr.types import Box, Line, Word

_SAME_ROW = 0.5
"""Share of the lower one's height by which two words or lines of one row overlap."""

_MUCH_TALLER = 2.5
"""Times as high as the other, from which a line is no neighbour but a heading or rubbish."""


def inserted(lines: tuple[Line, ...], new: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the new ones where a reader of the page would expect them.

    A new line goes after the nearest line to its left in the same row, or else before the
    nearest to its right; with nobody in its row, after the nearest line above it that shares
    a part of its width, or else after the last that stands wholly above it.
    """
    result = list(lines)
    for line in sorted(new, key=lambda n: (n.box.center[1], n.box.left)):
        boxes = [other.box for other in result]
        if any("\u0590" <= c <= "\u08ff" for c in line.text):  # rows are read from the right
            boxes = [_mirrored(box) for box in boxes]
            result.insert(_place(boxes, _mirrored(line.box)), line)
        else:
            result.insert(_place(boxes, line.box), line)
    return tuple(result)


def _place(boxes: list[Box], box: Box) -> int:
    row = [i for i, other in enumerate(boxes) if _same_row(other, box)]
    left = [i for i in row if boxes[i].center[0] <= box.center[0]]
    if left:
        return max(left, key=lambda i: boxes[i].right) + 1
    if row:
        return min(row, key=lambda i: boxes[i].left)
    middle = box.center[1]
    above = [i for i, other in enumerate(boxes) if other.bottom <= middle]
    over = [i for i in above if boxes[i].left < box.right and box.left < boxes[i].right]
    if over:
        return max(over, key=lambda i: (boxes[i].bottom, i)) + 1
    return above[-1] + 1 if above else 0


def _mirrored(box: Box) -> Box:
    return Box(-box.right, box.top, -box.left, box.bottom)


def overlap(one: Box, other: Box) -> bool:
    """True if the boxes stand in one row, as far as their heights tell."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_ROW * min(one.height, other.height)


def _same_row(one: Box, other: Box) -> bool:
    low, high = sorted((one.height, other.height))
    return overlap(one, other) and high < _MUCH_TALLER * low


def _covers_half(one: Box, other: Box) -> bool:
    """Whether two boxes have half of the narrower one's width in common."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return 2 * shared > min(one.width, other.width)


def rows_of(words: list[Word]) -> list[list[Word]]:
    """Words side by side, from the top down; each row from the left.

    A word is not in the row of one it stands under, however high its box was drawn.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.center[1]):
        row = rows[-1] if rows else []
        under = any(_covers_half(other.box, word.box) for other in row)
        if row and overlap(row[-1].box, word.box) and not under:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.box.left) for row in rows]
