"""White that the page reader saw inside a Chinese name though none is printed.

Printers set names of two characters apart (``李 明``), and a space there is kept as printed. Where
a typeface has narrow signs the page reader cuts a name as well, and the boxes of single signs are
too uneven to tell by the white between them. What tells is the room that the whole name takes:
as many signs without a space are no wider anywhere on the page.
"""

from __future__ import annotations

import statistics
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.han_names import stands_apart
from extract.language.normalise import is_han
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Line, Page, Word

LONG = 4  # signs of a word that shows how wide a sign is
FEWEST = 3  # such words of about the same height that show it
ALIKE = 0.75  # height of one in that of the other
PARTED = 1.0  # white behind a name that ends it, in signs
LONGEST = 6  # signs of a name and its form of address
PAIR = -0.05
"""Signs by which a name of two characters is narrower than its signs where none is set apart: on
drawn scans those set apart were 0 to 0.7 wider (six), cut ones 0.1 to 0.2 narrower (three)."""
THREE = 0.1
"""The same for longer names, which nobody sets apart: cut ones were 0.6 narrower to 0 (four)."""


def with_whole_names(page: Page) -> Page:
    """The page, each name that was cut and takes no more room than its signs made one word."""
    signs = [w for line in page.lines for w in line.words if len(w.text) >= LONG and _is_han(w)]
    if len(signs) < FEWEST:
        return page
    return replace(page, lines=tuple(_mended(line, signs) for line in page.lines))


def _mended(line: Line, signs: Sequence[Word]) -> Line:
    words = list(line.words)
    for at in range(len(words) - 1):
        if at + 1 < len(words) and stands_apart(words[at].text, words[at + 1].text):
            size = _signs_of_name(words, at)
            if size and _is_solid(words[at : at + size], signs):
                words[at : at + size] = [_joined(words[at : at + size])]
    return replace(line, words=tuple(words)) if len(words) < len(line.words) else line


def _signs_of_name(words: Sequence[Word], at: int) -> int:
    """How many words a name has that begins with a family name alone; 0 where it has no end.

    It ends with a form of address, or where the next word stands apart.
    """
    text, size = "", 0
    for word in words[at : at + LONGEST]:
        if (size and _is_apart(words[at + size - 1], word)) or not _is_han(word):
            break
        text, size = text + word.text, size + 1
        if text.endswith(_forms()):
            break
    rest = words[at + size : at + size + 1]
    ended = text.endswith(_forms()) or not rest or not is_han(rest[0].text[0])
    ended = ended or _is_apart(words[at + size - 1], rest[0])
    return size if size > 1 and ended and len(text) <= LONGEST else 0


def _is_apart(word: Word, following: Word) -> bool:
    return following.box.left - word.box.right > PARTED * word.box.height


def _is_solid(words: Sequence[Word], signs: Sequence[Word]) -> bool:
    height = statistics.median(w.box.height for w in words)
    alike = [
        w.box.width / len(w.text) for w in signs if ALIKE * height <= w.box.height <= height / ALIKE
    ]
    if len(alike) < FEWEST:
        return False
    text = "".join(w.text for w in words)
    form = max((len(f) for f in _forms() if text.endswith(f)), default=0)
    room = (words[-1].box.right - words[0].box.left) / statistics.median(alike) - len(text)
    return room < (PAIR if len(text) - form == 2 else THREE)


def _joined(words: Sequence[Word]) -> Word:
    box = enclosing(tuple(w.box for w in words))
    text = "".join(w.text for w in words)
    return replace(words[0], text=text, box=box, confidence=min(w.confidence for w in words))


def _is_han(word: Word) -> bool:
    return all(map(is_han, word.text))


@cache
def _forms() -> tuple[str, ...]:
    phrases = (p for label in terms.FORMS_OF_ADDRESS for p in terms.phrases(label))
    return tuple(p for p in phrases if is_han(p[0]))
