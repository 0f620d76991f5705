"""Cells of a grid: how wide their columns are, and words torn by a column too narrow for them.

Boxes are pixels of the page image.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from extract.language import terms
from extract.language.normalise import fold, main_script
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ocr.types import Page, Word

Cells: TypeAlias = "Mapping[tuple[int, int], Sequence[tuple[Word, ...]]]"
"""Lines of words by row and column, columns from the left."""
Place: TypeAlias = "tuple[tuple[int, int], int]"
"""A cell, and the number of a line in it."""
Mended: TypeAlias = "tuple[tuple[Word, ...], tuple[int, ...]]"
"""Words of a line, and the numbers of those that go on with the one before."""

LONG_LINE = 6  # words of a line that reaches the margin of text
PADDING = 1.0  # white between two columns that no cell's text enters, in line heights
TORN_WORD = 4  # letters of the first half of a torn word
REST = 2  # letters of a rest that ends its cell, which no short word does
_LONE = frozenset("aeouyвскоуиа")  # letters that are words
_LETTERS = re.compile(r"[^\W\d_]+")


def widest(cells: Cells) -> dict[int, int]:
    """Width of the widest line of each column, pixels."""
    widths: dict[int, int] = {}
    for (_, column), lines in cells.items():
        for line in lines:
            width = enclosing(tuple(w.box for w in line)).width
            widths[column] = max(width, widths.get(column, 0))
    return widths


def rooms(page: Page, cells: Cells, *, rtl: bool) -> dict[int, int]:
    """How wide the text of each column may be: up to the next column, the last up to the margin."""
    boxes: dict[int, list[tuple[int, int]]] = {}
    for (_, column), lines in cells.items():
        for line in lines:
            box = enclosing(tuple(w.box for w in line))
            boxes.setdefault(column, []).append((box.left, box.right))
    if not boxes:
        return {}
    height = statistics.median(w.box.height for lines in cells.values() for x in lines for w in x)
    widths = {c: max(right - left for left, right in of) for c, of in boxes.items()}
    # where the lines of each column begin, counted in the direction of writing
    begins = {
        c: -max(r for _, r in of) if rtl else min(x for x, _ in of) for c, of in boxes.items()
    }
    order = sorted(begins, key=begins.__getitem__)
    for column, following in pairwise(order):
        pitch = begins[following] - begins[column] - PADDING * height
        widths[column] = max(widths[column], round(pitch))
    last = order[-1]
    widths[last] = max(widths[last], _margin(page, rtl=rtl) - begins[last])
    return widths


def _margin(page: Page, *, rtl: bool) -> int:
    """Where long lines of text end, in the direction of writing; far before if there are none."""
    ends = [line.box for line in page.lines if len(line.words) >= LONG_LINE]
    if not ends:
        return -10 * page.width
    return round(statistics.median(-b.left if rtl else b.right for b in ends))


def mended(
    page: Page, cells: Cells, widths: Mapping[int, int]
) -> dict[tuple[int, int], list[Mended]]:
    """The cells' lines, each with the next one where the column has torn a word between them.

    With it the numbers of the words that go on with the word before.
    """
    printed = [w.text for line in page.lines for w in line.words]
    known = terms.words() | _words_of(printed)
    ends = _torn(cells, widths, known, _words_of(text for text in printed if "@" in text))
    found: dict[tuple[int, int], list[Mended]] = {}
    for place, lines in cells.items():
        own: list[Mended] = []
        for number, line in enumerate(lines):
            if (place, number - 1) in ends:
                words, rests = own[-1]
                own[-1] = (*words, *line), (*rests, len(words))
            else:
                own.append((tuple(line), ()))
        found[place] = own
    return found


def _torn(
    cells: Cells, widths: Mapping[int, int], known: frozenset[str], spelled: frozenset[str]
) -> frozenset[Place]:
    """The lines that end inside a word: not one letter more had room, and the word stands alone.

    Its rest is no word: a letter, or so short that nothing ends with it; or both halves make a
    ``known`` word. A column that has torn one word has torn others, but none that an address
    ``spelled`` whole.

    Examples: ``BRAITHWA`` / ``ITE``, ``Souleyman`` / ``e``, ``Экономически`` / ``й суд``.
    """
    sure: dict[Place, bool] = {}
    for place, lines in cells.items():
        for number, (above, below) in enumerate(pairwise(lines)):
            if _ends_in_word(above, below[0], widths[place[1]]):
                last = number + 2 == len(lines) and len(below) == 1
                sure[place, number] = _is_rest(above[0].text, below[0].text, known, last=last)
    # two words that end at one edge to a letter were ended by it
    told = Counter(column for ((_, column), _) in sure)
    tearing = {c for c, n in told.items() if n > 1} | {
        at[0][1] for at, is_sure in sure.items() if is_sure
    }
    return frozenset(
        (place, number)
        for (place, number), is_sure in sure.items()
        if is_sure
        or (
            place[1] in tearing
            and cells[place][number][0].text.isupper()
            and not any(word.endswith(fold(cells[place][number][0].text)) for word in spelled)
        )
    )


def _ends_in_word(above: Sequence[Word], below: Word, width: int) -> bool:
    first, rest = above[0].text, below.text
    if len(above) > 1 or len(first) < TORN_WORD or not (first[-1] + rest[0]).isalpha():
        return False
    if main_script(first) not in ("latin", "cyrillic") or first[-1].isupper() != rest[0].isupper():
        return False
    if first.isupper() and not rest.isupper():  # "BRAITHWAITE" over "Ann"
        return False
    letter = max(above[0].box.width / len(first), below.box.width / len(rest))
    return above[0].box.width + letter > width


def _is_rest(first: str, rest: str, known: frozenset[str], *, last: bool) -> bool:
    letters = fold(rest)
    if fold(first) + letters in known:
        return True
    short = len(letters) <= (1 if first.isupper() else REST)
    return (last and short) or (len(rest) == 1 and rest.casefold() not in _LONE)


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    """Folded words of texts, those inside of addresses, too."""
    return frozenset(x for text in texts for x in _LETTERS.findall(fold(text)))
