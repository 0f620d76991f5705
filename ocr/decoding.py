"""Our side of the decoder: ask it about a file, get pixels back, end it when it hangs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ocr import child
from ocr.errors import LACKS, ChildFailed, ChildTimeout, Rejected, Unavailable
from ocr.picture import Picture
from ocr.resident import Resident
from ocr.settings import OcrSettings

_decoder = Resident("ocr.decoder")


def kinds(path: Path, media_type: str, settings: OcrSettings) -> tuple[str, ...]:
    """What each page of the file is: ``scan``, ``digital``, ``empty`` or ``mixed``.

    A page stays ``mixed`` when another one is a scan already, see ``ocr.pdf_kind``.

    Raises:
        Rejected: encrypted, corrupt, too_many_pages or too_large.
        ChildTimeout: it took too long.
        Unavailable: the machine lacked what it takes.
    """
    answer = _ask(
        {"job": "facts", "path": str(path), "media_type": media_type},
        settings,
    )
    found = list(answer["kinds"])
    for number, kind in enumerate(found, start=1):
        if "scan" in found:
            break
        if kind == "mixed":
            found[number - 1] = _counted(path, number, settings)
    return tuple(found)


def _counted(path: Path, number: int, settings: OcrSettings) -> str:
    """What a page with typed letters and ink is; a scan if that cannot be told, for it is read."""
    try:
        answer = _ask({"job": "letters", "path": str(path), "number": number}, settings)
    except Rejected:
        return "scan"
    return "scan" if answer["scanned"] else "digital"


def enclosed(path: Path, settings: OcrSettings, folder: Path) -> list[dict[str, Any]]:
    """The files inside a PDF, written to ``folder``: their names, types and problems.

    Raises:
        Rejected: encrypted, corrupt, too_large or timeout.
    """
    request = {"job": "enclosed", "path": str(path), "out": str(folder)}
    return list(_ask(request, settings)["files"])


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
        Rejected: encrypted, corrupt or too_large.
        ChildTimeout: it took too long.
        Unavailable: the machine lacked what it takes.
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
    bounds = {
        "max_pages": settings.max_pages,
        "max_pixels": settings.max_pixels,
        "max_side": settings.max_side_pixels,
    }
    try:
        reply = _decoder.ask({**request, **bounds}, limits)
    except ChildFailed:
        raise Rejected("corrupt") from None
    if "error" in reply:
        code = str(reply["error"])
        if code == "timeout":
            raise ChildTimeout("Looking into the file took too long.")
        if code in LACKS:
            raise Unavailable("The file could not be opened now.", code)
        raise Rejected("corrupt" if code == "crashed" else code)
    return dict(reply["ok"])


def stop() -> None:
    """End this process's decoder, if it has one; the next request starts another."""
    _decoder.stop()
