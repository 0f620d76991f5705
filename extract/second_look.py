"""Which places of a page deserve a second reader: names above all, then doubtful posts.

A page reader trained on one language drops the accents of names from another and is sure of
itself all the while (``Łukasz`` becomes ``Lukasz``); where names stand, only the rules know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.delegates.finder import find_delegates
from extract.facts.sender import find_sender
from extract.language.letters import languages_of
from extract.language.normalise import script_of
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from ocr.types import Box, Page, Places, enclosing

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.text_run import Span, TextRun
    from extract.layout.zones import Zones

UNSURE = 0.85  # confidence below which a word is read again


def second_look(page: Page, languages: tuple[str, ...] = ()) -> Places:
    """Places to read again: each name, and words of posts in doubt.

    Cyrillic and Arabic places are left out: the other readers know Latin and Chinese only.
    ``languages`` (ISO 639-1) are those of the sender where an earlier page told them; names are
    read in the letters of the State that this page tells, or else of these.
    """
    if not page.lines:
        return Places(languages=languages)
    document = build_document((page,))
    zones = find_zones(document)
    names: list[Box] = []
    boxes: list[Box] = []
    for draft in find_delegates(document, zones).drafts:
        for span in draft.name_parts:
            names.extend(_boxes(draft.run, span, unsure_only=False))
        boxes.extend(names)
        for span in (*draft.title, *draft.organization):
            boxes.extend(_boxes(draft.run, span, unsure_only=True))
    spoken = _languages(document, zones) or languages
    return Places(tuple(dict.fromkeys(boxes)), tuple(dict.fromkeys(names)), spoken)


def _languages(document: Document, zones: Zones) -> tuple[str, ...]:
    """Languages of the sending State, none where which it is is in doubt."""
    state, doubts = find_sender(document, zones)
    doubted = any(doubt.code == "state_uncertain" for doubt in doubts)
    return () if state is None or doubted else languages_of(state.text)


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
