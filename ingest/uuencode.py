"""Files written into the text itself with uuencode (POSIX), by old gateways and scanners."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

from ingest.containers import Inner

DAMAGED: Final = "damaged_uuencode"

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)
_END: Final = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
_LINE: Final = re.compile(rb"[ -`]{1,90}")


def files(text: bytes) -> Iterator[Inner]:
    """The files in a text; one without its end, or with a line that is none, is damaged."""
    at = 0
    while begin := _BEGIN.search(text, at):
        end = _END.search(text, begin.end())
        stop = end.start() if end else len(text)
        data, whole = _decoded(text[begin.end() : stop])
        at = end.end() if end else len(text)
        if data:  # else somebody wrote "begin 100 copies" at the start of a line
            name = begin[1].decode("utf-8", "replace").strip()
            yield Inner(name, data, problem=None if whole and end else DAMAGED)
        elif end is None:
            at = begin.end()


def _decoded(lines: bytes) -> tuple[bytes, bool]:
    """The bytes of the lines that are uuencoded, and whether all were."""
    parts: list[bytes] = []
    for line in lines.splitlines():
        if not line:
            continue
        if not _LINE.fullmatch(line):
            return b"".join(parts), False
        try:
            parts.append(binascii.a2b_uu(line))
        except binascii.Error:  # encoders that pad too much, or lose blanks at the end
            length = (line[0] - 32) & 63
            padded = line[: (length * 4 + 2) // 3 + 1].ljust((length * 4 + 2) // 3 + 1)
            try:
                parts.append(binascii.a2b_uu(padded))
            except binascii.Error:
                return b"".join(parts), False
    return b"".join(parts), True
