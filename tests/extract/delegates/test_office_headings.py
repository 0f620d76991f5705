"""Sub-headings that name the office of the entries below them."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import NoteVerbale
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL

BRAND = "Mr Pieter Brand, Director, Treaty Department, pbrand@water.example.org"
ZULU = "Ms Thandi Zulu, Chief, Directorate of Surveys, tzulu@land.example.org"
TWO = [("Pieter Brand", "Ministry of Water"), ("Thandi Zulu", "Central Land Board")]


def _note(*lines: str, language: str = "en") -> NoteVerbale:
    return read_note((make_page([*HEAD, *lines, *TAIL], language),))


def _offices(note: NoteVerbale) -> list[tuple[str, str | None]]:
    return [(p.name.text, p.organization.text if p.organization else None) for p in note.delegates]


@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize("marks", [("(1) ", "(2) "), ("a. ", "b. "), ("- ", "- "), ("", "")])
def test_an_office_above_every_entry_is_of_the_entry_below_it(
    marks: tuple[str, str], colon: str
) -> None:
    note = _note(
        f"Ministry of Water{colon}", marks[0] + BRAND, f"Central Land Board{colon}", marks[1] + ZULU
    )
    assert _offices(note) == TWO
    titles = [p.title.text for p in note.delegates if p.title]
    assert titles == ["Director, Treaty Department", "Chief, Directorate of Surveys"]


def test_an_office_below_every_entry_ends_the_entry_above_it() -> None:
    note = _note("1. Mr Pieter Brand, Director", "Ministry of Water", "2. Ms Thandi Zulu, Chief")
    assert _offices(note) == [("Pieter Brand", "Ministry of Water"), ("Thandi Zulu", None)]


def test_an_office_below_the_last_entry_shows_that_offices_end_entries() -> None:
    note = _note(
        "Ministry of Water", f"1. {BRAND}", "Central Land Board", f"2. {ZULU}", "Ministry of Works"
    )
    assert dict(_offices(note))["Pieter Brand"] != "Ministry of Water"


def test_one_marked_entry_has_the_office_whose_colon_leads_to_it() -> None:
    assert _offices(_note("Ministry of Water:", f"1. {BRAND}")) == TWO[:1]


@pytest.mark.parametrize("colon", ["", ":"])
def test_a_heading_goes_on_below_an_open_line(colon: str) -> None:
    note = _note(
        "Ministry of Forests and",
        f"Inland Waters{colon}",
        f"1. {BRAND}",
        f"Central Land Board{colon}",
        f"2. {ZULU}",
    )
    first, second = _offices(note)
    assert first == ("Pieter Brand", "Ministry of Forests and Inland Waters")
    assert second == TWO[1]


def test_a_list_s_own_heading_above_the_first_office_is_nobody() -> None:
    first = make_page([*HEAD, *TAIL], "ar")
    lines = [
        "قائمة أعضاء وفد جمهورية كينيا",
        "وزارة المياه",
        "- سامي نادر حلاق، مدير إدارة المعاهدات، shallaq@water.example.org",
        "هيئة الأراضي",
        "- ليلى كامل عطار، رئيسة قسم المسح، lattar@land.example.org",
    ]
    note = read_note((first, make_page(lines, "ar", 2, from_right=True)))
    assert _offices(note) == [
        ("سامي نادر حلاق", "وزارة المياه"),
        ("ليلى كامل عطار", "هيئة الأراضي"),
    ]
