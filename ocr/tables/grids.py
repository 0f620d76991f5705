"""Grids of ruled lines, and the cells between them.

Only the picture is looked at. Words are put into cells by whoever needs them, by the middle
of their boxes.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr import connected
from ocr.image import WHITE, Grey
from ocr.tables.rules import LONG_INCHES, Mask, Rules, bar, find_rules
from ocr.types import Box, Cell, Table

_NEAR_INCHES = 0.05
"""Rules nearer than this are one."""

_DRAWN = 0.5
"""Share of a cell's side that must be ruled to part it from its neighbour."""

_MIN_WIDTH_INCHES, _MIN_HEIGHT_INCHES = 1.5, 0.3
"""The smallest table: two columns of a word, or two rows of print."""

_MAX_RULES = 200
"""Rules each way; more are a pattern, and cost the square of their number."""

_SOLID = 0.6
"""Share of the shortest rule that must be ink in one row or column for a rule to lie there: one
that is not level is spread over several."""

_FAR = 3
"""Times ``_NEAR_INCHES`` from the last rule to the end of those across it, from which the table is
open at that side."""


def find_tables(image: Grey, dpi: int, rules: Rules | None = None) -> tuple[Table, ...]:
    """Grids of two or more cells, from top to bottom."""
    found = rules or find_rules(image, dpi)
    if not found.across.any():
        return ()
    dpi //= found.scale
    joined = cv2.dilate(found.both, bar(3, 3))
    count, _labels, stats, _centres = connected.pieces(joined)
    tables = []
    for label in range(1, count):
        left, top, width, height = (int(v) for v in stats[label][:4])
        if width < _MIN_WIDTH_INCHES * dpi or height < _MIN_HEIGHT_INCHES * dpi:
            continue
        table = _grid(found, Box(left, top, left + width, top + height), dpi)
        if table is not None:
            tables.append(_enlarged(table, found.scale))
    return tuple(sorted(tables, key=lambda table: (table.box.top, table.box.left)))


def _enlarged(table: Table, scale: int) -> Table:
    cells = (replace(cell, box=cell.box.times(scale)) for cell in table.cells)
    return Table(table.box.times(scale), tuple(cells))


def _grid(rules: Rules, box: Box, dpi: int) -> Table | None:
    across = rules.across[box.top : box.bottom, box.left : box.right]
    down = rules.down[box.top : box.bottom, box.left : box.right]
    near = max(2, round(_NEAR_INCHES * dpi))
    shortest = round(LONG_INCHES * dpi)
    ys = _positions(across, 1, near, shortest)
    xs = _positions(down, 0, near, shortest)
    if len(ys) < 2 or len(xs) < 1 or max(len(xs), len(ys)) > _MAX_RULES:
        return None
    xs = _with_edges(xs, _span(across, 0), near)
    ys = _with_edges(ys, _span(down, 1), near)
    if len(xs) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    cells = _cells(across, down, xs, ys, near)
    if len(cells) < 2:
        return None
    moved = tuple(replace(cell, box=cell.box.moved(box.left, box.top)) for cell in cells)
    return Table(Box(box.left + xs[0], box.top + ys[0], box.left + xs[-1], box.top + ys[-1]), moved)


def _positions(mask: Mask, axis: int, near: int, shortest: int) -> list[int]:
    """Where rules lie: rows (axis 1) or columns (axis 0) that have a long run of ink."""
    need = WHITE * _SOLID * min(shortest, mask.shape[axis])
    lines = np.flatnonzero(mask.sum(axis=axis, dtype=np.int64) >= need)
    groups: list[list[int]] = []
    for line in lines.tolist():
        if groups and line - groups[-1][-1] <= near:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [round(sum(group) / len(group)) for group in groups]


def _span(mask: Mask, axis: int) -> tuple[int, int]:
    """First and last column (axis 0) or row (axis 1) with any of the rules."""
    used = np.flatnonzero(mask.any(axis=axis))
    return (int(used[0]), int(used[-1])) if used.size else (0, 0)


def _with_edges(lines: list[int], span: tuple[int, int], near: int) -> list[int]:
    """Tables open at the sides end where the other rules end."""
    first, last = span
    start = [first] if not lines or lines[0] - first > _FAR * near else []
    end = [last] if not lines or last - lines[-1] > _FAR * near else []
    return [*start, *lines, *end]


def _cells(across: Mask, down: Mask, xs: list[int], ys: list[int], near: int) -> list[Cell]:
    """Cells of the grid; those without a rule between them are one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    group = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while group[cell] != cell:
            cell = group[cell]
        return cell

    for r, c in list(group):
        if c + 1 < columns and not _ruled(down, xs[c + 1], ys[r], ys[r + 1], near, upright=True):
            group[root((r, c + 1))] = root((r, c))
        if r + 1 < rows and not _ruled(across, ys[r + 1], xs[c], xs[c + 1], near, upright=False):
            group[root((r + 1, c))] = root((r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in group:
        members.setdefault(root(cell), []).append(cell)
    return [_cell(parts, xs, ys) for parts in members.values()]


def _ruled(mask: Mask, at: int, start: int, stop: int, near: int, *, upright: bool) -> bool:
    low, high = max(0, at - near), at + near + 1
    band = mask[start:stop, low:high] if upright else mask[low:high, start:stop]
    if not band.size:
        return True
    return bool(band.any(axis=1 if upright else 0).mean() >= _DRAWN)


def _cell(parts: list[tuple[int, int]], xs: list[int], ys: list[int]) -> Cell:
    top, left = min(r for r, _c in parts), min(c for _r, c in parts)
    bottom, right = max(r for r, _c in parts), max(c for _r, c in parts)
    box = Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return Cell(top, left, box, bottom - top + 1, right - left + 1)
