"""Which pictures are logos of a signature, told from their size in pixels.

A logo is what could be no page whatever it shows; all else is kept, and ``ocr`` judges it.
"""

from __future__ import annotations

import re
import struct
from typing import Final

TYPES: Final = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp")
"""What mail programs put into a signature."""

LEAST_SIDE: Final = 200
"""Pixels of the shorter side of a page, or of a strip of one: ten lines of the least letters."""

LEAST_AREA: Final = 200_000
"""Pixels of a page in all: A4 at 45 dpi, where letters of 10 points are 6 pixels high."""

MOST_LOGO_BYTES: Final = 100_000
"""A picture with more in it is looked at whatever its size in pixels."""

TINY_BYTES: Final = 3000
"""Below this a small picture is a logo even if it is sent as an attachment."""

_JPEG_FRAME: Final = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]", re.DOTALL)


def is_logo(data: bytes, media_type: str, *, inline: bool) -> bool:
    """Whether a picture is too small for a page; one of unknown size is not.

    Args:
        data: the picture.
        media_type: told from the bytes.
        inline: the text shows it (it has a Content-ID and is not sent as an attachment).
    """
    if media_type not in TYPES:
        return False
    size = pixels(data)
    if size is None or (min(size) >= LEAST_SIDE and size[0] * size[1] >= LEAST_AREA):
        return False
    return len(data) <= (MOST_LOGO_BYTES if inline else TINY_BYTES)


def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height as the file's header says; None when it does not."""
    try:
        if data.startswith(b"\x89PNG"):
            width, height = struct.unpack_from(">II", data, 16)
        elif data.startswith(b"GIF8"):
            width, height = struct.unpack_from("<HH", data, 6)
        elif data.startswith(b"BM"):
            width, height = struct.unpack_from("<ii", data, 18)
        elif data.startswith(b"\xff\xd8"):
            height, width = _jpeg(data)
        elif data.startswith(b"RIFF"):
            width, height = _webp(data)
        else:
            return None
    except struct.error:
        return None
    # a JPEG of height 0 tells it later, in a DNL marker (ITU-T T.81 B.2.5)
    return (abs(width), abs(height)) if width and height else None


def _webp(data: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (RFC 9649 section 2)."""
    kind = data[12:16]
    if kind == b"VP8X":
        wide, high = data[24:27], data[27:30]
        return 1 + int.from_bytes(wide, "little"), 1 + int.from_bytes(high, "little")
    if kind == b"VP8L":
        (packed,) = struct.unpack_from("<I", data, 21)
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(data: bytes) -> tuple[int, int]:
    """Height and width from the frame header (ITU-T T.81 annex B.2.2)."""
    at = 2
    for _ in range(200):
        marker, length = struct.unpack_from(">2sH", data, at)
        if _JPEG_FRAME.fullmatch(marker):
            found: tuple[int, int] = struct.unpack_from(">HH", data, at + 5)
            return found
        at += 2 + length
    raise struct.error("no frame header")
