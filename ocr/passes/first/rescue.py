"""A page that reads badly: turned, or read in another script, if it then reads clearly better.

Orientation and script are asked of a strip, and of the page where that was unsure and did not
help. Where the page
still reads badly all scripts are tried in turn on a sample of its lines, both ways up and then
from the sides, and the best of them on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ocr.engines.protocols import Orientation, PageEngine
from ocr.errors import ChildError
from ocr.image import Grey, quarter_turn
from ocr.lines import language, plausible
from ocr.lines.page_text import PageText
from ocr.opening.picture import Picture
from ocr.passes.first import bilingual
from ocr.passes.first.page_pass import ENGLISH, LATIN, densest_strip, latin_languages, probe, read
from ocr.prepare import letter_size, page_image
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings

_SCRIPT_STRIP_INCHES = 0.5
"""Orientation and script are as sure on this as on the page, at half the cost."""

_SURE = 1.0
"""Tesseract's own trust in a turn and in a script below which the whole page is asked: less means
little, as it says itself."""

_TURN_TRUST = 0.5
"""The same as ``bilingual.SCRIPT_TRUST`` for which way up the page is."""

_CLEARLY = 1.1
"""Times as much of a page likely right (``plausible``) from which it is turned."""

_PARTS, _PART_INCHES = 3, 0.25
"""Places of a page its sample is from, and the height of each: a line or two."""

_HOPE = 0.45
"""Mean confidence of a sample from which the page is read like it."""

_SCRIPTS = (("zh",), ("ar",), ("ru",), ENGLISH)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A sample as read; ``turn`` is what it was turned by clockwise, in degrees."""

    turn: int
    reading: PageText

    @property
    def worth(self) -> float:
        """How much of the sample is likely right."""
        return plausible.worth(self.reading.lines)


def rescued(
    picture: Picture, page: PageImage, reading: PageText, settings: OcrSettings, engine: PageEngine
) -> tuple[PageImage, PageText]:
    """The page and the better of its readings.

    Raises:
        ChildError: there was none, and none could be made.
    """
    best = (page, reading)
    tried = {(page.rotation, reading.languages)}
    seen = None
    try:
        for whole in (False, True):
            seen = _orientation(page, engine, whole) or seen
            rotation = (page.rotation + _turn(seen)) % 360
            turned = _turned(picture, page, rotation, settings)
            languages = _script_languages(seen) or _after_turn(turned, reading, settings, engine)
            if (rotation, languages) not in tried:
                tried.add((rotation, languages))
                best = _better(best, (turned, read(turned, languages, engine)), settings)
            if best[1].confidence >= settings.low_confidence or _is_sure(seen):
                break
        if best[1].confidence < settings.low_confidence:
            found = _best_trial(page, _ways(seen), settings, engine)
            if found is not None:
                best = _better(best, _like(found, picture, page, settings, engine), settings)
        if not best[1].lines:
            best = (page, read(page, reading.languages or LATIN, engine))
    except ChildError:
        if not best[1].lines:
            raise
    return best


def _orientation(page: PageImage, engine: PageEngine, whole: bool) -> Orientation | None:
    if whole:
        return engine.orientation(page.image, page.dpi)
    strip = densest_strip(page.image, round(_SCRIPT_STRIP_INCHES * page.dpi))
    return engine.orientation(strip, page.dpi) or engine.orientation(page.image, page.dpi)


def _is_sure(seen: Orientation | None) -> bool:
    return seen is not None and min(seen.rotation_confidence, seen.script_confidence) >= _SURE


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
    return probe(turned, settings, engine) or LATIN


def _turned(picture: Picture, page: PageImage, rotation: int, settings: OcrSettings) -> PageImage:
    return page if rotation == page.rotation else page_image.prepared(picture, settings, rotation)


def _better(
    old: tuple[PageImage, PageText], new: tuple[PageImage, PageText], settings: OcrSettings
) -> tuple[PageImage, PageText]:
    """The reading more of which is likely right; another way up only if it is so clearly."""
    least, found = (plausible.worth(reading.lines) for _page, reading in (old, new))
    if not new[1].lines or (not old[1].lines and new[0].rotation == old[0].rotation):
        return new if new[1].lines else old  # a page with print is not blank, however it reads
    if new[0].rotation == old[0].rotation:
        return new if found >= least else old
    sure = new[1].confidence >= settings.low_confidence
    return new if sure and found > _CLEARLY * max(0.0, least) else old


def _ways(seen: Orientation | None) -> tuple[tuple[int, ...], ...]:
    """Turns to try: from the sides only where it is not known that lines run across."""
    across = seen is not None and not seen.rotation % 180
    if seen is not None and across and seen.rotation_confidence >= _TURN_TRUST:
        return ((0, 180),)
    return ((0, 180), (90, 270))


def _best_trial(
    page: PageImage,
    ways: tuple[tuple[int, ...], ...],
    settings: OcrSettings,
    engine: PageEngine,
) -> _Trial | None:
    """The script and the turn in which a sample of the page reads best, None if in none."""
    best = None
    for turns in ways:
        best = max(_trials(page, turns, engine), key=lambda trial: trial.worth, default=None)
        if best is not None and best.reading.confidence >= settings.low_confidence:
            return best
    return best if best is not None and best.reading.confidence >= _HOPE else None


def _trials(page: PageImage, turns: tuple[int, ...], engine: PageEngine) -> Iterator[_Trial]:
    for turn in turns:
        sample = _sample(quarter_turn(page.image, turn), page.dpi)
        if letter_size.letter_height(sample) is None:
            continue
        for languages in _SCRIPTS:
            yield _Trial(turn, PageText(engine.strip(sample, page.dpi, languages), languages))


def _sample(image: Grey, dpi: int) -> Grey:
    """Lines from the upper, the middle and the lower part of the page, one below the other."""
    parts = np.array_split(image, _PARTS)
    return np.concatenate([densest_strip(part, round(_PART_INCHES * dpi)) for part in parts])


def _like(
    trial: _Trial,
    picture: Picture,
    page: PageImage,
    settings: OcrSettings,
    engine: PageEngine,
) -> tuple[PageImage, PageText]:
    turned = _turned(picture, page, (page.rotation + trial.turn) % 360, settings)
    languages = trial.reading.languages
    if languages == ENGLISH:
        languages = latin_languages(trial.reading.text)
    return turned, read(turned, languages, engine)
