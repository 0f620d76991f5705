"""Pages that were not, or hardly, read: anybody may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context

PAGE_DOUBTS = ("damaged_image", "low_resolution")
"""Reasons of pages that make everything read from them doubtful."""


def doubt_unread(context: Context) -> Context:
    """The note, doubted for the first page of each kind that was not read as it should."""
    pages = context.pages
    failed = [p for p in pages if p.outcome == "failed"]
    partly = [p for p in pages if p.unread]
    found = [("page_unread", failed), ("unread_print", partly)]
    found += [(code, [p for p in pages if p.reason == code]) for code in PAGE_DOUBTS]
    return context.doubting(
        *(Doubt(code, detail=f"page {bad[0].number}") for code, bad in found if bad)
    )
