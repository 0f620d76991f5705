"""Content-Transfer-Encoding undone (RFC 2045 section 6), also where it is missing or wrong.

What is declared is tried first. If nothing known comes out, and another way of reading the same
bytes gives a file that is known, that one was meant: base64 declared as 7bit, raw bytes declared
as base64, base64 of base64.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest import base64_text, magic, uuencode
from ingest.base64_text import MENDED

_SOFT_BREAK: Final = re.compile(rb"=[ \t]{0,80}(?:\r{0,3}\n|\r|\Z)")
_ESCAPE: Final = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]{0,80}[\r\n])")
_MOST_ROUNDS: Final = 3  # codings undone one within another
_HEAD: Final = 4096  # bytes by which the kind of a file is told
_LEAST_TEXT: Final = 200  # bytes of print that are a text somebody meant, not chance
_PRINTED: Final = bytes((*range(0x20, 0x7F), 9, 10, 13))
_UNKNOWN: Final = (magic.OCTET_STREAM, "text/plain", "text/csv")


@dataclass(frozen=True, slots=True)
class Content:
    """A part's bytes, and the marks they carry: what was wrong with their packing.

    ``stages`` are the bytes of earlier rounds, where something was packed twice.
    """

    data: bytes
    marks: tuple[str, ...] = ()
    stages: tuple[bytes, ...] = ()


def coding(declared: str) -> str:
    """An encoding's name in lower case: ``base64``, ``quoted-printable``, ``uuencode`` or another.

    Senders write ``x-base64``, ``Base-64``, ``quoted printable``, ``base64;``.
    """
    value = declared.strip().strip("\"'").lower()
    packed = re.sub(r"[^a-z0-9]", "", value)
    if "base64" in packed or packed == "b64":
        return "base64"
    if packed.startswith(("quoted", "xquoted")):
        return "quoted-printable"
    if packed in ("uuencode", "xuuencode", "uue", "xuue"):
        return "uuencode"
    return re.split(r"[\s;(]", value, maxsplit=1)[0]


def content(declared: str, body: bytes) -> Content:
    """The bytes of a part.

    Args:
        declared: as ``coding`` gives it.
        body: as it stands in the message.
    """
    found = _as_declared(declared, body)
    if magic.media_type(found.data[:_HEAD]) in _UNKNOWN:
        found = next(_others(declared, body), found)
    if found.data is body and declared != "quoted-printable" and _is_quoted_file(body):
        found = Content(quoted(body), (MENDED,), (body,))
    if not found.data and body.strip():
        found = Content(body, (MENDED,))  # words, declared as something else
    found = _unpacked(found)
    return Content(found.data, tuple(dict.fromkeys(found.marks)), found.stages)


def _as_declared(declared: str, body: bytes) -> Content:
    """The bytes as the declared encoding gives them, where that is possible."""
    data, mark = _undone(declared, body)
    if mark == base64_text.DAMAGED and is_quoted(body):
        inner, other = base64_text.decoded(quoted(body))  # packed once more, as a text
        if other != base64_text.DAMAGED:
            return Content(inner, (MENDED,))
    if declared == "quoted-printable" and not body.isascii() and _is_known(body[:_HEAD]):
        return Content(body, (MENDED,))  # raw: its bytes must not be taken for escapes
    return Content(data, (mark,) if mark else ())


def _unpacked(found: Content) -> Content:
    """What was packed in base64 more often than declared."""
    for _ in range(_MOST_ROUNDS):
        if magic.media_type(found.data[:_HEAD]) not in _UNKNOWN:
            break
        if not _is_meant(base64_text.begins(found.data)):
            break
        inner, mark = base64_text.decoded(found.data)
        stages = (*found.stages, found.data)
        found = Content(inner, (*found.marks, mark or MENDED), stages)
    return found


def is_quoted(body: bytes) -> bool:
    """Whether a text that is declared quoted-printable is so: its ``=`` are escapes."""
    signs = body.count(b"=")
    escapes = sum(1 for _ in _ESCAPE.finditer(body))
    return escapes > 0 and escapes * 5 >= signs * 4


def _is_quoted_file(data: bytes) -> bool:
    """Whether a PDF, the one file that is text at its beginning, is in quoted-printable still."""
    begins = data.startswith(b"%PDF-") and b"=0" in data[:_HEAD]
    return begins and data.isascii() and is_quoted(data)


def _undone(declared: str, body: bytes) -> tuple[bytes, str | None]:
    if declared == "base64":
        return base64_text.decoded(body)
    if declared == "quoted-printable":
        return quoted(body), None
    if declared == "uuencode":
        for inner in uuencode.files(body):
            return inner.data, next(iter(inner.marks), None)
    return body, None


def _others(declared: str, body: bytes) -> Iterator[Content]:
    """Other ways of reading a body, the likeliest first; only its beginning is tried."""
    if declared in ("base64", "uuencode") and _is_known(body[:_HEAD]):
        yield Content(body, (MENDED,))
    if declared != "base64" and _is_meant(base64_text.begins(body)):
        data, mark = base64_text.decoded(body)
        yield Content(data, (mark or MENDED,))
    if declared != "quoted-printable" and b"=" in body[:_HEAD]:
        head = quoted(body[:_HEAD])
        if _is_known(head) or _is_known(base64_text.begins(head)):
            data = quoted(body)
            if _is_known(head):
                yield Content(data, (MENDED,))
            else:
                inner, mark = base64_text.decoded(data)
                yield Content(inner, (mark or MENDED,), (data,))
    if declared != "uuencode" and body.lstrip().startswith(b"begin "):
        files = tuple(uuencode.files(body.lstrip()))
        if len(files) == 1:  # of several the text is searched
            yield Content(files[0].data, files[0].marks or (MENDED,))


def quoted(body: bytes) -> bytes:
    """Quoted-printable undone (RFC 2045 section 6.7), whatever its line ends."""
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"", body))


def _is_meant(data: bytes) -> bool:
    """Whether bytes that base64 gave are no chance: a file that is known, or a text."""
    if _is_known(data) or (len(data) >= _LEAST_TEXT and not data.translate(None, _PRINTED)):
        return True
    return bool(data) and _is_meant(base64_text.begins(data))


def _is_known(data: bytes) -> bool:
    return bool(data) and magic.media_type(data[:_HEAD]) not in (*_UNKNOWN, "text/html", "text/xml")
