"""The files of folders and Maildirs in the order of their names, however many there are.

A folder of a million files is looked through several times rather than held in memory: only so many
names at once are put in order.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Final

from ingest import disk, litter
from ingest.types import FILE, ItemKey, PassedOver

log = logging.getLogger(__name__)

MOST_NAMES: Final = 50_000
"""Names in order at once: 5 MB."""

RACY_NS: Final = 2_000_000_000
"""Nanoseconds for which a file that was just changed may change again and show the same time: the
coarsest clock of a file system, that of FAT."""

_HOW_TAKEN: Final = b"1"
"""Raised when files are to be taken otherwise: then none counts as known."""

_MAILDIR_OWN: Final = (
    "tmp",
    "dovecot*",
    "courier*",
    "maildirfolder",
    "maildirsize",
    "subscriptions",
)
"""What mail servers keep beside ``cur`` and ``new``; in ``tmp`` are half deliveries."""


@dataclass(frozen=True)
class Found:
    """A file as it was listed.

    ``path`` is as it was given, of a Maildir's message without its flags; ``place`` is where it is
    opened. ``status`` is lstat(2)'s, None where that failed: opening it says why.
    """

    path: str
    place: str
    status: os.stat_result | None
    is_mail: bool = False

    @cached_property
    def print(self) -> bytes | None:
        """A digest that is another one when the file may be another: nothing of it can be read.

        Of its path, size, inode and both times in nanoseconds. The time of modification alone
        would not do: a copy may set it (cp -p, rsync), and with it everything but the inode's
        change time, which no program can set (inode(7)).
        """
        if self.status is None:
            return None
        told = self.status
        parts = (told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)
        text = b"\0".join((_HOW_TAKEN, *(b"%d" % part for part in parts)))
        path = os.fsencode(os.path.abspath(self.path))  # noqa: PTH100 - a million of them
        return hashlib.blake2b(text + b"\0" + path, digest_size=16).digest()

    def is_still(self, status: os.stat_result, now_ns: int) -> bool:
        """Whether the file was not touched since it was listed, and long enough before ``now_ns``.

        A file changed in the same tick of the file system's clock may show the same times (the
        "racy" entries of git's index): such a one is not taken for known, and is read once more.
        """
        if self.status is None:
            return False
        before, after = _marks(self.status), _marks(status)
        return before == after and max(before[1:3]) < now_ns - RACY_NS


def _marks(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class Listing:
    """The files under some paths; ``left_out`` fills while they are walked."""

    def __init__(self, is_own: Callable[[Path], bool]) -> None:
        self._is_own = is_own
        self._seen: set[tuple[int, int]] = set()
        self.left_out: list[PassedOver] = []

    def files(self, path: Path) -> Iterator[Found]:
        """A file that was named, or what it points to; the files of a folder, one by one.

        Raises:
            OSError: the path itself is not there or may not be read.
        """
        if path.is_dir():
            yield from self._folder(str(path))
        else:
            place = path.resolve()
            yield Found(str(path), str(place), place.lstat())

    def _folder(self, folder: str) -> Iterator[Found]:
        status = os.stat(folder)  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen:
            return
        self._seen.add(identity)
        parts = [os.path.join(folder, name) for name in ("cur", "new")]  # noqa: PTH118
        maildir = all(map(os.path.isdir, parts))
        if maildir:
            yield from self._messages(folder, parts)
        for name, entry in self._entries(folder):
            if maildir and (name in ("cur", "new") or _is_of_maildir(name)):
                continue
            yield from self._entry(os.path.join(folder, name), entry)  # noqa: PTH118

    def _entry(self, path: str, status: os.stat_result | None) -> Iterator[Found]:
        if status is None or not stat.S_ISDIR(status.st_mode):
            yield Found(path, path, status)
            return
        try:
            yield from self._folder(path)
        except OSError as error:
            log.warning("a folder cannot be read: errno %s", error.errno)
            self.left_out.append(PassedOver(key_of(path), "unreadable"))

    def _messages(self, folder: str, parts: list[str]) -> Iterator[Found]:
        """Messages of a Maildir, by the part of the name that stays when flags change."""
        named = [zip(repeat(part), self._entries(part)) for part in parts]
        for part, (name, status) in heapq.merge(*named, key=lambda one: os.fsencode(one[1][0])):
            path = os.path.join(folder, name.partition(":2,")[0])  # noqa: PTH118
            yield Found(path, os.path.join(part, name), status, is_mail=True)  # noqa: PTH118

    def _entries(self, folder: str) -> Iterator[tuple[str, os.stat_result | None]]:
        """What is in a folder and to be taken, in the order of its names."""
        own = Path(folder).resolve()
        for raw in in_order(os.fsencode(folder)):
            name = os.fsdecode(raw)
            path = os.path.join(folder, name)  # noqa: PTH118
            status = _looked_at(path)
            why = litter.told(name) or _no_file(status)
            if why is not None:
                self.left_out.append(PassedOver(key_of(path), why))
            elif self._is_own(own / name):
                self.left_out.append(PassedOver(key_of(path), "own"))
            else:
                yield name, status


def in_order(folder: bytes, most: int = MOST_NAMES) -> Iterator[bytes]:
    """The names in a folder in order, of which so many at once are in memory."""
    after = b""
    while True:
        with os.scandir(folder) as entries:
            found = heapq.nsmallest(most, (e.name for e in entries if e.name > after))
        yield from found
        if len(found) < most:
            return
        after = found[-1]


def _looked_at(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _no_file(status: os.stat_result | None) -> disk.NoFile | None:
    """As ``disk.no_file``, of what lstat told."""
    if status is None:
        return None
    if stat.S_ISLNK(status.st_mode):
        return "link"
    plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return None if plain else "no_file"


def key_of(path: str | Path, number: int = 0) -> ItemKey:
    """The key of a file, or of a message in an mbox.

    A name that is no UTF-8 keeps its bytes visible: lone surrogates cannot be stored.
    """
    return ItemKey(FILE, os.fsencode(path).decode("utf-8", "backslashreplace"), 0, number)


def _is_of_maildir(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in _MAILDIR_OWN)
