"""Pages and places that were not, or hardly, read: anybody may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.types import Doubt
from ocr.types import OVERWRITTEN

if TYPE_CHECKING:
    from extract.checks.context import Context
    from ocr.types import Box, Page

PAGE_DOUBTS = ("damaged_image", "low_resolution")
"""Reasons of pages that make everything read from them doubtful."""


def doubt_unread(context: Context) -> Context:
    """The note, doubted for the first page of each kind that was not read as it should."""
    pages = context.pages
    failed = [p for p in pages if p.outcome == "failed"]
    covered = _covered(context)
    partly = [
        page
        for page in pages
        if page.number in covered or any(_may_name(context, page, box) for box in page.unread)
    ]
    found = [("page_unread", failed), ("unread_print", partly)]
    found += [(code, [p for p in pages if p.reason == code]) for code in PAGE_DOUBTS]
    return context.doubting(
        *(Doubt(code, detail=f"page {bad[0].number}") for code, bad in found if bad)
    )


def _may_name(context: Context, page: Page, box: Box) -> bool:
    """Anybody may stand there: not above the opening formula, nor below the closing one.

    There a letterhead stands, and a hand and a seal that no reader makes out.
    """
    lines, zones = context.document.lines, context.zones
    middle = box.center[1]
    on_page = [n for n, line in enumerate(lines) if line.page == page.number]
    body = [lines[n].box for n in on_page if zones.of_line[n] == "body"]
    opens = zones.opening if zones.opening in on_page else None
    closes = zones.closing if zones.closing in on_page else None
    if opens is not None and middle < lines[opens].box.top:
        return False
    below = closes is not None and middle > lines[closes].box.top
    return not (below and all(line.bottom < middle for line in body))


def _covered(context: Context) -> frozenset[int]:
    """Numbers of the pages where other ink lies across the list: names under it are no words."""
    lines = context.document.lines
    return frozenset(
        lines[n].page
        for n in context.zones.body()
        if any(w.confidence == OVERWRITTEN for w in lines[n].words)
    )
