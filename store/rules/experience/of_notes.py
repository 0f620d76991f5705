"""Words of a State's notes, not of their rows: how its numbers look, addresses of its mission."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from store.rules.experience.letters import letters
from store.rules.experience.words import Word, WordKind

HEAD = 8
"""Lines of a first page, from its top, that are a letterhead; not measured."""

FOOT = 4
"""Lines at its bottom that are its foot; not measured."""

Said = tuple[WordKind, str, int]
"""What one note says: the kind, the word, and the document that stands for the note."""

ADDRESS = re.compile(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.ASCII)
"""An address that is whole, in small letters."""

_DIGITS = re.compile(r"\d+")
_SPACED = re.compile(r"\s*([/–-])\s*")


def shape(reference: str) -> str | None:
    """How a note's number looks: any digits are ``#``; None if that would be digits alone.

    >>> shape("NV/123/2019"), shape("No. 7 / 19"), shape("４４／２０１９"), shape("4711")
    ('NV/#/#', 'No. #/#', '#/#', None)
    """
    plain = unicodedata.normalize("NFKC", reference)
    found = _SPACED.sub(r"\1", _DIGITS.sub("#", " ".join(plain.split())))
    return found if "#" in found and found.strip("# .") else None


def is_western(text: str) -> bool:
    """Whether its digits are 0 to 9; others no reader knows well."""
    return not any(sign.isdecimal() and unicodedata.normalize("NFKC", sign) > "9" for sign in text)


def at_the_edges(text: str) -> frozenset[str]:
    """The addresses in the letterhead and at the foot of a first page."""
    lines = [line for line in text.splitlines() if line.strip()]
    parts = ("\n".join(lines[:HEAD]), "\n".join(lines[HEAD:][-FOOT:]))
    return frozenset(mail for part in parts for mail in ADDRESS.findall(part.lower()))


def counted(said: Iterable[Said]) -> dict[tuple[WordKind, str], Word]:
    """By kind and by letters, in how many independent notes; as the first of them prints it."""
    notes: dict[tuple[WordKind, str], dict[int, str]] = {}
    for kind, text, note in said:
        notes.setdefault((kind, letters(text)), {}).setdefault(note, text)
    return {
        key: Word(key[0], next(iter(texts.values())), len(texts)) for key, texts in notes.items()
    }
