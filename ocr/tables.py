"""Ruled tables: the lines of a grid found on the page image, and the cells between them.

Only the picture is looked at. Words are put into cells by whoever needs them, by the middle
of their boxes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.engine import Grey
from ocr.prepare import as_bytes
from ocr.types import Box, Cell, Line, Table, Word

Mask = NDArray[np.uint8]

_DARK = 215
"""Faint rules are much lighter than print, but after flattening paper is near 255."""

_LONG_INCHES = 0.4
_TALL_INCHES = 0.2
"""The shortest rule each way: longer than a dash, taller than a capital letter of 14 points."""

_GAP_INCHES = 0.06
"""Breaks in a rule that are closed."""

_NEAR_INCHES = 0.05
"""Rules nearer than this are one."""

_DRAWN = 0.5
"""Share of a cell's side that must be ruled to part it from its neighbour."""

_BESIDE, _PRINT = 2, 0.35
"""Pixels above and below a run, and the share of ink there from which it is print, no rule."""

_SCALE = 2
"""Rules are looked for at half the page's resolution, for a quarter of the time."""

_MIN_WIDTH_INCHES, _MIN_HEIGHT_INCHES = 1.5, 0.3
_MAX_RULES = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """Masks of the horizontal and the vertical rules of a page, 0 or 255.

    ``scale`` is how many pixels of the page one pixel of the masks stands for.
    """

    across: Mask
    down: Mask
    scale: int = 1

    @property
    def both(self) -> Mask:
        """All rules."""
        return as_bytes(cv2.bitwise_or(self.across, self.down))


def shrunk(image: Grey, scale: int) -> Grey:
    """Every ``scale``-th pixel, dark ones winning, so that hairlines are not lost."""
    if scale == 1:
        return image
    return as_bytes(cv2.erode(image, np.ones((scale, scale), np.uint8))[::scale, ::scale])


def find_rules(image: Grey, dpi: int) -> Rules:
    """The ruled lines of a level page; broken ones are mended."""
    scale = _SCALE if dpi >= _SCALE * 75 else 1
    image, dpi = shrunk(image, scale), dpi // scale
    ink = as_bytes(np.where(image < _DARK, 255, 0))
    long, tall, gap = (max(3, round(v * dpi)) for v in (_LONG_INCHES, _TALL_INCHES, _GAP_INCHES))
    across = _without_print(_opened(ink, (gap, 1), (long, 1)), ink)
    if not across.any():  # most pages are no tables: half the time saved
        return Rules(across, across, scale)
    down = _without_print(_opened(ink, (1, gap), (1, tall)).T.copy(), ink.T).T.copy()
    return Rules(across, down, scale)


def _opened(ink: Mask, mend: tuple[int, int], keep: tuple[int, int]) -> Mask:
    """Runs of ink at least as long as ``keep``, breaks up to ``mend`` closed."""
    # a rule that climbs a pixel over its length is two runs: let them touch
    across = keep[0] > keep[1]
    thick = as_bytes(cv2.dilate(ink, np.ones((2, 1) if across else (1, 2), np.uint8)))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _bar(max(1, keep[0] // 2), max(1, keep[1] // 2)))
    mended = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, _bar(*mend))
    return as_bytes(cv2.morphologyEx(mended, cv2.MORPH_OPEN, _bar(*keep)))


def _without_print(across: Mask, ink: Mask) -> Mask:
    """Only the runs with paper above and below: letters that touch make runs of ink, too."""
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(across, connectivity=8)
    for label in range(1, count):
        left, top, wide, high = (int(v) for v in stats[label][:4])
        columns = slice(left, left + wide)
        above = ink[max(0, top - _BESIDE - 1) : max(0, top - 1), columns]
        below = ink[top + high + 1 : top + high + 1 + _BESIDE, columns]
        if any(band.size and (band > 0).mean() > _PRINT for band in (above, below)):
            across[top : top + high, columns][labels[top : top + high, columns] == label] = 0
    return across


def _bar(width: int, height: int) -> Mask:
    return np.ones((height, width), np.uint8)


def find_tables(image: Grey, dpi: int, rules: Rules | None = None) -> tuple[Table, ...]:
    """Grids of two or more cells, from top to bottom."""
    found = rules or find_rules(image, dpi)
    if not found.across.any():
        return ()
    dpi //= found.scale
    joined = cv2.dilate(found.both, _bar(3, 3))
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
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
    cells = (replace(cell, box=_times(cell.box, scale)) for cell in table.cells)
    return Table(_times(table.box, scale), tuple(cells))


def _times(box: Box, scale: int) -> Box:
    return Box(box.left * scale, box.top * scale, box.right * scale, box.bottom * scale)


_RULE_MARKS = "|¦[]{}_—–=-~!"


def without_rules(lines: tuple[Line, ...], rules: Rules) -> tuple[Line, ...]:
    """The lines without what is only a table's rules misread: ``|``, ``[``, ``—``, ``|Name``."""
    kept = (replace(line, words=_plain_words(line.words, rules)) for line in lines)
    return tuple(line for line in kept if line.words)


def _plain_words(words: tuple[Word, ...], rules: Rules) -> tuple[Word, ...]:
    upright = bool(rules.down.any())
    plain = []
    for word in words:
        bare = word.text.strip("|¦") if upright else word.text
        if bare and (bare.strip(_RULE_MARKS) or not _on_rule(word.box, rules)):
            plain.append(replace(word, text=bare))
    return tuple(plain)


def _on_rule(box: Box, rules: Rules) -> bool:
    scale = rules.scale
    top, bottom = max(0, box.top - 2) // scale, (box.bottom + 2) // scale + 1
    left, right = max(0, box.left - 4) // scale, (box.right + 4) // scale + 1
    around = rules.across[top:bottom, left:right] | rules.down[top:bottom, left:right]
    return bool(around.any())


def _grid(rules: Rules, box: Box, dpi: int) -> Table | None:
    across = rules.across[box.top : box.bottom, box.left : box.right]
    down = rules.down[box.top : box.bottom, box.left : box.right]
    near = max(2, round(_NEAR_INCHES * dpi))
    shortest = round(_LONG_INCHES * dpi)
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
    moved = tuple(_moved(cell, box.left, box.top) for cell in cells)
    return Table(Box(box.left + xs[0], box.top + ys[0], box.left + xs[-1], box.top + ys[-1]), moved)


def _positions(mask: Mask, axis: int, near: int, shortest: int) -> list[int]:
    """Where rules lie: rows (axis 1) or columns (axis 0) that have a long run of ink."""
    need = 255 * 0.6 * min(shortest, mask.shape[axis])
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
    start = [first] if not lines or lines[0] - first > 3 * near else []
    end = [last] if not lines or last - lines[-1] > 3 * near else []
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


def _moved(cell: Cell, dx: int, dy: int) -> Cell:
    b = cell.box
    box = Box(b.left + dx, b.top + dy, b.right + dx, b.bottom + dy)
    return Cell(cell.row, cell.column, box, cell.row_span, cell.column_span)
