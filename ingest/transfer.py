"""Content-Transfer-Encoding undone (RFC 2045 section 6), and whether anything was lost in it.

The standard library stops silently at a ``=`` in mid-stream, and calls a stray blank at the end
of a line or a missing last ``=`` a defect, which is none: nothing is lost by it.
"""

from __future__ import annotations

import binascii
import re
import string
from email.message import Message
from typing import Final

from ingest import headers

DAMAGED: Final = "damaged_base64"

_BLANKS: Final = b" \t\r\n\v\f"
_ALPHABET: Final = string.ascii_letters.encode() + b"0123456789+/="
_FOREIGN: Final = bytes(sorted(set(range(256)) - set(_ALPHABET)))
_PADDING: Final = re.compile(rb"=+")


def coding(part: Message) -> str:
    """The part's encoding in lower case, without comments."""
    value = (headers.raw(part, "Content-Transfer-Encoding") or "").strip().lower()
    return re.split(r"[\s;(]", value, maxsplit=1)[0]


def undecoded(part: Message) -> object:
    """The payload as it stands: text, or the parts of a multipart.

    ``email`` looks up the declared charset even for this, and raises on some that are none.
    """
    try:
        return part.get_payload()
    except headers.ODD:
        del part["Content-Type"]
        return part.get_payload()


def content(part: Message) -> tuple[bytes, str | None]:
    """A leaf's bytes and ``damaged_base64`` when some of them are lost or doubtful."""
    source = undecoded(part)
    if coding(part) == "base64" and isinstance(source, str):
        return base64_decoded(source.encode("utf-8", "surrogateescape"))
    try:
        payload = part.get_payload(decode=True)
    except headers.ODD:
        return b"", "corrupt"
    return (payload if isinstance(payload, bytes) else b""), None


def base64_decoded(source: bytes) -> tuple[bytes, str | None]:
    """Base64 with everything that can be saved saved.

    Returns:
        The bytes, and ``damaged_base64`` if signs that are no base64 were left out, the stream
        ends within a byte, or goes on after its padding.
    """
    packed = source.translate(None, _BLANKS)
    clean = packed.translate(None, _FOREIGN)
    damaged = len(clean) != len(packed)
    runs = [run for run in _PADDING.split(clean) if run]
    damaged = damaged or len(runs) > 1
    decoded: list[bytes] = []
    for run in runs:
        if len(run) % 4 == 1:
            damaged = True
            run = run[:-1]  # six bits are no byte
        decoded.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)))
    return b"".join(decoded), DAMAGED if damaged else None
