"""``winmail.dat`` (MS-OXTNEF): what Outlook packs attachments into for its own kind.

A reader of our own: the library for it takes hours over some damaged streams, leaves damaged
attachments out in silence, and cuts zeros off the end of embedded ones. Only what has to do with
attachments is looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ingest.containers import Inner, NotOpened

_SIGNATURE: Final = 0x223E9F78  # TNEFSignature, MS-OXTNEF
_OBJECT: Final = struct.Struct("<BHHI")  # level, attribute, its type, length
_CHECKSUM: Final = 2  # bytes behind each attribute
_ATTACHMENT_LEVEL: Final = 2  # lvlAttachment

# attributes, MS-OXTNEF 2.1.3.2
_BEGINS: Final = 0x9002  # attAttachRenddata
_TITLE: Final = 0x8010  # attAttachTitle
_DATA: Final = 0x800F  # attAttachData
_PROPERTIES: Final = 0x9005  # attAttachment

# properties, MS-OXPROPS
_LONG_NAME: Final = 0x3707  # PidTagAttachLongFilename
_SHORT_NAME: Final = 0x3704  # PidTagAttachFilename
_CONTENT_ID: Final = 0x3712  # PidTagAttachContentId
_OBJECT_DATA: Final = 0x3701  # PidTagAttachDataObject

_FIXED: Final = {
    0x02: 4,  # a short, padded
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE: Final = (0x0D, 0x1E, 0x1F, 0x102)  # object, two kinds of string, binary
_UNICODE: Final = 0x1F  # PtypString
_MULTIPLE: Final = 0x1000  # flag of a type: many values
_NAMED: Final = 0x8000  # from here on a property has a name
_MOST_PROPERTIES: Final = 2000  # of an attachment, and values of a property
_MOST_DEPTH: Final = 10  # messages within messages
_MESSAGE: Final = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage


@dataclass(slots=True)
class _Attachment:
    title: bytes = b""
    data: bytes = b""
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    cut: bool = False

    @property
    def name(self) -> str | None:
        """The long name, else the short one, else the title."""
        for number in (_LONG_NAME, _SHORT_NAME):
            kind, value = self.properties.get(number, (0, b""))
            shown = value.decode("utf-16-le" if kind == _UNICODE else "cp1252", "replace")
            if shown.strip("\x00 "):
                return shown.strip("\x00 ")
        return self.title.decode("cp1252", "replace").strip("\x00 ") or None

    @property
    def message(self) -> bytes | None:
        """The message embedded in it, a stream like this one."""
        _, value = self.properties.get(_OBJECT_DATA, (0, b""))
        return value[len(_MESSAGE) :] if value.startswith(_MESSAGE) else None


def files(data: bytes, depth: int = 0) -> Iterator[Inner]:
    """The attachments, those of messages inside it among them.

    Raises:
        NotOpened: it is damaged.
    """
    if depth > _MOST_DEPTH:
        raise NotOpened("too_many_parts")
    if len(data) < 6 or int.from_bytes(data[:4], "little") != _SIGNATURE:
        raise NotOpened("corrupt")
    attachments = _attachments(data)
    for attachment in attachments:
        message = attachment.message
        if message is not None:
            yield from files(message, depth + 1)
            continue
        content = attachment.data or attachment.properties.get(_OBJECT_DATA, (0, b""))[1]
        problem = "corrupt" if attachment.cut or not content else None
        yield Inner(attachment.name, content, _CONTENT_ID in attachment.properties, problem)


def _attachments(data: bytes) -> list[_Attachment]:
    """What the stream says of its attachments.

    Raises:
        NotOpened: it ends before its first attachment does.
    """
    found: list[_Attachment] = []
    at = 6
    while at < len(data):
        cut = len(data) - at < _OBJECT.size
        level, name, _, length = (0, 0, 0, 0) if cut else _OBJECT.unpack_from(data, at)
        start = at + _OBJECT.size
        at = start + length + _CHECKSUM
        cut = cut or at > len(data)
        if level == _ATTACHMENT_LEVEL:
            _add(found, name, data[start : start + length])
        if cut:
            if not found:
                raise NotOpened("corrupt")
            found[-1].cut = True
    return found


def _add(found: list[_Attachment], name: int, value: bytes) -> None:
    if name == _BEGINS or not found:
        found.append(_Attachment())
    attachment = found[-1]
    if name == _TITLE:
        attachment.title = value
    elif name == _DATA:
        attachment.data = value
    elif name == _PROPERTIES:
        attachment.properties = _properties(value)


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """Type and value of each variable property, as far as they can be followed."""
    found: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            kind, number = struct.unpack_from("<HH", data, at)
            at = _behind_name(data, at + 4, number)
            values, at = _values(data, at, kind)
            if values:
                found[number] = (kind & ~_MULTIPLE, values[0])
    except (struct.error, NotOpened):
        return found  # an attachment without its data says so itself
    return found


def _behind_name(data: bytes, at: int, number: int) -> int:
    """Properties from 0x8000 on have a name: a GUID, and a number or a text."""
    if number < _NAMED:
        return at
    at += 16
    kind, length = struct.unpack_from("<II", data, at)
    return at + 8 + (_padded(length) if kind else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    multiple, kind = kind & _MULTIPLE, kind & ~_MULTIPLE
    count = 1
    if multiple or kind in _VARIABLE:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if kind in _FIXED:
        return [], at + count * _FIXED[kind]
    if kind not in _VARIABLE or count > _MOST_PROPERTIES:
        raise NotOpened("corrupt")
    values: list[bytes] = []
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, at)
        if at + 4 + length > len(data):
            raise NotOpened("corrupt")
        values.append(data[at + 4 : at + 4 + length])
        at += 4 + _padded(length)
    return values, at


def _padded(length: int) -> int:
    return length + -length % 4
