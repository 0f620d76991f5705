"""What is said once behind several persons: ``Mr. A and Ms. B, both Prosecutors of the ...``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.draft import Draft
    from extract.layout.text_run import Span, TextRun


def said_of_all(drafts: Sequence[Draft]) -> list[Draft]:
    """The persons of one entry, each with what "both" or "all three" at its end say of them.

    A post goes back to the persons before who have none, an office to those without one.
    """
    result = list(drafts)
    if len(result) < 2:
        return result
    last = result[-1]
    for field in ("title", "organization"):
        spans: tuple[Span, ...] = getattr(last, field)
        bare = [_without_all(last.run, span) for span in spans]
        if not any(bare):
            continue
        value = tuple(new or old for new, old in zip(bare, spans, strict=True))
        shared = tuple(new for new in bare if new)
        result[-1] = last = replace(last, **{field: value})
        for at in range(len(result) - 2, -1, -1):
            if getattr(result[at], field):
                break
            result[at] = replace(result[at], **{field: shared})
    return result


def _without_all(run: TextRun, span: Span) -> Span | None:
    """What stands behind ``tous trois du`` at the beginning of a value."""
    start, end = span
    ends = [t.end for t in run.terms_in(start, end, "said_of_all") if t.start == start]
    if not ends:
        return None
    begin = run.trimmed(max(ends), end)[0]
    for label in ("of_words", "articles"):
        joins = [t.end for t in run.terms_in(begin, end, label) if t.start == begin]
        begin = run.trimmed(max(joins, default=begin), end)[0]
    return (begin, end) if begin < end else None
