"""A page that is read but for a few words is processed, and somebody is told."""

from __future__ import annotations

from dataclasses import replace

from noteverbale.page_formats import as_records
from noteverbale.reading import extract_note
from noteverbale.reason_words import REASONS
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
    left = (Box(1500, 220, 1900, 250),)  # beside the person
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
    assert as_records((partly_read(),))[0]["unread"] == [[1500, 220, 1900, 250]]


def failed_page(number: int, reason: str = "undecodable") -> Page:
    return Page(number, 0, 0, 0, "failed", reason=reason)


def hard(lines: tuple[str, ...], reason: str = "low_ocr", number: int = 1) -> Page:
    return replace(make_page(lines, number=number), outcome="warned", reason=reason)


ANNEX = (
    "Annex",
    "Mr. John MWANGI, Director, Treaty Department, e-mail: j.mwangi@justice.example.org",
)
INVOICE = ("Invoice", "Amount due 12", "Bank account 3", "Please complete")
SCRAPS = ("Ref. 17/2019", "zzkj NOTE VERBALE qq", "wq Mr. John MWANGI, Director, Treaty Department")


def test_a_failed_first_page_is_never_a_rejection() -> None:
    for second in (ANNEX, ("1 2 3",), ()):
        reading = extract_note((failed_page(1), make_page(second, number=2)))
        assert reading.outcome in {"failed", "processed"}
        if reading.outcome == "processed":
            assert reading.note is not None
            assert "page_unread" in {doubt.code for doubt in reading.note.doubts}
        else:
            assert reading.reason == "undecodable"


def test_a_blank_page_does_not_speak_for_one_that_failed() -> None:
    blank = Page(2, 100, 100, 100, "warned", reason="blank")
    reading = extract_note((failed_page(1), blank))
    assert (reading.outcome, reading.reason) == ("failed", "undecodable")


def test_a_note_with_a_failed_annex_is_processed_and_doubted() -> None:
    reading = extract_note((make_page(NOTE), failed_page(2)))
    assert reading.outcome == "processed"
    assert reading.note is not None
    assert "page_unread" in {doubt.code for doubt in reading.note.doubts}


def test_a_page_hard_to_read_with_a_sign_of_a_note_goes_to_a_person() -> None:
    for reason in ("low_ocr", "damaged_image", "unread_print"):
        reading = extract_note((hard(SCRAPS, reason),))
        assert (reading.outcome, reading.reason) == ("processed", None)
        assert reading.note is not None
        assert "note_uncertain" in {doubt.code for doubt in reading.note.doubts}
    assert "note_uncertain" in REASONS


def test_the_same_words_read_well_go_to_a_person_as_well() -> None:
    reading = extract_note((make_page(SCRAPS),))
    assert reading.note is not None
    assert "note_uncertain" in {doubt.code for doubt in reading.note.doubts}


def test_a_list_without_a_word_of_a_note_is_none() -> None:
    assert extract_note((make_page(ANNEX),)).reason == "not_a_note_verbale"


def test_the_words_are_known_in_six_languages() -> None:
    for words in ("Note verbale", "Nota verbal", "Вербальная нота", "مذكرة شفوية", "普通照会"):
        assert extract_note((hard((words,)),)).outcome == "processed"


def test_an_invoice_hard_to_read_is_rejected_or_fails_but_is_no_note() -> None:
    assert extract_note((hard(INVOICE, "unread_print"),)).reason == "not_a_note_verbale"
    low = extract_note((hard(INVOICE),))
    assert (low.outcome, low.reason) == ("failed", "low_ocr")


def test_every_row_of_a_damaged_page_is_doubted() -> None:
    reading = extract_note((hard(NOTE, "damaged_image"),))
    assert reading.note is not None
    assert reading.note.delegates
    codes = {doubt.code: doubt.detail for doubt in reading.note.doubts}
    assert codes["damaged_image"] == "page 1"
    assert "note_uncertain" not in codes
    assert {"damaged_image", "undecodable", "codec_missing"} <= set(REASONS)
