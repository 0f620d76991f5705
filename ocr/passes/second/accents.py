"""Where names of persons stand, and the letters of names that a model does not know.

The eng model has no ă, č, ł or ř and drops them with full confidence: "Brătuleanu" becomes
"Bratuleanu" at 0.92. The second reader knows them. Where the two agree in every letter but
its accents, the accented one is what is printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ocr.types import Box, Line, SecondReading, Word, enclosing

_HONORIFIC = re.compile(
    r"^\(?(?:mr|mrs|ms|miss|messrs|dr|prof|h\.?e|s\.?e|m|mm|mme|mmes|mlle|madame|monsieur|sr|sra|"
    r"srta|excmo|excma|don|doña|ambassador|amb|hon|sir|dame|lord|lady|gen|col|maj|capt|lt|brig|"
    r"judge|justice|juge|eng|ing|lic|maître|me)[./:]*$",
    re.IGNORECASE,
)
_PARTICLE_WORDS = (
    "de del della da das do dos du la le las los van von der den ter ten zu bin bint ibn al el ben "
    "y e i ould abu"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())

# Words that titles and bodies are made of; a run of capitalised words with one is no name.
_OTHER_WORDS = (
    "the of and for to in on at by republic république república embassy ambassade embajada "
    "permanent permanente mission misión ministry ministère ministerio ministro minister "
    "department département departamento division división office oficina bureau unit unidad "
    "national nacional nationale united nations naciones unidas unies director directeur "
    "directora directrice head chef jefe jefa senior deputy adjoint adviser advisor legal "
    "counsellor conseiller conseillère consejero consejera secretary secrétaire secretario "
    "secretaria first second third premier première deuxième primer segundo general général "
    "générale attorney prosecutor procureur fiscal court cour corte tribunal supreme police "
    "justice justicia foreign affairs affaires étrangères asuntos relaciones exteriores vienna "
    "vienne viena note nota verbale verbal ref reference e-mail email tel title titre cargo name "
    "nom nombre organization delegation délégation delegación member membre miembro "
    "representative"
)
_NO_NAMES = frozenset(_OTHER_WORDS.split())

_CLOSERS = (",", ";", ":")
_MOST_WORDS = 5
_COLUMN_GAP = 1.6
ACCENTS_TAKEN = 0.93
"""Score of the second reading from which its accents are taken."""

# Letters that do not fall apart into a base and an accent.
_BASES = str.maketrans("łŁøØđĐıħŦŧßæÆœŒ", "lLoOdDihTtsaAoO")


def name_boxes(line: Line) -> tuple[Box, ...]:
    """Places where a person's name stands, in Latin letters.

    Examples: ``Mr. John MWANGI, Director``; a line or cell of its own ``Ioana ȚĂRANULESCU``.
    """
    boxes = []
    for segment in _segments(line.words):
        run = _after_honorific(segment) or _whole_name(segment)
        if run:
            boxes.append(enclosing(tuple(word.box for word in run)))
    return tuple(boxes)


def _segments(words: tuple[Word, ...]) -> list[list[Word]]:
    """Words of a line between gaps as wide as between columns."""
    segments: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.left):
        last = segments[-1][-1] if segments else None
        if last is None or word.box.left - last.box.right > _COLUMN_GAP * last.box.height:
            segments.append([])
        segments[-1].append(word)
    return segments


def _after_honorific(segment: list[Word]) -> list[Word]:
    starts = [i for i, word in enumerate(segment) if _HONORIFIC.match(word.text)]
    if not starts:
        return []
    run: list[Word] = []
    for word in segment[starts[-1] + 1 :][:_MOST_WORDS]:
        if not _fits_name(word.text):
            break
        run.append(word)
        if word.text.endswith(_CLOSERS):
            break
    return run


def _whole_name(segment: list[Word]) -> list[Word]:
    """A segment of two to five capitalised words, none of them a title's."""
    plain = [word.text.strip(".,;:").casefold() for word in segment]
    if not 2 <= len(segment) <= _MOST_WORDS or any(word in _NO_NAMES for word in plain):
        return []
    return segment if all(_fits_name(word.text) for word in segment) else []


def _fits_name(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    if not letters or any(c >= "\u0250" for c in letters) or any(c.isdigit() for c in text):
        return False
    return letters[0].isupper() or text.strip(",").casefold() in _PARTICLES


def bare(text: str) -> str:
    """The letters without their accents, case kept."""
    parts = unicodedata.normalize("NFD", text.translate(_BASES))
    return "".join(c for c in parts if not unicodedata.combining(c))


def with_accents(line: Line, reading: SecondReading) -> Line:
    """The line with the accents of the second reading, if they are all that differs."""
    if reading.confidence < ACCENTS_TAKEN:
        return line
    read = reading.text.split()
    b = reading.box
    under = [
        (at, word)
        for at, word in enumerate(line.words)
        if b.left <= word.box.left and word.box.right <= b.right
    ]
    if len(under) != len(read):
        return line
    words = list(line.words)
    for (at, word), text in zip(under, read, strict=True):
        if text != word.text and bare(text) == bare(word.text):
            words[at] = replace(word, text=text)
    return replace(line, words=tuple(words))
