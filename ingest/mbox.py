"""Finding the messages of an mbox without loading it.

There is no one mbox format (RFC 4155 appendix A): some writers quote lines that begin with
``From ``, some do not. A message therefore begins only where a ``From `` line stands at the
start of the file or after an empty line, has a time or nothing in it, and is followed by a header
field. The bytes between are delivered as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

MAX_LINE: Final = 1 << 20
"""Bytes read at once for one line; the rest of a longer one counts as the next line."""

_FROM: Final = re.compile(rb"\AFrom (?:-?\s*\Z|.{0,300}?\d{1,2}:\d{2})")
_FIELD: Final = re.compile(rb"\A(?:[!-9;-~]{1,76}[ \t]*:|>From )")


class Span(NamedTuple):
    """Where a message lies in the file: offsets in bytes, ``end`` exclusive."""

    start: int
    end: int


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is an mbox."""
    first, newline, rest = head.partition(b"\n")
    return bool(newline) and first.startswith(b"From ") and bool(_FIELD.match(rest))


def spans(file: BinaryIO) -> Iterator[Span]:
    """The places of the messages, in order; memory does not grow with the file.

    Args:
        file: opened at its start.
    """
    started: int | None = None
    offset = 0
    candidate: tuple[int, int] | None = None  # (end of the message before, start of this one)
    after_blank = True
    blank_at = 0
    while line := file.readline(MAX_LINE):
        if candidate is not None:
            if _FIELD.match(line):
                if started is not None:
                    yield Span(started, candidate[0])
                started = candidate[1]
            candidate = None
        if after_blank and _begins(line, first=offset == 0):
            candidate = (blank_at, offset + len(line))
        after_blank = line in (b"\n", b"\r\n")
        blank_at = offset if after_blank else offset + len(line)
        offset += len(line)
    if started is not None:
        # the empty line behind the last message belongs to the format, as the ones between do
        yield Span(started, blank_at if after_blank else offset)


def _begins(line: bytes, *, first: bool) -> bool:
    return line.startswith(b"From ") and (first or bool(_FROM.match(line)))
