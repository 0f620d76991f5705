"""Where the parts of a multipart begin and end (RFC 2046 section 5.1.1).

Real multiparts name one boundary and use another, lose the closing one, go on behind it, or use
that of the multipart around them. So a delimiter line is a delimiter wherever it stands, and
where none of the declared ones is found, the lines themselves tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ingest.header_repair import LINE_END

_SURE: Final = 8
"""A boundary of as many bytes is found behind text on its line, too: a line end was lost."""

_LONGEST_LINE: Final = 1000
"""RFC 5322 section 2.1.1."""

# RFC 2046 allows 70 bytes, and longer ones are met
_DECLARED: Final = re.compile(
    r"boundary(?:\*0?\*?)?\s*=\s*(?:\"(?P<quoted>[^\"\r\n]{1,900})\"?|(?P<bare>[^\r\n]{1,900}))",
    re.IGNORECASE,
)
_REST: Final = re.compile(rb"(?P<close>--)?[ \t]{0,200}(?:" + LINE_END + rb"|\Z)")
_WITH_HEADER: Final = re.compile(
    rb"(?:\A|[\r\n])--(?P<boundary>[^\r\n]{1,900}?)[ \t]*"
    + LINE_END
    + rb"(?:[ \t]{0,20}"
    + LINE_END
    + rb"){0,3}(?i:content-[a-z-]{3,40}[ \t]*:)"
)
_LINE: Final = re.compile(
    rb"(?:\A|[\r\n])--(?P<boundary>[^\s-][^\r\n]{0,69}|-+[^\s-][^\r\n]{0,60})(?=[\r\n]|\Z)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a multipart: offsets in the data.

    ``delimited``: it follows a delimiter, and so is a part; else what stands before the first
    delimiter or behind a closing one.
    """

    start: int
    end: int
    delimited: bool


def declared(content_type: str) -> tuple[bytes, ...]:
    """The boundaries that a Content-Type may mean, whatever its quoting."""
    found: dict[bytes, None] = {}
    for match in _DECLARED.finditer(content_type):
        if match["quoted"]:
            texts = [match["quoted"]]
        else:
            bare = match["bare"].strip().strip("'\"")
            texts = [bare, bare.split(";")[0], bare.split()[0] if bare.split() else ""]
        for text in texts:
            if text.strip():
                found[text.strip().encode("utf-8", "surrogateescape")] = None
    return tuple(found)


def guessed(data: bytes) -> tuple[bytes, ...]:
    """The boundary of the first delimiter line that a part's header follows."""
    found = _WITH_HEADER.search(data)
    return (found["boundary"],) if found else ()


def first_line(data: bytes) -> tuple[bytes, ...]:
    """The boundary that the first line tells that looks like a delimiter."""
    found = _LINE.search(data)
    return (found["boundary"].rstrip(),) if found else ()


def sections(data: bytes, start: int, end: int, boundaries: Iterable[bytes]) -> Iterator[Section]:
    """The parts of a multipart's body, and what stands around them; none without a delimiter."""
    marks = sorted(
        found for boundary in boundaries for found in _delimiters(data, start, end, boundary)
    )
    at, delimited = start, False
    for begin, after, closing in marks:
        if begin < at:
            continue  # the same line, by another reading of the boundary
        yield Section(at, max(at, begin - _line_end_before(data, begin)), delimited)
        at, delimited = after, not closing
    if marks:
        yield Section(at, end, delimited)


def _delimiters(
    data: bytes, start: int, end: int, boundary: bytes
) -> Iterator[tuple[int, int, bool]]:
    mark = b"--" + boundary
    at = data.find(mark, start, end)
    while at >= 0:
        rest = _REST.match(data, at + len(mark), end)
        if rest and (at == start or data[at - 1] in b"\r\n" or _sure(data, start, at, boundary)):
            yield at, rest.end(), rest["close"] is not None
        at = data.find(mark, at + len(mark), end)


def _sure(data: bytes, start: int, at: int, boundary: bytes) -> bool:
    """Whether a delimiter behind text on its line is one: no longer delimiter ends in it."""
    begin = max(start, at - _LONGEST_LINE)
    line = max(data.rfind(b"\n", begin, at), data.rfind(b"\r", begin, at), begin - 1)
    before = data[line + 1 : at]
    return len(boundary) >= _SURE and not before.lstrip().startswith(b"--")


def _line_end_before(data: bytes, at: int) -> int:
    """Bytes of the line end before ``at``, which belongs to the delimiter."""
    if data.endswith(b"\r\n", 0, at):
        return 2
    return 1 if data.endswith((b"\n", b"\r"), 0, at) else 0
