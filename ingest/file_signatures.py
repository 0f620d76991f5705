"""How the files begin that may be a scan, or hold one: as they are, and as mail writes them.

Used by what looks for files outside of parts (``ingest.carving``) and by the net under the walk
(``ingest.leftover``). Longer than ``ingest.magic`` needs, since here they are looked for anywhere.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

from ingest import magic

RAW: Final = (
    b"%PDF-",
    b"II*\x00",
    b"MM\x00*",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"GIF87a",
    b"GIF89a",
    b"ftypheic",
    b"ftypheix",
    b"ftypmif1",
    b"ftypavif",
    b"WEBPVP8",
    b"jP  \r\n\x87\n",
)
_BEFORE: Final = {b"ftyp": 4, b"WEBP": 8, b"jP  ": 4}
"""Bytes of the file before the sign that tells it."""

BASE64: Final = (
    b"JVBERi0",
    b"SUkqA",
    b"TU0AK",
    b"/9j/2",
    b"/9j/4",
    b"/9j/7",
    b"iVBORw0KGgo",
    b"UEsDB",
    b"R0lGODdh",
    b"R0lGODlh",
    b"Z0eXBoZWlj",
    b"Z0eXBoZWl4",
    b"Z0eXBtaWYx",
    b"Z0eXBhdmlm",
    b"UklGR",
    b"AAAADGpQICAN",
    b"SlZCRVJpM",  # a PDF, twice
)
_BEFORE_IN_BASE64: Final = {b"Z0eX": 6}

QUOTED: Final = re.compile(rb"=FF=D8=FF|=89PNG=0D=0A|II\*=00|MM=00\*|PK=03=04", re.IGNORECASE)
"""Binary signs in quoted-printable; that of a PDF is the same as in raw bytes."""

_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")

_SIGN: Final = 48
"""Bytes by which a file is known again."""

_PDF_HEAD: Final = 8192
"""Bytes within which a PDF has its first object (ISO 32000-1 section 7.3.10)."""

_LONGEST: Final = 8
"""Bytes of a sign, which may hold control signs itself."""

_OBJECT: Final = re.compile(rb"\d[ \r\n\t]{1,9}obj")
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_READABLE: Final = ("image/", magic.PDF, magic.ZIP)


def places(data: bytes, signs: tuple[bytes, ...]) -> Iterator[int]:
    """Offsets at which a file may begin, in order; each sign is one fast pass over the bytes."""
    before = _BEFORE_IN_BASE64 if signs is BASE64 else _BEFORE
    found: list[int] = []
    for sign in signs:
        back = before.get(sign[:4], 0)
        at = data.find(sign)
        while at >= 0:
            if at >= back:
                found.append(at - back)
            at = data.find(sign, at + len(sign))
    return iter(sorted(found))


def raw_places(data: bytes) -> Iterator[int]:
    """Offsets at which a file may begin as raw bytes; where a text names its sign, none does."""
    for at in places(data, RAW):
        if data.startswith(b"%PDF-", at):
            if _OBJECT.search(data, at, at + _PDF_HEAD):
                yield at
        elif _BINARY.search(data, at + _LONGEST, at + _SIGN):
            yield at


def head(text: bytes) -> bytes:
    """The first bytes of what base64 text is, at most ``_SIGN``; empty if it is too short."""
    packed = text[: 2 * _SIGN].translate(_URL_SAFE, b" \t\r\n")[: _SIGN * 4 // 3]
    try:
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    except binascii.Error:
        return b""


def is_scan(data: bytes) -> bool:
    """Whether bytes begin a file that is a scan or an archive."""
    return magic.media_type(data).startswith(_READABLE)
