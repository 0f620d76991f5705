"""From a page's stored pixels to the image that is read: the steps of ``prepare`` in order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ocr.image import WHITE, Grey, as_bytes, quarter_turn
from ocr.opening.picture import Picture
from ocr.prepare import (
    borders,
    colour,
    darken,
    dewarp,
    facing_pages,
    invert,
    leaders,
    page_outline,
    print_outside,
)
from ocr.prepare.blank import is_blank
from ocr.prepare.light import flatten_light, is_bilevel, smooth_bilevel
from ocr.prepare.resolution import LEAST_DPI, STRETCHED, page_dpi, to_dpi
from ocr.prepare.skew import BILEVEL_SKEW, GREY_SKEW, skew_angle, turn_back
from ocr.settings import OcrSettings
from ocr.types import Box

_MIDDLE_GREY = 128
"""Median grey level below which a page is light on dark, as slides are."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """The page image: upright, level, evenly lit; words' boxes are in its pixels.

    ``rotation`` is the clockwise quarter turn that was applied, ``skew`` the degrees taken out
    after it. ``bilevel`` tells that the page was black and white only, as faxes are. ``gutter``
    is the column between two pages side by side, None on a single page. ``coarse`` tells that it
    was stored with too few dots to be sure of letters, ``tinted`` that colour was taken out.
    ``leaders`` are the places of rows of dots that were taken out.
    """

    image: Grey
    dpi: int
    rotation: int
    skew: float
    blank: bool
    bilevel: bool
    gutter: int | None = None
    coarse: bool = False
    tinted: bool = False
    leaders: tuple[Box, ...] = ()


def prepared(picture: Picture, settings: OcrSettings, rotation: int = 0) -> PageImage:
    """The image to read, after a quarter turn clockwise by ``rotation`` degrees."""
    sheet = _sheet(picture, settings, rotation)
    toned = colour.grey(sheet.pixels)
    image = borders.whiten_borders(invert.with_bars_inverted(toned, sheet.dpi))
    bilevel = sheet.stretched or is_bilevel(image)
    if bilevel:
        image = smooth_bilevel(image, sheet.stretched)
    else:
        image = darken.darkened(flatten_light(image))
    skew = skew_angle(image)
    if abs(skew) < (BILEVEL_SKEW if bilevel else GREY_SKEW):
        skew = 0.0
    if skew:
        image = turn_back(image, skew)
    gutter = facing_pages.gutter(image)
    if gutter is not None:
        image = facing_pages.levelled(image, gutter)
    blank = is_blank(image)
    tinted = sheet.pixels.ndim == 3
    image, dots = leaders.taken_out(image, sheet.dpi)
    return PageImage(
        image, sheet.dpi, rotation, skew, blank, bilevel, gutter, sheet.coarse, tinted, dots
    )


def plain(picture: Picture, settings: OcrSettings, page: PageImage) -> PageImage:
    """The page in the same place and size, but in its own tones: grey, and light on dark turned.

    What stamps, borders, light and faint print are treated by is a bet; this is what there is
    if it is lost. A page that was blank is looked at again.
    """
    sheet = _sheet(picture, settings, page.rotation)
    image = colour.luma(sheet.pixels)
    if np.median(image[::8, ::8]) < _MIDDLE_GREY:
        image = as_bytes(WHITE - image)
    if page.bilevel:
        image = smooth_bilevel(image, sheet.stretched)
    if page.skew:
        image = turn_back(image, page.skew)
    if page.gutter is not None:
        image = facing_pages.levelled(image, page.gutter)
    image, dots = leaders.taken_out(image, page.dpi)
    return replace(page, image=image, blank=False, leaders=dots)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet with square pixels, in colour where it has any; ``stretched`` tells of a fax."""

    pixels: NDArray[np.uint8]
    dpi: int
    stretched: bool
    coarse: bool


def _sheet(picture: Picture, settings: OcrSettings, rotation: int) -> _Sheet:
    pixels, dpi_x, dpi_y = picture.pixels, picture.dpi_x, picture.dpi_y
    outline = None if picture.bilevel else page_outline.find_outline(pixels)
    if outline is not None and print_outside.is_sheet(pixels, outline):
        pixels = dewarp.dewarped(pixels, outline)
    dpi_x, dpi_y = page_dpi(pixels.shape[1], pixels.shape[0], dpi_x, dpi_y)
    pixels = quarter_turn(pixels, rotation)
    if rotation % 180:
        dpi_x, dpi_y = dpi_y, dpi_x
    scaled, dpi = to_dpi(colour.plain(pixels), dpi_x, dpi_y, settings.read_dpi)
    stretched = picture.bilevel and max(dpi_x, dpi_y) >= STRETCHED * min(dpi_x, dpi_y)
    return _Sheet(scaled, dpi, stretched, min(dpi_x, dpi_y) < LEAST_DPI)
