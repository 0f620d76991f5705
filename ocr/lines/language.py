"""Which of our languages a page is in, from its text alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ocr.lines.words import COMMON

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

SCRIPT_LANGUAGES = {
    "Cyrillic": ("ru",),
    "Arabic": ("ar",),
    "Han": ("zh",),
    "Japanese": ("zh",),
    "Korean": ("zh",),
    "HanS": ("zh",),
    "HanT": ("zh",),
}
"""Tesseract's script names for what is not Latin; its detection mixes up the Han ones."""

_FEWEST = 2
"""Common words from which a language is told; one may be part of a name or misread."""

_HAN_LETTERS = 3
"""Letters of another script that a Chinese character counts for: it is about half a word."""

_TOKEN = re.compile(r"[^\W\d_]{1,30}")


def script_of(letter: str) -> str:
    """``Latin``, ``Cyrillic``, ``Arabic``, ``Han`` or ``other``."""
    if letter < "\u0250":
        return "Latin"
    name = unicodedata.name(letter, "")
    for start, script in (
        ("LATIN", "Latin"),
        ("CYRILLIC", "Cyrillic"),
        ("ARABIC", "Arabic"),
        ("CJK", "Han"),
    ):
        if name.startswith(start):
            return script
    return "other"


def main_script(text: str) -> str | None:
    """The script most of the letters are in; a Han character counts for several."""
    counts = Counter(script_of(c) for c in text if c.isalpha())
    counts["Han"] *= _HAN_LETTERS
    counts.pop("other", None)
    script, most = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return script if most else None


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in; None if there is too little."""
    script = main_script(text)
    if script is None:
        return None
    if script in SCRIPT_LANGUAGES:
        return SCRIPT_LANGUAGES[script][0]
    scores = latin_scores(text)
    code, most = max(scores.items(), key=lambda item: item[1])
    return code if most >= _FEWEST else None


def latin_scores(text: str) -> dict[str, int]:
    """How many common words of each Latin language the text has."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    words = Counter(_TOKEN.findall(bare.casefold()))
    return {code: sum(words[w] for w in common) for code, common in COMMON.items()}
