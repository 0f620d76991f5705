"""Where running text begins below a letterhead, where no word is known that opens a body.

``The Bureau sends two of its officers:``: a letterhead has no sentence, and no line of it ends
with a stop or a colon behind words in small letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language.dates import find_dates
from extract.layout.closing import is_full

if TYPE_CHECKING:
    from extract.layout.document import Document

LINES = 16  # lines from the top of the first page in which a body begins
LONGEST = 6  # lines of a sentence
OWN_WORDS = 4  # words in small letters, or without any, of a sentence
HAN = 7  # the same of Chinese characters
_SMALL = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZÀ-ÞА-ЯЁ\u3400-\u9fff][^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_STOP = re.compile(r"(?:\w{4}[.]|\w\s?[:：。])\s*$")


def first_sentence(document: Document) -> int | None:
    """The first line of the first sentence on the first page, None where none is seen."""
    for number, line in enumerate(document.lines[:LINES]):
        if line.page != document.lines[0].page or line.cell is not None:
            break
        if _STOP.search(line.text):
            first = _begin(document, number)
            text = " ".join(x.text for x in document.lines[first : number + 1])
            if len(_SMALL.findall(text)) >= OWN_WORDS or len(_HAN.findall(text)) >= HAN:
                return first
    return None


def _begin(document: Document, number: int) -> int:
    """Up over lines on which the next one's first word had no room.

    A line with a date at its right edge is full, and a letterhead's.
    """
    first = number
    while first and number - first < LONGEST:
        text = document.lines[first - 1].text
        of_head = not _SMALL.search(text) and not _HAN.search(text)
        of_head = of_head or ("\t" in text and bool(find_dates(text)))
        if of_head or _STOP.search(text) or not is_full(document, first - 1):
            break
        first -= 1
    return first
