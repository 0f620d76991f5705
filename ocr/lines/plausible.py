"""How much of a reading is likely right: to choose between two readings of one page.

An engine is as sure of gibberish as of words, now and then. Words that are known, and words of
the shape words have, count for more than its confidence alone; what is likely wrong counts
against a reading, so that neither the longer nor the surer one wins by that alone.
"""

from __future__ import annotations

import re
import unicodedata

from ocr.lines.language import script_of
from ocr.lines.words import COMMON
from ocr.types import Line

_KNOWN = frozenset(word for words in COMMON.values() for word in words if len(word) > 1)
_KNOWN_TRUST = 0.95
"""Chance that a common word of two letters or more is right, whatever the engine says."""

_ODD = 0.4
"""What the confidence of a token is worth that has the shape of no word, number or address."""

_HAN_LETTERS = 2
"""Letters that a Chinese character counts for, as in a word's confidence (``page_text``)."""

_SHAPES = re.compile(
    r"""
    [A-Z]?[a-z]+ | [A-Z]{1,25} |            # word, Word, WORD
    (?:Mc|Mac|O'|D'|L'|d'|l'|qu')[A-Z]?[a-z]+ | [A-Z]?[a-z]+'[a-z]{1,2} |
    [#$]?\d[\d.,:/-]*%? | \d{1,4}(?:st|nd|rd|th|[A-Z]|[A-Z][a-z]{2}\d{2,4})? |
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | (?:https?://|www\.)\S+ | (?:[A-Z]\.)+[A-Z]?
    """,
    re.VERBOSE,
)
_VOWELS = frozenset("aeiouyAEIOUY")
_JOINTS = re.compile(r"[-/–—&'.]")
_LONGEST_RUN = re.compile(r"(.)\1\1")


def worth(lines: tuple[Line, ...]) -> float:
    """Letters and digits likely right less those likely wrong; the greater the better."""
    return sum(
        _letters(w.text) * (2 * _trust(w.text, w.confidence) - 1)
        for line in lines
        for w in line.words
    )


def _letters(text: str) -> int:
    return sum(_HAN_LETTERS if "\u4e00" <= c <= "\u9fff" else 1 for c in text if c.isalnum())


def _trust(text: str, confidence: float) -> float:
    """Chance, as good as can be told, that a token is right."""
    marks = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in marks if not unicodedata.combining(c)).replace("’", "'")
    core = bare.strip("\"'«»“”()[]{}.,;:!?*-–—")
    if core.casefold() in _KNOWN:
        return max(confidence, _KNOWN_TRUST)
    return confidence if _has_shape(core) else confidence * _ODD


def _has_shape(core: str) -> bool:
    scripts = {script_of(c) for c in core if c.isalpha()}
    if len(scripts) > 1:
        return False
    if scripts and "Latin" not in scripts:
        return True
    if _LONGEST_RUN.search(core) and core.isalpha():
        return False
    if _SHAPES.fullmatch(core):
        return _is_pronounceable(core)
    parts = _JOINTS.split(core)
    return len(parts) > 1 and all(
        not part or (_SHAPES.fullmatch(part) and _is_pronounceable(part)) for part in parts
    )


def _is_pronounceable(core: str) -> bool:
    """False for four small letters and more without a vowel."""
    return (
        len(core) < 4
        or not core[1:].islower()
        or not core.isalpha()
        or bool(_VOWELS.intersection(core))
    )
