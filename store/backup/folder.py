"""What a backup is: a folder with the database, the originals it names, and what both held.

::

    noteverbale.db      one file, nothing in a log beside it
    originals/          ab/cd/abcd..., as beside the database
    backup.json         when it was made, how much is in it, the database's SHA-256

``backup.json`` is written last, before the folder gets its name: a folder without it is no backup.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from store.db import private
from store.db.database import ORIGINALS
from store.db.originals import Originals, sync_folder
from store.errors import StoreError

DATABASE: Final = "noteverbale.db"
MANIFEST: Final = "backup.json"
FORMAT: Final = 1
"""Of ``backup.json``."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup; ``unusable`` are originals that were missing or changed on the disk.

    ``linked`` of the originals are names of the same files, not copies. Sizes are in bytes.
    """

    made_at: str
    documents: int
    delegates: int
    originals: int
    originals_bytes: int
    database_bytes: int
    database_sha256: str
    linked: int = 0
    unusable: tuple[str, ...] = ()
    format: int = field(default=FORMAT)


def write_manifest(folder: Path, contents: Contents) -> None:
    """Say what is in it."""
    path = folder / MANIFEST
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, private.FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(contents), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(handle)


def read_manifest(folder: Path) -> Contents:
    """What should be in it.

    Raises:
        StoreError: ``usage``: it is no backup, or one of a newer version.
    """
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] > FORMAT:
            raise StoreError(f"{folder} was made by a newer version.", reason="usage")
        return Contents(**{**data, "unusable": tuple(data["unusable"])})
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"{folder} is no backup: it has no {MANIFEST} that can be read.", reason="usage"
        ) from None


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a file has these bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def copy_original(source: Path, folder: Path, sha256: str, *, link: bool) -> bool | None:
    """One original into a folder of originals, with its bytes looked at there.

    Returns:
        Whether it was linked; None if it is missing or its bytes are not those that were kept.
    """
    place = Originals(folder).path(sha256)
    private.make_folder(place.parent)
    linked = False
    try:
        if link:
            try:
                os.link(source, place, follow_symlinks=False)
                linked = True
            except OSError:  # another disk, or one without links
                _copy(source, place)
        else:
            _copy(source, place)
    except OSError as error:
        place.unlink(missing_ok=True)
        if isinstance(error, FileNotFoundError):
            return None
        raise
    if is_whole(place, sha256):
        return linked
    place.unlink()
    return None


def _copy(source: Path, place: Path) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, private.FILE)
    with os.fdopen(handle, "wb") as target, source.open("rb") as file:
        shutil.copyfileobj(file, target, 1 << 20)


@contextmanager
def unfinished(place: Path) -> Iterator[Path]:
    """A new folder beside ``place``, to get that name when it is whole; else it is removed.

    What killed runs left behind there goes first: whoever writes holds a lock on the folder, the
    kernel lets it go when the writer dies.
    """
    before = f".{place.name}.partial-"
    for leftover in place.parent.glob(f"{before}*"):
        handle = _locked(leftover)
        if handle is not None:
            shutil.rmtree(leftover, ignore_errors=True)
            os.close(handle)
    folder = place.parent / f"{before}{os.getpid()}"
    folder.mkdir(private.FOLDER)
    handle = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _locked(folder: Path) -> int | None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def name(folder: Path, place: Path) -> None:
    """Give a whole folder its name, for good.

    Raises:
        StoreError: ``usage``: the name was taken meanwhile.
    """
    os.sync()  # thousands of files: once for all of them, not a wait for each
    try:
        if place.exists():
            raise FileExistsError
        folder.rename(place)
    except OSError as error:
        raise StoreError(f"{place} cannot be made: it is there.", reason="usage") from error
    sync_folder(place.parent)


def originals_in(folder: Path) -> Iterator[str]:
    """The digests that files in a folder of originals are named by."""
    for file in (folder / ORIGINALS).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        yield file.name
