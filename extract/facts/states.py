"""Names of States on a page: in six languages, glued Arabic forms, Russian genitives, adjectives.

The longest name wins at each place, so that ``Guinea-Bissau`` is never ``Guinea`` and ``Republic
of the Niger`` never Nigeria. Whole tokens are compared, folded: no fuzzy match names a State
here; ``closest`` offers one for a person to confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold, is_han
from extract.language.state_names import NameKind, names

if TYPE_CHECKING:
    from extract.layout.document import Document

LETTERS_PER_SLIP = 5  # letters of a name for each that may be misread
MARGIN = 2  # letters to the next best name
COMMON = 8  # States whose names share a word ("republic")
SHARED = 3  # States whose names share a word that alone names none of them ("united")
SHORTEST = 4  # letters of a name that is compared


@dataclass(frozen=True, slots=True)
class StateName:
    """A State named at tokens [start, end) of the document; ``codes`` are two for ``Congolese``."""

    codes: tuple[str, ...]
    kind: NameKind
    start: int
    end: int


def find_states(document: Document) -> tuple[StateName, ...]:
    """All States named in a document, in order, the longest name at each place."""
    found: list[StateName] = []
    at = 0
    for span in sorted(document.doc.spans["states"], key=lambda s: (s.start, -s.end)):
        kind, codes = names()[tuple(token.text for token in span)]
        if span.start >= at and _reads_as_name(document, span.start, span.end, kind):
            found.append(StateName(codes, kind, span.start, span.end))
            at = span.end
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
def _owners() -> dict[str, set[str]]:
    """The States in whose names a word stands."""
    owners: dict[str, set[str]] = {}
    for tokens, (_, codes) in names().items():
        for token in tokens:
            owners.setdefault(token, set()).update(codes)
    return owners


@cache
def _common_words() -> frozenset[str]:
    """Words in the names of many States."""
    return frozenset(
        word for word, codes in _owners().items() if len(codes) >= COMMON and not is_han(word)
    )


@cache
def _tellingnames() -> dict[str, str]:
    """Names of at least four letters without their common words, each with its State.

    What is left of ``United Kingdom`` is in every note to the United Nations and names nobody.
    """
    found: dict[str, set[str]] = {}
    for tokens, (kind, codes) in names().items():
        name = " ".join(t for t in tokens if t not in _common_words())
        if len(tokens) > 1 and len(_owners().get(name, ())) >= SHARED:
            continue
        if kind == "name" and len(name) >= SHORTEST:
            found.setdefault(name, set()).update(codes)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


@cache
def _farthest() -> int:
    """Letters from a State's name, however long, to where it is neither meant nor near."""
    return max(map(len, _tellingnames())) // LETTERS_PER_SLIP + MARGIN


@lru_cache(maxsize=1024)
def closest(text: str) -> Guess | None:
    """The State nearest to a text of one to six words, None unless it is well ahead of the next.

    ``Austrla`` is one letter's distance from two States: no answer. Words of many names
    (``Republic of the``) are left out, they would make every republic alike.
    """
    wanted = " ".join(w for w in fold(text).split() if w not in _common_words())
    # those farther off can neither be meant nor come too near to one that is
    telling, far = _tellingnames(), _farthest()
    found = process.cdist([wanted], telling, scorer=Levenshtein.distance, score_cutoff=far)[0]
    best: dict[str, tuple[int, str]] = {}
    for (name, code), distance in zip(telling.items(), found.tolist(), strict=True):
        if distance <= far and (code not in best or distance < best[code][0]):
            best[code] = (distance, name)
    ranked = sorted((distance, code, name) for code, (distance, name) in best.items())
    if not ranked:
        return None
    distance, code, name = ranked[0]
    if distance > len(name) // LETTERS_PER_SLIP or (
        len(ranked) > 1 and ranked[1][0] - distance < MARGIN
    ):
        return None
    return Guess(code, name, distance)


@cache
def by_top_level_domain() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by country-code domain."""
    return {row["iso2"].casefold(): row["iso3"] for row in terms.state_rows() if row["iso2"]} | {
        "uk": "GBR",
        "eu": "EUN",
    }
