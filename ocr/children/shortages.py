"""What the machine lacks at the moment, told apart from what is wrong with a document.

A full temporary folder, too little memory or a missing program say nothing about a scan: it
waits, and is read when the machine can (``ocr.errors.Unavailable``).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ocr.errors import ChildFailed, OcrError, Unavailable

_LACKS = {
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.ENOMEM: "no_memory",
    errno.EAGAIN: "no_processes",
    errno.EMFILE: "no_processes",
    errno.ENFILE: "no_processes",
}
"""By error number (errno(3)); a process that cannot be started is EAGAIN (fork(2))."""

LEAST_ROOM = 1024 * 1024
"""Bytes free in the temporary folder below which it counts as full: a program whose output had
no room may end well all the same, with a result cut short."""

_KIB, _MIB = 1024, 1024 * 1024  # bytes


def lack(error: OSError) -> str | None:
    """The reason code where the error tells that the machine lacks something."""
    return _LACKS.get(error.errno or 0)


def unavailable(error: OSError) -> Unavailable:
    """Any error of the operating system in our own process: none of them is a document's."""
    return Unavailable(f"The machine: {error.strerror or error}.", lack(error) or "system_error")


@contextmanager
def asked() -> Iterator[None]:
    """Errors of the operating system in this block are the machine's.

    Raises:
        Unavailable: in their place.
    """
    try:
        yield
    except OSError as error:
        raise unavailable(error) from None


@contextmanager
def room_in(folder: Path) -> Iterator[None]:
    """What is done in this block needs room in ``folder``.

    Raises:
        Unavailable: there was none left at its end, whether it seemed to go well or not.
    """
    try:
        yield
    except (OcrError, OSError):
        require_room(folder)
        raise
    require_room(folder)


def require_room(folder: Path) -> None:
    """See whether the file system of ``folder`` is full.

    Raises:
        Unavailable: it is.
    """
    found = os.statvfs(folder)
    no_names = found.f_files > 0 and found.f_favail == 0  # some file systems do not count them
    if found.f_bavail * found.f_frsize < LEAST_ROOM or no_names:
        raise Unavailable(f"There is no room left in {folder}.", "no_space")


def memory_reason(limit_mb: int) -> str:
    """Why a process got no memory: ``too_large`` by its own limit, else ``no_memory``.

    It is the machine's doing where less is free than the limit allows.
    """
    free = _available_bytes()
    return "no_memory" if free is not None and free < limit_mb * _MIB else "too_large"


def memory_error(program: str, limit_mb: int) -> OcrError:
    """The error for a program that got no memory, whoever's doing it is."""
    reason = memory_reason(limit_mb)
    lacking = reason == "no_memory"
    kind = Unavailable if lacking else ChildFailed
    return kind(f"{program} ran out of memory.", reason)


def _available_bytes() -> int | None:
    """Memory that can be had without swapping (proc_meminfo(5)), None where it is not told."""
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
        return int(text.partition("MemAvailable:")[2].split()[0]) * _KIB
    except (OSError, ValueError, IndexError):
        return None
