"""One pass over a page, and a look at a strip of it that tells its languages."""

from __future__ import annotations

import numpy as np

from ocr.engines.protocols import PageEngine
from ocr.image import Grey
from ocr.lines import language
from ocr.lines.page_text import PageText
from ocr.prepare import facing_pages, letter_size
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings
from ocr.types import Line

_STRIP_INCHES = 0.4
"""Two or three lines: enough common words to tell languages apart."""

_GAP_SHARE = 0.1
"""Rows with less than this share of a line's changes between ink and paper part lines."""

ENGLISH = ("en",)

LATIN = ("fr", "es", "en")
"""Where a strip tells that the letters are Latin, but not which language."""

_SURE = 2
"""So many more common words make one Latin language certain against another."""

_DARK = 128
"""Grey level below which a pixel is ink, where ink and paper are counted."""

_FULL_LINE = 95
"""Percentile of the rows by their changes between ink and paper that is a full line of text."""

_STRIP_MARGIN, _SIDE = 3, 8
"""Pixels added above and below a strip; the part of the page's width (an eighth) at each side that
is margin."""


def probe(page: PageImage, settings: OcrSettings, engine: PageEngine) -> tuple[str, ...] | None:
    """Languages to read the page with, from a strip of it; None if nothing could be read."""
    strip = densest_strip(page.image, round(_STRIP_INCHES * page.dpi))
    found = PageText(engine.strip(strip, page.dpi, ENGLISH), ENGLISH)
    return None if found.confidence < settings.low_confidence else latin_languages(found.text)


def latin_languages(text: str) -> tuple[str, ...]:
    """Languages to read a page with of which this was read as English."""
    scores = language.latin_scores(text)
    ranked = sorted(scores, key=lambda code: -scores[code])
    if scores[ranked[0]] - scores[ranked[1]] >= _SURE:
        return (ranked[0],)
    # the first model named wins where two are as sure: eng before fra loses the accents
    return tuple(ranked) if scores[ranked[0]] else LATIN


def densest_strip(image: Grey, height: int) -> Grey:
    """The strip with the most running text, ``height`` or a little more, without the margins.

    Running text changes most often between ink and paper. The strip begins and ends between
    two lines, as letters cut in half read as rubbish.
    """
    ink = (image < _DARK).astype(np.int8)
    changes = np.abs(np.diff(ink, axis=1)).sum(axis=1).astype(np.int64)
    if len(changes) <= height or not height:
        return image
    gaps = changes <= np.percentile(changes, _FULL_LINE) * _GAP_SHARE
    starts = np.flatnonzero(gaps[:-1] & ~gaps[1:])
    sums = np.concatenate([[0], np.cumsum(changes)])
    best, found = -1.0, (0, height)
    for start in starts.tolist():
        after = np.flatnonzero(gaps[start + height : start + 2 * height])
        stop = start + height + (int(after[0]) if after.size else 0)
        density = float(sums[min(stop, len(changes))] - sums[start]) / (stop - start)
        if density > best:
            best, found = density, (start, stop)
    side = image.shape[1] // _SIDE
    return image[max(0, found[0] - _STRIP_MARGIN) : found[1] + _STRIP_MARGIN, side:-side]


def read(page: PageImage, languages: tuple[str, ...], engine: PageEngine) -> PageText:
    """The page in these languages; a sheet of two pages is read one after the other.

    Raises:
        ChildError: the engine failed or took too long.
    """
    scale = scale_of(page)
    if page.gutter is None:
        return PageText(_lines(page.image, page.dpi, scale, languages, engine), languages)
    halves = page.image[:, : page.gutter], page.image[:, page.gutter :]
    left, right = (_lines(half, page.dpi, scale, languages, engine) for half in halves)
    from_right = languages[:1] == ("ar",)
    return PageText(facing_pages.in_order(left, right, page.gutter, from_right), languages)


def scale_of(page: PageImage) -> float:
    """What the page is scaled by before it is read, see ``letter_size``; faxes are left alone."""
    if page.bilevel:
        return 1.0
    return letter_size.reading_scale(densest_strip(page.image, round(_STRIP_INCHES * page.dpi)))


def _lines(
    image: Grey, dpi: int, scale: float, languages: tuple[str, ...], engine: PageEngine
) -> tuple[Line, ...]:
    """Read at ``scale``, the boxes in pixels of the image."""
    if scale == 1.0:
        return engine.page(image, dpi, languages)
    lines = engine.page(letter_size.scaled(image, scale), round(dpi * scale), languages)
    return letter_size.enlarged(lines, scale)
