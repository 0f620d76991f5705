"""Mends the page reader's words where a detector of print sees more, or where they are doubtful.

For pages the page reader is bad at: tables, forms, columns, faint or worn print. Each piece of
print the detector found is compared with the words that lie on it. Sure words that cover it
stay; else the line reader reads the piece, and the better of the two is kept. Words on which
there is no print for the detector stay only if they are sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ocr.place import inserted
from ocr.types import Box, Line, SecondReading, Word, enclosing

_SURE = 0.85
"""Confidence from which the page reader's word is not read again."""

_COVERED = 0.75
"""Share of a piece's width that its words must cover."""

_ROOM = 0.15
"""Share of its height that the detector's box is wider than the print on each side."""

_ALONE = 0.7
_ALONE_SHORT = 0.9
"""Confidence at which words outside all print stay, and words of one or two signs."""

_TAKEN = 0.85
"""Score from which a reading takes the place of doubtful words."""

_TAKEN_NEW = 0.75
"""Score from which a reading is taken where there was no word at all."""

_BETTER = 0.1
_UPRIGHT = 2.0
"""Pieces so many times as high as wide stand on end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a printed line and the words on it, as (line, word) numbers."""

    box: Box
    members: tuple[tuple[int, int], ...]


def pieces(lines: tuple[Line, ...], boxes: tuple[Box, ...]) -> tuple[Piece, ...]:
    """The detector's boxes, the print alone, each with its words; a word is on one piece only."""
    taken: set[tuple[int, int]] = set()
    found = []
    for box in sorted(boxes, key=lambda b: b.height * b.width):
        if box.height > _UPRIGHT * box.width:
            continue
        members = [
            (i, j)
            for i, line in enumerate(lines)
            for j, word in enumerate(line.words)
            if (i, j) not in taken and _lies_on(word.box, box)
        ]
        taken.update(members)
        found.append(Piece(_trimmed(box), tuple(members)))
    return tuple(sorted(found, key=lambda p: (p.box.top, p.box.left)))


def _lies_on(word: Box, box: Box) -> bool:
    x, y = word.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def _trimmed(box: Box) -> Box:
    room = round(_ROOM * box.height)
    if box.width <= 4 * room or box.height <= 4 * room:
        return box
    return Box(box.left + room, box.top + room, box.right - room, box.bottom - room)


def is_doubtful(piece: Piece, lines: tuple[Line, ...]) -> bool:
    """True if the piece's words are unsure or leave a part of it out."""
    words = [lines[i].words[j] for i, j in piece.members]
    if not words or any(word.confidence < _SURE for word in words):
        return True
    if any(word.box.height > 1.7 * piece.box.height for word in words):
        return True
    width = piece.box.width - 2 * _ROOM * piece.box.height
    covered = sum(
        max(0, min(w.box.right, piece.box.right) - max(w.box.left, piece.box.left)) for w in words
    )
    gaps = (len(words) - 1) * 0.3 * piece.box.height
    return covered + gaps < _COVERED * width or _split_number(words)


def _split_number(words: list[Word]) -> bool:
    """``1,234 .50``: type of fixed width comes apart at its commas and stops."""
    return any(word.text[0] in ".," and word.text[1:2].isdigit() for word in words[1:])


def mended(
    lines: tuple[Line, ...], readings: tuple[tuple[Piece, SecondReading], ...], all_: tuple[Piece, ...]
) -> tuple[Line, ...]:
    """The lines with the better of both readings in each piece, and the pieces nobody had read."""
    words: list[list[Word | None]] = [list(line.words) for line in lines]
    extra: dict[tuple[int, int], tuple[Word, ...]] = {}
    new: list[Line] = []
    for piece, reading in readings:
        old = [lines[i].words[j] for i, j in piece.members]
        better = _better(old, reading, piece.box)
        if better is None:
            continue
        if not old:
            new.append(Line(better, block=-1))
            continue
        extra[_home(piece.members)] = better
        for i, j in piece.members:
            words[i][j] = None
    _drop_outside(words, all_)
    kept = []
    for i, line in enumerate(lines):
        row: list[Word] = []
        for j, word in enumerate(words[i]):
            row += extra.get((i, j), ())
            row += [word] if word is not None else []
        if row:
            kept.append(line if tuple(row) == line.words else replace(line, words=tuple(row)))
    return inserted(tuple(kept), tuple(new))


def _home(members: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Where the new words go: the place of the first word of the line most of them stand in."""
    numbers = [i for i, _j in members]
    line = max(dict.fromkeys(numbers), key=numbers.count)
    return min((i, j) for i, j in members if i == line)


def _drop_outside(words: list[list[Word | None]], all_: tuple[Piece, ...]) -> None:
    inside = {member for piece in all_ for member in piece.members}
    for i, row in enumerate(words):
        for j, word in enumerate(row):
            if word is None or (i, j) in inside:
                continue
            letters = sum(c.isalnum() for c in word.text)
            if word.confidence < (_ALONE if letters > 2 else _ALONE_SHORT):
                row[j] = None


def _better(old: list[Word], reading: SecondReading, box: Box) -> tuple[Word, ...] | None:
    """The words to take the place of ``old``, None if those stay."""
    text, score = reading.text, reading.confidence
    letters = sum(c.isalnum() for c in text)
    if not old:
        good = letters > 0 and score >= (_TAKEN_NEW if letters > 2 else _TAKEN)
        return placed(text.split(), box, score) if good else None
    if not letters:
        return None
    before = " ".join(word.text for word in old)
    if _compact(before) == _compact(text):
        joined = any(any(c.isdigit() for c in token) for token in text.split())
        fewer = len(text.split()) < len(old)
        return placed(text.split(), enclosing(tuple(w.box for w in old)), score) if joined and fewer else None
    mean = sum(w.confidence * len(w.text) for w in old) / sum(len(w.text) for w in old)
    worst = min(w.confidence for w in old)
    more = letters > 1.3 * sum(c.isalnum() for c in before)
    if score >= _TAKEN and (worst < _SURE or more) or score > mean + _BETTER:
        return placed(respaced(text, before).split(), box.union(enclosing(tuple(w.box for w in old))) if not more else box, score)
    return None


def _compact(text: str) -> str:
    return "".join(text.split()).casefold()


def respaced(text: str, before: str) -> str:
    """``text`` with the spaces ``before`` has besides; the line reader loses some."""
    bare, old = "".join(text.split()), "".join(before.split())
    wanted = set(_breaks(text))
    matcher = SequenceMatcher(None, old, bare, autojunk=False)
    breaks = _breaks(before)
    for start, at, size in matcher.get_matching_blocks():
        wanted |= {at + b - start for b in breaks if start <= b <= start + size}
    ends = [0, *sorted(b for b in wanted if 0 < b < len(bare)), len(bare)]
    return " ".join(bare[a:b] for a, b in zip(ends, ends[1:], strict=False))


def _breaks(text: str) -> list[int]:
    """After how many signs other than spaces the text has a space."""
    counts, total = [], 0
    for token in text.split():
        total += len(token)
        counts.append(total)
    return counts[:-1]


def placed(tokens: Iterable[str], box: Box, confidence: float) -> tuple[Word, ...]:
    """Words that share the box's width by their numbers of signs."""
    tokens = list(tokens)
    total = sum(map(len, tokens)) + len(tokens) - 1
    words, start = [], 0
    for token in tokens:
        left = box.left + box.width * start // total
        right = box.left + box.width * (start + len(token)) // total
        words.append(Word(token, Box(left, box.top, right, box.bottom), confidence))
        start += len(token) + 1
    return tuple(words)
