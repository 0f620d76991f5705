"""Tables, cards and forms that only white space shows; each asks the others first.

Works on word boxes alone (pixels of the page image): the page reader may have read such a list
row by row or column by column. ``streams`` tells the columns, ``records`` what stands in one row;
words known for sure (addresses, forms of address, posts, labels, names of columns) tell that
persons stand there, and how.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout import label_columns, records
from extract.layout.asides import beside_text
from extract.layout.bands import find_bands, with_bands
from extract.layout.label_columns import NAME_LABELS
from extract.layout.name_above import with_name_above
from extract.layout.row_signs import closes, has_mail, is_led, is_number
from extract.layout.rows import (
    Row,
    in_columns,
    is_phrase,
    rows_of_words,
)
from extract.layout.several import by_person
from extract.layout.steps import middle_of
from extract.layout.stream_borders import with_begins
from extract.layout.streams import Region, region_at
from extract.layout.white import WIDE
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Literal

    from extract.layout.steps import Lines
    from ocr.types import Word

    GridKind = Literal["ruled", "columns", "cards", "lists"]
from extract.layout.column_headers import (
    HEADER_ROWS,
    asks_for_name,
    ends_in_colon,
    header_of,
    header_rows,
    is_labels,
    is_under,
    label_before,
    last_of_header,
    name_label,
)
from extract.layout.column_proof import (
    holds_addresses,
    holds_names,
    holds_people,
    holds_roles,
    is_on_its_side,
    is_post,
)

TRIES = 3  # rows a region may begin at before it is given up
SEVERAL_CARDS = 2  # columns that ask for a name in the same words
_STEP = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[.)]")
_SIGNS = ("&", "/", "-", "–", "—", "+", "·", "•", "،", ",")
_OPENING = ("<", "(", "[", "‹", "〈")  # what an address may stand in, alone on the line above it


_COUNTRY_CODE = re.compile(r"[(]?\+\d{1,3}\b")


@dataclass(frozen=True, slots=True, eq=False)
class UnruledGrid:
    """Lines of words by (row, column), columns from the left.

    A ``columns`` grid is a table, one person a row; a cell of ``cards`` is one person, a cell of
    ``lists`` several. ``spans`` says beside how many rows a cell stands, where that is not one.
    ``aside`` is a box of persons beside running text, which they follow.
    """

    cells: dict[tuple[int, int], Lines]
    columns: int
    kind: GridKind = "columns"
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    aside: bool = False


def find_unruled(rows: Sequence[tuple[Word, ...]], rtl: bool = False) -> list[UnruledGrid]:
    """The grids among rows of words (each from left to right), in order.

    A right-to-left page is looked at in a mirror, so that its first column comes first.
    """
    if not rtl:
        return _find(rows)
    printed: dict[int, Word] = {}
    mirrored: list[tuple[Word, ...]] = []
    edge = max((w.box.right for row in rows for w in row), default=0)
    for row in rows:
        turned = [_in_mirror(w, edge) for w in row]
        printed.update({id(t): w for t, w in zip(turned, row, strict=True)})
        mirrored.append(tuple(sorted(turned, key=lambda w: w.box.left)))
    return [
        replace(
            grid,
            cells={
                (row, grid.columns - 1 - column): [
                    tuple(printed[id(w)] for w in reversed(line)) for line in lines
                ]
                for (row, column), lines in grid.cells.items()
            },
            spans={(r, grid.columns - 1 - c): n for (r, c), n in grid.spans.items()},
        )
        for grid in _find(mirrored)
    ]


def _in_mirror(word: Word, edge: int) -> Word:
    """The word as far from the left edge as it was from the right one."""
    box = word.box
    return replace(word, box=Box(edge - box.right, box.top, edge - box.left, box.bottom))


def _find(rows: Sequence[tuple[Word, ...]]) -> list[UnruledGrid]:
    beside = zip(rows, [(), *rows], [*rows[1:], ()], strict=False)
    kept = [_without_specks(row, above, below) for row, above, below in beside]
    items = [Row(words) for words in kept if words]
    marks = dict(_marks(row, words) for row, words in zip(rows, kept, strict=True) if words)
    grids: list[UnruledGrid] = []
    at, after, tries = 0, 0, 0
    ends = sorted({*header_rows(items), *(n for n, row in enumerate(items) if closes(row.words))})
    while at < len(items):
        region = region_at(items[: next((n for n in ends if n > at), None)], at, after)
        region = with_name_above(items, region, after) if region else None
        grid = _grid(items, region) if region else None
        if region and grid:
            grids.append(_with_marks(grid, marks))
            at, after, tries = region.last, region.last + 1, 0
        elif region and (tries := tries + 1) >= TRIES:
            at, tries = region.last, 0
        at += 1
    return grids


def _marks(row: tuple[Word, ...], counted: tuple[Word, ...]) -> tuple[int, tuple[Word, ...]]:
    """The first word that counts, by its ``id``, and the signs before it: ``=``, ``»``."""
    return id(counted[0]), row[: next(n for n, w in enumerate(row) if w is counted[0])]


def _with_marks(grid: UnruledGrid, marks: Mapping[int, tuple[Word, ...]]) -> UnruledGrid:
    """Lists with the signs that begin their lines, ``= Member: Mr. X``; elsewhere specks."""
    if grid.kind != "lists":
        return grid
    cells = {
        place: [(*marks.get(id(line[0]), ()), *line) for line in lines]
        for place, lines in grid.cells.items()
    }
    return replace(grid, cells=cells)


def _without_specks(
    row: tuple[Word, ...], above: tuple[Word, ...], below: tuple[Word, ...]
) -> tuple[Word, ...]:
    """The words, signs as close to one as text is, and a sign that broke with its address."""
    return tuple(
        word
        for at, word in enumerate(row)
        if _counts(word)
        or (word.text in _SIGNS and any(_near(word, o) for o in row[max(0, at - 1) : at + 2]))
        or (word.text == "-" and is_under(word, above) and _has_address((*above, *below)))
        or (word.text in _OPENING and _has_address(w for w in below if is_under(w, (word,))))
    )


def _has_address(words: Iterable[Word]) -> bool:
    return any("@" in word.text for word in words)


def _near(sign: Word, word: Word) -> bool:
    white = max(sign.box.left, word.box.left) - min(sign.box.right, word.box.right)
    return _counts(word) and white < WIDE * max(word.box.height, 1)


def _counts(word: Word) -> bool:
    """Specks and rules are no words; a colon that stands alone fills the gap to its value.

    A lone ``@`` is of an address; ``m=`` is a square, ``+7`` the code of a country.
    """
    signs = sum(c in "=+*" for c in word.text)
    told = word.text in (":", "：", "@") or bool(_COUNTRY_CODE.match(word.text))
    return told or sum(c.isalnum() for c in word.text) > signs


def _grid(items: Sequence[Row], region: Region) -> UnruledGrid | None:
    rows = items[region.first : region.last + 1]
    names = [n for n, row in enumerate(rows[:HEADER_ROWS]) if header_of(row)]
    header = (header_of(rows[names[0]]) if names else None) or []
    bands = find_bands(rows, last_of_header(rows, names[0])) if names else []
    held = [row for n, row in enumerate(rows) if n not in bands]
    whole = region_at(held, 0) if bands else None
    borders = whole.borders if whole and whole.last == len(held) - 1 else region.borders
    borders = with_begins(held, borders, header)
    table = [
        {0: [*row.words]} if n in bands else in_columns(row, borders) for n, row in enumerate(rows)
    ]
    columns = [
        rows_of_words(w for cells in table for w in cells.get(number, ()))
        for number in range(len(borders) + 1)
    ]
    columns = [c for c in columns if c]
    box = None if header else beside_text(columns)
    if box is not None:
        return UnruledGrid({(0, 0): columns[box]}, 1, "lists", aside=True)
    if not header and _is_counted_list(columns):
        return UnruledGrid({(0, 0): [row.words for row in rows]}, 1, "lists")
    on_side = max(columns, label_columns.columns_by_rows(rows), key=len)
    if is_on_its_side(on_side):
        return UnruledGrid(label_columns.form_of(on_side), len(on_side))
    cards = None if header else _cards(records.with_marks(columns))
    if cards is not None:
        return None if cards.columns == 1 and _goes_on_below(items, region) else cards
    cells, spans = records.cells_of(columns, rows, table)
    if names:
        cells, spans = _with_header_apart(cells, spans, rows[last_of_header(rows, names[0])])
    told = header or holds_addresses(columns) or holds_people(table) or holds_roles(table)
    if not (told or holds_names(cells)):
        return None
    cells, spans = with_bands(
        cells if spans else by_person(cells), spans, [rows[n].words for n in bands]
    )
    return UnruledGrid(cells, len(columns), "columns", spans)


def _with_header_apart(
    cells: Mapping[tuple[int, int], Lines], spans: Mapping[tuple[int, int], int], last: Row
) -> tuple[dict[tuple[int, int], Lines], dict[tuple[int, int], int]]:
    """The cells, names of columns as a row of their own, however close the first person stands.

    ``last`` is the printed row that the header ends with.
    """
    first = {place: lines for place, lines in cells.items() if place[0] == 0}
    heads = {c: [x for x in v if middle_of(x) <= last.bottom] for (_, c), v in first.items()}
    below = {c: [x for x in v if middle_of(x) > last.bottom] for (_, c), v in first.items()}
    parted = sum(bool(heads[c]) and bool(below[c]) for c in heads)
    if parted < SEVERAL_CARDS or spans:
        return dict(cells), dict(spans)
    moved = {(r + 1, c): lines for (r, c), lines in cells.items() if r}
    own = {(n, c): v for n, row in enumerate((heads, below)) for c, v in row.items() if v}
    return own | moved, {}


def _is_counted_list(columns: Sequence[Lines]) -> bool:
    """``2.``, ``2.1.``, ``2.2.`` stand out from a list of several steps: no column of a table."""
    if len(columns) != len(("marks", "entries")):
        return False
    counts = [_STEP.fullmatch(line[0].text) for line in columns[0]]
    alone = sum(len(line) == 1 for line in columns[0])
    steps = {count[0].count(".") for count in counts if count}
    return all(counts) and 2 * alone > len(counts) and max(steps, default=0) > 1


def _goes_on_below(items: Sequence[Row], region: Region) -> bool:
    """The row below begins with a label of the same form: one column here is half a card."""
    below = items[region.last + 1 : region.last + 2]
    told = label_before(below[0].words) if below else None
    return told is not None and told not in NAME_LABELS


def _cards(columns: Sequence[Lines]) -> UnruledGrid | None:
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
