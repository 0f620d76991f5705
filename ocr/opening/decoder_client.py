"""Our side of the decoder: ask it about a file, get pixels back, end it when it hangs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ingest.magic import PDF
from ocr.children.limits import Limits
from ocr.children.resident import Resident
from ocr.errors import LACKS, ChildFailed, ChildTimeout, Rejected, Unavailable
from ocr.opening.picture import Picture
from ocr.settings import OcrSettings

_decoder = Resident("ocr.opening.decoder")


class Crashed(Rejected):
    """The decoder died over the file."""

    def __init__(self) -> None:
        super().__init__("corrupt")


def kinds(path: Path, media_type: str, settings: OcrSettings) -> tuple[str, ...]:
    """What each page of the file is: ``scan``, ``digital``, ``empty`` or ``mixed``.

    A page stays ``mixed`` when another one is a scan already, see ``pdf.page_kind``.

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
    limits: Limits | None = None,
) -> Picture | dict[str, Any]:
    """The page's own image, or what a renderer must know to draw the page.

    ``damaged`` is among the latter: whether an image on the page fails its own checks.
    ``limits`` are those of the page as a whole, see ``Limits.from_now``.

    Raises:
        Rejected: encrypted, corrupt, undecodable, codec_missing or too_large.
        ChildTimeout: it took too long.
        Unavailable: the machine lacked what it takes.
    """
    request = {"job": "pixels", "path": str(path), "media_type": media_type, "number": number}
    out = folder / "pixels.npy"
    try:
        answer = _ask({**request, "out": str(out)}, settings, limits)
    except Crashed:
        if media_type == PDF:
            raise
        # the decoder that comes first has crashed: the others may know the page
        answer = _ask({**request, "out": str(out), "skip": 1}, settings, limits)
    if "render" in answer:
        return {**answer["render"], "damaged": answer["damaged"]}
    return _taken(out, answer)


def rendered(
    path: Path,
    number: int,
    dpi: float,
    colour: bool,
    settings: OcrSettings,
    folder: Path,
    limits: Limits,
) -> Picture:
    """Page ``number`` (from 1) of a PDF as PDFium draws it, RGB or grey.

    Raises:
        Rejected: encrypted, corrupt or too_large.
        ChildTimeout: it took too long.
    """
    out = folder / "rendered.npy"
    request = {"job": "rendered", "path": str(path), "number": number, "out": str(out)}
    return _taken(out, _ask({**request, "dpi": dpi, "colour": colour}, settings, limits))


def rewritten(path: Path, number: int, settings: OcrSettings, folder: Path, limits: Limits) -> Path:
    """Page ``number`` (from 1) of a PDF written anew, see ``pdf.rewrite``.

    Raises:
        Rejected: encrypted, corrupt, too_large or timeout.
    """
    out = folder / "rewritten.pdf"
    request = {"job": "rewritten", "path": str(path), "number": number, "out": str(out)}
    _ask(request, settings, limits)
    return out


def _taken(out: Path, answer: dict[str, Any]) -> Picture:
    stored = np.load(out, allow_pickle=False)
    out.unlink()
    return Picture(stored, answer["dpi_x"], answer["dpi_y"], answer["bilevel"], answer["damaged"])


def _ask(
    request: dict[str, Any], settings: OcrSettings, limits: Limits | None = None
) -> dict[str, Any]:
    limits = (limits or Limits(settings.page_timeout_s, settings.memory_mb)).left()
    bounds = {
        "max_pages": settings.max_pages,
        "max_pixels": settings.max_pixels,
        "max_side": settings.max_side_pixels,
    }
    try:
        reply = _decoder.ask({**request, **bounds}, limits)
    except ChildFailed:
        raise Crashed from None
    if "error" in reply:
        code = str(reply["error"])
        if code == "timeout":
            raise ChildTimeout("Looking into the file took too long.")
        if code in LACKS:
            raise Unavailable("The file could not be opened now.", code)
        raise Crashed if code == "crashed" else Rejected(code)
    return dict(reply["ok"])


def stop() -> None:
    """End this process's decoder, if it has one; the next request starts another."""
    _decoder.stop()
