"""From a page's stored pixels to the image that is read: the steps of ``prepare`` in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocr import (
    borders,
    child,
    colour,
    decoding,
    faint,
    flat,
    formats,
    photo,
    prepare,
    rendering,
    reverse,
    spread,
)
from ocr.engine import Grey
from ocr.errors import Rejected
from ocr.picture import Picture
from ocr.settings import OcrSettings


@dataclass(frozen=True, slots=True)
class Source:
    """A page's stored pixels; ``odd`` if the renderer complained about them."""

    picture: Picture
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page image: upright, level, evenly lit; words' boxes are in its pixels.

    ``rotation`` is the clockwise quarter turn that was applied, ``skew`` the degrees taken out
    after it. ``bilevel`` tells that the page was black and white only, as faxes are. ``gutter``
    is the column between two pages side by side, None on a single page. ``coarse`` tells that it
    was stored with too few dots to be sure of letters.
    """

    image: Grey
    dpi: int
    rotation: int
    skew: float
    blank: bool
    bilevel: bool
    gutter: int | None = None
    coarse: bool = False


def load(
    path: Path, number: int, settings: OcrSettings, limits: child.Limits | None = None
) -> Source:
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
    if path.stat().st_size > settings.max_file_mb * 1024 * 1024:
        raise Rejected("too_large")
    media_type = formats.type_of(path)
    with child.private_folder() as folder:
        limits = limits or child.Limits(settings.page_timeout_s, settings.memory_mb)
        found = decoding.pixels(path.resolve(), media_type, number, settings, folder, limits)
        if isinstance(found, Picture):
            return Source(found)
        return _rendered(path, number, found, settings, folder, limits)


def _rendered(
    path: Path,
    number: int,
    facts: dict[str, Any],
    settings: OcrSettings,
    folder: Path,
    limits: child.Limits,
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


def prepared(picture: Picture, settings: OcrSettings, rotation: int = 0) -> Sheet:
    """The image to read, after a quarter turn clockwise by ``rotation`` degrees."""
    pixels, dpi_x, dpi_y = picture.pixels, picture.dpi_x, picture.dpi_y
    corners = None if picture.bilevel else photo.find_sheet(pixels)
    if corners is not None:
        pixels = flat.straighten(pixels, corners)
    dpi_x, dpi_y = prepare.page_dpi(pixels.shape[1], pixels.shape[0], dpi_x, dpi_y)
    pixels = prepare.quarter_turn(pixels, rotation)
    if rotation % 180:
        dpi_x, dpi_y = dpi_y, dpi_x
    scaled, dpi = prepare.to_dpi(colour.plain(pixels), dpi_x, dpi_y, settings.read_dpi)
    image = borders.whiten_borders(reverse.without_reversed(colour.grey(scaled), dpi))
    stretched = picture.bilevel and max(dpi_x, dpi_y) >= prepare.STRETCHED * min(dpi_x, dpi_y)
    bilevel = stretched or prepare.is_bilevel(image)
    if bilevel:
        image = prepare.smooth_bilevel(image, stretched)
    else:
        image = faint.darkened(prepare.flatten_light(image))
    skew = prepare.skew_angle(image)
    if abs(skew) < (prepare.BILEVEL_SKEW if bilevel else prepare.GREY_SKEW):
        skew = 0.0
    if skew:
        image = prepare.turn_back(image, skew)
    gutter = spread.gutter(image)
    if gutter is not None:
        image = spread.levelled(image, gutter)
    coarse = min(dpi_x, dpi_y) < prepare.LEAST_DPI
    return Sheet(image, dpi, rotation, skew, prepare.is_blank(image), bilevel, gutter, coarse)
