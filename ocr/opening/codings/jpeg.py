"""Bytes of a JPEG mended before it is decoded: a height told late, an end that is missing.

Pure functions on the markers of ITU-T T.81 annex B; nothing is decoded here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

# Markers (table B.1): start and end of the image, start of a scan, a DNL segment.
_SOI, _EOI, _SOS, _DNL = b"\xff\xd8", b"\xff\xd9", 0xDA, b"\xff\xdc\x00\x04"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15; between them DHT, JPG and DAC have their codes (table B.1)."""

_USUAL, _USUAL_BITS = frozenset({0xC0, 0xC1, 0xC2}), 8  # see ``Frame.is_usual``

_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length: TEM, RST0 to RST7."""

_MOST_SEGMENTS = 2000
"""Markers looked at before the first scan; cameras write some fifty. Chosen, not measured."""

_HEIGHT_AT = 5
"""Bytes from the frame's marker to its number of lines: marker, length, precision."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame header: where it and the first scan begin, its marker, bits and size."""

    at: int
    scan: int
    code: int
    bits: int
    height: int
    width: int

    @property
    def is_usual(self) -> bool:
        """Baseline, extended or progressive, Huffman coded, of 8 bits: what is seen in practice."""
        return self.code in _USUAL and self.bits == _USUAL_BITS


def frame(data: bytes) -> Frame | None:
    """The frame of a JPEG with its first scan; None where there is none to be found."""
    if not data.startswith(_SOI):
        return None
    at, found = 2, None
    for _ in range(_MOST_SEGMENTS):
        at = data.find(b"\xff", at)
        if at < 0 or at + 4 > len(data):
            return None
        code = data[at + 1]
        if code in _ALONE or code in (0x00, 0xFF):
            at += 1 if code == 0xFF else 2
            continue
        if code in _FRAMES and found is None and at + _HEIGHT_AT + 4 <= len(data):
            found = at
        if code == _SOS:
            if found is None:
                return None
            bits, height, width = struct.unpack_from(">BHH", data, found + _HEIGHT_AT - 1)
            return Frame(found, at, data[found + 1], bits, height, width)
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + max(2, length)
    return None


def with_height(data: bytes, height: int = 0) -> bytes:
    """The same picture with its number of lines in the frame header.

    A scanner that does not know how long the sheet is writes 0 there and tells the number in a
    DNL segment after the first scan (T.81 B.2.5). libjpeg refuses such files.

    Args:
        data: a JPEG; whatever is none comes back unchanged.
        height: lines to assume where no DNL segment tells them, 0 for unknown.
    """
    found = frame(data)
    if found is None or found.height:
        return data
    # in a scan 0xFF is followed by 0 or by a restart marker, so this is the segment itself
    at = data.find(_DNL, found.scan)
    if 0 <= at <= len(data) - 6:
        (told,) = struct.unpack_from(">H", data, at + 4)
        height = told or height
    if not 0 < height <= 0xFFFF:
        return data
    start = found.at + _HEIGHT_AT
    return data[:start] + struct.pack(">H", height) + data[start + 2 :]


def with_end(data: bytes) -> bytes:
    """The same picture with the marker that ends it, where it was cut short.

    Decoders then give what there is, and fill the rest with the last grey.
    """
    found = frame(data)
    if found is None or data.find(_EOI, found.scan) >= 0:
        return data
    return data.removesuffix(b"\xff") + _EOI


def mended(data: bytes, height: int = 0) -> bytes:
    """The picture as decoders take it, see ``with_height`` and ``with_end``."""
    return with_end(with_height(data, height))
