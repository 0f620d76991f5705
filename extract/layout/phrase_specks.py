"""Full stops inside phrases that are one: a speck of the scan, not the end of a sentence.

``Permanent. Mission`` in a sentence that names persons would end it, and whoever comes behind is
lost. What two words of the lexicon's posts and offices follow each other is known.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from ocr.types import Line, Page

PHRASES = ("title_heads", "org_heads", "org_units", "letterhead")
SIGNS = ".·'"
SHORTEST = 5
"""Letters of a word that is no abbreviation (``Prof.``). Chosen, not measured."""


def without_specks_in_phrases(page: Page) -> Page:
    """The page with words of one phrase together."""
    lines = tuple(map(_whole, page.lines))
    same = all(a is b for a, b in zip(lines, page.lines, strict=True))
    return page if same else replace(page, lines=lines)


def _whole(line: Line) -> Line:
    words = [
        replace(word, text=word.text[:-1]) if _is_speck(word.text, behind.text) else word
        for word, behind in pairwise(line.words)
    ]
    words.append(line.words[-1])
    same = all(a is b for a, b in zip(words, line.words, strict=True))
    return line if same else replace(line, words=tuple(words))


def _is_speck(text: str, behind: str) -> bool:
    if text[-1] not in SIGNS or len(text) <= SHORTEST or not text[:-1].isalpha():
        return False
    return (fold(text[:-1]), fold(behind.rstrip(".,;:)"))) in _pairs()


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    phrases = (p for label in PHRASES for p in terms.folded(label))
    return frozenset(pair for phrase in phrases for pair in pairwise(phrase.split()))
