"""A list that came inside a note: its persons are found, and what it does not say is the note's."""

from __future__ import annotations

from collections.abc import Callable

from extract.note import read_note
from extract.types import FROM_ENCLOSING_NOTE
from ocr.types import Page

PageOf = Callable[..., Page]

COVERING = (
    "Permanent Mission of Kenya to the United Nations (Vienna)",
    "Note No. KMV/112/2019",
    "",
    "The Permanent Mission of Kenya to the United Nations (Vienna) presents its compliments to",
    "the United Nations Office on Drugs and Crime and has the honour to refer to its note",
    "verbale CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019. The composition of the delegation of",
    "Kenya is attached.",
    "The Permanent Mission of Kenya avails itself of this opportunity to renew to the Office the",
    "assurances of its highest consideration.",
    "",
    "Vienna, 3 April 2019",
)
LIST = (
    "Name: Mr. Juma KAMAU",
    "Designation: Director, Asset Recovery Agency",
    "E-mail: juma.kamau@ara.go.ke",
    "Status in the delegation: Head",
    "",
    "Name: Ms. Amina OTIENO",
    "Designation: State Counsel",
    "E-mail: amina.otieno@ag.go.ke",
)


def test_a_list_has_state_number_and_date_from_its_note(page_of: PageOf) -> None:
    note = read_note((page_of(COVERING),))
    annex = read_note((page_of(LIST),), note)
    assert [person.name.text for person in annex.delegates] == ["Juma KAMAU", "Amina OTIENO"]
    assert annex.kind == "nomination"
    assert annex.is_note
    for field in ("state", "note_reference", "note_date", "quoted_reference"):
        mine, there = getattr(annex, field), getattr(note, field)
        assert mine.text == there.text
        assert mine.evidence[0].box is None  # it stands on none of its own pages
    assert FROM_ENCLOSING_NOTE in [doubt.code for doubt in annex.doubts]


def test_alone_it_is_no_note(page_of: PageOf) -> None:
    assert not read_note((page_of(LIST),)).is_note


def test_a_note_inside_a_note_speaks_for_itself(page_of: PageOf) -> None:
    around = read_note((page_of(COVERING),))
    other = tuple(line.replace("Kenya", "Ghana").replace("KMV", "GMV") for line in COVERING)
    inside = read_note((page_of(other),), around)
    assert inside == read_note((page_of(other),))
    assert inside.state is not None
    assert inside.state.text == "GHA"


def test_an_annex_that_names_nobody_is_for_a_person_to_look_at(page_of: PageOf) -> None:
    annex = read_note((page_of(["Registration fee", "Room 412"]),), read_note((page_of(COVERING),)))
    assert annex.kind == "other"
    assert annex.delegates == ()
    assert {doubt.code for doubt in annex.doubts} >= {FROM_ENCLOSING_NOTE, "no_delegate_found"}
