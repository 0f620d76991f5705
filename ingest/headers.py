"""Header fields of messages, each read guarded: real mail breaks every rule of RFC 5322.

``email`` raises on some of them (KeyError, AttributeError, IndexError, LookupError, ValueError
were all met); a field that cannot be read is None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

MAX_FIELD: Final = 4000
_ENCODED_IN_PARAMETER: Final = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]*\?=")
_LOOSE_NAME: Final = re.compile(
    r"(?:file)?name\s*=\s*(?P<name>[^;\"\r\n]{1,200}\.[A-Za-z0-9]{2,5})\s*(?:;|\r|\n|$)",
    re.IGNORECASE,
)

ODD: Final = (
    KeyError,
    AttributeError,
    IndexError,
    LookupError,
    ValueError,
    TypeError,
    RecursionError,
)


def raw(message: Message, field: str) -> str | None:
    """A field as text, cut at ``MAX_FIELD`` characters; None when missing or unreadable."""
    try:
        value = message.get(field)
        return None if value is None else str(value)[:MAX_FIELD]
    except ODD:
        return None


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
    for name in (charset, "utf-8"):
        try:
            return chunk.decode(name or "utf-8")
        except (LookupError, ValueError):
            continue
    return chunk.decode("utf-8", errors="replace")


def address(message: Message, field: str = "From") -> str | None:
    """The first address of a field, without its display name, which is only a claim."""
    value = text(message, field)
    if value is None:
        return None
    try:
        found = [a for _, a in getaddresses([value]) if a]
    except ODD:
        found = []
    return found[0][:320] if found else (value[:320] or None)


def moment(value: str | None) -> datetime | None:
    """A date of RFC 5322, timezone aware; None when it is none."""
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value.strip())
    except (*ODD, OverflowError):
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
    try:
        name = part.get_filename()
    except ODD:
        name = None
    loose = _loose_name(part)
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
