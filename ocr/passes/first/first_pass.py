"""Finds out which way up a page is and in what language, with the fewest reads.

With hints the page is read at once; without, a strip of its densest print is read with eng,
which costs a quarter of a page, and its text tells the language. Only where the confidence is
low is the page's orientation and script looked at (``rescue``), or what was done to its tones put
to the test (``tones``), and the page read once more; the better of the readings is kept.
"""

from __future__ import annotations

import contextlib

from ocr.engines.protocols import PageEngine
from ocr.errors import ChildError
from ocr.lines import language
from ocr.lines.page_text import PageText
from ocr.opening.picture import Picture
from ocr.passes.first import bilingual, rescue, tones
from ocr.passes.first.page_pass import probe, read
from ocr.prepare import page_image
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings

_DOWN_TO_UPRIGHT = 270
"""Degrees clockwise by which a page is turned whose lines run down."""

_TELLING, _FEWEST_WORDS = 3, 5
"""Letters of a word, and words of a page, that tell which way the lines run."""


_WRONG_HINT = 10
"""Common words more than of any language that was hinted at, from which a Latin page is read anew
in another: names and quotations bring some."""

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
    known = tuple(code for code in hints if code in language.LANGUAGES)[:2]
    if page.blank:
        return tones.if_not_blank(picture, page, known, settings, engine)
    languages = known or probe(page, settings, engine)
    reading = PageText((), ()) if languages is None else read(page, languages, engine)
    if reading.confidence >= settings.low_confidence and _runs_down(reading):
        page = page_image.prepared(picture, settings, _DOWN_TO_UPRIGHT)
        reading = read(page, languages or reading.languages, engine)
    better = None
    if reading.confidence < settings.low_confidence:
        page, reading = rescue.rescued(picture, page, reading, settings, engine)
    else:
        better = _wanted(reading)
    if better is None and reading.confidence >= settings.low_confidence:
        better = bilingual.languages_of_both(page.image, page.dpi, reading, engine)
    if better is not None:
        with contextlib.suppress(ChildError):  # what has been read is better than nothing
            again = read(page, better, engine)
            reading = max(reading, again, key=lambda r: r.confidence)
    return tones.or_plain(picture, page, reading, settings, engine)


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
