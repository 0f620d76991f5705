"""Private temporary folders: made for one piece of work, and gone after it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ocr.children import shortages
from ocr.errors import Unavailable

FOLDER_PREFIX = "noteverbale-"


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder of our own, removed at the end.

    Its name carries our process id, so that ``sweep`` knows the folders of the dead.

    Raises:
        Unavailable: it cannot be made, no room was left in it, or programs may not be started
            from it.
    """
    with shortages.asked():
        root = Path(tempfile.gettempdir())
        if os.statvfs(root).f_flag & os.ST_NOEXEC:
            raise Unavailable(
                f"{root} does not allow programs to be started; set TMPDIR to another folder.",
                "temporary_folder",
            )
        name = tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", dir=root)
    try:
        with shortages.room_in(root):
            yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


def sweep() -> int:
    """Remove private folders that killed runs left behind; returns how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*-*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if not owner.isdecimal() or _alive(int(owner)) or folder.stat().st_uid != os.getuid():
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
