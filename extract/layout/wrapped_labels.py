"""Labels that wrap beside their value are put together again.

``Position`` | ``Deputy Head of the Main`` and below it ``held:`` | ``Directorate`` become one line:
``Position held:`` | ``Deputy Head of the Main Directorate``. The reader may also give both lines
of the label first and the value beside them on a line of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold
from extract.layout.lines import TextLine

if TYPE_CHECKING:
    from ocr.types import Word

MAX_LABEL_WORDS = 4  # words of one line of a label
_LABELS = (
    "labels_email",
    "labels_phone",
    "family_name_headers",
    "given_name_headers",
    "middle_name_headers",
)


def rejoin_labels(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The lines, each label that goes on below itself joined with its values."""
    result: list[TextLine] = []
    at = 0
    while at < len(lines):
        joined = _beside(lines[at : at + 3])
        size = 3
        if joined is None and at + 1 < len(lines):
            joined, size = _joined(lines[at], lines[at + 1]), 2
        result.append(joined or lines[at])
        at += size if joined else 1
    return tuple(result)


def _beside(lines: tuple[TextLine, ...]) -> TextLine | None:
    """Two lines of a label and a value beside them, in whatever order."""
    if len(lines) < 3 or any(x.cell or x.page != lines[0].page for x in lines):
        return None
    for value in lines[1:]:
        label = [x for x in lines if x is not value]
        words = [*label[0].words, *label[1].words]
        apart = all(value.box.left >= x.box.right or value.box.right <= x.box.left for x in label)
        within = label[0].box.top < value.box.center[1] < label[1].box.bottom
        if apart and within and _is_label(words):
            return TextLine(
                value.page,
                (*words, *value.words),
                None,
                tuple(dict.fromkeys(r for x in lines for r in x.second)),
            )
    return None


def _is_label(words: list[Word]) -> bool:
    """The words are one label, its colon at the end."""
    if len(words) > 2 * MAX_LABEL_WORDS or not words[-1].text.endswith((":", "：")):
        return False
    if any(w.text.endswith((":", "：")) for w in words[:-1]):
        return False
    return fold(" ".join(w.text for w in words)).rstrip(" :") in _known()


def _joined(above: TextLine, below: TextLine) -> TextLine | None:
    first, last = _label_size(above), _label_size(below)
    if not first or not last or above.cell or below.cell or above.page != below.page:
        return None
    if first == len(above.words):
        return None
    label = [*above.words[:first], *below.words[:last]]
    if not _is_label(label):
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
