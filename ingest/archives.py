"""Archives, opened with a count of everything: entries, bytes while unpacking, ratio, depth."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from ingest import litter, magic
from ingest.limits import ParseLimits

_CHUNK: Final = 65536  # bytes unpacked at a time, before they are counted
_ENCRYPTED: Final = 0x1  # bit of the general purpose flag, APPNOTE 4.4.4
_MEMBER: Final = b"PK\x03\x04"
_GZ: Final = ".gz"
_GZIP_WINDOW: Final = 31
"""``zlib``: a gzip header (RFC 1952) and the largest window."""

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
    data: bytes,
    limits: ParseLimits,
    unpacked: Unpacked,
    depth: int = 1,
    name: str = "archive.zip",
) -> Iterator[Member]:
    """The files of a zip archive, those of archives inside it included.

    Args:
        data: the archive.
        limits: bounds; ``max_unpacked_mb`` counts over the whole message.
        unpacked: counts on over all archives of the message.
        depth: archives within each other, this one included.
        name: what the archive is called.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [e for e in archive.infolist() if not _is_litter(e)]
        if not archive.infolist() and data.startswith(_MEMBER):
            raise zipfile.BadZipFile("files, and a directory that names none")
    except _BROKEN:
        yield Member(name, data, "corrupt")
        return
    if len(entries) > limits.max_zip_members or depth > limits.max_zip_depth:
        yield Member(name, data, "too_many_parts")
        return
    for entry in entries:
        member = _read(archive, entry, limits, unpacked.size)
        unpacked.size += len(member.data)
        if magic.media_type(member.data, member.name) == magic.ZIP and member.problem is None:
            yield from members(member.data, limits, unpacked, depth + 1, member.name or name)
        else:
            yield member


def gunzipped(data: bytes, limits: ParseLimits, unpacked: Unpacked) -> tuple[bytes, str | None]:
    """What a gzip file (RFC 1952) holds, and what is wrong with it: too_large or corrupt.

    Of a damaged one comes what is before the damage, of a bomb nothing.

    Args:
        data: the archive.
        limits: bounds; ``max_unpacked_mb`` counts over the whole message.
        unpacked: counts on.
    """
    room = limits.max_unpacked_mb * 1_000_000 - unpacked.size
    parts: list[bytes] = []
    size, problem = 0, None
    try:
        for part in _gunzipping(data):
            size += len(part)
            if size > room or (size > 1_000_000 and size > limits.max_zip_ratio * len(data)):
                return b"", "too_large"
            parts.append(part)
    except _BROKEN:
        problem = "corrupt"
    unpacked.size += size
    return b"".join(parts), problem


def _gunzipping(data: bytes) -> Iterator[bytes]:
    """What a gzip file holds, bit by bit; ``gzip.GzipFile`` keeps back what precedes damage.

    Raises:
        zlib.error: it is damaged.
        EOFError: it is cut short.
    """
    engine = zlib.decompressobj(_GZIP_WINDOW)
    for start in range(0, len(data), _CHUNK):
        waiting = data[start : start + _CHUNK]
        while waiting:
            yield engine.decompress(waiting, _CHUNK)
            waiting = engine.unconsumed_tail
            if engine.eof:  # another member may follow, or zeros that fill up a block
                waiting = engine.unused_data.lstrip(b"\0")
                engine = zlib.decompressobj(_GZIP_WINDOW) if waiting else engine
    if not engine.eof:
        raise EOFError


def unzipped(data: bytes, name: str, limits: ParseLimits, unpacked: Unpacked) -> Member:
    """The file in a gzip file, named like it without ``.gz``; see ``gunzipped``."""
    inner = name[: -len(_GZ)] if name.lower().endswith(_GZ) else name
    return Member(inner, *gunzipped(data, limits, unpacked))


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what file managers leave in them."""
    if entry.is_dir():
        return True
    return any(litter.told(part) == "litter" for part in PurePosixPath(entry.filename).parts)


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
