"""A page's stored pixels: the scan inside a PDF, a picture file's page, or the page rendered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocr.children.folders import private_folder
from ocr.children.limits import Limits
from ocr.errors import Rejected
from ocr.opening import decoder_client, formats, rendering
from ocr.opening.picture import Picture
from ocr.settings import OcrSettings


@dataclass(frozen=True, slots=True)
class Source:
    """A page's stored pixels; ``odd`` if the renderer complained about them."""

    picture: Picture
    odd: bool = False


def load(path: Path, number: int, settings: OcrSettings, limits: Limits | None = None) -> Source:
    """The stored pixels of page ``number``: the scan inside a PDF, or the page rendered.

    Args:
        path: the document.
        number: the page, from 1.
        settings: limits and choices.
        limits: of the page as a whole, where reading it goes on afterwards.

    Raises:
        Rejected: the file cannot be read.
        ChildError: the page could not be rendered.
    """
    if path.stat().st_size > settings.max_file_bytes:
        raise Rejected("too_large")
    media_type = formats.type_of(path)
    with private_folder() as folder:
        limits = limits or Limits(settings.page_timeout_s, settings.memory_mb)
        found = decoder_client.pixels(path.resolve(), media_type, number, settings, folder, limits)
        if isinstance(found, Picture):
            return Source(found)
        return _rendered(path, number, found, settings, folder, limits)


def _rendered(
    path: Path,
    number: int,
    facts: dict[str, Any],
    settings: OcrSettings,
    folder: Path,
    limits: Limits,
) -> Source:
    unit, shrunk = float(facts["unit"]), float(facts["shrunk"])
    picture, odd = rendering.render(
        path.resolve(),
        number,
        (float(facts["width"]), float(facts["height"])),
        settings.read_dpi * unit / shrunk,
        settings,
        limits,
        folder,
        colour=bool(facts["colour"]),
        damaged=bool(facts["damaged"]),
    )
    dpi = picture.dpi_x / unit * shrunk  # of the paper that was scanned
    return Source(replace(picture, dpi_x=dpi, dpi_y=dpi), odd)
