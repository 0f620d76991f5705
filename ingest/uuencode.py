"""Files written into the text itself with uuencode (POSIX), by old gateways and scanners."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

from ingest.containers import Inner

DAMAGED: Final = "damaged_uuencode"

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)
_LINE: Final = re.compile(rb"([ -`]{0,90})\r?(?:\n|\Z)")
_LAST: Final = (b"end", b"END")


def files(text: bytes) -> Iterator[Inner]:
    """The files in a text; one without its end, or with a line that is none, is damaged."""
    at = 0
    while begin := _BEGIN.search(text, at):
        data, whole, at = _decoded(text, begin.end())
        if data:  # else somebody wrote "begin 100 copies" at the start of a line
            name = begin[1].decode("utf-8", "replace").strip()
            yield Inner(name, data, marks=() if whole else (DAMAGED,))


def _decoded(text: bytes, at: int) -> tuple[bytes, bool, int]:
    """The bytes of the lines from ``at`` on, whether they have an end, and where that is."""
    parts: list[bytes] = []
    while at < len(text) and text[at : at + 3] not in _LAST:
        line = _LINE.match(text, at)
        if line is None:
            return b"".join(parts), False, at
        if line[1]:
            decoded = _line(line[1])
            if decoded is None:
                return b"".join(parts), False, at
            parts.append(decoded)
        at = line.end()
    return b"".join(parts), at < len(text), at


def _line(line: bytes) -> bytes | None:
    """One line; encoders pad too much, and blanks are lost at the end of lines."""
    length = (line[0] - 32) & 63
    signs = (length * 4 + 2) // 3 + 1
    for attempt in (line, line[:signs].ljust(signs)):
        try:
            return binascii.a2b_uu(attempt)
        except binascii.Error:
            continue
    return None
