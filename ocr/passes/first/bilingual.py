"""A page in two scripts: the part that was read with a model of the other."""

from __future__ import annotations

from ocr.engines.protocols import PageEngine
from ocr.errors import ChildError
from ocr.image import Grey
from ocr.lines import language
from ocr.lines.page_text import PageText, mean_confidence
from ocr.types import Box, Line, enclosing

_UNSURE = 0.68
"""Mean confidence of a line below which it may be in another script."""

_FEWEST_WORDS, _FEWEST_LINES = 14, 3
"""A part of a page; stamps and signatures give fewer words."""

SCRIPT_TRUST = 0.5
"""Tesseract's own, open-ended trust in a script, from which it is believed: what it leads to is
read and only kept if it reads better."""

_ROOM = 8
"""Pixels of the page above and below the part that is looked at; half a line at 200 dpi."""


def languages_of_both(
    image: Grey, dpi: int, reading: PageText, engine: PageEngine
) -> tuple[str, ...] | None:
    """Languages to read the page with once more, None if no part is in another script.

    A Russian half read with the English model gives rubbish that looks like words, and the
    page as a whole still seems well read.
    """
    part = _unsure_part(reading.lines)
    if part is None:
        return None
    try:
        seen = engine.orientation(image[max(0, part.top - _ROOM) : part.bottom + _ROOM], dpi)
    except ChildError:
        return None
    if seen is None or seen.script_confidence < SCRIPT_TRUST:
        return None
    found = language.SCRIPT_LANGUAGES.get(seen.script)
    if found is None or found[0] in reading.languages:
        return None
    main = language.language_of(reading.text)
    return (*found, main if main in reading.languages else reading.languages[0])


def _unsure_part(lines: tuple[Line, ...]) -> Box | None:
    """The longest run of lines that were read badly, if it is long enough."""
    longest: list[Line] = []
    run: list[Line] = []
    for line in lines:
        run = [*run, line] if mean_confidence((line,)) < _UNSURE else []
        if _words(run) > _words(longest):
            longest = run
    if len(longest) < _FEWEST_LINES or _words(longest) < _FEWEST_WORDS:
        return None
    return enclosing(tuple(line.box for line in longest))


def _words(lines: list[Line]) -> int:
    return sum(len(line.words) for line in lines)
