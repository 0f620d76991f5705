"""Files that stand in no part of their own: written into a text, or before and behind the parts.

What is looked for is the beginning of a scan or an archive, as raw bytes, base64, quoted-printable
or uuencode. A text that only speaks of such a file has no bytes of it behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest import file_signatures, transfer, uuencode
from ingest.containers import Inner

MARK: Final = "found_in_text"

_LEAST: Final = 200
"""Bytes of a file; an icon has more, and what a text quotes of one has less."""

_BASE64_LINE: Final = re.compile(
    rb"[> \t|]{0,20}([A-Za-z0-9+/=_-]+)[ \t!]*(?:(?:\r{0,3}\n|\r)[ \t\r\n]*|\Z)"
)
_PACKED: Final = re.compile(
    rb"(?:(?:\A|(?<=[\r\n]))[> \t]{0,20}[A-Za-z0-9+/]{60,100}[ \t!]{0,9}(?:\r{0,3}\n|\r)){20}"
)
"""Twenty lines of base64, a kilobyte: no text of a person, no key of a signature."""

_HEX: Final = re.compile(
    rb"(?:255044462d|49492a00|4d4d002a|ffd8ff|89504e470d|504b0304)[0-9a-f\s]{400}", re.IGNORECASE
)
"""The beginning of a PDF, TIFF, JPEG, PNG or zip, and two hundred bytes, in hexadecimal digits."""

_YENC: Final = re.compile(rb"^=ybegin [^\r\n]{0,200}\bname=", re.MULTILINE)
"""The first line of a file in yEnc (yenc-draft 1.3), which no mail program writes any more."""

_VARIETY: Final = 32
"""Different signs in it: a rule of one sign, or a test of somebody's keyboard, has fewer."""

_ARMOUR: Final = b"-----BEGIN "
"""Keys, certificates and signatures (RFC 7468, RFC 9580)."""

_BASE64_RUN: Final = re.compile(rb"[A-Za-z0-9+/=]+")
_WORD: Final = re.compile(rb"[A-Za-z0-9+/=]")
_NAME: Final = re.compile(
    rb"name[ \t]{0,5}=[ \t]{0,5}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)
_NAME_AHEAD: Final = 600
"""Bytes before a file in which its name may stand: some lines of a header."""


def files(data: bytes) -> Iterator[Inner]:
    """The files in a stretch of a message that is no file itself."""
    yield from uuencode.files(data)
    yield from _in_base64(data)
    yield from _raw(data)


def is_packed(data: bytes) -> bool:
    """Whether a text holds a file that cannot be had.

    That is one in base64 whose beginning is lost, in hexadecimal digits, or in yEnc.
    """
    if _HEX.search(data) or _YENC.search(data):
        return True
    found = _PACKED.search(data)
    return found is not None and _ARMOUR not in data and len(set(found.group())) > _VARIETY


def _in_base64(data: bytes) -> Iterator[Inner]:
    behind = 0
    for at in file_signatures.places(data, file_signatures.BASE64):
        if at < behind or (at and _WORD.match(data, at - 1)):
            continue
        text, behind = _run(data, at)
        found = transfer.content("base64", text)
        if len(found.data) < _LEAST or not file_signatures.is_scan(found.data):
            continue
        yield Inner(_name(data, at), found.data, inline=True, marks=(MARK, *found.marks))


def _run(data: bytes, at: int) -> tuple[bytes, int]:
    """The lines of base64 from ``at`` on, without signs of quotation, and where they end."""
    lines: list[bytes] = []
    while at < len(data) and (line := _BASE64_LINE.match(data, at)):
        lines.append(line[1])
        if line.group().count(b"\n") > 1:
            lines.append(b"")  # a paragraph: what follows may be words
        at = line.end()
    if not lines:  # one long line within something else, a script perhaps
        found = _BASE64_RUN.match(data, at)
        return (found.group(), found.end()) if found else (b"", at)
    return b"\n".join(lines), at


def _raw(data: bytes) -> Iterator[Inner]:
    """The first file as raw bytes or in quoted-printable, to the end of the stretch.

    Where one ends is not known; readers pass over what stands behind.
    """
    for at in file_signatures.raw_places(data):
        whole = data[at:]
        if len(whole) >= _LEAST and file_signatures.is_scan(whole):
            shown = transfer.quoted(whole) if transfer.is_quoted(whole[:4096]) else whole
            yield Inner(_name(data, at), shown, marks=(MARK,))
            return
    for sign in file_signatures.QUOTED.finditer(data):
        whole = transfer.quoted(data[sign.start() :])
        if len(whole) >= _LEAST and file_signatures.is_scan(whole):
            yield Inner(_name(data, sign.start()), whole, marks=(MARK,))
            return


def _name(data: bytes, at: int) -> str | None:
    """A file name that stands shortly before it."""
    found = list(_NAME.finditer(data, max(0, at - _NAME_AHEAD), at))
    if not found:
        return None
    return (found[-1][1] or found[-1][2]).decode("utf-8", "replace")
