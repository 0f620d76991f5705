"""The page reader's words where a detector saw print, or what a line reader sees there.

For pages the page reader is bad at: tables, forms, columns, faint or worn print. Each piece of
print the detector found is compared with the words that lie on it (``pieces``). Sure words that
cover it stay; else the line reader reads the piece, and the better of the two is kept. Words on
which there is no print for the detector stay only if they are sure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.image import Grey
from ocr.lines.reading_order import inserted, overlap
from ocr.lines.spacing import SPACE_SURE, placed, respaced
from ocr.lines.specks import without_specks
from ocr.passes.missing import placing
from ocr.passes.missing.pieces import SURE, TICKS, Piece, across, is_doubled, is_split_number
from ocr.types import Box, Line, SecondReading, Word, enclosing

_ALONE, _ALONE_SHORT = 0.7, 0.9
"""Confidence at which words outside all print stay, and words of one or two signs."""

_TAKEN = 0.85
"""Score from which a reading takes the place of doubtful words."""

_TAKEN_NEW = 0.75
"""Score from which a reading is taken where there was no word at all."""

_SURE_SHORT = 0.97
"""Score from which two letters that nobody had read are initials or a Chinese name. Chosen, not
measured."""

_BETTER = 0.1
"""By so much a reading's score is above the words' mean confidence to take their place."""

_MORE = 1.3
"""A reading with so many times the letters saw print the words leave out."""

_KEPT = 0.88
"""Confidence from which a word stays although its line is read anew, word for word."""

_SPACES = 0.95
"""Score from which spaces are taken that the page reader, unsure of the word, did not see: line
readers lose spaces, they do not make them. Chosen, not measured."""

_CURLED = "’"

_END, _HARDLY = 2, 0.5
"""Letters at the end of a word that line readers lose, at most, and the confidence from which they
are letters. Chosen, not measured."""

_TAIL = re.compile(r"\.?[a-z]{1,3}")

_COVERED = 0.6
"""Share of a piece that words of other pieces take, from which it was read with them. Chosen,
not measured."""

_DOUBLED = re.compile(r"(.)\1")


def reconciled(
    lines: tuple[Line, ...],
    readings: tuple[tuple[Piece, SecondReading], ...],
    all_: tuple[Piece, ...],
    place: Box | None = None,
    image: Grey | None = None,
) -> tuple[Line, ...]:
    """The lines with the better of both readings in each piece, and the pieces nobody had read.

    ``place`` is where pieces were looked for, None for the whole page; ``image`` the page, in which
    new words are put where their ink is.
    """
    words: list[list[Word | None]] = [list(line.words) for line in lines]
    extra: dict[tuple[int, int], tuple[Word, ...]] = {}
    new: list[Line] = []
    for piece, reading in readings:
        old = across(piece, lines)
        if not old and _is_read(piece.box, lines):
            continue
        better = _better(old, reading, piece.box)
        if not old and better is None and _is_tail(reading) and may_be_tail(piece, lines):
            better = placed(reading.text.split(), piece.box, reading.confidence)
        if better is None:
            continue
        better = better if image is None else placing.on_ink(image, better)
        if not old:
            new.append(Line(better, block=-1))
            continue
        extra[_home(piece.members)] = better
        for i, j in piece.members:
            words[i][j] = None
    _drop_outside(words, all_, place)
    kept = []
    for i, line in enumerate(lines):
        row: list[Word] = []
        for j, word in enumerate(words[i]):
            row += extra.get((i, j), ())
            row += [word] if word is not None else []
        if row:
            kept.append(line if tuple(row) == line.words else replace(line, words=tuple(row)))
    return inserted(tuple(kept), tuple(new))


def _is_read(box: Box, lines: tuple[Line, ...]) -> bool:
    """True if words of other pieces stand where this one is: a detector's boxes may overlap.

    What is read there are parts of those words: ``r.Chai`` of ``Dr. Chaikin``.
    """
    covered = sum(
        max(0, min(word.box.right, box.right) - max(word.box.left, box.left))
        for line in lines
        for word in line.words
        if overlap(word.box, box)
    )
    return covered >= _COVERED * box.width


def _home(members: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Where the new words go: the place of the first word of the line most of them stand in."""
    numbers = [i for i, _j in members]
    line = max(dict.fromkeys(numbers), key=numbers.count)
    return min((i, j) for i, j in members if i == line)


def _drop_outside(
    words: list[list[Word | None]], all_: tuple[Piece, ...], place: Box | None
) -> None:
    inside = {member for piece in all_ for member in piece.members}
    for i, row in enumerate(words):
        for j, word in enumerate(row):
            if word is None or (i, j) in inside or not (place is None or place.holds(word.box)):
                continue
            letters = sum(c.isalnum() for c in word.text)
            if word.confidence < (_ALONE if letters > 2 else _ALONE_SHORT):
                row[j] = None


def _better(old: list[Word], reading: SecondReading, box: Box) -> tuple[Word, ...] | None:
    """The words to take the place of ``old``, None if those stay."""
    text, score = reading.text, reading.confidence
    if text in TICKS:  # alone in a box it is a tick, and of a type's size
        text = "X"
    letters = sum(c.isalnum() for c in text)
    if not letters:
        return None
    if not old:
        good = score >= _TAKEN_NEW if letters > 2 else is_short_word(text, score)
        return placed(text.split(), box, score) if good else None
    place = enclosing(tuple(word.box for word in old))
    before = "".join(word.text for word in old)
    text = without_specks(text, before)
    if _CURLED in before + text:  # whoever saw it straight lost its curl
        text = text.replace("'", _CURLED)
    if _compact(before) == _compact(text):
        return placed(text.split(), place, score) if _mends_spaces(text, score, old) else None
    if _has_lost(text, before, old):
        return None
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


def _has_lost(text: str, before: str, old: list[Word]) -> bool:
    """Underscores, which line readers take for spaces, or the last letter or two of a word."""
    if _compact(before.replace("_", "")) == _compact(text):
        return True
    rest = before.removeprefix("".join(text.split()))
    return rest != before and len(rest) <= _END and old[-1].confidence >= _HARDLY


def _stays(word: Word, token: str) -> bool:
    """True for sure words, and where the line reader has only lost one of two equal letters."""
    if word.confidence >= _KEPT and word.text not in TICKS:
        return token.replace(_CURLED, "'") != word.text
    lost = len(token) < len(word.text) and _DOUBLED.sub(r"\1", token) == _DOUBLED.sub(
        r"\1", word.text
    )
    return lost and word.confidence >= SPACE_SURE


def is_short_word(text: str, score: float) -> bool:
    """True for numbers and ticks; for initials and Chinese names if they are beyond doubt."""
    bare = text.strip(".)")
    if bare.replace(".", "").replace(",", "").isdecimal() or bare == "X":
        return score >= _TAKEN
    return len(bare) == 2 and bare.isalpha() and not bare.islower() and score >= _SURE_SHORT


def may_be_tail(piece: Piece, lines: tuple[Line, ...]) -> bool:
    """True if nobody has read the piece, and an address stands above it."""
    heads = (w.box for line in lines for w in line.words if "@" in w.text)
    return not piece.members and any(
        abs(piece.box.left - head.left) <= head.height
        and 0 <= piece.box.center[1] - head.bottom <= head.height
        for head in heads
    )


def _is_tail(reading: SecondReading) -> bool:
    """``.cr`` or ``v`` under an address: its end, which is too short for a page reader."""
    return reading.confidence >= _SURE_SHORT and _TAIL.fullmatch(reading.text) is not None


def _mends_spaces(text: str, score: float, old: list[Word]) -> bool:
    """Numbers that came apart, and words run into each other: ``Nomet prénom``."""
    if text == "X":
        return True
    parted = len(text.split()) - len(old)
    plain = text.replace(" ", "").isalpha()
    unsure = min(word.confidence for word in old) < SURE
    return (parted < 0 and is_split_number(old)) or (
        parted > 0 and plain and unsure and score >= _SPACES
    )


def _is_better(old: list[Word], score: float, more: bool) -> bool:
    mean = sum(w.confidence * len(w.text) for w in old) / sum(len(w.text) for w in old)
    unsure = min(word.confidence for word in old) < SURE
    return (score >= _TAKEN and (unsure or more or is_doubled(old))) or score > mean + _BETTER


def _compact(text: str) -> str:
    return "".join(text.split()).casefold()
