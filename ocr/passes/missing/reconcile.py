"""Mends the page reader's words where a detector of print sees more, or where they are doubtful.

For pages the page reader is bad at: tables, forms, columns, faint or worn print. Each piece of
print the detector found is compared with the words that lie on it. Sure words that cover it
stay; else the line reader reads the piece, and the better of the two is kept. Words on which
there is no print for the detector stay only if they are sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from ocr.lines.reading_order import inserted
from ocr.types import Box, Line, SecondReading, Word, enclosing

_SURE = 0.85
"""Confidence from which the page reader's word is not read again."""

_COVERED = 0.75
"""Share of a piece's width that its words must cover."""

_ROOM = 0.15
"""Share of its height that the detector's box is wider than the print on each side."""

_ROOMS = 4
"""Times its room that a detector's box is wide and high before the room is taken off."""

_ALONE, _ALONE_SHORT = 0.7, 0.9
"""Confidence at which words outside all print stay, and words of one or two signs."""

_TAKEN = 0.85
"""Score from which a reading takes the place of doubtful words."""

_TAKEN_NEW = 0.75
"""Score from which a reading is taken where there was no word at all."""

_SURE_SHORT = 0.97
"""Score from which two letters that nobody had read are initials or a Chinese name. Chosen, not
measured."""

_LONGEST = 28
"""Width of a piece, in its heights, up to which a line reader takes it whole."""

_BETTER = 0.1
"""By so much a reading's score is above the words' mean confidence to take their place."""

_MORE = 1.3
"""A reading with so many times the letters saw print the words leave out."""

_TOO_TALL = 1.7
"""Words so many times as high as the print they lie on hold more than that."""

_KEPT = 0.88
"""Confidence from which a word stays although its line is read anew, word for word."""

_USUAL_SPACE = 0.3
"""Width of a space in heights of its line."""

_SPACE, _SPACE_DIGITS, _SPACE_SURE = 0.33, 0.6, 0.6
"""Gap between words, in their heights, that is a space, if the words beside it are so sure."""

_DOUBLED = re.compile(r"(.)\1")
_TICKS = frozenset("xX×")
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
        printed = _print_box(box, [lines[i].words[j] for i, j in members])
        found += _parts(Piece(printed, tuple(members)), lines)
    return tuple(sorted(found, key=lambda p: (p.box.top, p.box.left)))


def _parts(piece: Piece, lines: tuple[Line, ...]) -> list[Piece]:
    """A long line cut between words: line readers see so much of it and no more."""
    longest = _LONGEST * max(1, piece.box.height)
    if piece.box.width <= longest or len(piece.members) < 2:
        return [piece]
    places = sorted(piece.members, key=lambda m: lines[m[0]].words[m[1]].box.left)
    runs: list[list[tuple[int, int]]] = [[]]
    start = piece.box.left
    for i, j in places:
        box = lines[i].words[j].box
        if runs[-1] and box.right - start > longest:
            runs.append([])
            start = box.left
        runs[-1].append((i, j))
    lefts = [lines[i].words[j].box.left for (i, j), *_rest in runs[1:]]
    edges = [piece.box.left, *(max(left, piece.box.left) for left in lefts), piece.box.right]
    gap = round(_ROOM * piece.box.height)
    return [
        Piece(
            Box(
                a, piece.box.top, max(a, b - (gap if run is not runs[-1] else 0)), piece.box.bottom
            ),
            tuple(run),
        )
        for run, (a, b) in zip(runs, pairwise(edges), strict=True)
    ]


def _lies_on(word: Box, box: Box) -> bool:
    x, y = word.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def _print_box(box: Box, words: list[Word]) -> Box:
    """The detector's box without its room, but as wide as the words on it."""
    room = round(_ROOM * box.height)
    if box.width > _ROOMS * room and box.height > _ROOMS * room:
        box = Box(box.left + room, box.top + room, box.right - room, box.bottom - room)
    for word in words:
        if word.box.height < _TOO_TALL * box.height:
            left, right = min(box.left, word.box.left), max(box.right, word.box.right)
            box = Box(left, box.top, right, box.bottom)
    return box


def is_doubtful(piece: Piece, lines: tuple[Line, ...]) -> bool:
    """True if the piece's words are unsure or leave a part of it out."""
    words = _across(piece, lines)
    if not words or any(word.confidence < _SURE for word in words):
        return True
    if len(words) == 1 and words[0].text in _TICKS:
        return True
    if any(word.box.height > _TOO_TALL * piece.box.height for word in words):
        return True
    width = piece.box.width - 2 * _ROOM * piece.box.height
    covered = sum(
        max(0, min(w.box.right, piece.box.right) - max(w.box.left, piece.box.left)) for w in words
    )
    gaps = (len(words) - 1) * _USUAL_SPACE * piece.box.height
    return covered + gaps < _COVERED * width or _split_number(words)


def _across(piece: Piece, lines: tuple[Line, ...]) -> list[Word]:
    """The piece's words from left to right; its line may have been torn into two columns."""
    words = [lines[i].words[j] for i, j in piece.members]
    return sorted(words, key=lambda word: word.box.left)


def _split_number(words: list[Word]) -> bool:
    """``1,234 .50``: type of fixed width comes apart at its commas and stops."""
    pairs = pairwise(words)
    return any(
        (b.text[0] in ".," and b.text[1:2].isdigit() and a.text[-1].isdigit())
        or (a.text[-1] in ".," and a.text[-2:-1].isdigit() and b.text[0].isdigit())
        for a, b in pairs
    )


def mended(
    lines: tuple[Line, ...],
    readings: tuple[tuple[Piece, SecondReading], ...],
    all_: tuple[Piece, ...],
) -> tuple[Line, ...]:
    """The lines with the better of both readings in each piece, and the pieces nobody had read."""
    words: list[list[Word | None]] = [list(line.words) for line in lines]
    extra: dict[tuple[int, int], tuple[Word, ...]] = {}
    new: list[Line] = []
    for piece, reading in readings:
        old = _across(piece, lines)
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
    if text in _TICKS:  # alone in a box it is a tick, and of a type's size
        text = "X"
    letters = sum(c.isalnum() for c in text)
    if not letters:
        return None
    if not old:
        good = score >= _TAKEN_NEW if letters > 2 else is_short_word(text, score)
        return placed(text.split(), box, score) if good else None
    place = enclosing(tuple(word.box for word in old))
    if _compact("".join(word.text for word in old)) == _compact(text):
        return placed(text.split(), place, score) if _mends_spaces(text, old) else None
    more = letters > _MORE * sum(c.isalnum() for word in old for c in word.text)
    if not _is_better(old, score, more):
        return None
    tokens = respaced(text, old).split()
    if len(tokens) == len(old) and not more:
        return tuple(
            word if _stays(word, token) else Word(token, word.box, score)
            for word, token in zip(old, tokens, strict=True)
        )
    return placed(tokens, box if more else box.union(place), score)


def _stays(word: Word, token: str) -> bool:
    """True for sure words, and where the line reader has only lost one of two equal letters."""
    if word.confidence >= _KEPT and word.text not in _TICKS:
        return True
    lost = len(token) < len(word.text) and _DOUBLED.sub(r"\1", token) == _DOUBLED.sub(
        r"\1", word.text
    )
    return lost and word.confidence >= _SPACE_SURE


def is_short_word(text: str, score: float) -> bool:
    """True for numbers and ticks; for initials and Chinese names if they are beyond doubt."""
    bare = text.strip(".)")
    if bare.replace(".", "").replace(",", "").isdecimal() or bare == "X":
        return score >= _TAKEN
    return len(bare) == 2 and bare.isalpha() and not bare.islower() and score >= _SURE_SHORT


def _mends_spaces(text: str, old: list[Word]) -> bool:
    if text == "X":
        return True
    return len(text.split()) < len(old) and _split_number(old)


def _is_better(old: list[Word], score: float, more: bool) -> bool:
    mean = sum(w.confidence * len(w.text) for w in old) / sum(len(w.text) for w in old)
    unsure = min(word.confidence for word in old) < _SURE
    return (score >= _TAKEN and (unsure or more)) or score > mean + _BETTER


def _compact(text: str) -> str:
    return "".join(text.split()).casefold()


def respaced(text: str, old: list[Word]) -> str:
    """``text`` with the spaces that stand between the words ``old``; line readers lose some."""
    bare, before = "".join(text.split()), "".join(word.text for word in old)
    wanted = set(_breaks(text))
    breaks, total = [], 0
    for word, after in pairwise(old):
        total += len(word.text)
        gap = after.box.left - word.box.right
        sure = min(word.confidence, after.confidence) >= _SPACE_SURE
        least = _SPACE_DIGITS if word.text[-1].isdigit() and after.text[0].isdigit() else _SPACE
        if sure and gap >= least * max(word.box.height, after.box.height):
            breaks.append(total)
    matcher = SequenceMatcher(None, before, bare, autojunk=False)
    for start, at, size in matcher.get_matching_blocks():
        wanted |= {at + b - start for b in breaks if start <= b <= start + size}
    ends = [0, *sorted(b for b in wanted if 0 < b < len(bare)), len(bare)]
    return " ".join(bare[a:b] for a, b in pairwise(ends))


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
