"""Rows of words (boxes in pixels, from left to right), cut into segments, columns and records."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.han_labels import asked_for
from extract.language.han_names import has_surname
from extract.language.normalise import fold, is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ocr.types import Word

HEADER_LABELS = (
    "table_headers.name",
    "table_headers.title",
    "table_headers.courtesy",
    "table_headers.organisation",
    "table_headers.role",
    "table_headers.email",
    "table_headers.phone",
    "table_headers.number",
    "table_headers.passport",
    "family_name_headers",
    "given_name_headers",
    "middle_name_headers",
    "field_joiners",
    "contact_headers",
    "labels_email",
    "labels_phone",
)
SEGMENT_GAP = 0.8  # white between segments, in line heights
HEADER = 0.6  # share of a header's cells that are known names of columns
LABEL_WORDS = 5  # words of a label
WRAPPED = 1.5  # the step to a wrapped line, in heights of its words
PHRASE_WORDS = 4  # words of the longest phrase a person or post is told by
NAME_WORDS = 4  # words of a Chinese name with its form of address: "李 雪 女士"
LONGEST_ADDRESSED = 7  # characters of both
_REMARK = re.compile(r"\s[(（][^()（）]+[)）]$")
_COUNT = re.compile(r"[(（]?\d{1,3}[)）.．、]+")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Words of one printed row."""

    words: tuple[Word, ...]

    @property
    def top(self) -> int:
        """Top edge, pixels."""
        return min(w.box.top for w in self.words)

    @property
    def bottom(self) -> int:
        """Bottom edge, pixels."""
        return max(w.box.bottom for w in self.words)

    @property
    def right(self) -> int:
        """Right edge, pixels."""
        return max(w.box.right for w in self.words)

    @property
    def middle(self) -> float:
        """Mean of the words' middles, pixels."""
        return sum(w.box.center[1] for w in self.words) / len(self.words)


def pitch_of(rows: Sequence[Row]) -> float:
    """Median height of rows, pixels."""
    heights = [r.bottom - r.top for r in rows]
    return float(statistics.median(heights)) if heights else 1.0


def segments(row: tuple[Word, ...], gap: float = SEGMENT_GAP) -> list[list[Word]]:
    """Splits a row at gaps wider than ``gap`` line heights."""
    ordered = sorted(row, key=lambda w: w.box.left)
    height = statistics.median(w.box.height for w in ordered) or 1
    result: list[list[Word]] = []
    right = 0
    for word in ordered:
        if result and word.box.left - right <= gap * height:
            result[-1].append(word)
        else:
            result.append([word])
        right = max(right, word.box.right)
    return result


@cache
def _header_phrases() -> dict[str, str]:
    return {
        folded: label
        for label in HEADER_LABELS
        for phrase in terms.phrases(label)
        if (folded := _bare(phrase))
    }


def _bare(text: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(text)).strip()


@cache
def _between_headers() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in terms.phrases("conjunctions") if w.isalpha())
    return re.compile(rf"[/(),&]|\s(?:{words})\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def header_label(text: str) -> str | None:
    """The label of a header's words, None when they are no column name.

    Examples: ``E-mail address``, ``Nom et prénom``, ``Position / Title``, ``Post and ministry``,
    ``Name (in block letters)``, ``与会者姓名``.
    """
    whole = _header_phrases().get(_bare(text))
    if whole is not None:
        return whole
    parts = [p for p in _between_headers().split(text) if _bare(p)]
    labels = [_header_phrases().get(_bare(p)) for p in parts]
    if parts and all(labels):
        return labels[0]
    bare = _bare(_REMARK.sub("", text))
    return _header_phrases().get(bare) or _header_phrases().get(asked_for(bare))


def is_label(words: Sequence[Word]) -> bool:
    """True for a label at the start of a row: ``E-mail address:``, ``Nom et prénom``."""
    text = " ".join(w.text for w in words)
    return text.rstrip()[-1:] in (":", "：") or header_label(text) is not None


def in_columns(row: Row, bounds: Sequence[float]) -> dict[int, list[Word]]:
    """Words by column: the number of borders to their left."""
    cells: dict[int, list[Word]] = {}
    for part in segments(row.words, 0.45):
        middle = (part[0].box.left + part[-1].box.right) / 2
        inside = [b for b in bounds if part[0].box.left < b < part[-1].box.right]
        if inside and len(part) > 1:
            for word in part:
                cells.setdefault(_column(word.box.center[0], bounds), []).append(word)
        else:
            cells.setdefault(_column(middle, bounds), []).extend(part)
    return cells


def _column(x: float, bounds: Sequence[float]) -> int:
    return sum(x > b for b in bounds)


def records_of(rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]) -> list[list[int]]:
    """Groups rows that are all equally far apart into records, by the words they begin with.

    The header is row 0, wrapped lines follow their first.
    """
    body = list(range(1, len(rows)))
    mails = any("@" in w.text for n in body for ws in table[n].values() for w in ws)
    # two persons in lines beside each other: no line of this table wraps
    single = any(
        begins_person(table[n].get(0, [])) and begins_person(table[n - 1].get(0, []))
        for n in body[1:]
    )
    records: list[list[int]] = [[0]]
    for n in body:
        if n == body[0]:
            starts = not is_header(table[n].values())
        else:
            close = not single and rows[n].middle - rows[n - 1].middle <= WRAPPED * pitch_of(rows)
            starts = _starts_record(table, n, records[-1], has_mails=mails, close=close)
        if starts:
            records.append([n])
        else:
            records[-1].append(n)
    return records


def is_header(cells: Iterable[Sequence[Word]]) -> bool:
    """Most cells of a row are known names of columns."""
    known = [header_label(" ".join(w.text for w in ws)) is not None for ws in cells]
    return sum(known) >= max(HEADER * len(known), min(len(known), 2))


def _is_han_name(words: Sequence[Word]) -> bool:
    """A whole Chinese name: no part of the row above."""
    text = "".join(w.text for w in words)
    return 2 <= len(text) <= 6 and all(map(is_han, text)) and has_surname(text)


def _starts_record(
    table: Sequence[dict[int, list[Word]]],
    n: int,
    record: list[int],
    *,
    has_mails: bool,
    close: bool,
) -> bool:
    """Without telling gaps: a row that fills the first column again, or brings a new address."""
    filled = set(table[n])
    before: set[int] = set().union(*(table[r] for r in record))
    if 0 not in filled:
        return False
    if _is_han_name(table[n][0]) and len(filled) > 1:
        return True
    if has_mails and any("@" in w.text for ws in table[n].values() for w in ws):
        # the lower half of an address that was cut brings the @ of its record
        if any(w.text[0] == "@" for ws in table[n].values() for w in ws):
            return False
        begun = any("@" in w.text for r in record for ws in table[r].values() for w in ws)
        return begun or len(filled) >= len(before)
    if has_mails or (close and begins_person(table[record[0]].get(0, []))):
        return False  # set as closely as a wrapped line, and the record began with a "Mr."
    return len(filled) >= max(2, len(before))


def begins_person(cell: Sequence[Word]) -> bool:
    """The words begin with ``Mr.``, ``Sra.`` ...; ranks and degrees may begin a post, too.

    In Chinese the form of address ends the name: ``李雪女士``.
    """
    if begins_with(cell, "honorifics_m", "honorifics_f"):
        return fold(cell[0].text).strip(".") not in terms.folded("names_like_ranks")
    return _begins_addressed(cell)


def _begins_addressed(cell: Sequence[Word]) -> bool:
    """A Chinese name that begins with a family name, set apart or not, and its form of address.

    A number may be printed closed up before it: ``3、李雪女士``.
    """
    parts = ("".join(w.text for w in cell[:size]) for size in range(1, NAME_WORDS + 1))
    begun = (_COUNT.sub("", part) for part in parts)
    return any(
        len(text) <= LONGEST_ADDRESSED
        and text.endswith(_han_forms())
        and all(map(is_han, text))
        and has_surname(text)
        for text in begun
    )


@cache
def _han_forms() -> tuple[str, ...]:
    phrases = (p for x in ("honorifics_m", "honorifics_f") for p in terms.phrases(x))
    return tuple(p for p in phrases if is_han(p[0]))


def begins_with(words: Sequence[Word], *labels: str) -> bool:
    """True when the words begin with a phrase under one of the labels: ``H. E. Ms.``, ``Mr``."""
    if not words or not words[0].text[0].isalnum():
        return False
    known = _phrases(*labels)
    folded = [_bare(w.text) for w in words[:PHRASE_WORDS]]
    return any(" ".join(folded[:size]) in known for size in range(1, len(folded) + 1))


def is_phrase(words: Sequence[Word], *labels: str) -> bool:
    """True when the words are a phrase under one of the labels, and no more."""
    return _bare(" ".join(w.text for w in words)) in _phrases(*labels)


@cache
def _phrases(*labels: str) -> frozenset[str]:
    return frozenset(_bare(phrase) for label in labels for phrase in terms.phrases(label)) - {""}


def rows_of_words(words: Iterable[Word], rtl: bool = False) -> list[tuple[Word, ...]]:
    """Groups words into rows by their vertical overlap, each row in reading order.

    Words keep their given order inside a row where the reader already had them together in
    logical order (right-to-left text with Latin runs inside).
    """
    items = list(words)
    if not items:
        return []
    height = statistics.median(w.box.height for w in items) or 1
    rows: list[list[Word]] = []
    for word in sorted(items, key=lambda w: w.box.center[1]):
        middle = word.box.center[1]
        if rows and abs(middle - _middle(rows[-1])) < 0.6 * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    given = {id(w): i for i, w in enumerate(items)}
    ordered: list[tuple[Word, ...]] = []
    for row in rows:
        if rtl:
            row.sort(key=lambda w: given[id(w)])
        else:
            row.sort(key=lambda w: w.box.left)
        ordered.append(tuple(row))
    return ordered


def _middle(row: list[Word]) -> float:
    return sum(w.box.center[1] for w in row) / len(row)
