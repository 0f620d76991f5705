"""The kept originals: raw messages and attachments under the SHA-256 of their bytes.

A file is written under a temporary name, synced, renamed, and its folder synced, so that
after a crash it is there whole or not at all. What a killed write left behind is swept away
at the next start: a writer holds a lock on its temporary file, the kernel lets it go when the
writer dies, and so only leftovers can be locked by the sweeper.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from store.db import private
from store.errors import OriginalUnusable

_SHA256 = re.compile(r"[0-9a-f]{64}")
_INCOMING = ".incoming"


class Originals:
    """A folder of kept files: ``ab/cd/abcd...``, each named by its SHA-256."""

    def __init__(self, folder: Path, refused: Callable[[str], bool] | None = None) -> None:
        """``refused`` tells which files, by their digest, are not kept any more."""
        self.folder = folder
        self._refused = refused
        self._unsettled: set[Path] = set()

    def path(self, sha256: str) -> Path:
        """Where the file with this digest is, or would be.

        Raises:
            OriginalUnusable: ``sha256`` is not 64 lower-case hex digits.
        """
        if not _SHA256.fullmatch(sha256):
            raise OriginalUnusable("A kept original is named by 64 hex digits.")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, data: bytes) -> str:
        """Keep ``data``; when this returns, it survives a power cut.

        What was forgotten (``store.erasure.forget``) is not written.

        Returns:
            The SHA-256 of ``data`` in hex.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.refuses(sha256):
            self.write(data, sha256)
            self.settle()
        return sha256

    def refuses(self, sha256: str) -> bool:
        """Whether a file with this digest was removed for good; asks the database."""
        return self._refused is not None and self._refused(sha256)

    def write(self, data: bytes, sha256: str | None = None) -> str:
        """Like ``put``, but only after ``settle`` does the file survive a power cut.

        May be called from another thread; what is refused the caller has asked before.

        Several files settled together cost little more than one: what makes a file's name
        durable is the folder's sync, and the first of them does most of the work for all.

        Args:
            data: the bytes.
            sha256: their digest, if the caller has computed it already.
        """
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not (path.is_file() and path.stat().st_size == len(data)):
            self._write(path, data)
        # also for a file that was there: its writer may have been killed before this line
        self._unsettled.add(path.parent)
        return sha256

    def settle(self) -> None:
        """Make what was written durable: each folder that has a new entry is synced."""
        for folder in sorted(self._unsettled):
            sync_folder(folder)
            self._unsettled.discard(folder)

    def get(self, sha256: str) -> bytes:
        """The kept bytes.

        Raises:
            OriginalUnusable: ``original_missing``, ``original_changed``, or ``original_unusable``
                where it cannot be read.
        """
        with _openable(self.path(sha256), sha256) as file:
            data = file.read()
        _require_same(hashlib.sha256(data).hexdigest(), sha256)
        return data

    def verify(self, sha256: str) -> None:
        """See that the file is there with the bytes that were kept, whatever its size.

        Raises:
            OriginalUnusable: as ``get``.
        """
        with _openable(self.path(sha256), sha256) as file:
            _require_same(hashlib.file_digest(file, "sha256").hexdigest(), sha256)

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(sha256).is_file()

    def remove(self, sha256: str) -> bool:
        """Remove the file for good; when this returns, its name is gone from the disk.

        Returns:
            Whether it was there.
        """
        path = self.path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def sweep(self) -> int:
        """Remove what killed writes left behind; files being written now stay.

        Returns:
            How many files were removed.
        """
        removed = 0
        incoming = self.folder / _INCOMING
        for leftover in sorted(incoming.glob("*")) if incoming.is_dir() else ():
            try:
                handle = os.open(
                    leftover, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
                )
            except OSError:  # renamed or swept by another process meanwhile
                continue
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                leftover.unlink(missing_ok=True)
                removed += 1
            except BlockingIOError:  # somebody is writing it
                continue
            finally:
                os.close(handle)
        return removed

    def _write(self, path: Path, data: bytes) -> None:
        incoming = self.folder / _INCOMING
        self._make_folder(incoming)
        self._make_folder(path.parent)
        handle, temporary = _create_locked(incoming)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        finally:
            os.close(handle)

    def _make_folder(self, folder: Path) -> None:
        """Create the folder and its parents; each entry waits to be synced."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(private.FOLDER, exist_ok=True)
        self._unsettled.add(folder.parent)


@contextmanager
def _openable(path: Path, sha256: str) -> Iterator[BufferedReader]:
    """The file, open; only a plain file, since reading from a pipe or device may never end."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OriginalUnusable(f"The kept original {sha256[:12]} is no file.")
            yield file
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise OriginalUnusable(
            f"The kept original {sha256[:12]} cannot be read ({error.strerror}).",
            "original_missing" if missing else None,
        ) from error


def _require_same(found: str, sha256: str) -> None:
    if found != sha256:
        raise OriginalUnusable(
            f"The kept original {sha256[:12]} was changed on the disk.", "original_changed"
        )


def _create_locked(folder: Path) -> tuple[int, Path]:
    """A new file that this process holds the lock of."""
    while True:
        temporary = folder / secrets.token_hex(16)
        handle = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, private.FILE
        )
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # a sweeper was faster; it removes the file
            os.close(handle)
            continue
        if os.fstat(handle).st_nlink:
            return handle, temporary
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make what has a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
