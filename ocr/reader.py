"""Reads one page of a document: the stages from the file to lines of words."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ocr.children import cpu_time, shortages
from ocr.children.limits import Limits
from ocr.engines import selection
from ocr.engines.protocols import OcrEngine, PageEngine
from ocr.errors import ChildError, ChildTimeout, OcrError, Unavailable
from ocr.lines import (
    cell_order,
    circled,
    cyrillic,
    language,
    led,
    noise,
    ordinals,
    spacing,
    torn,
    twice,
    walls,
)
from ocr.lines.page_text import PageText
from ocr.opening import page_source
from ocr.opening.picture import Picture
from ocr.passes.first import (
    arabic,
    arabic_commas,
    arabic_digits,
    beside_walls,
    figures,
    first_pass,
    glued,
    han,
    ink,
    script_words,
    strokes,
)
from ocr.passes.missing import completion
from ocr.passes.second import (
    apostrophes,
    arabic_cut,
    overwritten,
    second_reader,
    third_reader,
)
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings
from ocr.tables.grids import find_tables
from ocr.tables.rules import find_rules, without_rules
from ocr.types import Box, Line, Page, PageOutcome, Places

log = logging.getLogger(__name__)

LEAST_SIDE = 60
"""Pixels of the shorter side of a picture below which it holds no writing: a line of the smallest
print that tesseract reads takes 20 of them. Icons and test pictures are smaller."""

Ask = Callable[[Page], Places]
"""Told what a page says, names the places that other readers should look at, too."""


def read_page(
    path: Path,
    number: int,
    settings: OcrSettings,
    hints: tuple[str, ...] = (),
    ask: Ask | None = None,
) -> Page:
    """Read page ``number`` (from 1) of a document; a bad page is an outcome, never an error.

    ``timeout`` as its reason tells that it was not read, or not looked at twice, for want of
    time: it is worth another try.

    Args:
        path: a file that ``inspect`` has passed.
        number: the page, from 1.
        settings: limits and choices.
        hints: ISO 639-1 codes of likely languages, the likeliest first; from the sender's
            State or the document's other pages.
        ask: names more places for the second and third reader, once the page has been read.
            Who knows what matters on a page (names) is not the reader of pages.

    Raises:
        Unavailable: the machine lacks what it takes, which says nothing about the page.
    """
    limits = Limits(settings.page_timeout_s, settings.memory_mb).from_now()
    try:
        with cpu_time.ticking(limits.left):
            source = page_source.load(path, number, settings, limits)
            height, width = source.picture.pixels.shape[:2]
            if min(height, width) < LEAST_SIDE:
                return Page(number, width, height, 0, "warned", reason="too_small")
            page = _read(source.picture, number, settings, hints, ask, limits)
    except Unavailable:
        raise
    except OcrError as error:
        return Page(number, 0, 0, 0, "failed", reason=error.reason)
    except OSError as error:
        if not path.is_file():
            return Page(number, 0, 0, 0, "failed", reason="original_missing")
        raise shortages.unavailable(error) from None
    except MemoryError:  # we have no limit of our own, and a page has its most pixels
        raise Unavailable("There is too little memory for a page.", "no_memory") from None
    except Exception as error:  # noqa: BLE001 - one page that nobody foresaw is not the document
        # only the kind of error: its text may quote the page
        log.error("page %d: %s", number, type(error).__name__)  # noqa: TRY400
        return Page(number, 0, 0, 0, "failed", reason="internal_error")
    return _trusted(page, source)


def _trusted(page: Page, source: page_source.Source) -> Page:
    """The page with what its picture says against it; what did not decode is not blank."""
    damaged = source.picture.damaged
    if (damaged or source.odd) and not page.lines:
        return Page(page.number, 0, 0, 0, "failed", reason="undecodable")
    if damaged:
        return replace(page, outcome="warned", reason="damaged_image")
    if source.odd and page.outcome == "read":
        return replace(page, outcome="warned", reason="renderer_warning")
    return page


def _read(
    picture: Picture,
    number: int,
    settings: OcrSettings,
    hints: tuple[str, ...],
    ask: Ask | None,
    limits: Limits,
) -> Page:
    engine = selection.page_engine(settings, limits)
    another = selection.second_engine(settings, limits)
    page, reading = first_pass.best_reading(picture, settings, engine, hints)
    if "ar" in reading.languages:
        reading = _with_arabic(page, reading, engine, _line_reader(reading, settings, limits))
    if "ru" in reading.languages:
        reading = _with_cyrillic(page, reading, settings, limits)
    if "es" in reading.languages:
        reading = replace(reading, lines=ordinals.restored(reading.lines))
    even = circled.restored(reading.lines)
    even = ink.tight(page.image, ink.printed(page.image, even))
    even = figures.whole(page.image, glued.parted(page.image, even))
    even = led.put_back(even, page.leaders)
    reading = replace(reading, lines=even)
    rules = find_rules(page.image, page.dpi)
    even = beside_walls.read_apart(page.image, reading.lines, rules, engine, reading.languages)
    reading = replace(reading, lines=even)
    grids = find_tables(page.image, page.dpi, rules)
    grids = walls.opened(walls.standing(grids, reading.lines), reading.lines)
    lines = without_rules(reading.lines, rules) if grids else reading.lines
    if reading.confidence >= settings.low_confidence:
        lines = noise.without_noise(lines)
    left: tuple[Box, ...] = ()
    in_time = True
    try:
        if not page.blank:
            tidy = replace(reading, lines=lines)
            line_reader = _line_reader(reading, settings, limits) or engine
            lines, left = completion.completed(
                page, tidy, reading.lines, rules, grids, another, line_reader
            )
            lines = spacing.closed(twice.once(lines))
            lines = glued.parted(page.image, lines)  # what has come, too
            lines = strokes.counted(page.image, lines)
            lines = _with_han(page, lines, reading.languages, another)
        lines = torn.rejoined(lines)
        lines = cell_order.cell_by_cell(lines, grids, from_right=reading.languages[:1] == ("ar",))
        limits.left()
        if another is not None:
            most = settings.second_reader_lines
            lines = second_reader.read_again(page.image, lines, another, reading.languages, most)
            lines = han.parted(page.image, twice.once(lines))  # words have taken others' places
        limits.left()
    except ChildTimeout:  # the page has been read, only not looked at twice
        in_time = False
    lines = overwritten.told(page.image, page.dpi, lines)
    outcome, reason = _outcome(reading.confidence, bool(lines), bool(left), page.coarse, settings)
    if outcome == "read" and (engine.complained or not in_time):
        outcome, reason = "warned", "timeout" if not in_time else "reader_warning"
    result = Page(
        number=number,
        width=page.image.shape[1],
        height=page.image.shape[0],
        dpi=page.dpi,
        outcome=outcome,
        lines=lines,
        tables=grids,
        reason=reason,
        language=language.language_of(reading.text) or next(iter(reading.languages), None),
        mean_confidence=reading.confidence,
        rotation=page.rotation,
        skew=page.skew,
        engine=" + ".join(e.name for e in (engine, another) if e is not None),
        unread=left,
    )
    if ask is not None and in_time:
        result = _looked_again(
            page, result, ask(result), reading.languages, engine, another, settings, limits
        )
    # words that were read again may have the next one's beginning in them, too
    lines = glued.parted(page.image, twice.once(result.lines))
    return replace(result, lines=apostrophes.as_printed(page.image, lines))


def _looked_again(
    page: PageImage,
    read: Page,
    places: Places,
    languages: tuple[str, ...],
    engine: PageEngine,
    another: OcrEngine | None,
    settings: OcrSettings,
    limits: Limits,
) -> Page:
    """The page with what the other readers saw in the places that matter."""
    read = replace(read, name_languages=places.languages)
    lines, most = read.lines, settings.second_reader_names
    try:
        if another is not None:
            lines = second_reader.read_places(page.image, lines, another, places.boxes, most)
        for names in places.names:
            letters = selection.letters_of(settings, names.languages)
            again = letters != cyrillic.LANGUAGES  # its own model without the English one saw less
            if letters and again and not engine.reads_alone(letters, languages):
                scale = min(1.0, arabic.DPI / page.dpi) if letters == arabic.LANGUAGES else 1.0
                lines = third_reader.read_names(
                    page.image, lines, engine, names.boxes, letters, most, scale
                )
            reader = selection.line_engine(settings, names.languages, limits)
            if reader is not None:
                lines = third_reader.read_names(
                    page.image, lines, reader, names.boxes, names.languages, most
                )
                if names.languages == arabic.LANGUAGES:
                    lines = arabic_cut.put_back(arabic_commas.with_seen_commas(lines))
    except ChildError as error:  # the page has been read, only not looked at again
        reason = "timeout" if isinstance(error, ChildTimeout) else "reader_warning"
        late = read.outcome == "read"
        return replace(read, outcome="warned", reason=reason) if late else read
    return replace(read, lines=lines)


def _line_reader(reading: PageText, settings: OcrSettings, limits: Limits) -> OcrEngine | None:
    """Who reads lines of a page better than its reader, if there is somebody."""
    if "ar" not in reading.languages:
        return None
    return selection.line_engine(settings, arabic.LANGUAGES, limits)


def _with_arabic(
    page: PageImage, reading: PageText, engine: PageEngine, line_reader: OcrEngine | None
) -> PageText:
    """The reading with its Arabic commas and figures, and words that were taken for Latin ones."""
    lines = reading.lines
    with contextlib.suppress(ChildError):  # what has been read is better than nothing
        lines = arabic.mended(page.image, page.dpi, lines, engine)
        if line_reader is not None:
            lines = script_words.read_again(
                page.image, lines, line_reader, reading.languages, script_words.ARABIC
            )
            lines = arabic_digits.read_again(page.image, lines, line_reader, reading.languages)
    return replace(reading, lines=arabic.with_marks(arabic_commas.with_commas(lines)))


def _with_cyrillic(
    page: PageImage, reading: PageText, settings: OcrSettings, limits: Limits
) -> PageText:
    """The reading with words that were taken for Latin ones, or hardly read, in Cyrillic."""
    lines = cyrillic.restored(reading.lines)
    reader = selection.line_engine(settings, cyrillic.LANGUAGES, limits)
    if reader is not None:
        with contextlib.suppress(ChildError):  # what has been read is better than nothing
            lines = script_words.read_again(
                page.image, lines, reader, reading.languages, script_words.CYRILLIC
            )
    return replace(reading, lines=lines)


def _with_han(
    page: PageImage, lines: tuple[Line, ...], languages: tuple[str, ...], reader: OcrEngine | None
) -> tuple[Line, ...]:
    """The lines with words that were taken for Latin ones, or hardly read, in Chinese."""
    if "zh" in languages and reader is not None:
        with contextlib.suppress(ChildError):  # what has been read is better than nothing
            lines = script_words.read_again(page.image, lines, reader, languages, script_words.HAN)
    return han.parted(page.image, lines)


def _outcome(
    confidence: float, any_lines: bool, unread: bool, coarse: bool, settings: OcrSettings
) -> tuple[PageOutcome, str | None]:
    if not any_lines:
        return "warned", "blank"
    if confidence < settings.low_confidence:
        return "warned", "low_ocr"
    if unread:
        return "warned", "unread_print"
    if coarse:
        return "warned", "low_resolution"
    return "read", None
