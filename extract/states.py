"""Names of States on a page: in six languages, glued Arabic forms, Russian genitives, adjectives.

The longest name wins at each place, so that ``Guinea-Bissau`` is never ``Guinea`` and ``Republic
of the Niger`` never Nigeria. Whole tokens are compared, folded: no fuzzy match names a State
here; ``closest`` offers one for a person to confirm.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from extract import terms
from extract.document import variants
from extract.normalise import fold

if TYPE_CHECKING:
    from extract.document import Document

NameKind = Literal["name", "adjective"]

_NAME_COLUMNS = (
    "list_name_en",
    "formal_en",
    "short_fr",
    "formal_fr",
    "short_es",
    "formal_es",
    "short_ru",
    "formal_ru",
    "genitive_ru",
    "short_ar",
    "formal_ar",
    "formal_ar_with_li",
    "short_zh",
    "formal_zh",
    "cldr_en",
    "cldr_fr",
    "cldr_es",
    "cldr_ru",
    "cldr_ar",
    "cldr_zh",
    "aliases",
)
CLOSE = 86
MARGIN = 6


@dataclass(frozen=True, slots=True)
class StateName:
    """A State named at tokens [start, end) of the document; ``codes`` are two for ``Congolese``."""

    codes: tuple[str, ...]
    kind: NameKind
    start: int
    end: int


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The rows of ``states.csv``; Namibia's ``NA`` is a code, no missing value."""
    return tuple(csv.DictReader(io.StringIO(terms.states_csv())))


@cache
def _names() -> dict[tuple[str, ...], tuple[NameKind, tuple[str, ...]]]:
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]] = {}
    for row in rows():
        for column in _NAME_COLUMNS:
            for text in row[column].split("|"):
                _add(found, text, "name", row["iso3"])
        for text in row["adjective_en"].split("|"):
            _add(found, text, "adjective", row["iso3"])
    return {tokens: (kind, tuple(sorted(codes))) for tokens, (kind, codes) in found.items()}


def _add(
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]], text: str, kind: NameKind, code: str
) -> None:
    if len(text.strip()) < 2:
        return
    for tokens in variants(text):
        key = tuple(tokens)
        known = found.get(key)
        if known is None or (known[0] == "adjective" and kind == "name"):
            found[key] = (kind, {code})
        elif known[0] == kind:
            known[1].add(code)


@cache
def _longest() -> int:
    return max(len(tokens) for tokens in _names())


def find(document: Document) -> tuple[StateName, ...]:
    """All States named in a document, in order, the longest name at each place."""
    words = [t.text for t in document.doc]
    names = _names()
    found: list[StateName] = []
    at = 0
    while at < len(words):
        for size in range(min(_longest(), len(words) - at), 0, -1):
            hit = names.get(tuple(words[at : at + size]))
            if hit is not None and _reads_as_name(document, at, at + size):
                found.append(StateName(hit[1], hit[0], at, at + size))
                at += size
                break
        else:
            at += 1
    return tuple(found)


def _reads_as_name(document: Document, start: int, end: int) -> bool:
    """``us`` and ``chad`` in small letters are words; short forms need capitals throughout."""
    printed = document.text_of(start, end)
    letters = [c for c in printed if c.isalpha()]
    if not letters or not letters[0].isascii():
        return bool(letters)
    if len(letters) <= 3:
        return printed.isupper()
    return letters[0].isupper()


@dataclass(frozen=True, slots=True)
class Guess:
    """The State whose name comes closest to a misread one."""

    code: str
    name: str
    score: float


def closest(text: str) -> Guess | None:
    """The State nearest to a text of one to six words, None unless it is far ahead of the next.

    ``Austrla`` is two letters' distance from two States: no answer.
    """
    wanted = fold(text)
    best: dict[str, tuple[float, str]] = {}
    for tokens, (kind, codes) in _names().items():
        if kind == "name" and len(codes) == 1 and len("".join(tokens)) >= 4:
            score = fuzz.ratio(wanted, " ".join(tokens))
            if score > best.get(codes[0], (0.0, ""))[0]:
                best[codes[0]] = (score, " ".join(tokens))
    ranked = sorted(((s, code, name) for code, (s, name) in best.items()), reverse=True)
    if not ranked or ranked[0][0] < CLOSE or ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    return Guess(ranked[0][1], ranked[0][2], ranked[0][0])


@cache
def by_top_level_domain() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by country-code domain."""
    return {row["iso2"].casefold(): row["iso3"] for row in rows() if row["iso2"]} | {
        "uk": "GBR",
        "eu": "EUN",
    }
