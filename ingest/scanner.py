"""The folder into which the house's scanner writes: files are taken only when they are whole.

A file counts as whole when neither its contents nor its entry changed for some seconds and its
format is closed. Scanners that never close it properly are waited for ten times as long, as are
empty files. What is left alone (``ingest.litter``, links, devices) is told.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ingest import disk, litter
from ingest.errors import SourceUnreadable
from ingest.filenames import label, shown
from ingest.folder import item_kind
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.oversize import HEAD, beginning
from ingest.types import SCANNER, ItemKey, ItemKind, PassedOver, RawItem

log = logging.getLogger(__name__)

SETTLES_AT_MOST: Final = 10
"""How many times ``settle_s`` a file is waited for whose format is not closed."""

_TAIL: Final = 4096
"""Bytes at the end in which a format is closed; readers of PDF look into the last 1,024."""

_MOST_DIRECTORIES: Final = 500
"""Pages of a TIFF that are followed: a chain may be a ring."""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file as it was listed; ``changed_ns`` is its time of modification."""

    path: Path
    kind: ItemKind
    size: int
    changed_ns: int


class ScannerFolder:
    """The folder as a ``MessageSource``; nothing in it is changed by reading.

    Args:
        folder: where the scanner writes; folders inside it are looked into.
        settle_s: seconds without a change after which a file may be whole.
        apart: a folder inside it that is none of the scanner's, such as the one for done files.
        limits: of a file over ``max_message_mb`` only the beginning is taken, as ``too_large``.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        settle_s: float,
        apart: Path | None = None,
        limits: ParseLimits = DEFAULT_LIMITS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._settle_s = settle_s
        self._apart = apart.resolve() if apart else None
        self._max_bytes = limits.max_message_mb * 1_000_000
        self._max_header = limits.max_header_kb * 1000
        self._clock = clock
        self._found: dict[ItemKey, ScannedFile] = {}
        self._left_out: list[PassedOver] = []
        self._passed_over: list[PassedOver] = []

    def keys(self) -> tuple[ItemKey, ...]:
        """The files that are whole, in the order of their paths.

        Raises:
            SourceUnreadable: the folder is not there or may not be read.
        """
        self._found = {}
        self._left_out = []
        try:
            self._look(self._folder)
        except OSError as error:
            raise SourceUnreadable(
                f"{self._folder}: {error.strerror or 'cannot be read'}; see scanner.folder."
            ) from None
        return tuple(self._found)

    def file(self, key: ItemKey) -> ScannedFile:
        """The file of a key that ``keys`` returned."""
        return self._found[key]

    def items(self, keys: tuple[ItemKey, ...]) -> Iterator[RawItem]:
        """The files one at a time; one that changed since it was listed waits for its turn."""
        self._passed_over = []
        for key in keys:
            found = self._found.get(key)
            try:
                item = self._read(key, found) if found else None
            except OSError as error:
                gone = isinstance(error, FileNotFoundError)
                self._passed_over.append(PassedOver(key, "vanished" if gone else "unreadable"))
                continue
            if item is None:
                self._passed_over.append(PassedOver(key, "vanished"))
            else:
                yield item

    def passed_over(self) -> tuple[PassedOver, ...]:
        """What ``keys`` and the last ``items`` left out so far, and why."""
        return (*self._left_out, *self._passed_over)

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _look(self, folder: Path) -> None:
        for entry in sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name)):
            path = folder / entry.name
            why = litter.told(entry.name) or disk.no_file(entry)
            if why is not None:
                self._left_out.append(PassedOver(_key(path), why))
                continue
            try:
                if not entry.is_dir(follow_symlinks=False):
                    self._add(path)
                elif path.resolve() != self._apart:
                    self._look(path)
            except FileNotFoundError:  # gone again
                continue
            except OSError as error:
                log.warning("a file in the scanner folder cannot be read: errno %s", error.errno)
                self._left_out.append(PassedOver(_key(path), "unreadable"))

    def _add(self, path: Path) -> None:
        with disk.opened(path) as file:
            status = os.fstat(file.fileno())
            age_s = min(abs(self._clock() - t) for t in (status.st_mtime, status.st_ctime))
            if age_s < self._settle_s:
                return
            kind = item_kind(file.read(HEAD), path.name)
            if age_s < SETTLES_AT_MOST * self._settle_s and not is_whole(file, status.st_size):
                return
        self._found[_key(path)] = ScannedFile(path, kind, status.st_size, status.st_mtime_ns)

    def _read(self, key: ItemKey, found: ScannedFile) -> RawItem | None:
        with disk.opened(found.path) as file:
            large = found.size > self._max_bytes
            data = b"" if large else file.read(found.size + 1)
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != (found.size, found.changed_ns):
                return None
            if large:
                return beginning(key, found.kind, file, shown(found.path.name), self._max_header)
        name = label(shown(found.path.name)) if found.kind == "scan" else None
        return RawItem(key, found.kind, data, filename=name) if len(data) == found.size else None


def _key(path: Path) -> ItemKey:
    return ItemKey(SCANNER, os.fsencode(path).decode("utf-8", "backslashreplace"), 0, 0)


def is_whole(file: BinaryIO, size: int) -> bool:
    """Whether the format of a scan is closed; of other formats nobody can tell.

    An empty file may be one that is about to be written.
    """
    if size == 0:
        return False
    file.seek(0)
    head = file.read(16)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if head.startswith(b"%PDF-"):
        return b"%%EOF" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head.startswith(b"\x89PNG"):
        return b"IEND" in tail
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return _tiff_is_whole(file, size, "<" if head.startswith(b"II") else ">")
    return True


def _tiff_is_whole(file: BinaryIO, size: int, order: str) -> bool:
    """Follows the chain of directories (TIFF 6.0 section 2), each inside the file."""
    file.seek(4)
    (at,) = struct.unpack(order + "I", file.read(4))
    for _ in range(_MOST_DIRECTORIES):
        file.seek(at)
        count = file.read(2)
        if at < 8 or len(count) < 2:
            return False
        end = at + 2 + 12 * struct.unpack(order + "H", count)[0]
        file.seek(end)
        following = file.read(4)
        if end + 4 > size or len(following) < 4:
            return False
        (at,) = struct.unpack(order + "I", following)
        if at == 0:
            return True
    return True


def delete(found: ScannedFile, sha256: str) -> bool:
    """Removes a file that is kept; False when it is not the file that was kept.

    Raises:
        SourceUnreadable: the folder may not be written.
    """
    if not _is_still(found, sha256):
        return False
    _unlink(found.path)
    return True


def move(found: ScannedFile, sha256: str, folder: Path) -> bool:
    """Moves a file that is kept; False when it is not the file that was kept.

    Another file of that name in the folder is left alone; the new one then has a piece of its
    SHA-256 in its name. Killed in the middle, the file is in both places and never in none.

    Raises:
        SourceUnreadable: the folder is not there or may not be written.
    """
    if not _is_still(found, sha256):
        return False
    target = folder / found.path.name
    if target.exists() and _sha256(target) != sha256:
        target = target.with_name(f"{target.stem}-{sha256[:12]}{target.suffix}")
    try:
        if not target.exists():
            beside = folder / f".{sha256}.part"
            shutil.copy2(found.path, beside)
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            beside.rename(target)
        _sync_folder(folder)
    except OSError as error:
        raise SourceUnreadable(
            f"{folder}: {error.strerror or 'cannot be written'}; see scanner.move_to."
        ) from None
    _unlink(found.path)
    return True


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise SourceUnreadable(
            f"{path.parent}: files cannot be taken away ({error.strerror}); see scanner.after."
        ) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_still(found: ScannedFile, sha256: str) -> bool:
    try:
        status = found.path.lstat()
    except OSError:
        return False
    same = status.st_size == found.size and status.st_mtime_ns == found.changed_ns
    return same and _sha256(found.path) == sha256


def _sha256(path: Path) -> str:
    with disk.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
