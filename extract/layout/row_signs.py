"""Words that tell where somebody's row begins: forms of address, numbers, addresses; and roles.

The closing formula tells that none does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold
from extract.language.terms import HONORIFICS
from extract.layout.rows import begins_person, begins_with, is_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

LONGEST_NUMBER = 4  # digits that are no number of a row
ROLES = (
    *(f"roles.{role}" for role in ("head", "deputy_head", "alternate", "adviser", "observer")),
    *(f"role_headings.{role}" for role in ("head", "alternate", "member", "adviser", "observer")),
    "roles.representative",
)
_NUMBER = re.compile(r"[(]?(\d{1,3})[.)]")


def is_led(line: Sequence[Word]) -> bool:
    """A form of address; a letter alone ends an address (``k@gmail.co``, ``m``) or a name."""
    return begins_person(line) and sum(c.isalnum() for w in line for c in w.text) > 1


def is_titled(line: Sequence[Word]) -> bool:
    """A form of address, a rank or a degree."""
    return is_led(line) or begins_with(line, *HONORIFICS)


def is_counted(line: Sequence[Word]) -> bool:
    """The line begins with a number and its dot."""
    return _NUMBER.fullmatch(line[0].text) is not None


def begins_row(line: Sequence[Word], above: Sequence[Word] | None) -> bool:
    """A form of address or a number; ``#2 Mr`` is both.

    ``His Excellency`` and below it ``Mr. X`` are one.
    """
    if above and is_phrase(above, *HONORIFICS):
        return False
    counted = number_of(line[0]) is not None
    return is_led(line) or is_counted(line) or (counted and len(line) > 1 and is_led(line[1:]))


def has_mail(line: Sequence[Word]) -> bool:
    """An address begins or goes on in the line."""
    return any("@" in w.text for w in line)


def is_number(word: Word) -> bool:
    """``1.``, ``(2)``: the number of an item."""
    return _NUMBER.match(word.text) is not None


def number_of(word: Word) -> int | None:
    """The number a row begins with: ``1.``, ``2``, or its dot and a speck: ``2:``; none is 0.

    ``0.`` below ``Nr`` is the end of that.
    """
    told = word.text.strip("().:#№")
    return int(told) or None if told.isdecimal() and len(told) < LONGEST_NUMBER else None


def closes(line: Sequence[Word]) -> bool:
    """The line begins with words of the closing formula: ``顺致崇高的敬意。`` ends a table."""
    return "".join(fold(w.text) for w in line).startswith(_closing())


@cache
def _closing() -> tuple[str, ...]:
    return tuple("".join(fold(p).split()) for p in terms.phrases("closing"))
