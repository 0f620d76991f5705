"""One document's pages in, one note verbale out. Pure: nothing is read but the lexicon.

The steps stand in ``extract.pipeline.components``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.pipeline.reading import ask
from extract.pipeline.stages import NOTE

if TYPE_CHECKING:
    from collections.abc import Collection

    from extract.types import NoteVerbale
    from ocr.types import Page


def read_note(
    pages: tuple[Page, ...],
    enclosing: NoteVerbale | None = None,
    accepted: bool = False,
    without: Collection[str] = (),
) -> NoteVerbale:
    """What a document says; ``form`` is ``none`` when it is no note verbale at all.

    Without formulas it is an annex of ``enclosing``, the note it came in. What a person
    ``accepted`` is a note whatever it looks like. ``without`` names components to leave out.
    """
    return ask(NOTE, pages, enclosing, accepted, without)


def read_raw(
    pages: tuple[Page, ...], enclosing: NoteVerbale | None = None, accepted: bool = False
) -> NoteVerbale:
    """The same with the rules' own trust for confidence, as ``benchmarks/calibrate.py`` needs it.

    A row's confidence is 0 here.
    """
    return read_note(pages, enclosing, accepted, without=("calibration",))
