"""Folding text for comparison, never for storage, with a map back to the printed characters.

``fold`` removes what scanners and typists vary: case, accents, kinds of quotes and dashes,
Arabic letter forms and short vowels, non-Latin digits, compatibility forms. Both the lexicon
and the page are folded, so that ``MINISTERE`` meets ``ministère``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.words import table as lexicon_table

EASTERN_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"


@cache
def _tables() -> dict[str, str]:
    raw = lexicon_table("normalise")
    table: dict[str, str] = {}
    for key, target in (("apostrophes", "'"), ("quotes", '"'), ("dashes", "-")):
        table.update(dict.fromkeys(raw[key], target))
    table.update(dict.fromkeys(raw["spaces"], " "))
    table.update(dict.fromkeys(("\u200b", "\u00ad", *raw["bidi_controls"]), ""))
    table.update(raw["arabic_fold"])
    table.update(raw["digits"])
    return table


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """The folded form of one character: empty, one or several characters."""
    mapped = _tables().get(char)
    if mapped is not None:
        return mapped
    decomposed = unicodedata.normalize("NFKD", char)
    kept = "".join(
        _tables().get(c, c) for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf")
    )
    return kept.casefold()


def has_eastern_digits(text: str) -> bool:
    """True if a digit of Arabic or Persian print is in it: no reader knows those."""
    return any(c in EASTERN_DIGITS for c in text)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Folds a text; see the module docstring."""
    return "".join(map(fold_char, text))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset of the printed one."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The printed [start, end) that a folded [start, end) came from."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else 0
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_with_offsets(text: str) -> Folded:
    """Folds a text and keeps the way back to it."""
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        for folded in fold_char(char):
            chars.append(folded)
            offsets.append(index)
    return Folded("".join(chars), tuple(offsets))


def is_han(char: str) -> bool:
    """True for a Chinese character, which is a token of its own."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


@lru_cache(maxsize=8192)
def script_of(char: str) -> str | None:
    """``latin``, ``cyrillic``, ``arabic`` or ``han``; None for anything else."""
    if is_han(char):
        return "han"
    if not char.isalpha():
        return None
    code = ord(char)
    if code < 0x0250 or 0x1E00 <= code <= 0x1EFF:
        return "latin"
    if 0x0400 <= code <= 0x052F:
        return "cyrillic"
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFEFC:
        return "arabic"
    return None


@lru_cache(maxsize=4096)
def main_script(text: str) -> str | None:
    """The script most of the text's letters belong to."""
    counts: dict[str, int] = {}
    for char in text:
        script = script_of(char)
        if script is not None:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def is_traditional(char: str) -> bool:
    """A Chinese character that GB 2312 lacks, which has the simplified ones alone."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return is_han(char)
    return False
