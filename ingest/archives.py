"""Zip archives, opened with a count of everything: entries, bytes while unpacking, ratio, depth."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest import magic
from ingest.limits import ParseLimits

_CHUNK: Final = 65536
_ENCRYPTED: Final = 0x1
_LITTER: Final = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_MEMBER: Final = b"PK\x03\x04"
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    LookupError,
    RuntimeError,  # NotImplementedError among them: a compression nobody knows
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file from an archive; ``problem`` as in ``ingest.types.Attachment``."""

    name: str
    data: bytes
    problem: str | None = None


@dataclass(slots=True)
class Unpacked:
    """Bytes that came out of the archives of one message so far, inner archives included."""

    size: int = 0


def members(
    data: bytes, limits: ParseLimits, unpacked: Unpacked, depth: int = 1
) -> Iterator[Member]:
    """The files of a zip archive, those of archives inside it included.

    Args:
        data: the archive.
        limits: bounds; ``max_unpacked_mb`` counts over the whole message.
        unpacked: counts on over all archives of the message.
        depth: archives within each other, this one included.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [e for e in archive.infolist() if not _is_litter(e)]
        if not archive.infolist() and data.startswith(_MEMBER):
            raise zipfile.BadZipFile("files, and a directory that names none")
    except _BROKEN:
        yield Member("archive.zip", data, "corrupt")
        return
    if len(entries) > limits.max_zip_members or depth > limits.max_zip_depth:
        yield Member("archive.zip", data, "too_many_parts")
        return
    for entry in entries:
        member = _read(archive, entry, limits, unpacked.size)
        unpacked.size += len(member.data)
        if magic.media_type(member.data, member.name) == magic.ZIP and member.problem is None:
            yield from members(member.data, limits, unpacked, depth + 1)
        else:
            yield member


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what file managers leave in them."""
    name = entry.filename.lower()
    return name.endswith("/") or name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:])


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ParseLimits, unpacked: int
) -> Member:
    if entry.flag_bits & _ENCRYPTED:
        return Member(entry.filename, b"", "encrypted")
    room = limits.max_unpacked_mb * 1_000_000 - unpacked
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > room or (entry.file_size > 1_000_000 and ratio > limits.max_zip_ratio):
        return Member(entry.filename, b"", "too_large")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > room:
                    return Member(entry.filename, b"", "too_large")
                parts.append(chunk)
    except _BROKEN:
        return Member(entry.filename, b"".join(parts), "corrupt")
    return Member(entry.filename, b"".join(parts))
