"""Columns of labels and what stands beside them: forms, and tables on their side.

Works on word boxes alone (pixels of the page image).
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from extract.layout.row_signs import number_of
from extract.layout.rows import header_label, segments
from extract.layout.steps import BLUR, NOISE, cut, height_of, middle_of, top_of, tops_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.layout.rows import Row
    from extract.layout.steps import Cells, Lines
    from ocr.types import Word

LEAST_LABELS = 3  # different labels of a table on its side
LEAST_CELLS = 3  # a label and two persons
LABEL_LINES = 3  # lines of a label in a narrow column
NAME_LABELS = ("table_headers.name", "family_name_headers", "given_name_headers")
LEVEL = 0.9  # of a step, that is as long on a scan
_COLONS = (":", "：")


def form_of(columns: Sequence[Lines]) -> Cells:
    """A table on its side: each row has a label; ``البريد`` may go on below.

    What stands beside a label may begin above it, where cells are set to their middle. Numbers of
    persons, or their names, may stand above the first label.
    """
    begins = _labels_in(columns[0])
    tops = [_white_between(a, b, columns) for a, b in pairwise(begins)]
    heads = [lines[0] for lines in columns[1:]]
    counted = [number_of(head[-1]) for head in heads] == [*range(1, len(columns))]
    named = not any(map(_is_above_name, begins)) and all(
        middle_of(head) < top_of(begins[0]) for head in heads
    )
    if counted or named:
        tops.insert(0, _white_between(min(heads, key=middle_of), begins[0], columns))
    return cut(columns, [min(top_of(x[0]) for x in columns), *tops])


def columns_by_rows(rows: Sequence[Row]) -> list[Lines]:
    """The columns of a table on its side whose cells reach over each other's edges; or none.

    Cells set to their middle do, and no stream parts them. What parts them is the white in each
    row with a label, if all have as many cells; lines below belong to the cell they are nearest to.
    """
    parts = [segments(row.words) for row in rows]
    led = [n for n, own in enumerate(parts) if _is_known(own[0])]
    kinds = {header_label(" ".join(w.text for w in parts[n][0]).rstrip(" :：")) for n in led}
    sizes = {len(parts[n]) for n in led}
    others = (part for n in led for part in parts[n][1:])
    if len(kinds) < LEAST_LABELS or len(sizes) > 1 or not kinds.intersection(NAME_LABELS):
        return []
    if led[0] or max(sizes) < LEAST_CELLS or any(map(_is_known, others)):
        return []
    columns: list[Lines] = [[] for _ in parts[0]]
    for number, own in enumerate(parts):
        heads = parts[max(n for n in led if n <= number)]
        for part in own:
            middles = [abs(_middle(part) - _middle(head)) for head in heads]
            columns[middles.index(min(middles))].append(tuple(part))
    return columns


def _middle(words: Sequence[Word]) -> float:
    return (words[0].box.left + words[-1].box.right) / 2


def _labels_in(lines: Lines) -> Lines:
    """The first line of each label."""
    return [label[0] for label in _labels(lines)]


def texts_of_labels(lines: Lines) -> list[str]:
    """Labels as they are whole: ``Nom et`` / ``prénom``, ``Должност`` / ``ь``."""
    return [_known_text(label) or _text(label[0]) for label in _labels(lines)]


def are_known(lines: Lines) -> bool:
    """Nothing but labels we know, however they wrap."""
    return all(header_label(text.rstrip(" :：")) for text in texts_of_labels(lines))


def _labels(lines: Lines) -> list[Lines]:
    """The lines of each label; those below its first make one label with it."""
    found: list[Lines] = []
    at = 0
    while at < len(lines):
        ends = range(min(at + LABEL_LINES, len(lines)), at + 1, -1)
        end = next((n for n in ends if _is_one_label(lines[at:n])), at + 1)
        found.append(lines[at:end])
        at = end
    return found


def _is_one_label(lines: Lines) -> bool:
    """Together they are a label we know, and not each line by itself."""
    ended = any(line[-1].text.endswith(_COLONS) for line in lines[:-1])
    return _known_text(lines) is not None and not ended and not all(map(_is_known, lines))


def _known_text(lines: Lines) -> str | None:
    """The lines as one label we know; a narrow column may have torn a word."""
    whole = (sign.join(map(_text, lines)) for sign in (" ", ""))
    return next((text for text in whole if header_label(text) is not None), None)


def _text(line: Sequence[Word]) -> str:
    return " ".join(w.text for w in line)


def _is_above_name(label: Sequence[Word]) -> bool:
    return header_label(_text(label).rstrip(" :：")) in NAME_LABELS


def _white_between(above: Sequence[Word], below: Sequence[Word], columns: Sequence[Lines]) -> float:
    """Where the row of a label begins (y): below the widest white, the last of those alike."""
    first, last = middle_of(above), middle_of(below)
    lines = (line for column in columns for line in column if first <= middle_of(line) <= last)
    words = sorted((w.box for line in lines for w in line), key=lambda b: b.top)
    found, widest, reach = float(top_of(below)), 0.0, float(words[0].bottom)
    for box in words:
        if box.top - reach >= widest - BLUR:
            found, widest = float(box.top), max(widest, box.top - reach)
        reach = max(reach, box.bottom)
    return found


def beside(columns: Sequence[Lines]) -> Lines:
    """Labels and their values on one line each, however either wraps."""
    joined: Lines = []
    cells = cut(columns, tops_of(columns))
    for row in sorted({r for r, _ in cells}):
        parts = [cells[row, c] for c in range(len(columns)) if (row, c) in cells]
        joined += _label_by_label(parts) if (row, 0) in cells else [x for p in parts for x in p]
    return joined


def in_turn(lists: Sequence[Lines], begins: Callable[[Sequence[Word]], bool]) -> Lines:
    """Lists of labels beside each other as one: what stands at one height, from the left."""
    near = NOISE * height_of([line for lines in lists for line in lines])
    entries: list[Lines] = []
    for lines in lists:
        edge = min(line[0].box.left for line in lines)
        for number, line in enumerate(lines):
            # without a colon a value may begin so, but not where the labels do
            sure = line[0].box.left - edge < near or any(w.text.endswith(_COLONS) for w in line)
            if number == 0 or (sure and begins(line)):
                entries.append([])
            entries[-1].append(line)
    rows: list[list[Lines]] = []
    for entry in sorted(entries, key=lambda e: top_of(e[0][:1])):
        if rows and top_of(entry[0][:1]) - top_of(rows[-1][0][0][:1]) < near:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return [x for row in rows for e in sorted(row, key=lambda e: e[0][0].box.left) for x in e]


def cut_before(lines: Lines, begins: Sequence[int]) -> list[Lines]:
    """The lines, cut before those of these numbers; what stands above the first goes with it."""
    return [lines[a:b] for a, b in pairwise([0, *begins[1:], len(lines)])]


def _label_by_label(parts: Sequence[Lines]) -> Lines:
    """Lines of one row of a form: labels that stand close are told apart by their colons."""
    labels: list[list[Word]] = [[]]
    least = _step_of_labels(parts[0])
    for number, line in enumerate(parts[0]):
        known = _is_known(labels[-1]), _is_known(line)
        # "Delegate 2" below a label is as far from it as the next one
        apart = bool(number) and middle_of(line) - middle_of(parts[0][number - 1]) >= least
        ended = labels[-1] and (
            any(w.text.endswith(_COLONS) for w in labels[-1])
            or ((all(known) or (any(known) and apart)) and not _is_known([*labels[-1], *line]))
        )
        if ended or (labels[-1] and _heads(labels[-1], parts[0][number:])):
            labels.append([])
        labels[-1] += line
    values = sorted((line for p in parts[1:] for line in p), key=middle_of)
    owners: list[list[tuple[Word, ...]]] = [[] for _ in labels]
    height = height_of(values) if values else 0.0
    for value in values:
        above = [
            n
            for n, label in enumerate(labels)
            if min(w.box.center[1] for w in label) <= middle_of(value) + 0.5 * height
        ]
        owners[above[-1] if above else 0].append(value)
    found, owners[0] = _heads_of(labels[0], owners[0], least)
    for label, own in zip(labels, owners, strict=True):
        found.append((*label, *(own[0] if own else ())))
        found += own[1:]
    return found


def _heads_of(label: Sequence[Word], values: Lines, least: float) -> tuple[Lines, Lines]:
    """``Delegate 2`` a row above ``Name:``, and the values: in the middle of both columns.

    A value set to the middle of its label has as many lines above it as below.
    """
    top = min(word.box.center[1] for word in label)
    above = [value for value in values if top - middle_of(value) >= least]
    below = [value for value in values if middle_of(value) - top >= least]
    heads = above if len(above) > len(below) else []
    return heads, values[len(heads) :]


def _step_of_labels(lines: Lines) -> float:
    """How far two labels we know are apart at least, by which lines of one label are nearer."""
    pairs = (p for p in pairwise(lines) if all(map(_is_known, p)))
    return LEVEL * min((middle_of(b) - middle_of(a) for a, b in pairs), default=inf)


def _heads(above: Sequence[Word], below: Sequence[Sequence[Word]]) -> bool:
    """``Delegate 2`` above ``Name and`` / ``surname:`` is no part of the label these make."""
    last = next((n for n, line in enumerate(below) if line[-1].text.endswith(_COLONS)), None)
    if last is None:
        return False
    label = [word for line in below[: last + 1] for word in line]
    return _is_known(label) and not _is_known([*above, *label])


def _is_known(words: Sequence[Word]) -> bool:
    return header_label(_text(words)) is not None
