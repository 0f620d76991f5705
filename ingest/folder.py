"""Items from the file system: messages, mboxes, Maildirs, bare scans, folders of these."""

from __future__ import annotations

import logging
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final

from ingest import disk, magic, mbox
from ingest.errors import SourceUnreadable
from ingest.filenames import label, shown
from ingest.files import CONTAINERS
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.listing import Found, Listing, key_of
from ingest.oversize import HEAD, beginning
from ingest.types import FILE, ItemKey, ItemKind, KnownFile, PassedOver, RawItem, WholeFile

log = logging.getLogger(__name__)

ASKED_TOGETHER: Final = 500
"""Files of which it is asked at once whether they are known."""

Known = Callable[[Sequence[bytes]], Mapping[bytes, int]]
"""Of digests (``listing.Found.print``) those of files taken whole, with the number of items."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An item of a file: the whole of it, or a span."""

    path: str
    kind: ItemKind
    span: mbox.Span | None = None
    name: str = ""


class FolderSource:
    """Files and folders as a `MessageSource`; nothing is written to them.

    Every file is an item: a message, an mbox of messages, or else a scan, of whatever type, so
    that its rejection is recorded. Folders are read in the order of their names. What is left out
    of them (``ingest.litter``, links, devices) is told by ``passed_over``.

    ``stream`` takes everything in one go, in memory that does not grow with it; ``keys`` and
    ``items`` hold a place for each item.

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
        self._listing = Listing(self._is_own)
        self._passed_over: list[PassedOver] = []
        self._counted: dict[Path, int] = {}

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

    def stream(self, known: Known | None = None) -> Iterator[RawItem | WholeFile | KnownFile]:
        """Everything there is, one after the other.

        Args:
            known: asked of many files at once; one that was taken whole is not opened again. None
                opens all.

        Yields:
            The items of a file and, if all of them came as they are, a ``WholeFile``; for a known
            one a ``KnownFile``.

        Raises:
            SourceUnreadable: a path that was named does not exist or may not be read.
        """
        self._passed_over = []
        found = self._files()
        while batch := list(islice(found, ASKED_TOGETHER)):
            prints = [p for file in batch if known and (p := file.print) is not None]
            there = known(prints) if known else {}
            for file in batch:
                items = there.get(file.print or b"")
                if items is not None:
                    yield KnownFile(items)
                else:
                    yield from self._opened(file)

    def __contains__(self, key: object) -> bool:
        """Whether an item is where it was seen, and that is under the paths that were named."""
        if not isinstance(key, ItemKey) or key.account != FILE:
            return False
        roots = [key_of(path).folder for path in self._paths]
        inside = any(key.folder.startswith(root.rstrip("/") + "/") for root in roots)
        if not (inside or key.folder in roots):
            return False
        name = re.sub(
            rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), key.folder.encode()
        )
        paths = (Path(key.folder), Path(os.fsdecode(name)))
        place = next((path for path in paths if path.is_file()), None)
        if place is None:
            return _is_in_maildir(paths[1])
        return key.uid == 0 or key.uid <= self._messages_in(place)

    def keys(self) -> tuple[ItemKey, ...]:
        """All items there are now; each file is opened, but only an mbox is read through.

        Raises:
            SourceUnreadable: a path that was named does not exist or may not be read.
        """
        self._places = {}
        for found in self._files():
            try:
                with disk.opened(Path(found.place)) as file:
                    self._places.update(self._found_in(found, file))
            except OSError as error:  # reading it fails as well, and that is told by its name
                log.warning("file in a folder cannot be read: errno %s", error.errno)
                self._places[key_of(found.path)] = _Place(found.place, "scan")
        return tuple(self._places)

    def items(self, keys: tuple[ItemKey, ...]) -> Iterator[RawItem]:
        """The items of ``keys`` one at a time; files that vanished are left out."""
        self._passed_over = []
        if any(key not in self._places for key in keys):
            self.keys()
        for key in keys:
            place = self._places.get(key)
            item = None
            with self._told(key):
                if place is not None:
                    with disk.opened(Path(place.path)) as file:
                        item = self._read(key, place, file)
                if item is None:
                    raise FileNotFoundError
            if item is not None:
                yield item

    def passed_over(self) -> tuple[PassedOver, ...]:
        """What `keys`, `stream` and the last `items` left out so far, and why."""
        return (*self._listing.left_out, *self._passed_over)

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _files(self) -> Iterator[Found]:
        self._listing = Listing(self._is_own)
        for path in self._paths:
            with _named(path):
                if not path.is_dir():
                    _opened(path).close()
                yield from self._listing.files(path)

    def _opened(self, found: Found) -> Iterator[RawItem | WholeFile]:
        """The items of a file, and that it was taken whole, if it was."""
        count, sha256, whole = 0, None, True
        began_ns = time.time_ns()
        with self._told(key_of(found.path)), disk.opened(Path(found.place)) as file:
            for key, place in self._found_in(found, file):
                item = self._read(key, place, file)
                if item is None:
                    self._passed_over.append(PassedOver(key, "vanished"))
                    whole = False
                    continue
                count += 1
                sha256 = item.sha256 if count == 1 and place.span is None else None
                whole = whole and item.problem is None
                yield item
            if whole and found.is_still(os.fstat(file.fileno()), began_ns) and found.print:
                yield WholeFile(found.print, count, sha256)

    @staticmethod
    def _found_in(found: Found, file: BufferedReader) -> Iterator[tuple[ItemKey, _Place]]:
        """The items of a file with their places, in order; ``file`` may be read between them."""
        if found.is_mail:
            yield key_of(found.path), _Place(found.place, "message")
            return
        name = PurePath(found.path).name
        head = file.read(HEAD)
        if not mbox.is_mbox(head):
            yield key_of(found.path), _Place(found.place, item_kind(head, name), None, shown(name))
            return
        file.seek(0)
        for number, span in enumerate(mbox.spans(file), start=1):
            at = file.tell()
            yield key_of(found.path, number), _Place(found.place, "message", span)
            file.seek(at)

    def _read(self, key: ItemKey, place: _Place, file: BufferedReader) -> RawItem | None:
        """The item, or its beginning; None where the mbox was rewritten since it was listed."""
        start, end = place.span or (0, os.fstat(file.fileno()).st_size)
        file.seek(start)
        if end - start > self._max_bytes:
            return beginning(key, place.kind, file, place.name, self._max_header)
        data = file.read(end - start)
        if place.span and len(data) < end - start:
            return None
        name = label(place.name) if place.kind == "scan" else None
        return RawItem(key, place.kind, data, filename=name)

    @contextmanager
    def _told(self, key: ItemKey) -> Iterator[None]:
        """What cannot be read is told and passed over."""
        try:
            yield
        except FileNotFoundError:
            self._passed_over.append(PassedOver(key, "vanished"))
        except OSError as error:
            log.warning("file cannot be read: errno %s", error.errno)
            self._passed_over.append(PassedOver(key, "unreadable"))

    def _messages_in(self, path: Path) -> int:
        """How many messages an mbox has now; read through once, and only if somebody asks."""
        if path not in self._counted:
            try:
                with disk.opened(path) as file:
                    self._counted[path] = sum(1 for _ in mbox.spans(file))
            except OSError:
                return 0
        return self._counted[path]


def _is_in_maildir(path: Path) -> bool:
    """Whether a Maildir has the message whose path there has no flags."""
    for part in ("cur", "new"):
        place = path.parent / part
        if place.is_dir():
            with os.scandir(place) as entries:
                if any(entry.name.partition(":2,")[0] == path.name for entry in entries):
                    return True
    return False


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


def item_kind(head: bytes, name: str) -> ItemKind:
    """Whether a file is taken apart like mail, archives among them, or is a document itself."""
    media_type = magic.media_type(head, name)
    suffix = PurePath(name).suffix.lower()
    if media_type in (magic.MESSAGE, magic.OUTLOOK, *CONTAINERS) or suffix == ".eml":
        return "message"
    if suffix == ".msg" and magic.is_compound(head):  # what tells it may stand behind the head
        return "message"
    return "scan"
