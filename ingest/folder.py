"""Items from the file system: messages, mboxes, Maildirs, bare scans, folders of these."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final

from ingest import disk, litter, magic, mbox
from ingest.errors import SourceUnreadable
from ingest.filenames import label, shown
from ingest.files import CONTAINERS
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.oversize import HEAD, beginning
from ingest.types import FILE, ItemKey, ItemKind, PassedOver, RawItem

log = logging.getLogger(__name__)


_MAILDIR_OWN: Final = (
    "tmp",
    "dovecot*",
    "courier*",
    "maildirfolder",
    "maildirsize",
    "subscriptions",
)
"""What mail servers keep beside ``cur`` and ``new``; in ``tmp`` are half deliveries."""


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    kind: ItemKind
    span: mbox.Span | None = None
    name: str = ""


class FolderSource:
    """Files and folders as a `MessageSource`; nothing is written to them.

    Every file is an item: a message, an mbox of messages, or else a scan, of whatever type, so
    that its rejection is recorded. Folders are read in the order of their names. What is left out
    of them (``ingest.litter``, links, devices) is told by ``passed_over``.

    Args:
        paths: files and folders, each named by the user.
        limits: what is over ``max_message_mb`` is delivered with problem ``too_large``: of a
            message its header, of a scan its beginning.
        is_own: tells what the program itself keeps in a folder, by its full path.
    """

    def __init__(
        self,
        paths: tuple[Path, ...],
        limits: ParseLimits = DEFAULT_LIMITS,
        is_own: Callable[[Path], bool] | None = None,
    ) -> None:
        self._paths = paths
        self._is_own = is_own or (lambda path: False)
        self._max_bytes = limits.max_message_mb * 1_000_000
        self._max_header = limits.max_header_kb * 1000
        self._places: dict[ItemKey, _Place] = {}
        self._left_out: list[PassedOver] = []
        self._passed_over: list[PassedOver] = []

    def __enter__(self) -> FolderSource:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def require(self) -> None:
        """Asked before anything is taken in.

        Raises:
            SourceUnreadable: a path that was named does not exist or may not be read.
        """
        for path in self._paths:
            with _named(path):
                if path.is_dir():
                    os.scandir(path).close()
                else:
                    _opened(path).close()

    def keys(self) -> tuple[ItemKey, ...]:
        """All items there are now; each file is opened, but only an mbox is read through.

        Raises:
            SourceUnreadable: a path that was named does not exist or may not be read.
        """
        self._places = {}
        self._left_out = []
        seen: set[tuple[int, int]] = set()
        for path in self._paths:
            with _named(path):
                if path.is_dir():
                    self._add_folder(path, seen)
                else:
                    _opened(path).close()
                    self._add_file(path, path.resolve())
        return tuple(self._places)

    def items(self, keys: tuple[ItemKey, ...]) -> Iterator[RawItem]:
        """The items of ``keys`` one at a time; files that vanished are left out."""
        self._passed_over = []
        if any(key not in self._places for key in keys):
            self.keys()
        for key in keys:
            place = self._places.get(key)
            try:
                item = self._read(key, place) if place else None
            except FileNotFoundError:
                item = None
            except OSError as error:
                log.warning("file cannot be read: errno %s", error.errno)
                self._passed_over.append(PassedOver(key, "unreadable"))
                continue
            if item is not None:
                yield item
            elif not any(passed.key == key for passed in self._passed_over[-1:]):
                self._passed_over.append(PassedOver(key, "vanished"))

    def passed_over(self) -> tuple[PassedOver, ...]:
        """What `keys` and the last `items` left out so far, and why."""
        return (*self._left_out, *self._passed_over)

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _add_folder(self, folder: Path, seen: set[tuple[int, int]]) -> None:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            return
        seen.add(identity)
        if (folder / "cur").is_dir() and (folder / "new").is_dir():
            self._add_maildir(folder, seen)
            return
        for entry in self._entries(folder):
            self._add_entry(entry, seen)

    def _add_entry(self, entry: os.DirEntry[str], seen: set[tuple[int, int]]) -> None:
        path = Path(entry.path)
        try:
            if entry.is_dir(follow_symlinks=False):
                self._add_folder(path, seen)
            else:
                self._add_file(path, path)
        except OSError as error:  # reading it fails as well, and that is told by its name
            log.warning("file in a folder cannot be read: errno %s", error.errno)
            self._places[_key(path)] = _Place(path, "scan")

    def _entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        """What is in a folder and to be taken, in the order of its names."""
        place = folder.resolve()
        for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name)):
            why = litter.told(entry.name) or disk.no_file(entry)
            if why is not None:
                self._left_out.append(PassedOver(_key(Path(entry.path)), why))
            elif self._is_own(place / entry.name):
                self._left_out.append(PassedOver(_key(Path(entry.path)), "own"))
            else:
                yield entry

    def _add_maildir(self, folder: Path, seen: set[tuple[int, int]]) -> None:
        """Messages of a Maildir, by the part of the name that stays when flags change."""
        found = [
            (entry.name.partition(":2,")[0], Path(entry.path))
            for name in ("cur", "new")
            for entry in self._entries(folder / name)
        ]
        for name, path in sorted(found):
            key = _key(folder / name)
            self._places[key] = _Place(path, "message")
        for entry in self._entries(folder):
            if entry.name not in ("cur", "new") and not _is_of_maildir(entry.name):
                self._add_entry(entry, seen)

    def _add_file(self, path: Path, place: Path) -> None:
        """``place`` is ``path``, or what it points to if that was named."""
        with disk.opened(place) as file:
            head = file.read(HEAD)
            if mbox.is_mbox(head):
                file.seek(0)
                for number, span in enumerate(mbox.spans(file), start=1):
                    self._places[_key(path, number)] = _Place(place, "message", span)
                return
        kind = item_kind(head, path.name)
        self._places[_key(path)] = _Place(place, kind, name=shown(path.name))

    def _read(self, key: ItemKey, place: _Place) -> RawItem | None:
        with disk.opened(place.path) as file:
            start, end = place.span or (0, os.fstat(file.fileno()).st_size)
            file.seek(start)
            if end - start > self._max_bytes:
                return beginning(key, place.kind, file, place.name, self._max_header)
            data = file.read(end - start)
        if place.span and len(data) < end - start:
            return None  # the mbox was rewritten since it was listed
        name = label(place.name) if place.kind == "scan" else None
        return RawItem(key, place.kind, data, filename=name)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """A path that a person has named must be there."""
    try:
        yield
    except OSError as error:
        raise SourceUnreadable(f"{path}: {error.strerror or 'cannot be read'}") from error


def _opened(path: Path) -> BufferedReader:
    """A file that was named, or what it points to."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise SourceUnreadable(f"{path}: is neither a file nor a folder")
    return disk.opened(path.resolve())


def _key(path: Path, number: int = 0) -> ItemKey:
    # A name that is no UTF-8 keeps its bytes visible: lone surrogates cannot be stored.
    return ItemKey(FILE, os.fsencode(path).decode("utf-8", "backslashreplace"), 0, number)


def item_kind(head: bytes, name: str) -> ItemKind:
    """Whether a file is taken apart like mail, archives among them, or is a document itself."""
    media_type = magic.media_type(head, name)
    suffix = PurePath(name).suffix.lower()
    if media_type in (magic.MESSAGE, magic.OUTLOOK, *CONTAINERS) or suffix == ".eml":
        return "message"
    if suffix == ".msg" and magic.is_compound(head):  # what tells it may stand behind the head
        return "message"
    return "scan"


def _is_of_maildir(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in _MAILDIR_OWN)
