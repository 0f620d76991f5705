"""What shows that columns without rules hold persons: addresses, forms of address, posts, roles."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.terms import HONORIFICS
from extract.layout.column_headers import HEADER_ROWS, LABELS, LEAST_SIDE, is_labels
from extract.layout.label_columns import NAME_LABELS, texts_of_labels
from extract.layout.row_signs import ROLES, has_mail, number_of
from extract.layout.rows import (
    LABEL_WORDS,
    begins_with,
    header_label,
    is_label,
    is_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.steps import Cells, Lines
    from ocr.types import Word


SINGLE = 0.85  # share of the lines of a column of addresses that are one word
HALF = 0.5  # the same where each of SEVERAL persons or more has something in that column
SEVERAL = 3  # persons
DASHES = ("-", "–", "—")
POSTS = 0.7  # share of the persons whose post begins with a known word
NAME_WORDS = 5  # words of a name
LONGEST_ENTRY = 4  # printed rows of one person's entry
_NAME_WORD = re.compile(r"[!ǃǀǁǂ|]?([^\W\d_])(?:[^\W\d_]|['’ʻʼ-])*[.,]*")
"""A word of a name; the signs before it are clicks: ``!Garoëb``."""
_PARTING = (",", ";", "،", "؛", "，", "、", "：", ":", "(")


def is_on_its_side(columns: Sequence[Lines]) -> bool:
    """Labels in the first column, and what most of them ask for in each of several others.

    Where none asks for a name, the names stand above the first.
    """
    if len(columns) < LEAST_SIDE or any(map(is_labels, columns[1:])):
        return False
    known = [header_label(text.rstrip(" :：")) for text in texts_of_labels(columns[0])]
    asked = sum(x is not None for x in known)
    if not is_labels(columns[0]) and asked < max(2, LABELS * len(known)):
        return False
    top = columns[0][0][0].box.top
    named = any(x in NAME_LABELS for x in known) or (
        asked == len(known) > 1 and all(c[0][0].box.bottom <= top for c in columns[1:])
    )
    return named and all(2 * len(c) > asked for c in columns[1:])


def is_post(line: Sequence[Word]) -> bool:
    """True if the line begins as posts do."""
    return begins_with(line, "title_heads")


def holds_addresses(columns: Sequence[Lines]) -> bool:
    """A column of addresses: nearly every line of it is one word."""
    return any(
        any(map(has_mail, lines)) and sum(len(x) == 1 for x in lines) >= SINGLE * len(lines)
        for lines in columns[1:]
    )


def holds_people(table: Sequence[dict[int, list[Word]]]) -> bool:
    """A column of persons with a form of address, and beside them their posts or addresses.

    The first row is a person's, and so are as many as one in four. Numbers may stand before them.
    """
    if _are_counted(table):
        return holds_people([{c - 1: cell for c, cell in row.items() if c} for row in table])
    starts = [n for n, row in enumerate(table) if begins_with(row.get(0, []), *HONORIFICS)]
    if starts and 0 < starts[0] < HEADER_ROWS and _may_name_columns(table[: starts[0]]):
        return holds_people(table[starts[0] :])
    led = [table[n] for n in starts]
    if not starts or starts[0] or len(table) > LONGEST_ENTRY * len(led):
        return False
    if any(w.text.endswith(_PARTING) for row in led for w in row[0]):
        return False
    others = {column for row in led for column in row if column}
    if len(led) == 1:  # one row proves little: the post must follow the name
        return bool(others & {1}) and is_post(led[0][1])
    entries = [table[a:b] for a, b in pairwise([*starts, len(table)])]
    told = {
        c: sum(is_post(e[0].get(c, [])) or _mails_in(e, c) == 1 for e in entries) for c in others
    }
    # a cell beside every one of several persons is half the proof
    full = {c for c in others if len(led) >= SEVERAL and all(c in e[0] for e in entries)}
    return any(n >= (HALF if c in full else POSTS) * len(led) for c, n in told.items())


def _are_counted(table: Sequence[dict[int, list[Word]]]) -> bool:
    """The first column holds nothing but the numbers of the rows, from 1 on."""
    numbers = [number_of(row[0][0]) if len(row[0]) == 1 else None for row in table if 0 in row]
    return len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)]


def holds_roles(table: Sequence[dict[int, list[Word]]]) -> bool:
    """``Head of delegation``, ``Adviser``: nothing but roles, and beside each a person is led."""
    told = [row for row in table if 0 in row]
    roles = [row for row in told if is_phrase(row[0], *ROLES)]
    persons = all(begins_with(row.get(1, []), *HONORIFICS) for row in told)
    return len(roles) == len(told) > 1 and persons


def _may_name_columns(rows: Sequence[dict[int, list[Word]]]) -> bool:
    """A few words in each of several columns, one or more a label we know: ``Participant``."""
    cells: dict[int, list[Word]] = {}
    for row in rows:
        for column, words in row.items():
            cells.setdefault(column, []).extend(words)
    short = all(len(words) <= LABEL_WORDS for words in cells.values())
    return len(cells) > 1 and short and any(map(is_label, cells.values()))


def _mails_in(rows: Sequence[dict[int, list[Word]]], column: int) -> int:
    return sum(has_mail(row.get(column, [])) for row in rows)


def holds_names(cells: Cells) -> bool:
    """In most rows a cell that can be nothing but a name, and beside it a post or an address."""
    rows = {row for row, _ in cells}
    if len(rows) < 2:
        return False
    columns = {column for _, column in cells}
    names = [sum(_may_be_name(cells.get((r, c), [])) for r in rows) for c in columns]
    said = [sum(_is_said_of_one(cells.get((r, c), [])) for r in rows) for c in columns]
    return max(names) >= POSTS * len(rows) and max(said) >= POSTS * len(rows)


def _is_said_of_one(lines: Lines) -> bool:
    """It begins with a post, also behind a dash, or one address is in it and more."""
    first = lines[0] if lines else ()
    first = first[1:] if first and first[0].text in DASHES else first
    return is_post(first) or (len(lines) > 1 and sum(map(has_mail, lines)) == 1)


def _may_be_name(lines: Lines) -> bool:
    words = [w.text for line in lines for w in line]
    if words and number_of(lines[0][0]) is not None:
        if begins_with(lines[0][1:], *HONORIFICS):  # told by these, see ``holds_people``
            return False
        words = words[1:]
    if words and words[-1].endswith(_PARTING):  # running text
        return False
    return 2 <= len(words) <= NAME_WORDS and all(
        match and match[1].isupper() for match in map(_NAME_WORD.fullmatch, words)
    )
