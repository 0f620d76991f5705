"""Labels that wrap beside their value are put together again.

``Position`` | ``Deputy Head of the Main`` and below it ``held:`` | ``Directorate`` become one line:
``Position held:`` | ``Deputy Head of the Main Directorate``.
"""

from __future__ import annotations

from functools import cache

from extract import terms
from extract.layout import TextLine
from extract.normalise import fold

MAX_LABEL_WORDS = 4
_LABELS = ("labels_email", "labels_phone", "family_name_headers", "given_name_headers")


def rejoined(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The lines, each label that goes on below itself joined with its values."""
    result: list[TextLine] = []
    at = 0
    while at < len(lines):
        joined = _joined(lines[at], lines[at + 1]) if at + 1 < len(lines) else None
        result.append(joined or lines[at])
        at += 2 if joined else 1
    return tuple(result)


def _joined(above: TextLine, below: TextLine) -> TextLine | None:
    first, last = _label_size(above), _label_size(below)
    if not first or not last or above.cell or below.cell or above.page != below.page:
        return None
    if first == len(above.words):
        return None
    label = [*above.words[:first], *below.words[:last]]
    if not label[-1].text.endswith((":", "：")) or any(
        w.text.endswith((":", "：")) for w in label[:-1]
    ):
        return None
    if fold(" ".join(w.text for w in label)).rstrip(" :") not in _known():
        return None
    words = (*label, *above.words[first:], *below.words[last:])
    return TextLine(above.page, words, None, tuple(dict.fromkeys((*above.second, *below.second))))


def _label_size(line: TextLine) -> int:
    """How many words stand before the first wide gap; all of them without one; 0 if too many."""
    size = len(line.text.split("\t", 1)[0].split())
    return size if size <= MAX_LABEL_WORDS else 0


@cache
def _known() -> frozenset[str]:
    return frozenset(
        fold(text)
        for label, items in terms.labels().items()
        if label.startswith("table_headers.") or label in _LABELS
        for text, _ in items
    )
