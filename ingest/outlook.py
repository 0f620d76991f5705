"""Messages saved from Outlook (.msg, MS-OXMSG): header, text and files, read with ``olefile``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from ingest.containers import Inner, NotOpened

# MS-OXPROPS: property and type, as they stand in the names of the streams
_DATA: Final = "__substg1.0_37010102"
_EMBEDDED: Final = "__substg1.0_3701000D"
_NAMES: Final = ("3707", "3704", "3001")  # long name, 8.3 name, display name
_CONTENT_ID: Final = ("__substg1.0_3712001F", "__substg1.0_3712001E")
_PROPERTIES: Final = "__properties_version1.0"
_ATTACHMENT: Final = "__attach_version1.0_#"
_TRANSPORT_HEADERS: Final = "007D"
_BODY: Final = "1000"
_FIELDS: Final = {"Subject": ("0037",), "From": ("5D01", "0C1F"), "Message-ID": ("1035",)}
_TEXTS: Final = (("001F", "utf-16-le"), ("001E", "cp1252"))
_MOST_NAME: Final = 2000
"""Bytes of a name, characters of a field; file systems have names of 255."""

_MOST_DEPTH: Final = 10
"""Messages within messages; each is two storages of the file."""

_Path = tuple[str, ...]


def files(data: bytes) -> Iterator[Inner]:
    """The attachments, those of messages inside it among them.

    Raises:
        NotOpened: it is damaged.
    """
    try:
        import olefile

        ole = olefile.OleFileIO(io.BytesIO(data))
        entries = frozenset(tuple(path) for path in ole.listdir(streams=True, storages=True))
        yield from _attachments(ole, entries, ())
    except NotOpened:
        raise
    except Exception as error:  # the library raises whatever its bytes make of it
        raise NotOpened("corrupt") from error


def header(data: bytes) -> bytes:
    """The message's header as it was sent, or what the properties tell of it.

    A message that never left the organization has no header of its own.

    Raises:
        NotOpened: it is damaged.
    """
    sent = _property(data, _TRANSPORT_HEADERS)
    if sent is not None:
        return sent.replace("\r\n", "\n").strip().encode("utf-8", "replace") + b"\n\n"
    made = ""
    for field, numbers in _FIELDS.items():
        value = next(filter(None, (_property(data, number) for number in numbers)), None)
        if value is not None:
            made += f"{field}: {' '.join(value.split())[:_MOST_NAME]}\n"
    return made.encode("utf-8", "replace") + b"\n"


def text(data: bytes) -> str:
    """What the sender wrote, without formatting; empty where there is only HTML or RTF.

    Raises:
        NotOpened: it is damaged.
    """
    return _property(data, _BODY) or ""


def _property(data: bytes, number: str) -> str | None:
    """A text property of the message itself (MS-OXMSG section 2.1.3)."""
    try:
        import olefile

        ole = olefile.OleFileIO(io.BytesIO(data))
        for kind, charset in _TEXTS:
            path = f"__substg1.0_{number}{kind}"
            if ole.exists(path):
                return _stream(ole, (path,)).decode(charset, "replace").strip("\x00 ")
    except Exception as error:  # the library raises whatever its bytes make of it
        raise NotOpened("corrupt") from error
    return None


def _attachments(ole: Any, entries: frozenset[_Path], message: _Path) -> Iterator[Inner]:  # noqa: ANN401 - no types
    if len(message) > 2 * _MOST_DEPTH:
        raise NotOpened("too_many_parts")
    depth = len(message)
    for path in sorted(entries):
        if (
            len(path) != depth + 1
            or path[:depth] != message
            or not path[-1].startswith(_ATTACHMENT)
        ):
            continue
        embedded = (*path, _EMBEDDED)
        if (*path, _DATA) in entries:
            inline = any((*path, name) in entries for name in _CONTENT_ID)
            yield Inner(_name(ole, entries, path), _stream(ole, (*path, _DATA)), inline)
        elif (*embedded, _PROPERTIES) in entries:
            yield from _attachments(ole, entries, embedded)
        else:
            # a sheet or drawing embedded as an object, or a link to a file elsewhere
            yield Inner(_name(ole, entries, path), b"", problem="unsupported_container")


def _name(ole: Any, entries: frozenset[_Path], attachment: _Path) -> str | None:  # noqa: ANN401 - no types
    for number in _NAMES:
        for kind, charset in _TEXTS:
            path = (*attachment, f"__substg1.0_{number}{kind}")
            if path in entries:
                name = _stream(ole, path)[:_MOST_NAME].decode(charset, "replace").strip("\x00 ")
                if name:
                    return name
    return None


def _stream(ole: Any, path: _Path) -> bytes:  # noqa: ANN401 - no types
    with ole.openstream(list(path)) as stream:
        return bytes(stream.read())
