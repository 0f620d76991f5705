"""Signs above and below Arabic letters, which the page reader leaves out: ``ثانٍ``, ``حسّان``.

Names and posts are kept as they are printed. Where the model for Arabic lines has a word of the
page with such signs, the word gets them; its reading loses them, so that readings are compared
letter by letter.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.engines.arabic_recogniser import MARKS
from ocr.types import ARABIC_LINES, Line, SecondReading, Word

_EDGES = ".,:;،؛()«»-/"
"""Signs at the ends of a word that are none of its letters."""


def put_on(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, their words with the signs that the model for Arabic lines saw on them."""
    return tuple(_with_signs(line) if any(map(_has_signs, line.second)) else line for line in lines)


def _has_signs(reading: SecondReading) -> bool:
    return reading.engine == ARABIC_LINES and MARKS.search(reading.text) is not None


def _with_signs(line: Line) -> Line:
    words = line.words
    for reading in filter(_has_signs, line.second):
        tokens = [token.strip(_EDGES) for token in reading.text.split()]
        signed = {MARKS.sub("", token): token for token in tokens if MARKS.search(token)}
        plain = signed.keys() - set(
            tokens
        )  # a word that stands there without them, too, is as read
        words = tuple(
            _signed(word, signed, plain) if reading.box.holds(word.box) else word for word in words
        )
    second = tuple(
        replace(r, text=MARKS.sub("", r.text)) if _has_signs(r) else r for r in line.second
    )
    return replace(line, words=words, second=second)


def _signed(word: Word, signed: dict[str, str], plain: set[str]) -> Word:
    bare = word.text.strip(_EDGES)
    if bare not in plain:
        return word
    return replace(word, text=word.text.replace(bare, signed[bare]))
