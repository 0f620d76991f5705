"""What is taken of an item that is over the limit: enough to say whose it was."""

from __future__ import annotations

from typing import BinaryIO, Final

from ingest.filenames import label
from ingest.types import ItemKey, ItemKind, RawItem

HEAD: Final = 65536
"""Bytes kept of a scan."""

_EMPTY_LINE: Final = (b"\n\n", b"\r\n\r\n", b"\n\r\n")


def beginning(key: ItemKey, kind: ItemKind, file: BinaryIO, name: str, max_header: int) -> RawItem:
    """The item as ``too_large``: of a message its header, of a scan its first bytes."""
    if kind == "scan":
        return RawItem(key, kind, file.read(HEAD), filename=label(name), problem="too_large")
    return RawItem(key, kind, header_only(file.read(max_header)), problem="too_large")


def header_only(data: bytes) -> bytes:
    """The header of a message with the empty line after it."""
    ends = [at + len(mark) for mark in _EMPTY_LINE if (at := data.find(mark)) >= 0]
    return data[: min(ends)] if ends else data
