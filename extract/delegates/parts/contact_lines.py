"""Lines that begin with a label of an address or a number, and hold it: nothing else is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

# what stands behind the label: "x@y", "+7 63 101", "(14) 034"
_VALUE = re.compile(r"[\s:：.]{0,4}(?:\S{1,64}@|[+(]{0,2}\d)")


def begins_contact(run: TextRun, start: int, end: int) -> bool:
    """``E-mail: x@y``, ``Tel. +7 63 101``; not ``Office of the President``."""
    labels = run.terms_in(start, end, *terms.REACH_LABELS)
    return any(t.start == start and _VALUE.match(run.text, t.end, end) for t in labels)


def contact_lines(run: TextRun, span: Span) -> Span | None:
    """The lines at the end of a span that only say how to reach somebody, None without any.

    The first begins with a label; those below do, too, or are the rest of an address or a number.
    """
    start, end = span
    begins = [start, *(n + 1 for n in range(start, end) if run.text[n] == "\n")]
    ends = [*(n - 1 for n in begins[1:]), end]
    lines = list(zip(begins, ends, strict=True))
    first = next((n for n, line in enumerate(lines) if begins_contact(run, *line)), None)
    if first is None:
        return None
    rests = all(begins_contact(run, *x) or _is_rest(run.text[slice(*x)]) for x in lines[first:])
    return (lines[first][0], end) if rests else None


def _is_rest(text: str) -> bool:
    """One word, or figures."""
    return len(text.split()) == 1 or not any(map(str.isalpha, text))
