"""Words that the page reader took for one, parted where the ink has a space.

It takes narrow spaces for none: ``AkouaviKONÉ``, ``Dr.Herbert``, ``Adviser,Legal``. A space can
stand where a capital or a figure begins inside a word, or behind a full stop or comma; whether it
does is told by the white there, compared with the white between the word's other letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ocr.image import Grey
from ocr.types import Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, as in ``ink``."""

_CASE = re.compile(
    r"(?<=[^\W\d_A-ZÀ-ÞА-Я]{2})(?=[A-ZÀ-ÞА-Я])|(?<=[A-ZÀ-ÞА-Я]{3})(?=[A-ZÀ-ÞА-Я][a-zß-ÿа-я])"
)
"""Where a capital begins inside a word; ``McX`` and ``DeX`` are too short to be two."""

_NUMBER = re.compile(r"(?<=[02-9])(?=[A-Z])|(?<=[a-z]{3})(?=[02-9]\d{0,3}\Z)")
"""Where letters and figures meet: ``13A`` may be one number, and ``Part5`` a name. Beside a 1 there
is white in any case."""

_SIGN = re.compile(
    r"(?<=[^\W\d_]\.)(?=[^\W\d_a-zß-ÿа-я][^\W\d_]{2})|(?<=[^\W\d_][,;:])(?=[^\W\d_]{2})"
)
"""Behind a full stop before a capital, and behind a comma: initials, forms of address, lists."""

_PLAIN = re.compile(
    r"(?<=[^\W\d_A-ZÀ-ÞА-Я]{4})(?=[A-ZÀ-ÞА-Я]{3})"
    r"|(?<=[A-ZÀ-ÞА-Я]{4})(?=[A-ZÀ-ÞА-Я][^\W\d_A-ZÀ-ÞА-Я]{3})"
)
"""``AkouaviKONÉ``, ``FIEBIGGerhardt``: two words, whatever the white between them. The prefixes of
``MacDONALD`` and ``FitzGERALD`` are shorter."""

_ADDRESS = re.compile(r"@|//|www\.", re.IGNORECASE)
"""What has no space inside it, whatever the white."""

_WIDER, _WIDER_BEHIND = 1.3, 1.2
"""Times as wide as any other white in the word that between two words is, and that behind a sign,
where nobody sets two words without: 1.28 to 2.1 in twelve such words that had been glued."""

_FAR_WIDER, _SPACE = 2.0, 0.2
"""The same where letters and figures meet, and that white in heights of the word: of a table's 78
cells with ``13 A`` 0.3, within numbers 0.1."""

_COLUMN = 1.0
"""White inside a word, in its heights, that parts two columns."""

_NARROW, _CAPITAL = 0.5, 1.3
"""Width of a sign or a slender letter, and of a capital, in small letters."""

_SLENDER = frozenset(".,:;'’iljtI1")

_NEAR = 0.12
"""How far from where the letters say the white may stand, as a share of the word's width."""


@dataclass(frozen=True, slots=True)
class _White:
    """Columns without ink between two with ink, in pixels of the word's box; end exclusive."""

    start: int
    end: int

    @property
    def width(self) -> int:
        return self.end - self.start


def parted(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, words cut where two words meet in them.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    return tuple(
        replace(line, words=tuple(part for word in line.words for part in _parts(image, word)))
        if any(_joints(word.text) for word in line.words)
        else line
        for line in lines
    )


def _joints(text: str) -> list[int]:
    """After how many letters another word may begin."""
    if _ADDRESS.search(text):
        return []
    found = (m.start() for pattern in (_CASE, _NUMBER, _SIGN) for m in pattern.finditer(text))
    return sorted({at for at in found if 0 < at < len(text)})


def _parts(image: Grey, word: Word) -> Iterator[Word]:
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    start, left = 0, box.left
    for at, (end, begin) in sorted(_cuts(word, part).items()):
        middle, after = max(0, box.left) + end, max(0, box.left) + begin
        if not left <= middle <= after <= box.right:
            continue
        yield replace(word, text=word.text[start:at], box=replace(box, left=left, right=middle))
        start, left = at, after
    yield replace(word, text=word.text[start:], box=replace(box, left=left)) if start else word


def _cuts(word: Word, part: Grey) -> dict[int, tuple[int, int]]:
    """After how many letters the word is cut, and where in its box one part ends, the next begins.

    The white of two columns is no part of the width by which a place is judged.
    """
    joints = _joints(word.text)
    ink = np.flatnonzero((part < _DARK).any(axis=0))
    if not joints or ink.size <= len(word.text):  # one blot
        return {}
    steps = np.flatnonzero(np.diff(ink) > 1)
    whites = [_White(int(ink[i]) + 1, int(ink[i + 1])) for i in steps]
    there = {at: _at(word, at, whites, part.shape[1]) for at in joints}
    taken = {white for white in there.values() if white is not None}
    widest = max((white.width for white in whites if white not in taken), default=1)
    cuts: dict[int, tuple[int, int]] = {}
    for at, white in there.items():
        if white is not None and _is_space(word, at, white, widest):
            cuts[at] = (white.start, white.end)
        elif any(m.start() == at for m in _PLAIN.finditer(word.text)):
            place = round(_expected(word.text, at) * part.shape[1])
            cuts[at] = (place, place)
    return cuts


def _is_space(word: Word, at: int, white: _White, widest: int) -> bool:
    """Whether the white behind ``at`` letters is wider than between letters."""
    if _NUMBER.match(word.text, at):
        wide = white.width >= _SPACE * word.box.height
        return wide and white.width >= _FAR_WIDER * widest
    return white.width >= (_WIDER_BEHIND if _SIGN.match(word.text, at) else _WIDER) * widest


def _at(word: Word, at: int, whites: list[_White], whole: int) -> _White | None:
    """The widest white near where the word's first ``at`` letters end."""
    expected = _expected(word.text, at)

    def is_near(white: _White) -> bool:
        column = white.width >= _COLUMN * word.box.height
        middle = white.start if column else (white.start + white.end) / 2
        width = whole - white.width if column else whole
        return abs(middle / width - expected) <= _NEAR

    return max(filter(is_near, whites), key=lambda white: white.width, default=None)


def _expected(text: str, at: int) -> float:
    """Share of the word's width that its first ``at`` letters take."""
    widths = [_NARROW if c in _SLENDER else _CAPITAL if c.isupper() else 1.0 for c in text]
    return sum(widths[:at]) / sum(widths)
