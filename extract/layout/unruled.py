"""Tables, cards and forms that only white space shows; each asks the others first, so one file.

Works on word boxes alone (pixels of the page image): the page reader may have read such a list
row by row or column by column. ``streams`` tells the columns, ``records`` what stands in one row;
words known for sure (addresses, forms of address, posts, labels, names of columns) tell that
persons stand there, and how.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.terms import HONORIFICS
from extract.layout import label_columns, records
from extract.layout.asides import beside_text
from extract.layout.bands import find_bands, with_bands
from extract.layout.label_columns import NAME_LABELS
from extract.layout.row_signs import has_mail, is_led, is_number, number_of
from extract.layout.rows import (
    HEADER,
    LABEL_WORDS,
    WRAPPED,
    Row,
    begins_with,
    header_label,
    in_columns,
    is_label,
    is_phrase,
    rows_of_words,
    segments,
)
from extract.layout.several import by_person
from extract.layout.streams import WIDE, Region, region_at, with_begins
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Literal

    from extract.layout.steps import Cells, Lines
    from ocr.types import Word

    GridKind = Literal["ruled", "columns", "cards", "lists"]

TRIES = 3  # rows a region may begin at before it is given up
HEADER_ROWS = 3  # rows at the top that may name the columns
SHOWN = 8  # rows that show where columns begin
SHIFT = 1.4  # steps to the next row, that part two tables
LEAST_SIDE = 3  # columns of a table on its side: labels and two persons
LABELS = 0.6  # share of the lines of a column of labels that are known labels
SINGLE = 0.85  # share of the lines of a column of addresses that are one word
HALF = 0.5  # the same where each of SEVERAL persons or more has something in that column
SEVERAL = 3  # persons
SEVERAL_CARDS = 2  # columns that ask for a name in the same words
POSTS = 0.7  # share of the persons whose post begins with a known word
NAME_WORDS = 5  # words of a name
HYPHEN_PLACE = 0.3  # line heights by which a hyphen alone may stand beside the line above it
LONGEST_ENTRY = 4  # printed rows of one person's entry
ROLES = (
    *(f"roles.{role}" for role in ("head", "deputy_head", "alternate", "adviser", "observer")),
    *(f"role_headings.{role}" for role in ("head", "alternate", "member", "adviser", "observer")),
    "roles.representative",
)
_SIGNS = ("&", "/", "-", "–", "—", "+", "·", "•", "،", ",")
_OPENING = ("<", "(", "[", "‹", "〈")  # what an address may stand in, alone on the line above it
_PARTING = (",", ";", "،", "؛", "，", "、", "：", ":", "(")


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
    heads = _heads(items)
    while at < len(items):
        region = region_at(items[: next((n for n in heads if n > at), None)], at, after)
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


def _heads(items: Sequence[Row]) -> list[int]:
    """Where a table begins: its header, a count from 1, columns elsewhere than those above.

    The line above a header that is no nearer to what is above is its caption.
    """
    found: list[int] = []
    for number, row in enumerate(items):
        step = row.middle - items[number - 1].middle if number else 0.0
        named = _header(row) is not None and not _wraps(items, number)
        counted = _begins_count(items, number)
        if counted is not None and (not found or counted > found[-1]):
            found.append(counted)
            continue
        if not (named or _shifts(items, number) or _begins_side(items, number)):
            continue
        if found and number - found[-1] < HEADER_ROWS:
            continue
        caption = number > 1 and len(segments(items[number - 1].words)) == 1
        apart = caption and step <= items[number - 1].middle - items[number - 2].middle
        found.append(number - 1 if apart else number)
    return found


def _begins_side(items: Sequence[Row], number: int) -> bool:
    """The label of names again, where it led several persons side by side: more of a table."""
    own = segments(items[number].words)[0]
    if own[-1].text.endswith((":", "：")) or not any(
        header_label(_text(x)) in NAME_LABELS for x in (own, _with_below(items, number, own))
    ):
        return False
    rows = (segments(row.words) for row in items[:number])
    return any(len(row) >= LEAST_SIDE and _text(row[0]) == _text(own) for row in rows)


def _with_below(items: Sequence[Row], number: int, label: list[Word]) -> list[Word]:
    """The label with the line below it, where it begins at the same place."""
    below = segments(items[number + 1].words)[0] if number + 1 < len(items) else []
    return [*label, *below] if below and _is_under(below[0], (label[0],)) else label


def _wraps(items: Sequence[Row], number: int) -> bool:
    """The last lines of cells, nearer to those above than to the next row.

    ``Office`` below ``Commonwealth``, and beside it the ``n`` of an address.
    """
    if not 0 < number < len(items) - 1:
        return False
    above, row, below = items[number - 1 : number + 2]
    step = row.middle - above.middle
    return step <= WRAPPED * row.words[0].box.height and SHIFT * step < below.middle - row.middle


def _begins_count(items: Sequence[Row], number: int) -> int | None:
    """Where the table of a ``1`` begins below the count of another: behind the longest step."""
    if number_of(items[number].words[0]) != 1:
        return None
    numbers = ((n, number_of(items[n].words[0])) for n in range(number - 1, -1, -1))
    counted = ((n, own) for n, own in numbers if own is not None)
    (last, count), (_, before) = (next(counted, (0, 0)) for _ in range(2))
    if count <= 1 or before != count - 1:
        return None
    return max(range(last + 1, number + 1), key=lambda n: items[n].middle - items[n - 1].middle)


def _shifts(items: Sequence[Row], number: int) -> bool:
    """No column but the first begins where one begins above, and there is white between."""
    if not 1 < number < len(items) - 1:
        return False
    steps = [items[n + 1].middle - items[n].middle for n in (number - 1, number)]
    if steps[0] < SHIFT * steps[1]:
        return False
    above = _inner_edges(items[max(0, number - SHOWN) : number])
    below = _inner_edges(items[number : number + SHOWN])
    near = items[number].bottom - items[number].top
    return bool(above and below) and not any(abs(a - b) < near for a in above for b in below)


def _inner_edges(rows: Sequence[Row]) -> list[int]:
    return [part[0].box.left for row in rows for part in segments(row.words)[1:]]


def _without_specks(
    row: tuple[Word, ...], above: tuple[Word, ...], below: tuple[Word, ...]
) -> tuple[Word, ...]:
    """The words, signs as close to one as text is, and a sign that broke with its address."""
    return tuple(
        word
        for at, word in enumerate(row)
        if _counts(word)
        or (word.text in _SIGNS and any(_near(word, o) for o in row[max(0, at - 1) : at + 2]))
        or (word.text == "-" and _is_under(word, above) and _has_address((*above, *below)))
        or (word.text in _OPENING and _has_address(w for w in below if _is_under(w, (word,))))
    )


def _has_address(words: Iterable[Word]) -> bool:
    return any("@" in word.text for word in words)


def _is_under(word: Word, above: tuple[Word, ...]) -> bool:
    return any(abs(w.box.left - word.box.left) < HYPHEN_PLACE * w.box.height for w in above)


def _near(sign: Word, word: Word) -> bool:
    white = max(sign.box.left, word.box.left) - min(sign.box.right, word.box.right)
    return _counts(word) and white < WIDE * max(word.box.height, 1)


def _counts(word: Word) -> bool:
    """Specks and rules are no words; a colon that stands alone fills the gap to its value.

    A lone ``@`` is of an address.
    """
    return word.text in (":", "：", "@") or any(c.isalnum() for c in word.text)


def _grid(items: Sequence[Row], region: Region) -> UnruledGrid | None:
    rows = items[region.first : region.last + 1]
    names = [n for n, row in enumerate(rows[:HEADER_ROWS]) if _header(row)]
    header = (_header(rows[names[0]]) if names else None) or []
    bands = find_bands(rows, names[0]) if names else []
    borders = with_begins(rows, region.borders, [part[0].box.left for part in header])
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
    if _is_on_its_side(columns):
        return UnruledGrid(label_columns.form_of(columns), len(columns))
    cards = None if header else _cards(records.with_marks(columns))
    if cards is not None:
        return cards
    cells, spans = records.cells_of(columns, rows, table)
    told = header or _holds_addresses(columns) or _holds_people(table) or _holds_roles(table)
    if not (told or _holds_names(cells)):
        return None
    cells, spans = with_bands(
        cells if spans else by_person(cells), spans, [rows[n].words for n in bands]
    )
    return UnruledGrid(cells, len(columns), "columns", spans)


def _cards(columns: Sequence[Lines]) -> UnruledGrid | None:
    """The columns as lists beside each other; None when they are columns of one table."""
    labels = [n for n, lines in enumerate(columns) if _is_labels(lines)]
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


def _header(row: Row) -> list[list[Word]] | None:
    """The names of columns in a row, when two are known or more; a colon asks for a value."""
    parts = [label for part in segments(row.words) for label in _two_labels(part)]
    known = [header_label(_text(x)) if not _ends_in_colon(x) else None for x in parts]
    names = {x for x in known if x}
    enough = len(names) >= 2 and sum(x is not None for x in known) >= HEADER * len(parts)
    return parts if enough else None


def _two_labels(part: list[Word]) -> list[list[Word]]:
    """``Name and surname Position``: two headers with little white between them."""
    if len(part) < 2 or header_label(_text(part)) is not None:
        return [part]
    for at in range(1, len(part)):
        if all(header_label(_text(p)) is not None for p in (part[:at], part[at:])):
            return [part[:at], part[at:]]
    return [part]


def _text(words: Iterable[Word]) -> str:
    return " ".join(w.text for w in words)


def _is_labels(lines: Lines) -> bool:
    """Most lines are labels, or begin with one: ``Post: Judge`` where the value stands close."""
    known = sum(_ends_label(line) > 0 for line in lines)
    return known >= 2 and known >= LABELS * len(lines)


def _ends_label(line: Sequence[Word]) -> int:
    """Words of the label that a line is or begins with; 0 for none."""
    if len(line) <= LABEL_WORDS and is_label(line):
        return len(line)
    sizes = range(1, min(LABEL_WORDS, len(line) - 1) + 1)
    at = next((n for n in sizes if line[n - 1].text.endswith((":", "："))), 0)
    return at if at and header_label(_text(line[:at]).strip(" :：")) else 0


def _of_labels(columns: Sequence[Lines], labels: Sequence[int]) -> UnruledGrid | None:
    """Columns of labels, each with its values beside it: as many lists as columns of labels.

    Where only the first asks for a name, the others go on with its person: a card for each. So
    does each name down one column, where no colon tells the labels; where a form asks for several
    parts of a name, what it asks first does.
    """
    groups = [columns[a:b] for a, b in pairwise([*labels, len(columns)])]
    lists = [label_columns.beside(group) if len(group) > 1 else group[0] for group in groups]
    colons = any(_ends_in_colon(line) for n in labels for line in columns[n])
    if _asking(columns, labels) == [0] and (len(labels) > 1 or not colons):
        lines = label_columns.in_turn(lists, lambda line: _label_before(line) is not None)
        names = [n for n, line in enumerate(lines) if _label_before(line) in NAME_LABELS]
        if len({_label_before(lines[n]) for n in names}) > 1:  # "Family name" and "First name"
            asked = tuple(w.text for w in columns[0][0])
            names = [n for n, x in enumerate(lines) if _begins_so(x, asked)]
        if len(names) < SEVERAL_CARDS and len(labels) == 1:
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
    return [n for n, own in enumerate(labels) if any(map(_asks_for_name, columns[own]))]


def _ends_in_colon(words: Sequence[Word]) -> bool:
    return words[-1].text.endswith((":", "："))


def _asks_for_name(line: Sequence[Word]) -> bool:
    return header_label(_text(line[: _ends_label(line)]).strip(" :：")) in NAME_LABELS


def _label_before(line: Sequence[Word]) -> str | None:
    """What a label at the start of a line asks for, with a colon or without."""
    sizes = (_ends_label(line), *range(min(LABEL_WORDS, len(line)), 0, -1))
    return next((x for n in sizes if (x := header_label(_text(line[:n]).strip(" :：")))), None)


def _are_cards(columns: Sequence[Lines], cells: Mapping[tuple[int, int], Lines]) -> bool:
    """Two columns or more hold whole persons: what tells a person stands in each, and more."""
    mails = [c for c in columns if _has_more_than(c, has_mail)]
    people = [c for c in columns if _has_more_than(c, _begins)]
    asked = Counter(label for c in columns for label in {*map(_name_label, c)} if label)
    posts = all(len(c) > 1 and not _is_post(c[0]) and _is_post(c[1]) for c in cells.values())
    # "Surname:" beside "Given name:" is one person's form
    return posts or max(len(mails), len(people), *asked.values(), 0) >= SEVERAL_CARDS


def _has_more_than(lines: Lines, tells: Callable[[Sequence[Word]], bool]) -> bool:
    told = sum(map(tells, lines))
    return bool(told) and len(lines) - told >= told


def _begins(line: Sequence[Word]) -> bool:
    """A line that begins with a form of address, or with a number of a list."""
    return is_led(line) or (len(line) > 1 and is_number(line[0]))


def _names_person(line: Sequence[Word]) -> bool:
    return _name_label(line) is not None


def _name_label(line: Sequence[Word]) -> str | None:
    """What ``Name and surname : ...`` asks for: a known label for a name, and its value."""
    for size in range(1, min(LABEL_WORDS, len(line) - 1) + 1):
        if line[size - 1].text.endswith((":", "：")):
            kind = header_label(_text(line[:size]).strip(" :："))
            return kind if kind in NAME_LABELS else None
    return None


def _is_on_its_side(columns: Sequence[Lines]) -> bool:
    """Labels in the first column, and what most of them ask for in each of several others.

    Where none asks for a name, the names stand above the first.
    """
    if len(columns) < LEAST_SIDE or [n for n, c in enumerate(columns) if _is_labels(c)] != [0]:
        return False
    known = [header_label(_text(line).rstrip(" :：")) for line in columns[0]]
    asked = sum(x is not None for x in known)
    top = columns[0][0][0].box.top
    named = any(x in NAME_LABELS for x in known) or (
        asked == len(known) > 1 and all(c[0][0].box.bottom <= top for c in columns[1:])
    )
    return named and all(2 * len(c) > asked for c in columns[1:])


def _is_post(line: Sequence[Word]) -> bool:
    return begins_with(line, "title_heads")


def _holds_addresses(columns: Sequence[Lines]) -> bool:
    """A column of addresses: nearly every line of it is one word."""
    return any(
        any(map(has_mail, lines)) and sum(len(x) == 1 for x in lines) >= SINGLE * len(lines)
        for lines in columns[1:]
    )


def _holds_people(table: Sequence[dict[int, list[Word]]]) -> bool:
    """A column of persons with a form of address, and beside them their posts or addresses.

    The first row is a person's, and so are as many as one in four.
    """
    starts = [n for n, row in enumerate(table) if begins_with(row.get(0, []), *HONORIFICS)]
    if starts and 0 < starts[0] < HEADER_ROWS and _may_name_columns(table[: starts[0]]):
        return _holds_people(table[starts[0] :])
    led = [table[n] for n in starts]
    if not starts or starts[0] or len(table) > LONGEST_ENTRY * len(led):
        return False
    if any(w.text.endswith(_PARTING) for row in led for w in row[0]):
        return False
    others = {column for row in led for column in row if column}
    if len(led) == 1:  # one row proves little: the post must follow the name
        return bool(others & {1}) and _is_post(led[0][1])
    entries = [table[a:b] for a, b in pairwise([*starts, len(table)])]
    told = {
        c: sum(_is_post(e[0].get(c, [])) or _mails_in(e, c) == 1 for e in entries) for c in others
    }
    # a cell beside every one of several persons is half the proof
    full = {c for c in others if len(led) >= SEVERAL and all(c in e[0] for e in entries)}
    return any(n >= (HALF if c in full else POSTS) * len(led) for c, n in told.items())


def _holds_roles(table: Sequence[dict[int, list[Word]]]) -> bool:
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


def _holds_names(cells: Cells) -> bool:
    """In most rows a cell that can be nothing but a name, and one that begins with a post."""
    rows = {row for row, _ in cells}
    if len(rows) < 2:
        return False
    columns = {column for _, column in cells}
    names = [sum(_may_be_name(cells.get((r, c), [])) for r in rows) for c in columns]
    posts = [sum(any(map(_is_post, cells.get((r, c), [])[:1])) for r in rows) for c in columns]
    return max(names) >= POSTS * len(rows) and max(posts) >= POSTS * len(rows)


def _may_be_name(lines: Lines) -> bool:
    words = [w.text for line in lines for w in line]
    if words and words[-1].endswith(_PARTING):  # running text
        return False
    return 2 <= len(words) <= NAME_WORDS and all(
        text[0].isupper() and text.rstrip(".,").replace("-", "").replace("'", "").isalpha()
        for text in words
    )
