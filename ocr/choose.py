"""Finds out which way up a page is and in what language, with the fewest reads.

With hints the page is read at once; without, a strip of its densest print is read with eng,
which costs a seventh of a page, and its text tells the language. Only where the confidence is
low is the page's orientation and script looked at, and the page read once more; the better of
the readings is kept.
"""

from __future__ import annotations

import numpy as np

from ocr import language, sheet
from ocr.engine import Grey
from ocr.errors import ChildError
from ocr.picture import Picture
from ocr.reading import Reading
from ocr.settings import OcrSettings
from ocr.sheet import Sheet
from ocr.tesseract import Orientation, TesseractEngine

_STRIP_INCHES = 0.9
_ENGLISH = ("en",)
_LATIN = ("en", "fr", "es")
_SURE = 3
"""So many more common words make one Latin language certain against another."""

_SCRIPT_TRUST = 0.5
_TURN_TRUST = 0.5


def best_reading(
    picture: Picture, settings: OcrSettings, engine: TesseractEngine, hints: tuple[str, ...]
) -> tuple[Sheet, Reading]:
    """The page the right way up, and the best reading of it.

    Raises:
        ChildError: no reading could be made.
    """
    page = sheet.prepared(picture, settings)
    if page.blank:
        return page, Reading((), ())
    known = tuple(code for code in hints if code in language.LANGUAGES)[:2]
    languages = known or probe(page, settings, engine)
    reading = Reading((), ()) if languages is None else _read(page, languages, engine)
    if reading.confidence < settings.low_confidence:
        return _rescued(picture, page, reading, settings, engine)
    better = _wanted(reading)
    if better is not None:
        again = _read(page, better, engine)
        reading = max(reading, again, key=lambda r: r.confidence)
    return page, reading


def probe(page: Sheet, settings: OcrSettings, engine: TesseractEngine) -> tuple[str, ...] | None:
    """Languages to read the page with, from a strip of it; None if nothing could be read."""
    strip = densest_strip(page.image, round(_STRIP_INCHES * page.dpi))
    found = Reading(engine.strip(strip, page.dpi, _ENGLISH), _ENGLISH)
    if found.confidence < settings.low_confidence:
        return None
    scores = language.latin_scores(found.text)
    first, second = sorted(scores, key=lambda code: -scores[code])[:2]
    if scores[first] - scores[second] >= _SURE:
        return (first,)
    return _LATIN


def densest_strip(image: Grey, height: int) -> Grey:
    """The strip of full width with the most changes between ink and paper: running text."""
    ink = (image < 128).astype(np.int8)
    changes = np.abs(np.diff(ink, axis=1)).sum(axis=1).astype(np.int64)
    if len(changes) <= height:
        return image
    sums = np.concatenate([[0], np.cumsum(changes)])
    start = int(np.argmax(sums[height:] - sums[:-height]))
    return image[start : start + height]


def _read(page: Sheet, languages: tuple[str, ...], engine: TesseractEngine) -> Reading:
    return Reading(engine.page(page.image, page.dpi, languages), languages)


def _wanted(reading: Reading) -> tuple[str, ...] | None:
    """Languages for a second reading when a hint turned out to be wrong."""
    found = language.language_of(reading.text)
    if found is None or found in reading.languages or found == "en":
        return None
    if found in {"fr", "es"}:
        scores = language.latin_scores(reading.text)
        if scores[found] - max(scores[code] for code in reading.languages if code in scores) < 10:
            return None
    return (found,)


def _rescued(
    picture: Picture, page: Sheet, reading: Reading, settings: OcrSettings, engine: TesseractEngine
) -> tuple[Sheet, Reading]:
    """Turn the page or change the script, read once more, and keep the better reading."""
    seen = engine.orientation(page.image, page.dpi)
    rotation = _turn(seen)
    turned = page if rotation == 0 else sheet.prepared(picture, settings, rotation)
    languages = _script_languages(seen) or _after_turn(turned, reading, settings, engine)
    if rotation == 0 and languages == reading.languages:
        return page, reading
    try:
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
    if seen is None or seen.script_confidence < _SCRIPT_TRUST:
        return None
    return language.SCRIPT_LANGUAGES.get(seen.script)


def _after_turn(
    turned: Sheet, reading: Reading, settings: OcrSettings, engine: TesseractEngine
) -> tuple[str, ...]:
    if turned.rotation and reading.languages:
        return reading.languages  # the hint was right, the page was upside down
    return probe(turned, settings, engine) or _LATIN
