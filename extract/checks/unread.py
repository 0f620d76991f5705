"""Pages and places that were not, or hardly, read: anybody may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.types import Doubt
from ocr.types import OVERWRITTEN

if TYPE_CHECKING:
    from extract.checks.context import Context

PAGE_DOUBTS = ("damaged_image", "low_resolution")
"""Reasons of pages that make everything read from them doubtful."""


def doubt_unread(context: Context) -> Context:
    """The note, doubted for the first page of each kind that was not read as it should."""
    pages = context.pages
    failed = [p for p in pages if p.outcome == "failed"]
    covered = _covered(context)
    partly = [p for p in pages if p.unread or p.number in covered]
    found = [("page_unread", failed), ("unread_print", partly)]
    found += [(code, [p for p in pages if p.reason == code]) for code in PAGE_DOUBTS]
    return context.doubting(
        *(Doubt(code, detail=f"page {bad[0].number}") for code, bad in found if bad)
    )


def _covered(context: Context) -> frozenset[int]:
    """Numbers of the pages where other ink lies across the list: names under it are no words."""
    lines = context.document.lines
    return frozenset(
        lines[n].page
        for n in context.zones.body()
        if any(w.confidence == OVERWRITTEN for w in lines[n].words)
    )
