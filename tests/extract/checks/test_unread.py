"""Ink across words: nothing under it is certain, and a list that has some may name one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extract.note import read_note
from extract.types import NoteVerbale
from ocr.types import OVERWRITTEN, Box, Line, Page

PageOf = Callable[..., Page]
NOTE = [
    "EMBASSY OF KENYA",
    "No. 123/2019",
    "",
    "The Embassy of Kenya in Vienna presents its compliments to the Secretariat and has the",
    "honour to inform that the delegation will be composed as follows:",
    "",
    "1. Mr. John KAMAU, Ambassador, john.kamau@mfa.example",
    "2. Ms. Grace WANJIRU, Legal Adviser, grace.wanjiru@mfa.example",
    "",
    "The Embassy of Kenya avails itself of this opportunity to renew to the Secretariat the",
    "assurances of its highest consideration.",
    "Vienna, 3 April 2019",
]


def _read(page_of: PageOf, covered: str) -> NoteVerbale:
    page = page_of(NOTE)

    def marked(line: Line) -> Line:
        words = (replace(w, confidence=OVERWRITTEN) if w.text == covered else w for w in line.words)
        return replace(line, words=tuple(words))

    note = read_note((replace(page, lines=tuple(map(marked, page.lines))),))
    assert isinstance(note, NoteVerbale)
    return note


def _codes(note: NoteVerbale) -> list[set[str]]:
    return [{d.code for d in person.doubts} for person in note.delegates]


def test_a_name_under_a_stroke_is_marked_although_its_address_spells_it(page_of: PageOf) -> None:
    note = _read(page_of, "KAMAU,")
    kamau, wanjiru = _codes(note)
    assert "low_ocr" in kamau
    assert "low_ocr" not in wanjiru
    assert "unread_print" in {d.code for d in note.doubts}


def test_a_signature_below_the_note_says_nothing_of_its_list(page_of: PageOf) -> None:
    signed, plain = _read(page_of, "Vienna,"), _read(page_of, "-")
    assert _codes(signed) == _codes(plain)
    assert [d.code for d in signed.doubts] == [d.code for d in plain.doubts]


@pytest.mark.parametrize(
    ("beside", "hides"), [("1. Mr.", True), ("The Embassy of Kenya in", True), ("3 April", False)]
)
def test_print_nobody_could_read_matters_where_somebody_may_be_named(
    page_of: PageOf, beside: str, hides: bool
) -> None:
    page = page_of(NOTE)
    place = next(line.box for line in page.lines if beside in line.text)
    box = Box(place.right + 40, place.top, place.right + 340, place.bottom)
    note = read_note((replace(page, unread=(box,)),))
    assert ("unread_print" in {d.code for d in note.doubts}) is hides


def test_print_nobody_could_read_below_the_last_entry_is_said(page_of: PageOf) -> None:
    page = page_of(NOTE)
    last = next(line for line in page.lines if line.text.startswith("2."))
    note = read_note((replace(page, unread=(last.box.moved(0, 50),)),))
    assert "unread_print" in {d.code for d in note.doubts}
