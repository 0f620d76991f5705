"""The lines of a page in the order they are printed in, where the page reader mixed them up.

A page reader gives the lines block by block, and now and then a block comes before one above it:
the sentence that leads to a list stands below its first entry. Lines that have nothing beside them
can stand in one order only. Those beside each other are left as they were given, as columns are
read column by column; on a page written from right to left, parts of one printed line that are
given from the left are turned.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from ocr.types import Box, Line, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERLAP = 0.4  # heights of the lower line by which two that stand beside each other overlap


def in_order(page: Page, *, rtl: bool) -> Page:
    """The page, lines that stand alone from the top, parts of a line of Arabic from the right."""
    boxes = [line.box for line in page.lines]
    alone = _alone(boxes)
    lines: list[Line] = []
    places = range(len(boxes))
    for single, group in groupby(places, key=lambda n: alone[n]):
        numbers = list(group)
        if single:
            for number in sorted(numbers, key=lambda n: boxes[n].top):
                lines.insert(_below_all(lines, boxes[number]), page.lines[number])
            continue
        numbers = _from_the_right(numbers, boxes) if rtl else numbers
        lines += [page.lines[n] for n in numbers]
    return replace(page, lines=tuple(lines))


def _below_all(lines: Sequence[Line], box: Box) -> int:
    """Where a line that stands alone comes: before those at the end that stand below it.

    ``ANNEX`` above two columns was given behind the first of them.
    """
    at = len(lines)
    while at and lines[at - 1].box.top >= box.bottom:
        at -= 1
    return at


def _alone(boxes: Sequence[Box]) -> list[bool]:
    """Which of the boxes have no other beside them; each is compared with those it reaches."""
    alone = [True] * len(boxes)
    order = sorted(range(len(boxes)), key=lambda n: boxes[n].top)
    for at, one in enumerate(order):
        for other in (order[later] for later in range(at + 1, len(order))):
            if boxes[other].top >= boxes[one].bottom:
                break
            if is_beside(boxes[one], boxes[other]):
                alone[one] = alone[other] = False
    return alone


def is_beside(one: Box, other: Box) -> bool:
    """The two stand on one printed line."""
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return height > OVERLAP * min(one.height, other.height)


def _from_the_right(numbers: Sequence[int], boxes: Sequence[Box]) -> list[int]:
    """Neighbours that stand beside each other, in turn from the right."""
    rows: list[list[int]] = []
    for before, number in zip([None, *numbers], numbers, strict=False):
        together = before is not None and is_beside(boxes[before], boxes[number])
        if together and boxes[number].left >= boxes[rows[-1][-1]].right:
            rows[-1].append(number)
        else:
            rows.append([number])
    return [n for row in rows for n in reversed(row)]
