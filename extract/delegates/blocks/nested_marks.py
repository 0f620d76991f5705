"""Marks that count in two steps, ``2.1.`` below ``2. Ministry of Justice``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.layout.document import Document

LEAST = 2  # lines that count so and show it
_NESTED = re.compile(r"(\d{1,2})\.(\d{1,2})[.)]?\s{1,4}(?=[^\W\d_])")


def nested_marks(document: Document, numbers: Iterable[int]) -> dict[int, int]:
    """Lengths of such marks by the line's number; none unless all of them count on from 1."""
    told = [(n, m) for n in numbers if (m := _NESTED.match(document.lines[n].text))]
    at = (0, 0)
    for _, mark in told:
        count = int(mark[1]), int(mark[2])
        if count != (at[0], at[1] + 1) and not (count[0] > at[0] and count[1] == 1):
            return {}
        at = count
    return {n: mark.end() for n, mark in told} if len(told) >= LEAST else {}
