"""What the ink says of words: whether there are any, how high they are, and where one ends.

Tesseract gives a word of a narrow column, or one beside a stamp or a rule, twice the height of its
letters. Rows and records are told apart by some pixels; with such boxes they run into each other.
And it takes narrow spaces for none: ``AkouaviKONÉ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import numpy as np

from ocr.image import Grey
from ocr.types import Box, Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper; as in ``missing.unread``."""

_PAPER = 200
"""Grey level from which a pixel is paper: fainter print is darkened before it is read. Of ten signs
seen without ink the darkest pixel had 213, the faintest rule and dash 25 and 96."""

_STROKES = frozenset("|¦[]!")
"""What a rule between columns is read as, a line at a time."""

_TALL = 1.2
"""Times the usual height of the page's words from which a box is looked at."""

_MARK_GAP = 0.2
"""White rows between a letter and its accent or dot, as a share of the usual height of words."""

_RULE = 0.95
"""Share of ink of a column of pixels from which it is a rule beside the word."""

_JOINT = re.compile(
    r"(?<=[^\W\d_A-ZÀ-ÞА-Я]{2})(?=[A-ZÀ-ÞА-Я])|(?<=[A-ZÀ-ÞА-Я]{3})(?=[A-ZÀ-ÞА-Я][a-zß-ÿа-я])"
)
"""Where a capital begins inside a word; ``McX`` and ``DeX`` are too short to be two."""

_NUMBER_JOINT = re.compile(r"(?<=[02-9])(?=[A-Z])|(?<=[a-z]{3})(?=[02-9]\d{0,3}\Z)")
"""Where letters and figures meet: ``13A`` may be one number, and ``Part5`` a name. Beside a 1 there
is white in any case."""

_PLAIN_JOINT = re.compile(
    r"(?<=[^\W\d_A-ZÀ-ÞА-Я]{4})(?=[A-ZÀ-ÞА-Я]{3})"
    r"|(?<=[A-ZÀ-ÞА-Я]{4})(?=[A-ZÀ-ÞА-Я][^\W\d_A-ZÀ-ÞА-Я]{3})"
)
"""``AkouaviKONÉ``, ``FIEBIGGerhardt``: two words, whatever the white between them. The prefixes of
``MacDONALD`` and ``FitzGERALD`` are shorter."""

_WIDER = 1.3
"""Times as wide as any other white in the word that between two words is."""

_FAR_WIDER, _SPACE = 2.0, 0.2
"""The same where letters and figures meet, and that white in heights of the word: of a table's 78
cells with ``13 A`` 0.3, within numbers 0.1."""

_COLUMN = 1.0
"""White inside a word, in its heights, that parts two columns."""

_CAPITAL = 1.3
"""Width of a capital in small letters."""

_NEAR = 0.12
"""How far from where the letters say the white may stand, as a share of the word's width."""


def printed(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without signs that stand on bare paper, and without strokes that are rules.

    Between columns tesseract sees dashes and strokes where nothing is: ``Adjunto — Ministry``; and
    rules between columns are read as ``|`` in every line.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    kept = (
        replace(line, words=tuple(w for w in line.words if _is_printed(image, w)))
        if any(_is_sign(word) for word in line.words)
        else line
        for line in lines
    )
    return tuple(line for line in kept if line.words)


def _is_sign(word: Word) -> bool:
    return not any(c.isalnum() for c in word.text)


def _is_printed(image: Grey, word: Word) -> bool:
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not _is_sign(word) or not part.size:
        return True
    return int(part.min()) < _PAPER and not (set(word.text) <= _STROKES and _goes_on(image, box))


def _goes_on(image: Grey, box: Box) -> bool:
    """True if a stroke's ink goes on above and below it: a rule, and no sign."""
    beyond = max(1, box.height // 2)
    dark = image[
        max(0, box.top - beyond) : box.bottom + beyond, max(0, box.left - 1) : box.right + 1
    ]
    return bool(((dark < _PAPER).mean(axis=0) >= _RULE).any())


def tight(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, high boxes cut down to the row of ink in their middle.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    heights = [word.box.height for line in lines for word in line.words]
    if not heights:
        return lines
    usual = float(median(heights))
    return tuple(
        line
        if all(word.box.height <= _TALL * usual for word in line.words)
        else replace(line, words=tuple(_tight(image, word, usual) for word in line.words))
        for line in lines
    )


def _tight(image: Grey, word: Word, usual: float) -> Word:
    box = word.box
    if box.height <= _TALL * usual:
        return word
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    ink = part < _DARK
    rows = np.flatnonzero(ink[:, ink.mean(axis=0) < _RULE].any(axis=1))
    if not rows.size:
        return word
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1 + _MARK_GAP * usual) + 1)
    best = max(runs, key=lambda run: run[-1] - run[0])
    top, bottom = max(0, box.top) + int(best[0]), max(0, box.top) + int(best[-1]) + 1
    return replace(word, box=Box(box.left, top, box.right, bottom))


def parted(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, words cut before a capital inside them where the widest white of the word is.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    return tuple(
        replace(line, words=tuple(part for word in line.words for part in _parts(image, word)))
        if any(_joint(word.text) is not None for word in line.words)
        else line
        for line in lines
    )


def _joint(text: str) -> re.Match[str] | None:
    return _JOINT.search(text) or _NUMBER_JOINT.search(text)


def _parts(image: Grey, word: Word) -> Iterator[Word]:
    joint = _joint(word.text)
    if joint is None or "@" in word.text:
        yield word
        return
    box, at = word.box, joint.start()
    cut = _cut(word, at, image[max(0, box.top) : box.bottom, max(0, box.left) : box.right])
    if cut is None:
        yield word
        return
    left, (start, end) = max(0, box.left), cut
    yield replace(word, text=word.text[:at], box=Box(box.left, box.top, left + start, box.bottom))
    yield from _parts(
        image,
        replace(word, text=word.text[at:], box=Box(left + end, box.top, box.right, box.bottom)),
    )


def _cut(word: Word, at: int, part: Grey) -> tuple[int, int] | None:
    """Where the word's first ``at`` letters end in its box and the next begins; None if it is one.

    The white of two columns is no part of the word's width, by which the place is judged.
    """
    columns = np.flatnonzero((part < _DARK).any(axis=0))
    white = np.diff(columns) - 1
    if white.size < len(word.text):  # one blot
        return None
    widths = [_CAPITAL if c.isupper() else 1.0 for c in word.text]
    first, second = (int(n) for n in np.argsort(white)[::-1][:2])
    start, end = int(columns[first]) + 1, int(columns[first + 1])
    column = end - start >= _COLUMN * word.box.height
    whole = part.shape[1]
    middle, width = (start, whole - (end - start)) if column else ((start + end) / 2, whole)
    expected = sum(widths[:at]) / sum(widths)
    there = abs(middle / width - expected) <= _NEAR
    if _NUMBER_JOINT.match(word.text, at):
        wide = end - start >= _SPACE * word.box.height
        far = white[first] >= _FAR_WIDER * max(1, white[second])
        return (start, end) if there and wide and far else None
    if there and white[first] >= _WIDER * white[second]:
        return start, end
    plain = _PLAIN_JOINT.search(word.text)
    if plain is None or plain.start() != at:
        return None
    place = round(expected * whole)
    return (start, end) if there else (place, place)
