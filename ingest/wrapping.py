"""Messages saved in another wrapping: as UTF-16, or packed with gzip."""

from __future__ import annotations

from typing import Final

from ingest.archives import Unpacked, gunzipped
from ingest.limits import ParseLimits

_GZIP: Final = b"\x1f\x8b\x08"
_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LOOKED_AT: Final = 64  # bytes; none of UTF-8 has a zero at every second place of so many


def unwrapped(data: bytes, limits: ParseLimits, unpacked: Unpacked) -> bytes:
    """The message as it was sent; what is wrapped in nothing comes back as it is.

    Args:
        data: the message.
        limits: of what comes out, see ``gunzipped``; a bomb comes back packed.
        unpacked: counts on.
    """
    if data.startswith(_GZIP):
        data = gunzipped(data, limits, unpacked)[0] or data
    coding = _utf16(data)
    if coding is None:
        return data
    # what was more than a byte before, a name in a header perhaps, is UTF-8 now
    return data.decode(coding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def _utf16(data: bytes) -> str | None:
    for mark, coding in _MARKS:
        if data.startswith(mark):
            return coding
    head = data[:_LOOKED_AT]
    if len(head) == _LOOKED_AT and head.isascii():  # every second byte of English is zero
        for first, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if not head[first::2].strip(b"\0") and b"\0" not in head[1 - first :: 2]:
                return coding
    return None
