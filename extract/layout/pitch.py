"""How far a page's lines are apart, middle to middle."""

from __future__ import annotations

import statistics
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine

FEWEST_STEPS = 4  # between lines of a page that show its usual distance


def middle(line: TextLine) -> float:
    """Height of a line's middle on its page, pixels from the top."""
    return line.box.center[1]


def pitch(document: Document, page: int) -> float:
    """Median distance of a page's lines, middle to middle, in pixels; 0 where too few show it."""
    lines = [line for line in document.lines if line.page == page]
    steps = [middle(b) - middle(a) for a, b in pairwise(lines)]
    return statistics.median(steps) if len(steps) >= FEWEST_STEPS else 0.0
