"""Files of a folder that others write to: never a device, never what a link points to."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Literal

NoFile = Literal["link", "no_file"]


def no_file(entry: os.DirEntry[str]) -> NoFile | None:
    """Why an entry of a folder is not looked into; None for a file or folder."""
    if entry.is_symlink():
        return "link"
    plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return None if plain else "no_file"


def opened(path: Path) -> BufferedReader:
    """The file, as it stands in its folder.

    Raises:
        FileNotFoundError: something else has taken its place.
        OSError: it may not be read.
    """
    # O_NONBLOCK: opening a pipe would wait for whoever writes to it
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError(path)
    return os.fdopen(handle, "rb")
