"""Tables for a terminal, as wide as it is: Chinese and Arabic measured right, no cursor moved.

Widths are cells of the terminal: a Chinese sign takes two, a mark upon a letter none (Unicode's
``EastAsianWidth`` and general categories, as the library wcwidth has them).
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping, Sequence

from wcwidth import wcswidth

from store import sanitize

MAX_CELL = 44
"""Cells for one value where it stands alone: most names and addresses are shown whole."""

WIDE = 1_000_000
"""Width of a table of which nothing is cut."""

COMFORT = {"name": 22, "title": 12, "email": 14, "reference": 28, "context": 28}
"""Cells a column is given before one that may be missing is left out; 16 where none are told."""

LEAST = {"name": 22, "status": 12, "reference": 28, "context": 20}
"""A column is not cut further; 6 where nothing is told. Most names are whole at 22, a status at 12,
a meeting's reference at 28."""

GAP = "  "
_LEFT_TO_RIGHT = "\u200e"  # no width; keeps two columns of Arabic from running into one

HEADINGS = {
    "delegate_id": "id",
    "delegate": "id",
    "document_id": "doc",
    "document": "doc",
    "page_number": "page",
    "email": "e-mail",
}
"""Shorter names of columns; the others stand as the database has them."""


def width() -> int:
    """Cells of a line: the terminal's, or what COLUMNS says; 80 where there is no terminal."""
    return shutil.get_terminal_size((80, 24)).columns


def cells(text: str) -> int:
    """How many cells a text without control characters takes."""
    return max(0, wcswidth(text))


def cut(text: str, most: int) -> str:
    """The text, or as much of its beginning as leaves a cell for ``…``."""
    if cells(text) <= most:
        return text
    taken = text[: 4 * most]  # marks without width beside, never more signs than that
    while taken and cells(taken + "…") > most:  # together, signs take other cells than each alone
        taken = taken[:-1]
    return taken.rstrip() + "…"


def shown(value: object, most: int = MAX_CELL) -> str:
    """A value on one line, as ``sanitize.visible`` shows it, cut at ``most`` cells."""
    return "" if value is None else cut(sanitize.visible(value), most)


def wrapped(text: str, most: int, indent: str = "") -> str:
    """The text in lines of at most ``most`` cells, those after the first indented."""
    lines: list[str] = []
    line = ""
    longest = max(1, most - len(indent))
    words = [w for word in sanitize.visible(text).split() for w in _pieces(word, longest)]
    for word in words:
        room = most - (len(indent) if lines else 0)
        if line and cells(line) + 1 + cells(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return f"\n{indent}".join([*lines, line])


def _pieces(word: str, most: int) -> list[str]:
    """The word, or parts of it where it is wider than a line: Chinese has no spaces."""
    if cells(word) <= most:
        return [word]
    found, piece = [], ""
    for sign in word:
        if piece and cells(piece + sign) > most:
            found.append(piece)
            piece = ""
        piece += sign
    return [*found, piece]


def local_moment(at: str) -> str:
    """A moment of the database on this machine's clock, to the minute."""
    moment = sanitize.parsed_moment(at)
    return at if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M")


def table(
    records: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    most: int | None = None,
    *,
    spare: Sequence[str] = (),
) -> str:
    """Records as a table of some of their columns, one line a record.

    Args:
        records: values by column.
        columns: from left to right.
        most: cells of a line; None takes those of the terminal.
        spare: columns that are left out where there is no room for all, the first one first.
    """
    room = width() if most is None else most
    rows = [{c: shown(record.get(c), WIDE) for c in columns} for record in records]
    natural = {c: max([cells(heading(c)), *(cells(row[c]) for row in rows)]) for c in columns}
    for column in spare:
        if column in natural and not any(row[column] for row in rows):
            del natural[column]
    for column in spare:
        wanted = sum(min(n, COMFORT.get(c, 16)) for c, n in natural.items())
        if wanted + _gaps(natural) > room:
            natural.pop(column, None)
    widths = _fitted(natural, room - _gaps(natural))
    lines = [{c: heading(c) for c in widths}, {c: "-" * w for c, w in widths.items()}, *rows]
    return "\n".join(_line(line, widths) for line in lines)


def heading(column: str) -> str:
    """What stands above a column."""
    return HEADINGS.get(column, column)


def _gaps(columns: Mapping[str, int]) -> int:
    return len(GAP) * max(0, len(columns) - 1)


def _fitted(natural: Mapping[str, int], room: int) -> dict[str, int]:
    """The widest columns give way, all to the same width; none below its least."""
    widths = dict(natural)
    while (over := sum(widths.values()) - room) > 0:
        soft = {c: w for c, w in widths.items() if w > LEAST.get(c, 6)}
        if not soft:
            break
        widest = max(soft.values())
        wide = [c for c, w in soft.items() if w == widest]
        next_one = max([w for w in soft.values() if w < widest], default=0)
        for column in wide:
            lower = max(next_one, widest - -(-over // len(wide)), LEAST.get(column, 6))
            widths[column] = lower
    return widths


def _line(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    found = []
    for column, most in widths.items():
        text = cut(row[column], most)
        turned = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
        padding = " " * (most - cells(text))
        found.append(text + (_LEFT_TO_RIGHT if turned else "") + padding)
    return GAP.join(found).rstrip(" ")
