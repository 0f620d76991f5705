"""The header of a message or part, mended before ``email`` reads it.

``email`` ends a header at the first line it does not like (a space before the colon, no colon, a
bare CR, a letter outside ASCII in the name, ``>From``), and everything behind it is body text to
it: the ``Content-Type``, and with it the scan. So the end of the header is found here, on the raw
bytes, and what ``email`` is given are clean fields and nothing else.

The one idea: a line that is no field is passed over as long as fields of mail follow it.
Everything is bounded and linear: what is looked at ahead is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ingest.errors import MessageTooLarge

LINE_END: Final = rb"(?:\r{0,3}\n|\r)"
"""CRLF (RFC 5322 2.1), and what is met instead of it: LF, CR, CR CR LF."""

_LINE_END: Final = re.compile(LINE_END)
_FIELD: Final = re.compile(rb"(?P<name>[!-9;-~]{1,76})[ \t]*:(?P<value>.*)", re.DOTALL)
_FIELD_NAME: Final = re.compile(rb"^([!-9;-~]{1,76}):", re.MULTILINE)
_ODD_FIELD: Final = re.compile(rb"[!-9;-~\x80-\xff]{1,76}[ \t]*:[^\x00-\x08\x0e-\x1f]*\Z")
_PARAMETER: Final = re.compile(rb"[A-Za-z0-9*_-]{1,40}[ \t]*=")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]{40,}\Z")
_MARK: Final = b"\xef\xbb\xbf"

_AHEAD: Final = 8192
"""Bytes looked at behind an odd line."""

_MOST_ODD: Final = 100
"""Odd and empty lines within one header."""

_KNOWN: Final = frozenset(
    b"from to cc bcc date subject received return-path message-id mime-version reply-to sender "
    b"delivered-to in-reply-to references importance priority precedence auto-submitted "
    b"dkim-signature domainkey-signature authentication-results errors-to organization "
    b"user-agent status lines envelope-to thread-topic thread-index disposition-notification-to "
    b"accept-language return-receipt-to comments keywords encoding".split()
)
_KNOWN_BEGINNINGS: Final = (b"x-", b"content-", b"list-", b"resent-", b"arc-", b"received-")
_TYPE: Final = b"content-type"
STRUCTURE: Final = frozenset(
    (_TYPE, b"content-transfer-encoding", b"content-disposition", b"mime-version")
)


@dataclass(frozen=True, slots=True)
class Split:
    """A header as clean fields, each line ended by LF, and where the body begins in the data."""

    header: bytes
    body: int


@dataclass(slots=True)
class _Reading:
    """A header being read: the fields so far, and how much was odd."""

    fields: list[bytearray] = field(default_factory=list)
    odd: int = 0

    def names(self) -> set[bytes]:
        return {bytes(line.partition(b":")[0].rstrip().lower()) for line in self.fields}

    def value(self, name: bytes) -> bytes:
        for line in self.fields:
            found, _, value = line.partition(b":")
            if found.rstrip().lower() == name:
                return bytes(value.strip().lower())
        return b""

    def split(self, body: int) -> Split:
        return Split(b"".join(line + b"\n" for line in self.fields) + b"\n", body)


def split(data: bytes, start: int, end: int, most: int, *, part: bool) -> Split:
    """The header that begins at ``start``.

    Args:
        data: the message around it.
        start: offset of the header.
        end: offset behind the body.
        most: bytes of a header; a longer one is refused.
        part: a part of a multipart, whose header may be empty.

    Raises:
        MessageTooLarge: the header is longer than ``most``.
    """
    reading = _Reading()
    at = start + (len(_MARK) if data.startswith(_MARK, start, end) else 0)
    while at < end:
        stop, after = _line_end(data, at, end)
        line = data[at : min(stop, at + most + 1)].replace(b"\0", b"")
        if not line.strip():
            if not _goes_on(data, after, end, reading, part=part, folded=bool(line)):
                return reading.split(after)
        elif not (_is_taken(line, reading) or _passed(data, line, after, end, reading, part=part)):
            return reading.split(at if reading.fields else start)
        if after - start > most:
            raise MessageTooLarge("The header of the message or a part is larger than the limit.")
        at = after
    return reading.split(end)


def _is_taken(line: bytes, reading: _Reading) -> bool:
    """Takes a field, a fold, or the line that an mbox puts before a message; else False."""
    bare = line.strip()
    if reading.fields and line[:1] in b" \t":
        reading.fields[-1] += b"\n " + bare
    elif found := _FIELD.match(bare):
        reading.fields.append(bytearray(found["name"] + b":" + found["value"]))
    elif _ODD_FIELD.match(line):
        reading.fields.append(bytearray(b"X-Unreadable:"))
    else:
        return line.startswith((b"From ", b">From "))
    return True


def field_names(data: bytes) -> frozenset[bytes]:
    """Names, in lower case, of the fields that ``data`` begins with."""
    try:
        found = split(data, 0, len(data), len(data), part=False)
    except MessageTooLarge:
        return frozenset()
    return frozenset(_FIELD_NAME.findall(found.header.lower()))


def _line_end(data: bytes, at: int, end: int) -> tuple[int, int]:
    found = _LINE_END.search(data, at, end)
    return (found.start(), found.end()) if found else (end, end)


def _is_known(name: bytes) -> bool:
    name = name.lower()
    return name in _KNOWN or name.startswith(_KNOWN_BEGINNINGS)


def _goes_on(
    data: bytes, at: int, end: int, reading: _Reading, *, part: bool, folded: bool
) -> bool:
    """Whether the header goes on behind an empty line; ``folded``: a line of blanks."""
    reading.odd += 1
    if reading.odd > _MOST_ODD:
        return False
    lines = _paragraph(data, at, end)
    fields = [_FIELD.match(line) for line in lines if line[:1] not in b" \t"]
    names = {found["name"].lower() for found in fields if found is not None}
    if not reading.fields:
        return bool(names & STRUCTURE) if part else any(map(_is_known, names))
    if not fields or not (fields[0] or _ODD_FIELD.match(lines[0])):
        return folded and bool(lines) and lines[0][:1] in b" \t"
    if folded:
        return any(map(_is_known, names))
    known = reading.names()
    if _TYPE not in known:
        new = None not in fields and all(map(_is_known, names)) and not names & known
        return bool(names & STRUCTURE) or new
    # doubled line ends: between the fields of a part, too
    kind = reading.value(_TYPE)
    leaf = not kind.startswith((b"text/", b"message/"))
    return leaf and all(name.startswith(b"content-") for name in names) and not names & known


def _paragraph(data: bytes, at: int, end: int) -> list[bytes]:
    """The lines up to the next empty one, without empty ones before them."""
    lines: list[bytes] = []
    for line in _LINE_END.split(data[at : min(end, at + _AHEAD)]):
        if line.strip(b" \t\0"):
            lines.append(line.replace(b"\0", b""))
        elif lines:
            break
    return lines


def _passed(data: bytes, line: bytes, at: int, end: int, reading: _Reading, *, part: bool) -> bool:
    """Whether a line that is no field is within the header; a fold that lost its indent is added.

    Args:
        data: the message.
        line: the odd line.
        at: offset of the line behind it.
        end: offset behind the body.
        reading: the header so far.
        part: see ``split``.
    """
    reading.odd += 1
    if line.startswith(b"--") or reading.odd > _MOST_ODD:
        return False
    ahead = _ahead(data, at, end)
    if not part and not reading.fields and not ahead:
        ahead = _paragraph(data, at, end)  # a line of a gateway, and then the message
    fields = [_FIELD.match(other) for other in ahead]
    follows = any(found and _is_known(found["name"]) for found in fields)
    if not reading.fields:
        return follows
    if reading.fields[-1].rstrip().endswith((b";", b",")) or _PARAMETER.match(line):
        reading.fields[-1] += b"\n " + line.strip()
        return True
    # else the body has begun without an empty line, unless one follows at once
    text = reading.value(_TYPE).startswith(b"text/") or _TYPE not in reading.names()
    return follows or not (ahead or text or _BASE64.match(line.rstrip()))


def _ahead(data: bytes, at: int, end: int) -> list[bytes]:
    """The lines that follow, up to the first empty one."""
    found: list[bytes] = []
    for line in _LINE_END.split(data[at : min(end, at + _AHEAD)]):
        if not line.strip():
            break
        found.append(line)
    return found
