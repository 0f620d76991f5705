"""Names of States on a page: in six languages, glued Arabic forms, Russian genitives, adjectives.

The longest name wins at each place, so that ``Guinea-Bissau`` is never ``Guinea`` and ``Republic
of the Niger`` never Nigeria. Whole tokens are compared, folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.state_names import NameKind, names

if TYPE_CHECKING:
    from extract.layout.document import Document


_HYPHEN_BEFORE = re.compile(r"[^\W\d_][-‐]$")
_HYPHEN_BEHIND = re.compile(r"[-‐][^\W\d_]")


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
    if _is_part_of_word(document, start, end):
        return False
    printed = document.text_of(start, end)
    letters = [c for c in printed if c.isalpha()]
    if not letters or not letters[0].isascii():
        return bool(letters)
    if len(letters) <= (2 if kind == "adjective" else 3):
        return printed.isupper()
    return letters[0].isupper()


def _is_part_of_word(document: Document, start: int, end: int) -> bool:
    """``Anna-Holland-Gasse``: hyphens join it with what stands around it."""
    first, last = document.tokens[start], document.tokens[end - 1]
    before = document.lines[first.line].text[: first.start]
    behind = document.lines[last.line].text[last.end :]
    return bool(_HYPHEN_BEFORE.search(before) and _HYPHEN_BEHIND.match(behind))


@cache
def by_top_level_domain() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes by country-code domain."""
    return {row["iso2"].casefold(): row["iso3"] for row in terms.state_rows() if row["iso2"]} | {
        "uk": "GBR",
        "eu": "EUN",
    }
