"""``winmail.dat`` (MS-OXTNEF): what Outlook packs attachments into for its own kind."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from typing import Any, Final

from ingest.containers import Inner, NotOpened

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)

_HEADER: Final = 6
_OBJECT: Final = struct.Struct("<BHHI")
_CHECKSUM: Final = 2
_CONTENT_ID: Final = 0x3712
_MOST_DEPTH: Final = 10


def files(data: bytes) -> Iterator[Inner]:
    """The attachments, those of messages inside it among them.

    Raises:
        NotOpened: it is damaged.
    """
    try:
        from tnefparse import TNEF

        yield from _attachments(TNEF(data, do_checksum=False), _is_cut(data), 0)
    except NotOpened:
        raise
    except Exception as error:  # the library raises whatever its bytes make of it
        raise NotOpened("corrupt") from error


def _attachments(tnef: Any, cut: bool, depth: int) -> Iterator[Inner]:  # noqa: ANN401 - no types
    if depth > _MOST_DEPTH:
        raise NotOpened("too_many_parts")
    last = len(tnef.attachments) - 1
    for number, attachment in enumerate(tnef.attachments):
        embedded = getattr(attachment, "embed", None)
        if embedded is not None:
            yield from _attachments(embedded, cut, depth + 1)
            continue
        content = attachment.data if isinstance(attachment.data, bytes) else b""
        inline = any(a.name == _CONTENT_ID for a in attachment.mapi_attrs)
        # an empty one is one that could not be read
        damaged = not content or (cut and number == last)
        yield Inner(_name(attachment), content, inline, "corrupt" if damaged else None)


def _name(attachment: Any) -> str | None:  # noqa: ANN401 - no types
    found = attachment.long_filename()
    found = found[0] if isinstance(found, list | tuple) and found else found
    if isinstance(found, bytes):
        found = found.decode("cp1252", "replace")
    return found.strip("\x00 ") or None if isinstance(found, str) else None


def _is_cut(data: bytes) -> bool:
    """Whether the last object promises more bytes than there are."""
    at = _HEADER
    while at + _OBJECT.size <= len(data):
        at += _OBJECT.size + _OBJECT.unpack_from(data, at)[3] + _CHECKSUM
    return at > len(data)
