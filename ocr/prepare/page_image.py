"""From a page's stored pixels to the image that is read: the steps of ``prepare`` in order."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.image import Grey, quarter_turn
from ocr.opening.picture import Picture
from ocr.prepare import (
    borders,
    colour,
    darken,
    dewarp,
    facing_pages,
    invert,
    page_outline,
    print_outside,
)
from ocr.prepare.blank import is_blank
from ocr.prepare.light import flatten_light, is_bilevel, smooth_bilevel
from ocr.prepare.resolution import LEAST_DPI, STRETCHED, page_dpi, to_dpi
from ocr.prepare.skew import BILEVEL_SKEW, GREY_SKEW, skew_angle, turn_back
from ocr.settings import OcrSettings


@dataclass(frozen=True, slots=True)
class PageImage:
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


def prepared(picture: Picture, settings: OcrSettings, rotation: int = 0) -> PageImage:
    """The image to read, after a quarter turn clockwise by ``rotation`` degrees."""
    pixels, dpi_x, dpi_y = picture.pixels, picture.dpi_x, picture.dpi_y
    outline = None if picture.bilevel else page_outline.find_outline(pixels)
    if outline is not None and print_outside.is_sheet(pixels, outline):
        pixels = dewarp.dewarped(pixels, outline)
    dpi_x, dpi_y = page_dpi(pixels.shape[1], pixels.shape[0], dpi_x, dpi_y)
    pixels = quarter_turn(pixels, rotation)
    if rotation % 180:
        dpi_x, dpi_y = dpi_y, dpi_x
    scaled, dpi = to_dpi(colour.plain(pixels), dpi_x, dpi_y, settings.read_dpi)
    image = borders.whiten_borders(invert.with_bars_inverted(colour.grey(scaled), dpi))
    stretched = picture.bilevel and max(dpi_x, dpi_y) >= STRETCHED * min(dpi_x, dpi_y)
    bilevel = stretched or is_bilevel(image)
    image = smooth_bilevel(image, stretched) if bilevel else darken.darkened(flatten_light(image))
    skew = skew_angle(image)
    if abs(skew) < (BILEVEL_SKEW if bilevel else GREY_SKEW):
        skew = 0.0
    if skew:
        image = turn_back(image, skew)
    gutter = facing_pages.gutter(image)
    if gutter is not None:
        image = facing_pages.levelled(image, gutter)
    coarse = min(dpi_x, dpi_y) < LEAST_DPI
    return PageImage(image, dpi, rotation, skew, is_blank(image), bilevel, gutter, coarse)
