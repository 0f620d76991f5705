"""A signature that no formula announces: a name far below the last sentence of a note.

``May these lines find the Office well.``, room for a hand and a seal, and then ``Duarte Melo`` /
``Ambassador, Permanent Representative``: no formula is needed to see it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.layout.pitch import middle, pitch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.document import Document

ROOM = 3.0
"""Least room for a hand and a seal, in usual distances of the page's lines; notes by one hand have
5 to 8."""
LINES = 4
"""Lines of a signature: a name, a post, the place of an office."""
OWN_WORDS = 3  # words in small letters of a sentence
_SMALL = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZÀ-ÞА-ЯЁ][^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile(r"(?:[^\W\d_]{4}[.?!]|[。？؟！])[\s:;.,'’·-]{0,4}$")  # and specks behind it


def signed_line(document: Document, signs: Sequence[int]) -> int | None:
    """The last line above a signature, None where none is seen.

    ``signs`` are lines that show persons. They, addresses or a table stand above it, none below.
    """
    first = max(signs, default=0)
    for number in range(len(document.lines) - 2, first, -1):
        if _has_room_below(document, number) and _ends_sentence(document, number):
            above = document.lines[:number]
            listed = signs or any(line.cell is not None or "@" in line.text for line in above)
            return number if listed and _is_signature(document, number + 1) else None
    return None


def _has_room_below(document: Document, number: int) -> bool:
    above, below = document.lines[number : number + 2]
    if above.page != below.page:
        return False
    usual = pitch(document, above.page)
    return 0 < ROOM * usual <= middle(below) - middle(above)


def _ends_sentence(document: Document, number: int) -> bool:
    """Running text: no cell, no address, more than the names of an office."""
    line = document.lines[number]
    if line.cell is not None or "@" in line.text or not _STOP.search(line.text):
        return False
    text = " ".join(above.text for above in document.lines[max(0, number - 1) : number + 1])
    return len(_SMALL.findall(text)) >= OWN_WORDS or len(_HAN.findall(text)) > OWN_WORDS


def _is_signature(document: Document, first: int) -> bool:
    """A few lines closed up, no list and nobody's address among them."""
    last = first
    while last + 1 < len(document.lines) and not _has_room_below(document, last):
        if document.lines[last + 1].page != document.lines[first].page:
            break
        if document.terms_of(last + 1, "addressee"):
            break
        last += 1
        if last - first >= LINES:
            return False
    lines = document.lines[first : last + 1]
    return not any("@" in line.text or line.text.rstrip().endswith((":", "：")) for line in lines)
