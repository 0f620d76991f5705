"""Header fields of messages, each read guarded: real mail breaks every rule of RFC 5322.

``email`` raises on some of them (KeyError, AttributeError, IndexError, LookupError, ValueError
were all met); a field that cannot be read is None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError as EmailError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from typing import Final

MAX_FIELD: Final = 4000
"""Characters of a field: ``email`` takes time with the square of a long one."""

_ENCODED_IN_PARAMETER: Final = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]*\?=")
_LOOSE_NAME: Final = re.compile(
    r"(?:file)?name\s*=\s*(?P<name>[^;\"\r\n]{1,200}\.[A-Za-z0-9]{2,5})\s*(?:;|\r|\n|$)",
    re.IGNORECASE,
)

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.){0,1000}"', re.DOTALL)
_IN_ANGLES: Final = re.compile(r"<\s*(?P<address>[^<>\s@]{1,64}@[^<>\s@]{1,254})\s*>")
_ADDRESS: Final = re.compile(r"(?P<address>[^\s<>@,;:()\"]{1,64}@[^\s<>@,;:()\"]{1,254})")
_WIDER: Final = {
    # what senders call these and what they use (WHATWG Encoding Standard)
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-i": "iso-8859-8",
}

ODD: Final = (
    KeyError,
    AttributeError,
    IndexError,
    LookupError,
    ValueError,
    TypeError,
    RecursionError,
    EmailError,
)


class _Bounded(Compat32):
    """Fields are cut before ``email`` looks for parameters in them.

    That takes quadratic time: minutes over the boundary among 400,000 semicolons.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        return str(super().header_fetch_parse(name, value[:MAX_FIELD]))


_POLICY: Final = _Bounded()


def parsed(data: bytes) -> Message:
    """A message as ``email`` parses it, whatever is in it.

    Raises:
        Exception: one of ``ODD``.
    """
    return message_from_bytes(data, policy=_POLICY)


def size(part: Message) -> int:
    """Characters in the header of a message or part."""
    return sum(len(name) + len(str(value)) for name, value in part.raw_items())


def raw(message: Message, field: str) -> str | None:
    """A field as text, cut at ``MAX_FIELD`` characters; None when missing or unreadable.

    Bytes outside ASCII, against the rules and common, are read as UTF-8 or else Windows-1252.
    """
    wanted = field.lower()
    try:
        for name, value in message.raw_items():
            if name.lower() == wanted:
                return _repaired(str(value)[:MAX_FIELD])
    except ODD:
        return None
    return None


def _repaired(value: str) -> str:
    """``email`` keeps such bytes as lone surrogates (PEP 383)."""
    if value.isascii():
        return value
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def content_type(part: Message) -> str:
    """The declared type in lower case; only multiparts and messages are believed."""
    try:
        return part.get_content_type()
    except ODD:
        return "application/octet-stream"


def text(message: Message, field: str) -> str | None:
    """A field with its encoded words (RFC 2047) decoded, on one line."""
    value = raw(message, field)
    return None if value is None else " ".join(decoded(value).split())


def decoded(value: str) -> str:
    """Encoded words decoded; an unknown charset is read as UTF-8 with replacement signs."""
    parts: list[str] = []
    try:
        for chunk, charset in decode_header(value[:MAX_FIELD]):
            parts.append(chunk if isinstance(chunk, str) else _bytes(chunk, charset))
    except ODD:
        return value
    return "".join(parts)


def _bytes(chunk: bytes, charset: str | None) -> str:
    if charset is None:  # text between encoded words, as decode_header packs it
        return chunk.decode("raw-unicode-escape", errors="replace")
    name = charset.partition("*")[0].lower()  # RFC 2231 section 5 allows a language here
    for known in (_WIDER.get(name, name), "utf-8"):
        try:
            return chunk.decode(known)
        except (LookupError, ValueError):
            continue
    return chunk.decode("utf-8", errors="replace")


def body_text(part: Message, data: bytes) -> str:
    """A text part's bytes as text, in the charset it declares or else as UTF-8 or Windows-1252."""
    try:
        charset = part.get_content_charset()
    except ODD:
        charset = None
    if charset is not None:
        return _bytes(data, charset)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def address(message: Message, field: str = "From") -> str | None:
    """The first address of a field, never its display name, which is only a claim."""
    value = raw(message, field)
    if value is None:
        return None
    for shown in (value, decoded(value)):
        bare = _QUOTED.sub(" ", shown)
        found = _IN_ANGLES.search(bare) or _ADDRESS.search(bare)
        if found:
            return found["address"]
    return None


_RECIPIENTS: Final = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_MOST_RECIPIENTS: Final = 200
"""Addresses that are kept; invitations go to all States, of whom there are fewer."""


def recipients(message: Message) -> tuple[str, ...]:
    """The addresses a message was sent or delivered to, each once."""
    found: dict[str, None] = {}
    for field in _RECIPIENTS:
        value = raw(message, field)
        if value is None:
            continue
        bare = _QUOTED.sub(" ", value)
        found.update(dict.fromkeys(match["address"] for match in _ADDRESS.finditer(bare)))
    return tuple(found)[:_MOST_RECIPIENTS]


def moment(value: str | None) -> datetime | None:
    """A date of RFC 5322, timezone aware; None when it is none."""
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value.strip())
    except (*ODD, OverflowError):
        return None
    if not 1970 <= found.year < 9999:  # nothing that a time zone could push over the edge
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def received_at(message: Message) -> datetime | None:
    """When our side received a message: the newest ``Received`` field, the topmost one."""
    try:
        fields = message.get_all("Received") or []
    except ODD:
        return None
    for field in fields[:1]:
        return moment(str(field)[-200:].rpartition(";")[2])
    return None


def filename(part: Message) -> str | None:
    """A part's file name: RFC 2231, RFC 2047 inside a parameter, and unquoted names with spaces."""
    # Read from a copy of the two fields: mended, and cut before the parser sees them, which
    # takes quadratic time over a long one.
    copy = Message()
    for field in ("Content-Disposition", "Content-Type"):
        if value := raw(part, field):
            copy[field] = value
    try:
        name = copy.get_filename()
    except ODD:
        name = None
    loose = _loose_name(copy)
    if loose and (not name or (loose.startswith(name) and len(loose) > len(name))):
        name = loose
    if name and _ENCODED_IN_PARAMETER.search(name):
        name = decoded(name)
    return name or None


def _loose_name(part: Message) -> str | None:
    """``filename=note verbale.pdf``, which the standard library cuts to ``note``."""
    for field in ("Content-Disposition", "Content-Type"):
        value = raw(part, field)
        match = _LOOSE_NAME.search(value) if value else None
        if match:
            return match["name"].strip()
    return None
