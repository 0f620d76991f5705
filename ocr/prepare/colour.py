"""From a colour scan to a grey one: stamps go, print stays, also print in colour.

Images are those of ``prepare``.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import WHITE, Grey, as_bytes

_COLOURED, _COLOURED_SHARE = 24, 0.35
"""Spread between the channels from which a pixel is coloured: at least so much, which JPEG noise
is not, and so large a share of how far the darkest channel is from white. The share is the
same for a full stroke and for its pale edge, and small for the fringes of black print."""

_DIMMEST, _BRIGHT, _WHITE_PAPER = 60.0, 215.0, 245.0
"""Grey levels of the paper's darkest channel: between the first two it is brought to the third;
what is darker is no paper, what is brighter needs nothing."""

_BLACK = 110
"""Brightest channel up to which a pixel is black print."""

_ROWS = 585
"""Rows of the small page in which lines of print are looked for: half a millimetre each on A4."""

_SHARE = 5
"""One in so many pixels that must be coloured for the small one to be so."""

_LOWEST, _TALLEST = 0.005, 0.025
"""Heights of a line of print, as shares of the page's height: 1.5 to 7 mm on A4."""

_LONG = 3.0
"""A line of print is so many times as long as it is high."""

_WORD_GAP = 0.012
"""Gap between two words of a line, as a share of the page's height: 3.5 mm on A4."""

_UNDER, _SOLID = 0.2, 0.6
"""Black to coloured pixels, and coloured pixels to all, from which it is no print in colour."""

_NEUTRAL = 0.5
"""Share of the spread of a coloured pixel up to which a dark one is black print under a stamp: the
strokes of dark blue print have more."""

_STAMP_WIDE, _STAMP_HIGH = 0.45, 0.25
"""Width and height of the largest stamp, as shares of the page's; a frame round more than that is
a part of the page."""

_DARK_PRINT, _PALE_PRINT, _VERY_LONG = 150, 190, 11.0
"""Luma of the darker strokes of print in colour: stamps are inked thinly, those of 14 pages had 150
and more. Up to the second it is print if its line is so many times as long as it is high: an
address, the line of a letterhead; lines of stamps are up to 10 times as long."""

_FRINGE, _FRINGE_REACH, _LEAST_REACH = 0.35, 0.005, 9
"""Share of the colour near a pixel that is left when opposite colours cancel, below which it is the
fringe of black print; how far is near, as a share of the page's height and in pixels at least."""

_FULL_INK, _TINGED = 170, 0.1
"""Luma of ink that is no edge of a stroke, and the share of it near a pixel that is coloured, below
which the colour is a fringe."""

_STROKES = 10
"""Percentile of a line's coloured pixels that is a full stroke and no edge of one."""

_RIM = 5
"""Pixels across which the washed-out edge of a coloured stroke is looked for."""

_ANY_INK = 0.0004
"""Share of coloured pixels from which a page has coloured ink; JPEG noise and a scanner's fringes
have less."""

_PALE = 150
"""Luma from which a pixel beside coloured ones is the washed-out edge of a stamp's stroke."""

_INK, _STAMP = 55, 85
"""Luma up to which a coloured pixel is print, and from which it is stamp."""


def _lifted() -> Grey:
    """What coloured ink of each luma becomes: black up to _INK, white from _STAMP."""
    steps = np.arange(256)
    lifted = np.interp(steps, [_INK, _STAMP], [0, WHITE])
    return np.maximum(steps, lifted).astype(np.uint8)


_LIFTED = _lifted()


def plain(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey at once if there is no coloured ink: a third of the pixels for the next steps."""
    if pixels.ndim == 2:
        return pixels
    pixels = balanced(pixels)
    return pixels if has_coloured_ink(pixels) else grey(pixels)


def grey(pixels: NDArray[np.uint8]) -> Grey:
    """Grey image of a page; coloured ink becomes paper, black print under it stays black.

    Stamps and received marks are blue, violet or red, print is black: the brightest channel
    makes a stamp over text nearly vanish (character errors 27 % to 1.5 %), and what is
    coloured and not dark is taken for paper altogether. Dark coloured pixels are print over
    which JPEG has smeared the colour, or a dark blue letterhead: they keep their luma. Pages
    without colour are averaged, which is less noisy.
    """
    if pixels.ndim == 2:
        return pixels
    pixels = balanced(pixels)
    shown = luma(pixels)
    if not has_coloured_ink(pixels):
        return shown
    brightest, coloured = _coloured(pixels)
    coloured = _without_fringes(pixels, shown, coloured)
    without = brightest.copy()
    cv2.copyTo(cv2.LUT(shown, _LIFTED), coloured, without)
    edges = cv2.dilate(coloured, np.ones((_RIM, _RIM), np.uint8))
    without[(edges > 0) & (shown > _PALE)] = WHITE
    dark = cv2.threshold(brightest, _BLACK, 1, cv2.THRESH_BINARY_INV)[1]
    black = cv2.bitwise_and(as_bytes(dark), _neutral(pixels, brightest))
    inked = cv2.bitwise_or(coloured, cv2.subtract(as_bytes(dark), black))
    for rows, columns in _print_in_colour(shown, as_bytes(inked), as_bytes(black)):
        # the darkest channel gives print of any colour the most contrast
        without[rows, columns] = pixels[rows, columns].min(axis=2)
    return without


def luma(pixels: NDArray[np.uint8]) -> Grey:
    """Grey as the eye weighs the colours, stamps and all."""
    return pixels if pixels.ndim == 2 else as_bytes(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def _print_in_colour(shown: Grey, coloured: Grey, black: Grey) -> list[tuple[slice, slice]]:
    """Places of lines of print in colour: a blue letterhead, an address within a sentence.

    Rows of pieces of the size of letters with no black print among them. A stamp has a round or
    boxed outline round its letters, stands at a slant or over black print; a highlighter, too,
    lies over black print.
    """
    height, width = coloured.shape
    shrink = max(1, round(height / _ROWS))
    size = (width // shrink, height // shrink)
    if not all(size):
        return []
    share = cv2.resize(coloured * np.uint8(WHITE), size, interpolation=cv2.INTER_AREA)
    small = (share > WHITE // _SHARE).astype(np.uint8)
    _count, labels, stats, _centres = connected.pieces(small)
    large = stats[:, 3] > _TALLEST * size[1]
    large[0] = True
    letters = np.where(large[labels], 0, small).astype(np.uint8)
    reach = max(3, round(_WORD_GAP * size[1])) | 1
    joined = cv2.dilate(letters, np.ones((1, reach), np.uint8))
    _count, _labels, lines, _centres = connected.pieces(joined)
    frames = stats[1:][large[1:]]
    frames = frames[
        (frames[:, 2] <= _STAMP_WIDE * size[0]) & (frames[:, 3] <= _STAMP_HIGH * size[1])
    ]
    return [
        place
        for line in lines[1:]
        if _is_line(line, size[1])
        and not _is_framed(line, frames)
        and _is_alone(place := _place(line, shrink), coloured, black)
        and _is_dark(shown[place][coloured[place] > 0], line)
    ]


def _is_line(line: NDArray[np.int32], height: int) -> bool:
    wide, high = int(line[2]), int(line[3])
    return _LOWEST * height <= high <= _TALLEST * height and wide >= _LONG * high


def _is_framed(line: NDArray[np.int32], frames: NDArray[np.int32]) -> bool:
    """True if the middle of the line lies in the box round a large piece."""
    x, y = line[0] + line[2] / 2, line[1] + line[3] / 2
    left, top, wide, high = (frames[:, i] for i in range(4))
    return bool(((x >= left) & (x <= left + wide) & (y >= top) & (y <= top + high)).any())


def _place(line: NDArray[np.int32], shrink: int) -> tuple[slice, slice]:
    left, top, wide, high = (int(v) * shrink for v in line[:4])
    margin = shrink
    return (
        slice(max(0, top - margin), top + high + margin),
        slice(max(0, left - margin), left + wide + margin),
    )


def _is_alone(place: tuple[slice, slice], coloured: Grey, black: Grey) -> bool:
    """True if the ink there is coloured, and no solid area."""
    ink, print_under = int(coloured[place].sum()), int(black[place].sum())
    return print_under < _UNDER * ink and ink < _SOLID * coloured[place].size


def _is_dark(ink: Grey, line: NDArray[np.int32]) -> bool:
    """True if the full strokes are as dark as print, or nearly so on a long line."""
    least = _PALE_PRINT if line[2] >= _VERY_LONG * line[3] else _DARK_PRINT
    return bool(ink.size) and float(np.percentile(ink, _STROKES)) <= least


def balanced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page with its paper made white where it is dim or tinted, as on photographs.

    In warm light paper itself has a colour, and in dim light a red stamp hardly any.
    """
    paper = np.median(pixels[::8, ::8].reshape(-1, 3), axis=0)
    if paper.min() < _DIMMEST or paper.min() > _BRIGHT:
        return pixels
    steps = np.arange(256, dtype=np.float64)[:, None]
    table = (steps * (_WHITE_PAPER / paper)[None, :]).clip(0, WHITE).astype(np.uint8)
    return as_bytes(cv2.LUT(pixels, table[None]))


def _least_spread() -> Grey:
    """The spread above which a pixel is coloured, by its darkest channel."""
    least = np.maximum(_COLOURED, _COLOURED_SHARE * (WHITE - np.arange(256)))
    return as_bytes(least)


_LEAST_SPREAD = _least_spread()


def _coloured(pixels: NDArray[np.uint8]) -> tuple[Grey, Grey]:
    """The brightest channel of each pixel, and 1 where the pixel has a colour of its own."""
    red, green, blue = cv2.split(pixels)
    brightest = as_bytes(cv2.max(cv2.max(red, green), blue))
    darkest = cv2.min(cv2.min(red, green), blue)
    spread = cv2.subtract(brightest, darkest)
    above = cv2.compare(spread, cv2.LUT(darkest, _LEAST_SPREAD), cv2.CMP_GT)
    return brightest, as_bytes(cv2.threshold(above, 0, 1, cv2.THRESH_BINARY)[1])


def _neutral(pixels: NDArray[np.uint8], brightest: Grey) -> Grey:
    """1 where a pixel has hardly a colour."""
    red, green, blue = cv2.split(pixels)
    darkest = cv2.min(cv2.min(red, green), blue)
    most = cv2.LUT(darkest, as_bytes(_LEAST_SPREAD * _NEUTRAL))
    return as_bytes(cv2.compare(cv2.subtract(brightest, darkest), most, cv2.CMP_LE) // WHITE)


def _without_fringes(pixels: NDArray[np.uint8], shown: Grey, coloured: Grey) -> Grey:
    """``coloured`` without the fringes of black print, which would be made thinner.

    Screens draw small letters red on one side and blue on the other (sub-pixels), and so do
    scanners whose colours are not quite in register: over the width of a letter such colours
    cancel each other. JPEG leaves some colour of dark blue print on the edges alone.
    """
    reach = max(_LEAST_REACH, round(_FRINGE_REACH * pixels.shape[0])) // 2 | 1
    few, own, tone = (image[::2, ::2] for image in (pixels, coloured, shown))  # a quarter will do

    def near(image: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.blur(image, (reach, reach)), np.float32)

    red, green, blue = (np.where(own > 0, few[..., i], 0).astype(np.float32) for i in range(3))
    opposites = (red - blue, 2 * green - red - blue)
    left = sum(np.abs(near(one)) for one in opposites)
    total = sum(near(np.abs(one)) for one in opposites)
    dark = (tone < _FULL_INK).astype(np.float32)
    fringe = (left < _FRINGE * total) | (near(dark * own) < _TINGED * near(dark))
    height, width = coloured.shape
    wide = cv2.resize(fringe.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return as_bytes(np.where(wide > 0, 0, coloured))


def has_coloured_ink(pixels: NDArray[np.uint8]) -> bool:
    """True if more than a few pixels have a colour of their own."""
    if pixels.ndim == 2:
        return False
    coloured = _coloured(np.ascontiguousarray(pixels[::4, ::4]))[1]
    return bool(coloured.mean() > _ANY_INK)
