"""Pieces of print that a detector found, the words that lie on each, and which are doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ocr.types import Box, Line, Word

SURE = 0.85
"""Confidence from which the page reader's word is not read again."""

_COVERED = 0.75
"""Share of a piece's width that its words must cover."""

_ROOM = 0.15
"""Share of its height that the detector's box is wider than the print on each side."""

_ROOMS = 4
"""Times its room that a detector's box is wide and high before the room is taken off."""

_LONGEST = 28
"""Width of a piece, in its heights, up to which a line reader takes it whole."""

_TOO_TALL = 1.7
"""Words so many times as high as the print they lie on hold more than that."""

_USUAL_SPACE = 0.3
"""Width of a space in heights of its line."""

_UPRIGHT = 2.0
"""Pieces so many times as high as wide stand on end."""

_TWICE = 0.5
"""Share of the narrower of two words that lies on the other, from which print was read twice."""

_TOUCHING = 0.12
"""White between two words, in heights of the first, that is narrower than any space."""

TICKS = frozenset("xX×")


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
    words = across(piece, lines)
    if not words or any(word.confidence < SURE for word in words):
        return True
    if len(words) == 1 and words[0].text in TICKS:
        return True
    if any(word.box.height > _TOO_TALL * piece.box.height for word in words) or is_doubled(words):
        return True
    width = piece.box.width - 2 * _ROOM * piece.box.height
    covered = sum(
        max(0, min(w.box.right, piece.box.right) - max(w.box.left, piece.box.left)) for w in words
    )
    gaps = (len(words) - 1) * _USUAL_SPACE * piece.box.height
    return covered + gaps < _COVERED * width or is_split_number(words)


def across(piece: Piece, lines: tuple[Line, ...]) -> list[Word]:
    """The piece's words from left to right; its line may have been torn into two columns."""
    words = [lines[i].words[j] for i, j in piece.members]
    return sorted(words, key=lambda word: word.box.left)


def is_doubled(words: list[Word]) -> bool:
    """``Asesor J Jurista``: a place was read twice, the letter as a word of its own, too."""
    return any(
        min(a.box.right, b.box.right) - b.box.left > _TWICE * min(a.box.width, b.box.width)
        or (b.text.startswith(a.text) and b.box.left - a.box.right <= _TOUCHING * a.box.height)
        for a, b in pairwise(words)
    )


def is_split_number(words: list[Word]) -> bool:
    """``1,234 .50``: type of fixed width comes apart at its commas and stops."""
    pairs = pairwise(words)
    return any(
        (b.text[0] in ".," and b.text[1:2].isdigit() and a.text[-1].isdigit())
        or (a.text[-1] in ".," and a.text[-2:-1].isdigit() and b.text[0].isdigit())
        for a, b in pairs
    )
