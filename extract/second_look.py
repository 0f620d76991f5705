"""Which places of a page deserve a second reader: names above all, then doubtful posts.

A page reader trained on one language drops the accents of names from another and is sure of
itself all the while (``Łukasz`` becomes ``Lukasz``); where names stand, only the rules know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language.normalise import script_of
from extract.pipeline.reading import all_but, ask
from extract.pipeline.stages import FOUND
from ocr.types import Box, Page, enclosing

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

ASKED = (
    *("terms", "patterns", "document", "zones", "grid", "addresses"),
    *("heading", "item", "entry", "prose", "paragraphs", "labelled", "persons"),
)
"""Components that find persons; what the note says of itself is not asked here."""
UNSURE = 0.85  # confidence below which a word is read again


def second_look(page: Page) -> tuple[Box, ...]:
    """Boxes (pixels of the page image) to read again: each name, and words of posts in doubt.

    Cyrillic and Arabic places are left out: the second reader knows Latin and Chinese only.
    """
    if not page.lines:
        return ()
    boxes: list[Box] = []
    for draft in ask(FOUND, (page,), without=all_but(*ASKED)).drafts:
        for span in draft.name_parts:
            boxes.extend(_boxes(draft.run, span, unsure_only=False))
        for span in (*draft.title, *draft.organization):
            boxes.extend(_boxes(draft.run, span, unsure_only=True))
    return tuple(dict.fromkeys(boxes))


def _boxes(run: TextRun, span: Span, *, unsure_only: bool) -> list[Box]:
    found: list[Box] = []
    for line, start, end in run.pieces(*span):
        words = line.words_between(start, end)
        if not any(script_of(c) in ("latin", "han") for w in words for c in w.text):
            continue
        if unsure_only:
            found.extend(w.box for w in words if w.confidence < UNSURE and len(w.text) > 2)
        elif words:
            found.append(enclosing(tuple(w.box for w in words)))
    return found
