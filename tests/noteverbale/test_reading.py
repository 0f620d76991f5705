"""A page that is read but for a few words is processed, and somebody is told."""

from __future__ import annotations

from dataclasses import replace

from noteverbale.page_formats import as_records
from noteverbale.reading import extract_note
from noteverbale.words import REASONS
from ocr.types import Box, Page
from tests.extract.conftest import make_page

NOTE = (
    "No. 17/2019",
    "The Permanent Mission of Kenya to the United Nations presents its compliments to the",
    "Secretariat and has the honour to nominate the following expert to the meeting:",
    "Mr. John MWANGI, Director, Treaty Department, e-mail: j.mwangi@justice.example.org",
    "The Permanent Mission avails itself of this opportunity to renew to the Secretariat the",
    "assurances of its highest consideration.",
    "Vienna, 17 April 2019",
)


def partly_read() -> Page:
    page = make_page(NOTE)
    left = (Box(100, 900, 500, 930),)
    return replace(page, outcome="warned", reason="unread_print", unread=left)


def test_a_note_with_unread_print_is_processed_and_doubted() -> None:
    whole, partly = extract_note((make_page(NOTE),)), extract_note((partly_read(),))
    assert (partly.outcome, partly.reason) == ("processed", None)
    assert whole.note is not None
    assert partly.note is not None
    assert partly.note.delegates == whole.note.delegates
    codes = {doubt.code: doubt.detail for doubt in partly.note.doubts}
    assert codes["unread_print"] == "page 1"
    assert "unread_print" not in {doubt.code for doubt in whole.note.doubts}
    assert "unread_print" in REASONS


def test_a_document_of_such_pages_that_is_no_note_is_rejected_and_not_failed() -> None:
    page = replace(make_page(("Invoice", "Total 12")), outcome="warned", reason="unread_print")
    assert extract_note((page,)).reason == "not_a_note_verbale"


def test_the_places_are_in_the_json_of_a_page() -> None:
    assert as_records((partly_read(),))[0]["unread"] == [[100, 900, 500, 930]]
