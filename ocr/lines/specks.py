"""Specks that a line reader took for dots over letters, or between words.

On worn copies RapidOCR reads ``Exeċutive·Director``. Its model knows all Latin letters, and nothing
that is more likely; the models of tesseract know a language's. A dot over a letter that the page
reader did not see is a speck: where a State's names have such letters, the State's own model sees
them, too (``third_reader``).
"""

from __future__ import annotations

import re
import unicodedata

_DOT_ABOVE = "\u0307"
_BETWEEN = re.compile(r"(?<=[A-Za-zÀ-ɏ]{2})·(?=[A-Za-zÀ-ɏ]{2})")
"""A dot in the middle of the line, between two words; ``l·l`` is Catalan."""


def without_specks(seen: str, read: str) -> str:
    """What the line reader saw, without dots that ``read``, the page reader's text, has not."""
    text = seen if "·" in read else _BETWEEN.sub(" ", seen)
    if text.isascii():
        return text
    return "".join(c if c in read else _plain(c) for c in unicodedata.normalize("NFC", text))


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if parts[1:] == _DOT_ABOVE else letter
