"""A letter that came with a note: whom it addresses and who signs it are nobody's delegates.

``Dear Ambassador,`` and what stands above it is its head; ``Yours sincerely,`` and the name below
it is its foot. The list between them is read as any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.layout.list_signs import is_annex_heading
from extract.layout.signed import LINES, OWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.layout.document import Document

ADDRESSES = ("letter_style", "honorifics_m", "honorifics_f", "honorifics_plural")
BESIDE = ("honorifics_n", "ranks", "title_heads", "title_prefixes", "articles", "conjunctions")
SEVERAL = 2
"""Persons below the last words that are listed there: one signs."""
_SIGNS = frozenset(",.:;!-'’،，：；")
_ENDS = (",", ":", ";", "!", ".", "،", "，", "：", "；", "!", "！")
_SMALL = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZÀ-ÞА-ЯЁ][^\W\d_]+")


def letter_edges(document: Document, numbers: Iterable[int]) -> frozenset[int]:
    """Of some lines those that head and sign letters, page by page."""
    pages: dict[int, list[int]] = {}
    for number in numbers:
        pages.setdefault(document.lines[number].page, []).append(number)
    found: set[int] = set()
    for lines in pages.values():
        greeted = next((n for n in lines[:-1] if addresses_somebody(document, n)), None)
        found.update(n for n in lines if greeted is not None and n <= greeted)
        found.update(_signature(document, lines, greeted))
    return frozenset(found)


def addresses_somebody(document: Document, number: int) -> bool:
    """``Madame, Monsieur l'Ambassadeur,``: forms of address and posts, and a sentence below."""
    line, below = document.lines[number : number + 2]
    text = line.text.rstrip()
    if (
        line.cell is not None
        or not text.endswith(_ENDS)
        or len(_SMALL.findall(below.text)) < OWN_WORDS
    ):
        return False
    terms = document.terms_of(number, *ADDRESSES, *BESIDE)
    said = {n for t in terms for n in range(t.start, t.end)}
    rest = [n for n in document.tokens_of(number) if n not in said]
    bare = all(_SIGNS.issuperset(document.doc[n].text) for n in rest)
    return bare and any(t.label in ADDRESSES for t in terms)


def _signature(document: Document, lines: Sequence[int], greeted: int | None) -> list[int]:
    """From the last words of a letter's style on, where but a few lines stand below them."""
    ends = [
        t.line
        for t in document.labelled("letter_style")
        if t.line in lines and t.line != greeted and t.end - t.start > 1
    ]
    last = max(ends, default=lines[-1])
    below = [n for n in lines if n > last]
    listed = any(
        document.lines[n].cell is not None
        or "@" in document.lines[n].text
        or is_annex_heading(document, n)
        for n in (last, *below)
    )
    led = sum(bool(document.terms_of(n, "honorifics_m", "honorifics_f")) for n in below)
    signed = 0 < len(below) <= LINES and not listed and led < SEVERAL
    return [last, *below] if signed else []
