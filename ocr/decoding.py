"""Our side of the decoder: ask it about a file, get pixels back, end it when it hangs."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from ocr import child
from ocr.errors import ChildFailed, ChildTimeout, Rejected
from ocr.picture import Picture
from ocr.settings import OcrSettings

_ROOT = Path(__file__).resolve().parent.parent
_ANSWER_CAP = 1024 * 1024
_lock = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}
"""The decoder by the process that started it: after a fork the parent's is not ours."""


def kinds(path: Path, media_type: str, settings: OcrSettings) -> tuple[str, ...]:
    """What each page of the file is: ``scan``, ``digital`` or ``empty``.

    Raises:
        Rejected: encrypted, corrupt, too_many_pages, too_large or timeout.
    """
    answer = _ask(
        {"job": "facts", "path": str(path), "media_type": media_type},
        settings,
    )
    return tuple(answer["kinds"])


def pixels(
    path: Path,
    media_type: str,
    number: int,
    settings: OcrSettings,
    folder: Path,
    limits: child.Limits | None = None,
) -> Picture | dict[str, Any]:
    """The page's own image, or what poppler must know to render it.

    ``limits`` are those of the page as a whole, see ``child.Limits.from_now``.

    Raises:
        Rejected: encrypted, corrupt, too_large or timeout.
    """
    out = folder / "pixels.npy"
    request = {"job": "pixels", "path": str(path), "media_type": media_type, "number": number}
    answer = _ask({**request, "out": str(out)}, settings, limits)
    if "render" in answer:
        return dict(answer["render"])
    stored = np.load(out, allow_pickle=False)
    out.unlink()
    return Picture(stored, answer["dpi_x"], answer["dpi_y"], answer["bilevel"])


def _ask(
    request: dict[str, Any], settings: OcrSettings, limits: child.Limits | None = None
) -> dict[str, Any]:
    limits = (limits or child.Limits(settings.page_timeout_s, settings.memory_mb)).left()
    full = {
        **request,
        "max_pages": settings.max_pages,
        "max_pixels": settings.max_pixels,
        "max_side": settings.max_side_pixels,
        "memory_mb": limits.memory_mb,
        "cpu_s": limits.cpu_s,
        "file_mb": limits.file_mb,
    }
    with _lock:
        try:
            reply = _exchange(json.dumps(full).encode() + b"\n", limits.wall_s)
        except ChildTimeout:
            stop()
            raise Rejected("timeout") from None
        except ChildFailed:
            stop()
            raise Rejected("corrupt") from None
    if "error" in reply:
        code = str(reply["error"])
        raise Rejected("corrupt" if code == "crashed" else code)
    return dict(reply["ok"])


def _exchange(line: bytes, wall_s: float) -> dict[str, Any]:
    process = _process()
    if process.stdin is None or process.stdout is None:
        raise ChildFailed("The decoder has no pipes.")
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except BrokenPipeError:
        raise ChildFailed("The decoder has ended.") from None
    return _reply(process.stdout.fileno(), time.monotonic() + wall_s)


def _reply(pipe: int, deadline: float) -> dict[str, Any]:
    """The next whole line that is JSON; what a dying child left unfinished is skipped."""
    text = b""
    while True:
        *lines, text = text.split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError):
                found = json.loads(line)
                if isinstance(found, dict):
                    return found
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise ChildTimeout("The decoder did not answer in time.")
        more = os.read(pipe, 65536)
        if not more or len(text) > _ANSWER_CAP:
            raise ChildFailed("The decoder ended without an answer.")
        text += more


def _process() -> subprocess.Popen[bytes]:
    process = _running.get(os.getpid())
    if process is None or process.poll() is not None:
        process = child.start_python("ocr.decoder", _ROOT)
        _running[os.getpid()] = process
    return process


def stop() -> None:
    """End this process's decoder, if it has one; the next request starts another."""
    process = _running.pop(os.getpid(), None)
    if process is None:
        return
    child.kill_group(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


atexit.register(stop)
