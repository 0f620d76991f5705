"""Names of States on a page: in six languages, glued Arabic forms, Russian genitives, adjectives.

The longest name wins at each place, so that ``Guinea-Bissau`` is never ``Guinea`` and ``Republic
of the Niger`` never Nigeria. Whole tokens are compared, folded: no fuzzy match names a State
here; ``closest`` offers one for a person to confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold, is_han
from extract.language.tokens import variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.layout.document import Document

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
LETTERS_PER_SLIP = 5  # letters of a name for each that may be misread
MARGIN = 2  # letters to the next best name
COMMON = 8  # States whose names share a word ("republic")
SHORTEST = 4  # letters of a name that is compared


@dataclass(frozen=True, slots=True)
class StateName:
    """A State named at tokens [start, end) of the document; ``codes`` are two for ``Congolese``."""

    codes: tuple[str, ...]
    kind: NameKind
    start: int
    end: int


@cache
def _names() -> dict[tuple[str, ...], tuple[NameKind, tuple[str, ...]]]:
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]] = {}
    for row in terms.state_rows():
        for column in _NAME_COLUMNS:
            for text in row[column].split("|"):
                _add(found, text, "name", row["iso3"])
        for text in row["adjective_en"].split("|"):
            _add(found, text, "adjective", row["iso3"])
    for code, text in _names_by_language():
        _add_missing(found, text, code)
    return {tokens: (kind, tuple(sorted(codes))) for tokens, (kind, codes) in found.items()}


def _names_by_language() -> Iterator[tuple[str, str]]:
    """Names of States in every language of the lexicon: its own table, then CLDR's."""
    codes = {row["iso2"]: row["iso3"] for row in terms.state_rows() if row["iso2"]}
    for language in terms.languages():
        for label, texts in language.phrases.items():
            if label.startswith("states."):
                yield from ((label.removeprefix("states."), text) for text in texts)
        try:
            known = Locale.parse(language.code).territories
        except (UnknownLocaleError, ValueError):
            continue
        yield from ((codes[iso2], str(name)) for iso2, name in known.items() if iso2 in codes)


def _add_missing(
    found: dict[tuple[str, ...], tuple[NameKind, set[str]]], text: str, code: str
) -> None:
    """Adds a name unless another State is called so: ``states.csv`` knows best."""
    for tokens in variants(text):
        owners = found.get(tuple(tokens))
        if owners is None or owners == ("name", {code}):
            found[tuple(tokens)] = ("name", {code})


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


def find_states(document: Document) -> tuple[StateName, ...]:
    """All States named in a document, in order, the longest name at each place."""
    words = [t.text for t in document.doc]
    names = _names()
    found: list[StateName] = []
    at = 0
    while at < len(words):
        for size in range(min(_longest(), len(words) - at), 0, -1):
            hit = names.get(tuple(words[at : at + size]))
            if hit is not None and _reads_as_name(document, at, at + size, hit[0]):
                found.append(StateName(hit[1], hit[0], at, at + size))
                at += size
                break
        else:
            at += 1
    return tuple(found)


def _reads_as_name(document: Document, start: int, end: int, kind: NameKind) -> bool:
    """``us`` and ``chad`` in small letters are words; short forms need capitals throughout."""
    printed = document.text_of(start, end)
    letters = [c for c in printed if c.isalpha()]
    if not letters or not letters[0].isascii():
        return bool(letters)
    if len(letters) <= (2 if kind == "adjective" else 3):
        return printed.isupper()
    return letters[0].isupper()


@dataclass(frozen=True, slots=True)
class Guess:
    """The State whose name comes closest to a misread one, ``distance`` letters away."""

    code: str
    name: str
    distance: int


@cache
def _common_words() -> frozenset[str]:
    """Words in the names of many States."""
    owners: dict[str, set[str]] = {}
    for tokens, (_, codes) in _names().items():
        for token in tokens:
            owners.setdefault(token, set()).update(codes)
    return frozenset(
        word for word, codes in owners.items() if len(codes) >= COMMON and not is_han(word)
    )


@cache
def _telling_names() -> tuple[tuple[str, str], ...]:
    """Names of at least four letters without their common words, each with its State."""
    found: dict[str, set[str]] = {}
    for tokens, (kind, codes) in _names().items():
        name = " ".join(t for t in tokens if t not in _common_words())
        if kind == "name" and len(name) >= SHORTEST:
            found.setdefault(name, set()).update(codes)
    return tuple((name, min(codes)) for name, codes in found.items() if len(codes) == 1)


def closest(text: str) -> Guess | None:
    """The State nearest to a text of one to six words, None unless it is well ahead of the next.

    ``Austrla`` is one letter's distance from two States: no answer. Words of many names
    (``Republic of the``) are left out, they would make every republic alike.
    """
    wanted = " ".join(w for w in fold(text).split() if w not in _common_words())
    best: dict[str, tuple[int, str]] = {}
    for name, code in _telling_names():
        distance = Levenshtein.distance(wanted, name)
        if code not in best or distance < best[code][0]:
            best[code] = (distance, name)
    ranked = sorted((distance, code, name) for code, (distance, name) in best.items())
    distance, code, name = ranked[0]
    if distance > len(name) // LETTERS_PER_SLIP or ranked[1][0] - distance < MARGIN:
        return None
    return Guess(code, name, distance)


@cache
def by_top_level_domain() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by country-code domain."""
    return {row["iso2"].casefold(): row["iso3"] for row in terms.state_rows() if row["iso2"]} | {
        "uk": "GBR",
        "eu": "EUN",
    }
