"""What a PDF page paints: images and where, visible text, anything else.

Runs inside the decoder's child process only: the file is not to be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name, Object, Page

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers of a PDF transformation (ISO 32000-1, 8.3.3)."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MAX_DEPTH = 4
"""Forms within forms that are followed; scanners use one."""

_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"})
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = frozenset({3, 7})
"""Text rendering modes that leave no ink: the text layer of a scanner's own OCR."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An image painted on the page, and the matrix that takes its unit square there."""

    image: Object
    matrix: Matrix


@dataclass(slots=True)
class Painted:
    """Everything a page paints."""

    images: list[Placed] = field(default_factory=list)
    visible_text: int = 0
    other: int = 0

    def coverage(self, page_box: tuple[float, float, float, float]) -> float:
        """Share of the page under images, 0 to 1; overlaps count twice, the sum ends at 1."""
        left, bottom, right, top = page_box
        area = max(1.0, (right - left) * (top - bottom))
        covered = 0.0
        for placed in self.images:
            x0, y0, x1, y1 = extent(placed.matrix)
            width = min(right, x1) - max(left, x0)
            height = min(top, y1) - max(bottom, y0)
            covered += max(0.0, width) * max(0.0, height)
        return min(1.0, covered / area)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The transformation ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def extent(matrix: Matrix) -> tuple[float, float, float, float]:
    """The box around the unit square after ``matrix``: left, bottom, right, top."""
    a, b, c, d, e, f = matrix
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def page_box(page: Page) -> tuple[float, float, float, float]:
    """The visible part of the page in its own units: left, bottom, right, top."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def painted(page: Page) -> Painted:
    """Everything the page paints, its forms included."""
    found = Painted()
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    _walk(page, resources, _IDENTITY, found, 0)
    return found


def _walk(
    source: Page | Object, resources: Object, matrix: Matrix, found: Painted, depth: int
) -> None:
    saved: list[tuple[Matrix, int]] = []
    mode = 0
    for instruction in pikepdf.parse_content_stream(source):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            saved.append((matrix, mode))
        elif operator == "Q":
            matrix, mode = saved.pop() if saved else (matrix, mode)
        elif operator == "cm":
            a, b, c, d, e, f = (float(v) for v in operands)
            matrix = multiply((a, b, c, d, e, f), matrix)
        elif operator == "Tr":
            mode = int(operands[0])
        elif operator == "Do":
            _paint(resources, str(operands[0]), matrix, found, depth)
        else:
            _count(operator, list(operands), mode, found)


def _count(operator: str, operands: list[Object], mode: int, found: Painted) -> None:
    if operator in _SHOWS and mode not in _INVISIBLE:
        found.visible_text += _length(operands)
    elif operator in _FILLS or operator == "INLINE IMAGE":
        found.other += 1


def _length(operands: list[Object]) -> int:
    """Bytes of text shown by one operator."""
    last = operands[-1] if operands else None
    parts = list(last) if isinstance(last, pikepdf.Array) else [last]
    return sum(len(bytes(part)) for part in parts if isinstance(part, pikepdf.String))


def _paint(resources: Object, name: str, matrix: Matrix, found: Painted, depth: int) -> None:
    objects = resources.get("/XObject", pikepdf.Dictionary())
    target = objects.get(name)
    if target is None:
        return
    kind = target.get("/Subtype")
    if kind == Name.Image:
        found.images.append(Placed(target, matrix))
    elif kind == Name.Form and depth < _MAX_DEPTH:
        a, b, c, d, e, f = (float(v) for v in target.get("/Matrix", [1, 0, 0, 1, 0, 0]))
        own = target.get("/Resources", resources)
        _walk(target, own, multiply((a, b, c, d, e, f), matrix), found, depth + 1)
