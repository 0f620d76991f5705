"""How much of one message we are willing to look at; the world may write to that mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WALL_PER_CPU: Final = 15.0
"""Seconds by the wall clock for each of processor time, at most: limits count the work, and the
clock only ends what sleeps or hangs. An ordinary page needs a tenth of its processor time, so it
ends in time even where it gets a hundredth of a core."""


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Bounds for parsing one message. Sizes in MB are of 1,000,000 bytes.

    Attributes:
        max_message_mb: raw size of the message.
        max_header_kb: one block of header fields, of the message or of a part (1,000 bytes).
        max_parts: MIME parts looked at, those in nested messages and archives included.
        max_depth: multiparts, messages and archives within each other.
        max_zip_members: entries of one zip archive.
        max_zip_depth: zip archives within each other.
        max_unpacked_mb: all that comes out of the archives of one message, counted while
            unpacking.
        max_zip_ratio: unpacked to packed size of one member over 1 MB.
    """

    max_message_mb: int = 100
    max_header_kb: int = 1000
    max_parts: int = 500
    max_depth: int = 20
    max_zip_members: int = 200
    max_zip_depth: int = 2
    max_unpacked_mb: int = 200
    max_zip_ratio: int = 500


DEFAULT_LIMITS = ParseLimits()
