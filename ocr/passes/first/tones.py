"""What was done to a page's tones put to the test: the page as it is, read beside it.

A stamp's colour taken out, a black border whitened, light evened out, faint print darkened: each
is a bet, and a page that reads badly may have lost it. Then the page is read in its own tones,
too, and what is likely right (``plausible``) decides, not how sure the engine is. A page that
seems blank is one only if nothing is read on it as it is, either.
"""

from __future__ import annotations

import contextlib

import numpy as np

from ocr.engines.protocols import PageEngine
from ocr.errors import ChildError
from ocr.image import Grey
from ocr.lines import noise, plausible
from ocr.lines.page_text import PageText
from ocr.opening.picture import Picture
from ocr.passes.first.page_pass import LATIN, latin_languages, read
from ocr.prepare import lost_print, page_image
from ocr.prepare.page_image import PageImage
from ocr.settings import OcrSettings

DOUBTFUL = 0.8
"""Mean confidence below which what was done to a page is put to the test: pages read with the
right model and in good tones have more."""

_OTHER = 2.0
"""Mean difference in grey levels from which a page in its own tones is another picture."""

_LOST = 0.05
"""Share of a coloured page's letters from which it is read in its own tones although it reads well:
a stamp has up to 2 % of them."""

_BETTER = 1.02
"""Times as much of a page likely right from which its own tones are kept."""

_FEWEST = 12
"""Letters likely right on a page that is not blank: two or three words."""


def or_plain(
    picture: Picture, page: PageImage, reading: PageText, settings: OcrSettings, engine: PageEngine
) -> tuple[PageImage, PageText]:
    """The page and its reading, or those in its own tones where they are better."""
    doubtful = reading.confidence < DOUBTFUL
    if page.blank or not (doubtful or page.tinted):
        return page, reading
    shown = page_image.plain(picture, settings, page)
    if doubtful:
        other = _apart(shown.image, page.image) >= _OTHER
    else:
        other = lost_print.lost_share(shown.image, page.image) >= _LOST
    if not other:
        return page, reading
    with contextlib.suppress(ChildError):  # what has been read is better than nothing
        again = read(shown, reading.languages or LATIN, engine)
        if plausible.worth(again.lines) > _BETTER * max(0.0, plausible.worth(reading.lines)):
            return shown, again
    return page, reading


def if_not_blank(
    picture: Picture,
    page: PageImage,
    known: tuple[str, ...],
    settings: OcrSettings,
    engine: PageEngine,
) -> tuple[PageImage, PageText]:
    """The page in its own tones if there are words on it, else the blank one.

    Raises:
        ChildError: it could not be looked at.
    """
    shown = page_image.plain(picture, settings, page)
    reading = read(shown, known or LATIN, engine)
    print_ = noise.without_noise(reading.lines)
    if reading.confidence < settings.low_confidence or plausible.worth(print_) < _FEWEST:
        return page, PageText((), ())
    if not known:
        reading = read(shown, latin_languages(reading.text), engine)
    return shown, reading


def _apart(one: Grey, other: Grey) -> float:
    few, same = one[::4, ::4].astype(np.int16), other[::4, ::4]
    return float(np.abs(few - same).mean())
