"""Reason codes in words a secretary understands."""

from __future__ import annotations

from store.reasons import REASONS

__all__ = ["REASONS", "in_words"]


def in_words(reason: str | None) -> str:
    """A reason code in words; an unknown one with its underscores opened."""
    if reason is None:
        return ""
    return REASONS.get(reason, reason.replace("_", " "))
