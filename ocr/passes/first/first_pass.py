"""Finds out which way up a page is and in what language, with the fewest reads.

With hints the page is read at once; without, a strip of its densest print is read with eng,
which costs a quarter of a page, and its text tells the language. Only where the confidence is
low is the page's orientation and script looked at, and the page read once more; the better of
the readings is kept.
"""

from __future__ import annotations

import contextlib

import numpy as np

from ocr.engines.protocols import Orientation, PageEngine
from ocr.errors import ChildError
from ocr.image import Grey
from ocr.lines import language
from ocr.lines.page_text import PageText
from ocr.opening.picture import Picture
from ocr.passes.first import bilingual
from ocr.prepare import facing_pages, letter_size, page_image
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings
from ocr.types import Line

_STRIP_INCHES = 0.4
"""Two or three lines: enough common words to tell languages apart."""

_SCRIPT_STRIP_INCHES = 0.5
"""Orientation and script are as sure on this as on the page, at half the cost."""

_GAP_SHARE = 0.1
"""Rows with less than this share of a line's changes between ink and paper part lines."""

_ENGLISH = ("en",)
_LATIN = ("fr", "es", "en")
_SURE = 2
"""So many more common words make one Latin language certain against another."""

_DOWN_TO_UPRIGHT = 270
"""Degrees clockwise by which a page is turned whose lines run down."""

_TELLING, _FEWEST_WORDS = 3, 5
"""Letters of a word, and words of a page, that tell which way the lines run."""

_TURN_TRUST = 0.5
"""The same as ``bilingual.SCRIPT_TRUST`` for which way up the page is."""

_WRONG_HINT = 10
"""Common words more than of any language that was hinted at, from which a Latin page is read anew
in another: names and quotations bring some."""

_DARK = 128
"""Grey level below which a pixel is ink, where ink and paper are counted."""

_FULL_LINE = 95
"""Percentile of the rows by their changes between ink and paper that is a full line of text."""

_STRIP_MARGIN, _SIDE = 3, 8
"""Pixels added above and below a strip; the part of the page's width (an eighth) at each side that
is margin."""

_UPRIGHT = 1.5
"""Times a word's box is higher than wide from which it stands on its side."""


def best_reading(
    picture: Picture, settings: OcrSettings, engine: PageEngine, hints: tuple[str, ...]
) -> tuple[PageImage, PageText]:
    """The page the right way up, and the best reading of it.

    Raises:
        ChildError: no reading could be made.
    """
    page = page_image.prepared(picture, settings)
    if page.blank:
        return page, PageText((), ())
    known = tuple(code for code in hints if code in language.LANGUAGES)[:2]
    languages = known or probe(page, settings, engine)
    reading = PageText((), ()) if languages is None else _read(page, languages, engine)
    if reading.confidence >= settings.low_confidence and _runs_down(reading):
        page = page_image.prepared(picture, settings, _DOWN_TO_UPRIGHT)
        reading = _read(page, languages or reading.languages, engine)
    better = None
    if reading.confidence < settings.low_confidence:
        page, reading = _rescued(picture, page, reading, settings, engine)
    else:
        better = _wanted(reading)
    if better is None and reading.confidence >= settings.low_confidence:
        better = bilingual.languages_of_both(page.image, page.dpi, reading, engine)
    if better is not None:
        with contextlib.suppress(ChildError):  # what has been read is better than nothing
            again = _read(page, better, engine)
            reading = max(reading, again, key=lambda r: r.confidence)
    return page, reading


def probe(page: PageImage, settings: OcrSettings, engine: PageEngine) -> tuple[str, ...] | None:
    """Languages to read the page with, from a strip of it; None if nothing could be read."""
    strip = densest_strip(page.image, round(_STRIP_INCHES * page.dpi))
    found = PageText(engine.strip(strip, page.dpi, _ENGLISH), _ENGLISH)
    if found.confidence < settings.low_confidence:
        return None
    scores = language.latin_scores(found.text)
    ranked = sorted(scores, key=lambda code: -scores[code])
    if scores[ranked[0]] - scores[ranked[1]] >= _SURE:
        return (ranked[0],)
    # the first model named wins where two are as sure: eng before fra loses the accents
    return tuple(ranked) if scores[ranked[0]] else _LATIN


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


def _read(page: PageImage, languages: tuple[str, ...], engine: PageEngine) -> PageText:
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


def _runs_down(reading: PageText) -> bool:
    """True if most words stand upright on their side: higher than wide.

    Tesseract reads lines that run down the page, and is sure of them, but Arabic ones it takes
    for rubbish, and rows, columns and the person who looks at the page need it upright.
    """
    boxes = [w.box for line in reading.lines for w in line.words if len(w.text) >= _TELLING]
    tall = sum(box.height > _UPRIGHT * box.width for box in boxes)
    return len(boxes) >= _FEWEST_WORDS and tall > len(boxes) / 2


def _wanted(reading: PageText) -> tuple[str, ...] | None:
    """Languages for a second reading when a hint turned out to be wrong."""
    found = language.language_of(reading.text)
    if found is None or found in reading.languages or found == "en":
        return None
    if found in {"fr", "es"}:
        scores = language.latin_scores(reading.text)
        if (
            scores[found] - max(scores[code] for code in reading.languages if code in scores)
            < _WRONG_HINT
        ):
            return None
    return (found,)


def _rescued(
    picture: Picture, page: PageImage, reading: PageText, settings: OcrSettings, engine: PageEngine
) -> tuple[PageImage, PageText]:
    """Turn the page or change the script, read once more, and keep the better reading."""
    strip = densest_strip(page.image, round(_SCRIPT_STRIP_INCHES * page.dpi))
    try:
        seen = engine.orientation(strip, page.dpi) or engine.orientation(page.image, page.dpi)
        rotation = (page.rotation + _turn(seen)) % 360
        turned = (
            page if rotation == page.rotation else page_image.prepared(picture, settings, rotation)
        )
        languages = _script_languages(seen) or _after_turn(turned, reading, settings, engine)
        if rotation == page.rotation and languages == reading.languages:
            return page, reading
        again = _read(turned, languages, engine)
    except ChildError:
        if not reading.lines:
            raise
        return page, reading
    if again.confidence >= reading.confidence:
        return turned, again
    return page, reading


def _turn(seen: Orientation | None) -> int:
    if seen is None or seen.rotation_confidence < _TURN_TRUST:
        return 0
    return seen.rotation


def _script_languages(seen: Orientation | None) -> tuple[str, ...] | None:
    if seen is None or seen.script_confidence < bilingual.SCRIPT_TRUST:
        return None
    return language.SCRIPT_LANGUAGES.get(seen.script)


def _after_turn(
    turned: PageImage, reading: PageText, settings: OcrSettings, engine: PageEngine
) -> tuple[str, ...]:
    if turned.rotation and reading.languages:
        return reading.languages  # the hint was right, the page was upside down
    return probe(turned, settings, engine) or _LATIN
