"""Rows whose dots were taken out of the picture: name and address are one line again.

Without its dots a row is two pieces of print far apart, which a page reader takes for columns.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.types import Box, Line, Word

_DOTS = "....."
"""What stands for the dots."""

_SPACE = 0.25
"""Heights of a word from which white before the dots is a space."""

_NEAR = 1.5
"""Heights of a word within which it ends where the dots begin, or begins where they end."""


def put_back(lines: tuple[Line, ...], leaders: tuple[Box, ...]) -> tuple[Line, ...]:
    """The lines with a word of dots at each of ``leaders``, that before and that behind joined.

    Args:
        lines: in reading order.
        leaders: places of the dots, in the pixels of the words' boxes.
    """
    result = list(lines)
    for dots in sorted(leaders, key=lambda box: (box.top, box.left)):
        ends = [(n, line.words[-1].box) for n, line in enumerate(result)]
        starts = [(n, line.words[0].box) for n, line in enumerate(result)]
        before = [n for n, b in ends if _in_row(b, dots) and _meet(b.right, dots.left, b)]
        after = [n for n, b in starts if _in_row(b, dots) and _meet(dots.right, b.left, b)]
        if before and after and before[0] != after[0]:
            result[before[0]] = _joined(result[before[0]], dots, result[after[0]])
            del result[after[0]]
        elif not before and not after:
            result = [_with_dots(line, dots) for line in result]
    return tuple(result)


def _in_row(box: Box, dots: Box) -> bool:
    return box.top < dots.top and box.bottom > dots.top - dots.height


def _meet(left: int, right: int, word: Box) -> bool:
    return abs(right - left) <= _NEAR * word.height


def _joined(left: Line, dots: Box, right: Line) -> Line:
    words = (*left.words[:-1], *_led(left.words[-1], dots), *right.words)
    return replace(left, words=words, second=(*left.second, *right.second))


def _with_dots(line: Line, dots: Box) -> Line:
    """The line with the dots between two of its words, if that is where they were."""
    for at in range(1, len(line.words)):
        left, right = line.words[at - 1].box, line.words[at].box
        meets = _meet(left.right, dots.left, left) and _meet(dots.right, right.left, right)
        if meets and _in_row(left, dots):
            words = (*line.words[: at - 1], *_led(line.words[at - 1], dots), *line.words[at:])
            return replace(line, words=words)
    return line


def _led(word: Word, dots: Box) -> tuple[Word, ...]:
    """The word and its dots, as printed: ``TLILI.....``, or ``Post .....`` after a space.

    Dots are as high as the print beside them, so that they stand in its row.
    """
    box = Box(dots.left, word.box.top, dots.right, word.box.bottom)
    if dots.left - word.box.right < _SPACE * word.box.height:
        return (replace(word, text=word.text + _DOTS, box=word.box.union(box)),)
    return word, Word(_DOTS, box, 1.0)
