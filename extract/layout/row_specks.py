"""Which words of a row count when white space is looked for: specks and rules are none.

Works on word boxes alone, in pixels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.layout.column_headers import is_under
from extract.layout.white import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ocr.types import Word

_SIGNS = ("&", "/", "-", "–", "—", "+", "·", "•", "،", ",")
_OPENING = ("<", "(", "[", "‹", "〈")  # what an address may stand in, alone on the line above it
_COUNTRY_CODE = re.compile(r"[(]?\+\d{1,3}\b")


def without_specks(
    row: tuple[Word, ...], above: tuple[Word, ...], below: tuple[Word, ...]
) -> tuple[Word, ...]:
    """The words, signs as close to one as text is, and a sign that broke with its address."""
    return tuple(
        word
        for at, word in enumerate(row)
        if _counts(word)
        or (word.text in _SIGNS and any(_near(word, o) for o in row[max(0, at - 1) : at + 2]))
        or (word.text == "-" and is_under(word, above) and _has_address((*above, *below)))
        or (word.text in _OPENING and _has_address(w for w in below if is_under(w, (word,))))
    )


def _has_address(words: Iterable[Word]) -> bool:
    return any("@" in word.text for word in words)


def _near(sign: Word, word: Word) -> bool:
    white = max(sign.box.left, word.box.left) - min(sign.box.right, word.box.right)
    return _counts(word) and white < WIDE * max(word.box.height, 1)


def _counts(word: Word) -> bool:
    """Specks and rules are no words; a colon that stands alone fills the gap to its value.

    A lone ``@`` is of an address; ``m=`` is a square, ``+7`` the code of a country.
    """
    signs = sum(c in "=+*" for c in word.text)
    told = word.text in (":", "：", "@") or bool(_COUNTRY_CODE.match(word.text))
    return told or sum(c.isalnum() for c in word.text) > signs
