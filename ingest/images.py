"""Which pictures are logos of a signature and which are pages, told from their size in pixels."""

from __future__ import annotations

import re
import struct
from typing import Final

TYPES: Final = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp")
"""What mail programs put into a signature."""

PAGE_PIXELS: Final = 700
"""A page scanned at 75 dpi, the least anybody could read, is wider than this."""

MOST_PIXELS: Final = 100_000
"""No picture is wider or higher than this; a header that says so is damaged."""

MOST_LOGO_BYTES: Final = 200_000
UNKNOWN_LOGO_BYTES: Final = 30_000
"""A picture of unknown size that is shown in the text, or comes with an automatic reply."""

TINY_BYTES: Final = 3000

_JPEG_FRAME: Final = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]", re.DOTALL)


def is_logo(data: bytes, media_type: str, *, inline: bool) -> bool:
    """Whether a picture is too small for a page.

    Args:
        data: the picture.
        media_type: told from the bytes.
        inline: the text shows it (it has a Content-ID and is not sent as an attachment).
    """
    if media_type not in TYPES:
        return False
    size = pixels(data)
    if size is not None and min(size) >= PAGE_PIXELS:
        return False
    if len(data) <= TINY_BYTES:
        return True
    most = UNKNOWN_LOGO_BYTES if size is None else MOST_LOGO_BYTES
    return inline and len(data) <= most


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
        else:
            return None
    except struct.error:
        return None
    width, height = abs(width), abs(height)
    return (width, height) if max(width, height) <= MOST_PIXELS else None


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
