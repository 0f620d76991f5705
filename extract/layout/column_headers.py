"""Labels above columns without rules and in them: header rows, columns of nothing but labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.layout.label_columns import NAME_LABELS
from extract.layout.row_signs import number_of
from extract.layout.rows import (
    HEADER,
    LABEL_WORDS,
    WRAPPED,
    Row,
    header_label,
    is_label,
    segments,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.layout.steps import Lines
    from ocr.types import Word


HALF = 0.5  # share of a header's cells that are known where names and addresses are among them
MAIL_LABELS = ("table_headers.email", "labels_email")
HEADER_ROWS = 3  # rows at the top that may name the columns
SHOWN = 8  # rows that show where columns begin
SHIFT = 1.4  # steps to the next row, that part two tables
LEAST_SIDE = 3  # columns of a table on its side: labels and two persons
LABELS = 0.6  # share of the lines of a column of labels that are known labels
HYPHEN_PLACE = 0.3  # line heights by which a hyphen alone may stand beside the line above it


def header_rows(items: Sequence[Row]) -> list[int]:
    """Where a table begins: its header, a count from 1, columns elsewhere than those above.

    The line above a header that is no nearer to what is above is its caption.
    """
    found: list[int] = []
    for number, row in enumerate(items):
        step = row.middle - items[number - 1].middle if number else 0.0
        named = header_of(row) is not None and not _wraps(items, number)
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
        header_label(text_of(x)) in NAME_LABELS for x in (own, _with_below(items, number, own))
    ):
        return False
    rows = (segments(row.words) for row in items[:number])
    return any(len(row) >= LEAST_SIDE and text_of(row[0]) == text_of(own) for row in rows)


def _with_below(items: Sequence[Row], number: int, label: list[Word]) -> list[Word]:
    """The label with the line below it, where it begins at the same place."""
    below = segments(items[number + 1].words)[0] if number + 1 < len(items) else []
    return [*label, *below] if below and is_under(below[0], (label[0],)) else label


def _wraps(items: Sequence[Row], number: int) -> bool:
    """The last lines of cells, nearer to those above than to the next row.

    ``Office`` below ``Commonwealth``, and beside it the ``n`` of an address.
    """
    if not 0 < number < len(items) - 1:
        return False
    above, row, below = items[number - 1 : number + 2]
    step = row.middle - above.middle
    return step <= WRAPPED * row.words[0].box.height and SHIFT * step < below.middle - row.middle


def last_of_header(rows: Sequence[Row], header: int) -> int:
    """The last row of the names of columns, of which a narrow one breaks: ``序`` / ``号``."""
    return next(n for n in range(header, len(rows)) if not _wraps(rows, n + 1))


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


def is_under(word: Word, above: tuple[Word, ...]) -> bool:
    """True if it begins where a word of the line above does."""
    return any(abs(w.box.left - word.box.left) < HYPHEN_PLACE * w.box.height for w in above)


def header_of(row: Row) -> list[list[Word]] | None:
    """The names of columns in a row, when two are known or more; a colon asks for a value."""
    parts = [label for part in segments(row.words) for label in _two_labels(part)]
    known = [header_label(text_of(x)) if not ends_in_colon(x) else None for x in parts]
    names = {x for x in known if x}
    share = HALF if names.intersection(NAME_LABELS) and names.intersection(MAIL_LABELS) else HEADER
    enough = len(names) >= 2 and sum(x is not None for x in known) >= share * len(parts)
    return parts if enough else None


def _two_labels(part: list[Word]) -> list[list[Word]]:
    """``Name and surname Position``: two headers with little white between them."""
    if len(part) < 2 or header_label(text_of(part)) is not None:
        return [part]
    for at in range(1, len(part)):
        if all(header_label(text_of(p)) is not None for p in (part[:at], part[at:])):
            return [part[:at], part[at:]]
    return [part]


def text_of(words: Iterable[Word]) -> str:
    """The words with spaces between them."""
    return " ".join(w.text for w in words)


def is_labels(lines: Lines) -> bool:
    """Most lines are labels, or begin with one: ``Post: Judge`` where the value stands close."""
    known = sum(_ends_label(line) > 0 for line in lines)
    return known >= 2 and known >= LABELS * len(lines)


def _ends_label(line: Sequence[Word]) -> int:
    """Words of the label that a line is or begins with; 0 for none."""
    if len(line) <= LABEL_WORDS and is_label(line):
        return len(line)
    sizes = range(1, min(LABEL_WORDS, len(line) - 1) + 1)
    at = next((n for n in sizes if line[n - 1].text.endswith((":", "："))), 0)
    return at if at and header_label(text_of(line[:at]).strip(" :：")) else 0


def ends_in_colon(words: Sequence[Word]) -> bool:
    """``Name:``, also with the colon of Chinese print."""
    return words[-1].text.endswith((":", "："))


def asks_for_name(line: Sequence[Word]) -> bool:
    """True if the line begins with a label of names."""
    return header_label(text_of(line[: _ends_label(line)]).strip(" :：")) in NAME_LABELS


def label_before(line: Sequence[Word]) -> str | None:
    """What a label at the start of a line asks for, with a colon or without."""
    sizes = (_ends_label(line), *range(min(LABEL_WORDS, len(line)), 0, -1))
    return next((x for n in sizes if (x := header_label(text_of(line[:n]).strip(" :：")))), None)


def name_label(line: Sequence[Word]) -> str | None:
    """What ``Name and surname : ...`` asks for: a known label for a name, and its value."""
    for size in range(1, min(LABEL_WORDS, len(line) - 1) + 1):
        if line[size - 1].text.endswith((":", "：")):
            kind = header_label(text_of(line[:size]).strip(" :："))
            return kind if kind in NAME_LABELS else None
    return None
