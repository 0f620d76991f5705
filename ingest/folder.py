"""Items from the file system: messages, mboxes, Maildirs, bare scans, folders of these."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final, Literal

from ingest import magic, mbox
from ingest.errors import SourceUnreadable
from ingest.filenames import label
from ingest.limits import DEFAULT_LIMITS, ParseLimits
from ingest.types import ItemKey, ItemKind, PassedOver, RawItem

log = logging.getLogger(__name__)

ACCOUNT: Final = "file"
_HEAD: Final = 65536
_EMPTY_LINE: Final = (b"\n\n", b"\r\n\r\n", b"\n\r\n")

_DOCUMENTS: Final = (
    magic.PDF,
    "application/msword",
    "application/rtf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    kind: ItemKind
    span: mbox.Span | None = None


class FolderSource:
    """Files and folders as a `MessageSource`; nothing is written to them.

    A file that is named is always an item: a message, an mbox of messages, or else a scan, of
    whatever type, so that its rejection is recorded. In a folder only messages, mboxes and scan
    or document types are taken. Folders are read in the order of their names; hidden files and
    symbolic links to folders already seen are left out.

    Args:
        paths: files and folders, each named by the user.
        limits: a message over ``max_message_mb`` is delivered as its header alone with problem
            ``too_large``; a scan over it is passed over.
    """

    def __init__(self, paths: tuple[Path, ...], limits: ParseLimits = DEFAULT_LIMITS) -> None:
        self._paths = paths
        self._max_bytes = limits.max_message_mb * 1_000_000
        self._max_header = limits.max_header_kb * 1000
        self._places: dict[ItemKey, _Place] = {}
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

    def keys(self) -> tuple[ItemKey, ...]:
        """All items there are now; each file is opened, but only an mbox is read through.

        Raises:
            SourceUnreadable: a path that was named does not exist or may not be read.
        """
        self._places = {}
        seen: set[tuple[int, int]] = set()
        for path in self._paths:
            try:
                if path.is_dir():
                    self._add_folder(path, seen)
                else:
                    self._add_file(path, named=True)
            except OSError as error:
                raise SourceUnreadable(f"{path}: {error.strerror or 'cannot be read'}") from error
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
        """What the last `items` left out so far, and why."""
        return tuple(self._passed_over)

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _add_folder(self, folder: Path, seen: set[tuple[int, int]]) -> None:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            return
        seen.add(identity)
        if (folder / "cur").is_dir() and (folder / "new").is_dir():
            self._add_maildir(folder)
            return
        for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name)):
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            try:
                if entry.is_dir():
                    self._add_folder(path, seen)
                else:
                    self._add_file(path, named=False)
            except OSError as error:
                log.warning("file in a folder cannot be read: errno %s", error.errno)
                key = _key(path)
                self._places[key] = _Place(path, "scan")

    def _add_maildir(self, folder: Path) -> None:
        """Messages of a Maildir, by the part of the name that stays when flags change."""
        found = [
            (entry.name.partition(":2,")[0], Path(entry.path))
            for name in ("cur", "new")
            for entry in os.scandir(folder / name)
            if entry.is_file() and not entry.name.startswith(".")
        ]
        for name, path in sorted(found):
            key = _key(folder / name)
            self._places[key] = _Place(path, "message")

    def _add_file(self, path: Path, *, named: bool) -> None:
        if not stat.S_ISREG(path.stat().st_mode):
            if named:
                raise SourceUnreadable(f"{path}: is neither a file nor a folder")
            return
        with _opened(path) as file:
            head = file.read(_HEAD)
            if mbox.is_mbox(head):
                file.seek(0)
                for number, span in enumerate(mbox.spans(file), start=1):
                    key = _key(path, number)
                    self._places[key] = _Place(path, "message", span)
                return
        kind = item_kind(head, path.name, named=named)
        if kind is not None:
            self._places[_key(path)] = _Place(path, kind)

    def _read(self, key: ItemKey, place: _Place) -> RawItem | None:
        with _opened(place.path) as file:
            start, end = place.span or (0, os.fstat(file.fileno()).st_size)
            file.seek(start)
            if end - start > self._max_bytes:
                if place.kind == "scan":
                    self._passed_over.append(PassedOver(key, "too_large"))
                    return None
                header = header_only(file.read(self._max_header))
                return RawItem(key, "message", header, problem="too_large")
            data = file.read(end - start)
        if place.span and len(data) < end - start:
            return None  # the mbox was rewritten since it was listed
        name = label(place.path.name) if place.kind == "scan" else None
        return RawItem(key, place.kind, data, filename=name)


def _opened(path: Path) -> BufferedReader:
    """The file, for reading that never waits: the kernel has files that have no end."""
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def _key(path: Path, number: int = 0) -> ItemKey:
    # A name that is no UTF-8 keeps its bytes visible: lone surrogates cannot be stored.
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return ItemKey(ACCOUNT, shown, 0, number)


def header_only(data: bytes) -> bytes:
    """The header of a message with the empty line after it."""
    ends = [at + len(mark) for mark in _EMPTY_LINE if (at := data.find(mark)) >= 0]
    return data[: min(ends)] if ends else data


def item_kind(head: bytes, name: str, *, named: bool = False) -> Literal["message", "scan"] | None:
    """What a file is: a message, a scan or document, or None for anything else not named."""
    media_type = magic.media_type(head, name)
    suffix = PurePath(name).suffix.lower()
    if media_type in (magic.MESSAGE, magic.OUTLOOK) or suffix == ".eml":
        return "message"
    if suffix == ".msg" and magic.is_compound(head):  # what tells it may stand behind the head
        return "message"
    if named or media_type.startswith("image/") or media_type in _DOCUMENTS:
        return "scan"
    return None
