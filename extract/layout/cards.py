"""Columns that are lists beside each other: persons side by side, and forms of labels and values.

Works on word boxes alone, in pixels; ``unruled`` finds the columns.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout import label_columns, records
from extract.layout.column_headers import (
    asks_for_name,
    ends_in_colon,
    is_labels,
    label_before,
    name_label,
)
from extract.layout.column_proof import is_post
from extract.layout.label_columns import NAME_LABELS
from extract.layout.row_signs import has_mail, is_led, is_number
from extract.layout.rows import is_phrase
from extract.layout.unruled_grid import UnruledGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from extract.layout.steps import Lines
    from ocr.types import Word

SEVERAL_CARDS = 2  # columns that ask for a name in the same words


def cards_of(columns: Sequence[Lines]) -> UnruledGrid | None:
    """The columns as lists beside each other; None when they are columns of one table."""
    labels = [n for n, lines in enumerate(columns) if is_labels(lines)]
    if labels and (labels[-1] < len(columns) - 1 or _asking(columns, labels) == [0]):
        return _of_labels(columns, labels)
    cells = records.cards_of(columns) if len(columns) > 1 else {}
    if cells and _are_cards(columns, cells):
        single = all(
            max(sum(map(tells, lines)) for tells in (_begins, has_mail, _names_person)) <= 1
            for lines in cells.values()
        )
        return UnruledGrid(cells, len(columns), "cards" if single else "lists")
    return None


def _of_labels(columns: Sequence[Lines], labels: Sequence[int]) -> UnruledGrid | None:
    """Columns of labels, each with its values beside it: as many lists as columns of labels.

    Where only the first asks for a name, the others go on with its person: a card for each. So
    does each name down one column, where no colon tells the labels; where a form asks for several
    parts of a name, what it asks first does.
    """
    groups = [columns[a:b] for a, b in pairwise([*labels, len(columns)])]
    lists = [label_columns.beside(group) if len(group) > 1 else group[0] for group in groups]
    colons = any(ends_in_colon(line) for n in labels for line in columns[n])
    if _asking(columns, labels) == [0] and (len(labels) > 1 or not colons):
        lines = label_columns.in_turn(lists, lambda line: label_before(line) is not None)
        names = [n for n, line in enumerate(lines) if label_before(line) in NAME_LABELS]
        told = Counter(label_before(lines[n]) for n in names)
        if len(told) > 1:  # "Family name" and "First name"
            asked = tuple(w.text for w in columns[0][0])
            names = [n for n, x in enumerate(lines) if _begins_so(x, asked)]
        single = len(names) < SEVERAL_CARDS and len(labels) == 1
        if single and not (
            max(told.values(), default=0) == 1 and label_columns.are_known(columns[0])
        ):
            return None
        cards = label_columns.cut_before(lines, names)
        return UnruledGrid({(n, 0): card for n, card in enumerate(cards)}, 1, "cards")
    if not colons:
        return None
    return UnruledGrid({(0, n): own for n, own in enumerate(lists)}, len(lists), "lists")


def _begins_so(line: Sequence[Word], asked: tuple[str, ...]) -> bool:
    return tuple(w.text for w in line[: len(asked)]) == asked


def _asking(columns: Sequence[Lines], labels: Sequence[int]) -> list[int]:
    """Which of the columns of labels ask for names."""
    return [n for n, own in enumerate(labels) if any(map(asks_for_name, columns[own]))]


def _are_cards(columns: Sequence[Lines], cells: Mapping[tuple[int, int], Lines]) -> bool:
    """Two columns or more hold whole persons: what tells a person stands in each, and more."""
    mails = [c for c in columns if _has_more_than(c, has_mail)]
    people = [c for c in columns if _has_more_than(c, _begins)]
    asked = Counter(label for c in columns for label in {*map(name_label, c)} if label)
    posts = all(len(c) > 1 and not is_post(c[0]) and is_post(c[1]) for c in cells.values())
    # "Surname:" beside "Given name:" is one person's form
    return posts or max(len(mails), len(people), *asked.values(), 0) >= SEVERAL_CARDS


def _has_more_than(lines: Lines, tells: Callable[[Sequence[Word]], bool]) -> bool:
    told = sum(map(tells, lines))
    return bool(told) and len(lines) - told >= told


def _begins(line: Sequence[Word]) -> bool:
    """A line that begins with a form of address, or with a number of a list.

    ``السفير`` with nothing behind it is a post in a column of posts.
    """
    if is_phrase(line, "title_heads"):
        return False
    return is_led(line) or (len(line) > 1 and is_number(line[0]))


def _names_person(line: Sequence[Word]) -> bool:
    return name_label(line) is not None
