"""Who is named and does not go, told by a word or by the place behind the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.note import read_note
from extract.types import NoteVerbale
from ocr.types import Page

PageOf = Callable[..., Page]

HEAD = [
    "EMBASSY OF PORTUGAL",
    "Ref. 1/19",
    "",
    "The Embassy of Portugal presents its compliments to the Secretariat and, with reference to",
    "note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019, has the honour to inform that the",
    "following will attend the meeting on 31 May 2019:",
    "",
    "1. Ms. Ana LIMA, Prosecutor, ana.lima@mp.example",
    "2. Mr. Joao SILVA, Judge, j.silva@mp.example",
    "",
]
FOOT = [
    "",
    "The Embassy avails itself of this opportunity to renew to the Secretariat the assurances of",
    "its highest consideration.",
    "",
    "Vienna, 12 April 2019",
]
BESIDE = [
    "Mr. Rui COSTA, Counsellor of this Embassy (tel. +43 1 5867536), will gladly give details.",
    "Enquiries: Mr. Rui COSTA, Third Secretary, rui.costa@mne.example",
    "For visa purposes the desk officer is Mr. Rui COSTA, rui.costa@mne.example",
    "cc: Mr. Rui COSTA, Director, Ministry of Justice",
    "Ms. LIMA will travel with her husband, Mr. Rui COSTA.",
    "Chauffeur: Mr. Rui COSTA, passport AB123456",
    "The above has been approved by H.E. Mr. Rui COSTA, Minister of Justice.",
    "The Secretariat may wish to liaise with Mr. Rui COSTA, First Secretary, r.c@mne.example.",
    "Mr. Rui COSTA, Attaché, is the officer responsible for this matter.",
    "The interpreter, Mr. Rui COSTA, is in the room and is not part of the delegation.",
    "Mr. Rui COSTA (vehicle WD 12 B) asks for access to the garage.",
    "Interpretation will be given by a contractor, Mr. Rui COSTA, who is not a member of it.",
    "Not part of the delegation, as a guest of the Embassy, is Mr. Rui COSTA.",
    "Mr. Rui COSTA will accompany his wife privately and will not take part in the proceedings.",
    "The desk officer handling this matter at the Mission is Mr. Rui COSTA.",
]
SENTENCES = [
    *HEAD[:5],
    "Government has appointed Ms. Ana LIMA, Prosecutor, to attend the meeting on 31 May 2019.",
]
AMONG = [
    "3. Mr. Rui COSTA, Driver Licensing Director, rui.costa@imt.example",
    "Mr. Rui COSTA, Director, rui.costa@mj.example",
    "The delegation will be headed by Mr. Rui COSTA, Minister of Justice.",
    "Adviser: Mr. Rui COSTA, Counsellor, rui.costa@mne.example",
    "In addition, Mr. Rui COSTA, Counsellor, will participate in the meeting.",
    "3. Mr. Rui COSTA, Head, Vehicle Licensing, rui.costa@imt.example",
]


def _read(page_of: PageOf, line: str) -> NoteVerbale:
    return read_note((page_of([*HEAD, line, *FOOT]),))


def _names(note: NoteVerbale) -> list[str]:
    return [person.name.text for person in note.delegates]


@pytest.mark.parametrize("line", BESIDE)
def test_whom_a_sentence_behind_the_list_names_does_not_go(page_of: PageOf, line: str) -> None:
    assert _names(_read(page_of, line)) == ["Ana LIMA", "Joao SILVA"]


@pytest.mark.parametrize("line", AMONG)
def test_who_stands_like_the_others_or_is_said_to_go_does(page_of: PageOf, line: str) -> None:
    assert sorted(_names(_read(page_of, line))) == ["Ana LIMA", "Joao SILVA", "Rui COSTA"]


def test_what_only_the_place_tells_is_said(page_of: PageOf) -> None:
    doubts = {doubt.code for doubt in _read(page_of, BESIDE[1]).doubts}
    assert "person_beside_list" in doubts


@pytest.mark.parametrize(
    "below",
    [
        ["", "The desk officer handling this matter is Mr. Rui COSTA, Attaché, r.c@mne.example."],
        ["", "Mr. Rui COSTA will come with her privately and will not take part in the work."],
        ["Mr. Rui COSTA will come with her privately and will not take part in the work."],
    ],
)
def test_nor_does_one_named_after_a_sentence_that_nominates(
    page_of: PageOf, below: list[str]
) -> None:
    assert _names(read_note((page_of([*SENTENCES, *below, *FOOT]),))) == ["Ana LIMA"]


def test_a_sentence_right_below_the_last_entry_is_none_of_it(page_of: PageOf) -> None:
    line = "Mr. Rui COSTA will accompany his wife privately and will not take part in the meeting."
    note = read_note((page_of([*HEAD[:-1], line, *FOOT]),))
    assert _names(note) == ["Ana LIMA", "Joao SILVA"]


def test_an_interpreter_who_is_no_delegate_declines_nothing(page_of: PageOf) -> None:
    note = _read(page_of, "The interpreter, Mr. Rui COSTA, is not part of the delegation.")
    assert note.kind == "nomination"
    assert _names(note) == ["Ana LIMA", "Joao SILVA"]


def test_a_delegation_that_will_not_attend_is_a_decline(page_of: PageOf) -> None:
    lines = [*HEAD[:4], "note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019, regrets to inform that"]
    page = page_of([*lines, "no delegation of Portugal will attend the meeting.", *FOOT])
    assert read_note((page,)).kind == "decline"


def test_the_words_of_an_earlier_note_name_nobody_anew(page_of: PageOf) -> None:
    lines = [
        *HEAD[:3],
        "The Embassy of Portugal presents its compliments to the Secretariat and refers to its",
        "earlier Note 9/19, which read: “... Mr. Rui COSTA, Judge, will represent Portugal ...” at",
        "the expert meeting of 31 May 2019 (CU 2019/59/(A)/DTA/CEB/CSS).",
        "The Embassy wishes to inform that Mr. COSTA will no longer travel and is replaced by",
        "Ms. Ana LIMA, Prosecutor, e-mail ana.lima@mp.example.",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA"]
    assert "person_beside_list" in {d.code for d in note.doubts}


def test_as_well_as_leads_to_one_of_the_delegation(page_of: PageOf) -> None:
    lines = [
        *HEAD[:-3],
        "Ms. Ana LIMA, Prosecutor, Public Ministry of the Republic (ana.lima@mp.example),",
        "Mr. Joao SILVA, Judge of the High Court (j.silva@mp.example) as well as Mr. Rui",
        "da COSTA, Second Secretary of the Mission of Portugal to the Organizations.",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA", "Joao SILVA", "Rui da COSTA"]


def test_a_contact_who_goes_has_the_address_of_the_contact(page_of: PageOf) -> None:
    lines = [
        *HEAD[:-3],
        "1. Ms. Ana LIMA, Prosecutor",
        "2. Mr. Joao SILVA, Second Secretary",
        "",
        "Contact point: Mr. Joao SILVA, e-mail: j.silva@mp.example, tel. +43 1 5867536.",
        *FOOT,
    ]
    lima, silva = read_note((page_of(lines),)).delegates
    assert lima.email is None
    assert silva.email is not None
    assert silva.email.text == "j.silva@mp.example"
    assert silva.phone is not None


@pytest.mark.parametrize("cut", ["", " 36"])
def test_a_number_that_may_go_on_is_not_the_contacts(page_of: PageOf, cut: str) -> None:
    lines = [
        *HEAD[:-3],
        "1. Ms. Ana LIMA, Prosecutor",
        "2. Mr. Joao SILVA, Second Secretary",
        "",
        "Contact point: Mr. Joao SILVA, e-mail: j.silva@mp.example, tel. +43 1 5867536",
        *([cut.strip()] if cut else []),
        *FOOT,
    ]
    _, silva = read_note((page_of(lines),)).delegates
    assert silva.phone is None


def test_whom_to_ask_is_none_of_those_who_will_be_named(page_of: PageOf) -> None:
    lines = [
        *HEAD[:3],
        "The Embassy of Portugal presents its compliments to the Secretariat and has the honour to",
        "acknowledge receipt of note CU 2019/59/(A)/DTA/CEB/CSS. Portugal will be represented by",
        "two experts; their names will follow in due course.",
        "",
        "Questions may be put to Ms. Ana LIMA, Attaché (ana.lima@mp.example).",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert note.delegates == ()
    assert note.kind == "acknowledgement"


@pytest.mark.parametrize("label", ["Copy", "Arrangements", "Liaison at the capital"])
def test_whom_a_label_of_their_own_leads_below_the_list_do_not_go(
    page_of: PageOf, label: str
) -> None:
    lines = [
        *HEAD[:-3],
        "1. Ms. Ana LIMA, Prosecutor, ana.lima@mp.example",
        f"{label}: Mr. Rui COSTA, Ministry of Justice; Ms. Rita MOTA, High Court",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA"]


def test_a_label_that_gives_a_role_leads_to_one_of_them(page_of: PageOf) -> None:
    lines = [
        *HEAD[:-3],
        "1. Ms. Ana LIMA, Prosecutor, ana.lima@mp.example",
        "Alternate: Mr. Rui COSTA, Judge, rui.costa@mj.example",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA", "Rui COSTA"]


def test_who_comes_instead_of_one_who_cannot_goes(page_of: PageOf) -> None:
    lines = [
        *HEAD[:-3],
        "Ms. Ana LIMA, Prosecutor, ana.lima@mp.example, instead of Mr. Rui COSTA, who is unable",
        "to travel.",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA"]


def test_whom_an_earlier_note_named_is_not_named_again(page_of: PageOf) -> None:
    lines = [
        *HEAD[:3],
        "The Embassy of Portugal presents its compliments to the Secretariat and, further to its",
        "note 9/19 of 29 April 2019, by which Mr. Rui COSTA was named, has the honour to inform",
        "that the delegation to the meeting of 31 May 2019 will also include:",
        "",
        "Ms. Ana LIMA",
        "Prosecutor, Public Ministry",
        "ana.lima@mp.example",
        *FOOT,
    ]
    note = read_note((page_of(lines),))
    assert [d.name.text for d in note.delegates] == ["Ana LIMA"]
    assert "person_beside_list" in {d.code for d in note.doubts}


@pytest.mark.parametrize(
    "words", ["quien no forma parte de la misma", "sin formar parte de ella", "no integra la misma"]
)
def test_what_one_is_no_part_of_may_be_said_by_a_pronoun(page_of: PageOf, words: str) -> None:
    lines = [
        "EMBAJADA DEL PERÚ",
        "NOTA VERBAL",
        "",
        "La Embajada del Perú saluda atentamente a la Oficina y tiene el honor de informar que el",
        "Gobierno estará representado por el Sr. Joel PINTO, Fiscal, Ministerio Público.",
        f"Acompañará a la delegación la Sra. Rosa ALVA, intérprete, {words}.",
        "",
        "La Embajada aprovecha la oportunidad para reiterar las seguridades de su más alta",
        "consideración.",
    ]
    assert _names(read_note((page_of(lines, "es"),))) == ["Joel PINTO"]
