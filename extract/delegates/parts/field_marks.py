"""Marks of the fields of one entry: ``a) Director``, below it ``b) Ministry of Works``.

Nothing is a mark by itself (``г. Минск``, ``a priori``): lines that count on from the first are
marked, whatever sign stands behind the count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun

LEAST = 2  # marks that count on
ORDERS = (
    tuple("abcdefghi"),
    tuple("абвгдежзи"),
    tuple("أبجدهوزح"),
    tuple("ابجدهوزح"),
    tuple("أبتثجحخد"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"),
    tuple(str(n) for n in range(1, 10)),
)
"""What counts fields, each from its first."""
_MARK = re.compile(
    r"(?<=\n)[ \t]*(?P<said>\(?(?:\d{1,2}\.){0,2})(?P<count>\d|[ivx]{1,4}|[^\W\d_])"
    r"(?P<after>[.)]{0,2})[ \t]+(?=\S)",
    re.IGNORECASE,
)
_IN_SENTENCE = re.compile(
    r"(?<![^\s:：;；,，])[(（]?(?P<count>\d{1,2}|[ivx]{1,4}|[^\W\d_])[)）][ \t\n]*(?=[^\W\d_])",
    re.IGNORECASE,
)


def field_marks(run: TextRun, start: int, end: int) -> dict[int, int]:
    """Line ends behind which a field's mark stands → where what it marks begins."""
    found: dict[tuple[str, str], list[re.Match[str]]] = {}
    for match in _MARK.finditer(run.text, start, end):
        if match["said"] or match["after"]:
            found.setdefault((match["said"], match["after"]), []).append(match)
    return {
        match.start() - 1: match.end()
        for marks in found.values()
        if len(marks) >= LEAST and _count_on([m["count"].lower() for m in marks])
        for match in marks
    }


def counted_in_sentence(run: TextRun) -> list[int]:
    """Where what is counted in a sentence begins: ``will be (a) X, ...; (b) Y, ...``."""
    marks = list(_IN_SENTENCE.finditer(run.text))
    counts = [m["count"].lower() for m in marks]
    return [m.end() for m in marks] if len(marks) >= LEAST and _count_on(counts) else []


def _count_on(counts: list[str]) -> bool:
    return any(counts == list(order[: len(counts)]) for order in ORDERS)
