"""Fields behind marks, a name above labels, headings of who does not come, addresses of all."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL

POST, OFFICE, MAIL = "Judge", "Supreme Court", "k.dolan@courts.example.org"
BRAND = "Mr Pieter Brand, State Law Adviser, Ministry of Justice, pbrand@justice.example.org"
ZULU = "Ms Thandi Zulu, Section Commander, National Police, tzulu@police.example.org"


def _note(*lines: str, language: str = "en", below: tuple[str, ...] = ()) -> NoteVerbale:
    return read_note((make_page([*HEAD, *lines, *TAIL, *below], language),))


def _row(person: Delegate) -> tuple[str | None, ...]:
    fields = (person.name, person.title, person.organization, person.email)
    return tuple(v.text if v else None for v in fields)


def _names(note: NoteVerbale) -> list[str]:
    return [p.name.text for p in note.delegates]


@pytest.mark.parametrize("name", ["1. Karel Dolan", "Karel Dolan", "Mr. Karel Dolan"])
@pytest.mark.parametrize("marks", ["abc", ("(i)", "(ii)", "(iii)"), "---", ("", "", "")])
def test_labels_behind_marks_are_fields_of_the_person_above(name: str, marks: str) -> None:
    signs = [f"{m}) " if m.isalpha() else f"{m} ".lstrip() for m in marks]
    labels = (f"Position: {POST}", f"Ministry: {OFFICE}", f"Email address: {MAIL}")
    note = _note(name, *(s + x for s, x in zip(signs, labels, strict=True)))
    assert [_row(p) for p in note.delegates] == [("Karel Dolan", POST, OFFICE, MAIL)]


def test_marked_offices_with_persons_behind_their_colons_are_entries() -> None:
    note = _note("1. Ministry of Justice: Mr. Pieter Brand", "2. Head of delegation: Ms. Ana Lima")
    assert _names(note) == ["Pieter Brand", "Ana Lima"]


@pytest.mark.parametrize(
    "heading",
    [
        "Companions (not participating in the meeting)",
        "Accompanying persons, not attending the sessions:",
        "Accompagnateurs (ne participant pas à la réunion) :",
    ],
)
@pytest.mark.parametrize("marks", [("", "", ""), ("1. ", "2. ", "3. ")])
def test_who_stands_below_a_heading_that_says_so_does_not_come(
    heading: str, marks: tuple[str, ...]
) -> None:
    persons = [m + p for m, p in zip(marks, (BRAND, ZULU, "Mr Ivo Marsh, assistant"), strict=True)]
    assert _names(_note(*persons[:2], heading, persons[2])) == ["Pieter Brand", "Thandi Zulu"]


def test_the_next_heading_ends_what_one_says() -> None:
    note = _note("Not attending (on leave):", "Mr Ivo Marsh, Judge", "Alternates:", ZULU)
    assert _names(note) == ["Thandi Zulu"]


def test_a_sentence_that_says_who_cannot_come_is_no_heading() -> None:
    note = _note("As Mr. Ivo Marsh cannot travel, in his stead will come:", f"1. {ZULU}")
    assert "Thandi Zulu" in _names(note)


@pytest.mark.parametrize(
    "sentence",
    [
        "The delegates above may be written to at unit.a@law.example.org.",
        "All participants can be reached at unit.a@law.example.org",
        "E-mail of the delegates: unit.a@law.example.org",
    ],
)
def test_an_address_said_of_everybody_is_each_ones(sentence: str) -> None:
    note = _note(
        "1. Mr. Pieter Brand, Judge, Supreme Court",
        "2. Ms. Thandi Zulu, Registrar, Supreme Court",
        sentence,
    )
    assert [_row(p)[3] for p in note.delegates] == ["unit.a@law.example.org"] * 2
    assert all("email_shared" in {d.code for d in p.doubts} for p in note.delegates)


def test_whom_to_ask_about_the_delegates_is_nobodys_address() -> None:
    note = _note(
        "1. Mr. Pieter Brand, Judge, Supreme Court",
        "2. Ms. Thandi Zulu, Registrar, Supreme Court",
        "",
        "For questions about the delegates please contact unit.a@law.example.org.",
    )
    assert "email_shared" not in {d.code for p in note.delegates for d in p.doubts}


def test_footnotes_are_called_for_behind_hyphens_and_apostrophes() -> None:
    note = _note(
        "Ms Phoebe Warden-Smythe1, Registrar, Supreme Court",
        "Dr Nora O’Hara2, Judge, Supreme Court",
        below=("1 May 2019", "1 p.warden@courts.example.org", "2 n.ohara@courts.example.org"),
    )
    assert [(_row(p)[0], _row(p)[3]) for p in note.delegates] == [
        ("Phoebe Warden-Smythe", "p.warden@courts.example.org"),
        ("Nora O’Hara", "n.ohara@courts.example.org"),
    ]


def test_a_number_of_a_section_calls_for_no_entry_of_a_list() -> None:
    note = _note("1 Mr Pieter Brand, Head of Section 2, Supreme Court", f"2 {ZULU}")
    assert _row(note.delegates[0])[0] == "Pieter Brand"
    assert _row(note.delegates[0])[3] is None


@pytest.mark.parametrize(
    ("printed", "honorific", "name"),
    [
        ("M. le Juge Omar Tayeh", "M. le Juge", "Omar Tayeh"),
        ("Mme la Procureure Ana Lima", "Mme la Procureure", "Ana Lima"),
        ("M. Le Gall", "M.", "Le Gall"),
    ],
)
def test_a_post_behind_an_article_is_of_the_form_of_address(
    printed: str, honorific: str, name: str
) -> None:
    note = _note(f"1. {printed}, Directeur, Ministère de la Justice", language="fr")
    (person,) = note.delegates
    assert person.honorific is not None
    assert (person.honorific.text, person.name.text) == (honorific, name)


def test_ranks_have_no_stops_where_other_forms_have_none() -> None:
    note = _note(
        BRAND, "Col Thandi Zulu, Section Commander, National Police, tzulu@pol.example.org"
    )
    person = note.delegates[1]
    assert person.honorific is not None
    assert (person.honorific.text, person.name.text) == ("Col", "Thandi Zulu")
    assert "name_odd" in {d.code for d in person.doubts}


def test_a_ministry_begins_anew_below_a_full_line() -> None:
    department = (
        "Principal Registrar, Unit for Requests of Foreign Courts and for the Service of Documents"
    )
    note = _note("1. Ms. Ana Lima", department, "Ministry of Justice", "a.lima@justice.example.org")
    assert [_row(p)[2] for p in note.delegates] == ["Ministry of Justice"]


def test_a_post_behind_a_chinese_form_of_address_is_none() -> None:
    note = _note("白露女士 法官", "最高人民法院", "bailu@court.example.cn", language="zh")
    (person,) = note.delegates
    assert (person.name.text, person.title and person.title.text) == ("白露", "法官")


def test_family_names_before_commas_begin_entries_below_the_heading_of_an_annex() -> None:
    listed = (
        "Delegation of Kenya",
        "DOLAN, Karel, Legal Expert, Ministry of Justice",
        "",
        "ROZENTĀL, Ilda, Member of the Economic Relations Department, Ministry of",
        "Foreign Affairs",
        "",
        "BRAND, Pieter, Prosecutor, Ministry of Justice",
    )
    pages = (
        make_page([*HEAD[:3], HEAD[3].replace("the following delegates:", "its delegates as")]),
    )
    note = read_note((*pages, make_page(listed, number=2)))
    assert _names(note) == ["DOLAN, Karel", "ROZENTĀL, Ilda", "BRAND, Pieter"]


@pytest.mark.parametrize("said", ["Adviser, Ministry of Justice", "Judge, Ministry of Justice"])
def test_a_bracket_with_an_office_holds_the_post(said: str) -> None:
    note = _note(f"Ms. Ana Lima ({said}) and Mr. Karel Dolan (Judge, Supreme Court)")
    assert _row(note.delegates[0])[1:3] == tuple(said.split(", "))


def test_a_sentence_below_the_footnotes_is_none_of_them() -> None:
    note = _note(
        "Ms. Ana Lima 1 , Judge, Supreme Court",
        "Mr. Karel Dolan 2 , Registrar, Supreme Court",
        "1 a.lima@courts.example.org",
        f"2 {MAIL}",
        "Their registration would be appreciated very much.",
    )
    assert _row(note.delegates[1]) == ("Karel Dolan", "Registrar", OFFICE, MAIL)


def test_a_street_named_after_somebody_is_nobody() -> None:
    text = [
        "MINISTRY OF JUSTICE OF KENYA",
        "Justice House, Sir Anthony Dolan Road, Nairobi",
        "3 April 2019",
        "The Ministry of Justice has the honour to refer to the meeting and to nominate:",
        f"1. Mr. Karel Dolan, {POST}, {OFFICE}",
    ]
    assert _names(read_note((make_page([*text, *TAIL]),))) == ["Karel Dolan"]


def test_a_label_with_the_sign_of_the_others_may_stand_once() -> None:
    note = _note(
        "FULL NAME – Ms. Ana Lima",
        "POSITION – Registrar of Deeds",
        "Capacity – Head of Delegation",
        "INSTITUTION – Supreme Court",
        "",
        "FULL NAME – Mr. Karel Dolan",
        "POSITION – Judge",
        "INSTITUTION – High Court",
    )
    assert [_row(p)[1:3] for p in note.delegates] == [
        ("Registrar of Deeds", "Supreme Court"),
        ("Judge", "High Court"),
    ]


def test_a_family_name_before_a_comma_ends_at_a_stroke() -> None:
    note = _note(
        "1. Mr. DOLAN, Karel / JUDGE / Supreme Court", "2. Ms. LIMA, Ana / CLERK / High Court"
    )
    assert _names(note) == ["DOLAN, Karel", "LIMA, Ana"]
