"""A note that names more persons than were found says so; and fewer are overlooked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.note import read_note
from extract.types import NoteVerbale
from ocr.types import Box, Line, Page

PageOf = Callable[..., Page]

OPENING = [
    "EMBASSY OF KENYA",
    "No. 123/2019",
    "",
    "The Embassy of Kenya in Vienna presents its compliments to the Secretariat and has the",
    "honour to inform that the delegation will be composed as follows:",
    "",
]
CLOSING = [
    "",
    "The Embassy of Kenya avails itself of this opportunity to renew to the Secretariat the",
    "assurances of its highest consideration.",
    "Vienna, 3 April 2019",
]


def _note(page_of: PageOf, *body: str) -> NoteVerbale:
    return read_note((page_of([*OPENING, *body, *CLOSING]),))


def _codes(note: NoteVerbale) -> set[str]:
    return {d.code for d in note.doubts}


def _names(note: NoteVerbale) -> list[str]:
    return [p.name.text for p in note.delegates]


def test_an_address_in_the_list_that_nobody_has_is_told(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
        "",
        "~~~ 0713 (w.mutiso@courts.go.ke)",
    )
    assert _names(note) == ["John KAMAU"]
    doubt = next(d for d in note.doubts if d.code == "address_without_person")
    assert doubt.detail == "w.mutiso@courts.go.ke"


def test_an_address_of_the_contact_person_is_no_sign_of_a_missed_one(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
        "",
        "The contact person in this matter is the Registry of the Court, which can be reached at",
        "w.mutiso@courts.go.ke at any time.",
    )
    assert _codes(note) == set()


def test_numbers_of_a_list_beyond_the_persons_found_are_told(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
        "2. ~~~ ##",
        "3. Ms. Ann OTIENO, Registrar, Supreme Court, a.otieno@courts.go.ke",
    )
    assert _names(note) == ["John KAMAU", "Ann OTIENO"]
    assert "row_without_name" in _codes(note)


def test_persons_behind_one_who_can_be_reached_at_an_address_are_delegates(
    page_of: PageOf,
) -> None:
    note = _note(
        page_of,
        "The delegation will comprise Mr. John KAMAU, Judge, Supreme Court, who can be reached at",
        "j.kamau@courts.go.ke, and Ms. Ann OTIENO, Registrar, Supreme Court, a.otieno@cj.go.ke.",
    )
    assert _names(note) == ["John KAMAU", "Ann OTIENO"]


def test_names_without_honorific_behind_semicolons_are_persons(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "The delegation, led by Isatou Ceesay, Registrar, Supreme Court, will include Modou Sanka,",
        "Investigation Officer, National Police Service; Binta Jallow, Assistant Auditor General,",
        "Office of the Auditor General; and Lamin Bojang, Ambassador, b.lamin@mfa.go.ke.",
    )
    assert _names(note) == ["Isatou Ceesay", "Modou Sanka", "Binta Jallow", "Lamin Bojang"]


def test_a_list_without_marks_goes_on_behind_each_address(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "Luz Marina Condori, Secretary, Ministry of Justice, E-mail: luz.condori@justice.go.ke",
        "Hernan Dario Quispe, Registrar, Supreme Court, E-mail: h.quispe@courts.go.ke",
        "Copies of the passports will be supplied on arrival and the usual forms filled in.",
    )
    assert _names(note) == ["Luz Marina Condori", "Hernan Dario Quispe"]


def test_a_list_number_with_a_speck_before_it_begins_an_entry(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1) KAMAU John, Judge, Supreme Court; E-mail: j.kamau@courts.go.ke",
        ".2) OTIENO Ann, Registrar, Supreme Court; E-mail: a.otieno@courts.go.ke",
    )
    assert _names(note) == ["KAMAU John", "OTIENO Ann"]


def test_a_post_above_its_office_is_no_person(page_of: PageOf) -> None:
    note = _note(
        page_of, "Ludovico PIETRALUNGA", "Judge", "Supreme Court", "l.pietralunga@courts.go.ke"
    )
    (person,) = note.delegates
    assert person.title is not None
    assert person.organization is not None
    assert (person.title.text, person.organization.text) == ("Judge", "Supreme Court")


def test_a_wrapped_office_that_goes_on_with_general_is_no_person(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1) Sr. Segundo RESTREPAL, Subcontralor, Contraloría",
        "General de la República (s.restrepal@contraloria.gob.pe)",
    )
    (person,) = note.delegates
    assert person.organization is not None
    assert person.organization.text == "Contraloría General de la República"


def test_the_last_word_of_the_sentence_above_a_list_gives_nobody_a_role(page_of: PageOf) -> None:
    note = read_note(
        (
            page_of(
                [
                    *OPENING[:3],
                    "The Embassy of Kenya in Vienna presents its compliments to the Secretariat",
                    "and has the honour to confirm the attendance of the following",
                    "delegates:",
                    "1. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
                    *CLOSING,
                ]
            ),
        )
    )
    (person,) = note.delegates
    assert person.role is None


def test_a_domain_a_sign_apart_from_the_letterheads_is_marked(page_of: PageOf) -> None:
    page = page_of(
        [
            *OPENING[:2],
            "info@mfa.go.ke",
            *OPENING[2:],
            "1. Mr. John KAMAU, Counsellor, Ministry of Foreign Affairs, j.kamau@mfa-go.ke",
            *CLOSING,
        ]
    )
    (person,) = read_note((page,)).delegates
    assert ("domain_unusual", "mfa.go.ke") in {(d.code, d.detail) for d in person.doubts}


def test_a_second_post_below_an_entry_says_that_somebody_may_be_missing(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Mr. Nugra YUDHANTO",
        "Acting Director",
        "National Police Service",
        "Sudar",
        "Principal State Attorney",
        "Attorney General's Office",
    )
    assert _names(note) == ["Nugra YUDHANTO"]
    assert "post_without_person" in _codes(note)


def test_a_name_without_honorific_behind_its_formula_needs_a_post(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "The Embassy has the honour to nominate for the meeting and to propose the attendance of",
        "Wong Wisarut, Compliance Manager, National Police Service; Charoen Sorawit, Audit",
        "Manager, Office of the Auditor General.",
    )
    assert _names(note) == ["Wong Wisarut", "Charoen Sorawit"]


def test_a_comma_behind_a_form_of_address_is_its_full_stop(page_of: PageOf) -> None:
    (person,) = _note(page_of, "2) Ms, Ann R. GREAVES, Judge, Supreme Court").delegates
    assert person.name.text == "Ann R. GREAVES"


def test_a_form_of_address_that_is_her_given_name_stays_in_the_name(page_of: PageOf) -> None:
    (person,) = _note(page_of, "1. Ms. Shaikha Al-Jubouri, Registrar, Supreme Court").delegates
    assert person.honorific is not None
    assert (person.honorific.text, person.name.text) == ("Ms.", "Shaikha Al-Jubouri")


def test_a_name_with_a_misread_sign_is_kept_and_marked(page_of: PageOf) -> None:
    (person,) = _note(page_of, "1. Mr. $iikrii KARADAG, Audit Manager, Supreme Court").delegates
    assert person.name.text == "$iikrii KARADAG"
    assert "name_odd" in {d.code for d in person.doubts}


def test_an_exclamation_mark_inside_a_name_is_a_letter(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "In this connection the Embassy of Kenya in Vienna has the honour to nominate Premys!",
        "PRIKAZ, Judge, Supreme Court, for the said meeting.",
    )
    assert _names(note) == ["Premysl PRIKAZ"]


def test_a_label_that_wraps_beside_its_value_is_one_label(page_of: PageOf) -> None:
    lines = [
        "ФИО: Юлдашбеков Улугбек",
        "Занимаемая заместитель начальника главного",
        "должность: управления",
        "Организация: Министерство внутренних дел",
    ]
    page = page_of(
        ["ПОСОЛЬСТВО РЕСПУБЛИКИ ТАДЖИКИСТАН", "", *_RUSSIAN, "", *lines, "", *_RUSSIAN_END], "ru"
    )
    moved = tuple(_indented(x) for x in page.lines)
    (person,) = read_note((replace(page, lines=moved),)).delegates
    assert person.name.text == "Юлдашбеков Улугбек"
    assert person.title is not None
    assert person.title.text == "заместитель начальника главного управления"


_RUSSIAN = [
    "Посольство Республики Таджикистан свидетельствует свое уважение Секретариату и имеет честь",
    "сообщить, что для участия в совещании назначены следующие представители:",
]
_RUSSIAN_END = [
    "Посольство пользуется случаем, чтобы возобновить Секретариату уверения в своем весьма",
    "высоком уважении.",
    "Вена, 3 апреля 2019 года",
]


def _indented(line: Line) -> Line:
    """The line with its values in a column of their own behind the first word, its label."""
    first, *rest = line.words
    if first.text not in ("ФИО:", "Занимаемая", "должность:", "Организация:"):
        return line
    shift = 500 - rest[0].box.left
    moved = (
        replace(w, box=Box(w.box.left + shift, w.box.top, w.box.right + shift, w.box.bottom))
        for w in rest
    )
    return replace(line, words=(first, *moved))


def test_a_capital_i_read_as_l_begins_a_name(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Dr. Ann OTIENO, Judge, Supreme Court",
        "2. Dr. lleana Bonillero Zelaya, Judge, Supreme Court",
    )
    assert _names(note) == ["Ann OTIENO", "Ileana Bonillero Zelaya"]
    assert note.delegates[1].name.original == "lleana Bonillero Zelaya"
    assert "accents_unsure" in {d.code for d in note.delegates[1].doubts}


def test_a_digit_for_the_initial_of_an_address_is_repaired_by_the_name(page_of: PageOf) -> None:
    (person,) = _note(page_of, "1. Ms. Lia KAMAU, Judge, Supreme Court, 1.kamau@cj.go.ke").delegates
    assert person.email is not None
    assert (person.email.text, person.email.original) == ("l.kamau@cj.go.ke", "1.kamau@cj.go.ke")
    assert "email_repaired" in {d.code for d in person.doubts}


def test_a_digit_for_an_initial_that_the_name_does_not_have_is_marked(page_of: PageOf) -> None:
    (person,) = _note(page_of, "1. Ms. Ana KAMAU, Judge, Supreme Court, 1.kamau@cj.go.ke").delegates
    assert person.email is not None
    assert person.email.text == "l.kamau@cj.go.ke"
    assert {"email_repaired", "name_email_mismatch"} <= {d.code for d in person.doubts}


def test_one_name_cut_to_a_word_makes_the_note_wait(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. Ms. Winnie 4117, Registrar",
        "",
        "2. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
    )
    assert _names(note) == ["Winnie", "John KAMAU"]
    assert "list_uncertain" in _codes(note)


def test_marks_inside_a_sentence_are_counted(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "(a) Mr. John KAMAU, Judge, Supreme Court; (b) the Registrar of the Court, to be named; "
        "(c) Ms. Winnie MUTISO, Registrar, Ministry of Justice.",
    )
    assert len(_names(note)) < 3
    assert "row_without_name" in _codes(note)


def test_an_address_that_spells_less_of_a_person_than_another_is_somebody_elses(
    page_of: PageOf,
) -> None:
    entry = "1. Mr. John KAMAU, Judge, j.kamau@courts.go.ke"
    assert "address_without_person" not in _codes(_note(page_of, entry))
    note = _note(page_of, entry, "w.kamau@courts.go.ke")
    assert "address_without_person" in _codes(note)


def test_somebodys_address_below_the_signature_is_told(page_of: PageOf) -> None:
    lines = [*OPENING, "1. Mr. John KAMAU, Judge, j.kamau@courts.go.ke", *CLOSING, ""]
    note = read_note((page_of([*lines, "Ann MUTISO, Judge", "a.mutiso@courts.go.ke"]),))
    assert _names(note) == ["John KAMAU"]
    assert "address_without_person" in _codes(note)


def test_the_signatory_and_the_addressee_of_a_note_are_nobody_missed(page_of: PageOf) -> None:
    lines = [*OPENING, "1. Mr. John KAMAU, Judge, j.kamau@courts.go.ke", *CLOSING, ""]
    foot = ("H.E. Mr. Peter SIGNER", "Ambassador", "", "Attention: Ms. Ruth CLERK, Secretary")
    assert not _codes(read_note((page_of([*lines, *foot]),)))


def test_a_form_of_address_inside_a_name_is_somebody_elses(page_of: PageOf) -> None:
    note = _note(page_of, "Delegate H.E. Ms. Tola Ms Shona", "Function Chief of Works Judge")
    assert _names(note) == ["Tola Ms Shona"]
    assert "honorific_without_person" in _codes(note)


def test_a_line_of_a_post_that_begins_an_entry_is_told(page_of: PageOf) -> None:
    note = _note(page_of, "1. Tobin Wexler, Legal Adviser", "Aleen Bright, Director of Works")
    assert _names(note) == ["Tobin Wexler"]
    assert "name_left_over" in _codes(note)


def test_an_address_begun_beside_another_in_a_row_is_somebodys(page_of: PageOf) -> None:
    table = (
        "Name | Post | E-mail",
        "Mr. John KAMAU | Judge | w.mutiso@ j.kamau@courts.go.ke",
        "Ms. Ann OTIENO | Registrar | a.otieno@courts.go.ke",
    )
    page = page_of([*OPENING, *table, *CLOSING])
    note = read_note((replace(page, lines=tuple(map(_in_columns, page.lines))),))
    assert _names(note) == ["John KAMAU", "Ann OTIENO"]
    assert "address_without_person" in _codes(note)


def _in_columns(line: Line) -> Line:
    """The line, what stands between its strokes 300 pixels further to the right."""
    column, words = 0, []
    for word in line.words:
        column += word.text == "|"
        box = word.box
        moved = Box(box.left + 300 * column, box.top, box.right + 300 * column, box.bottom)
        words += [replace(word, box=moved)] if word.text != "|" else []
    return Line(tuple(words))


def test_columns_below_a_note_that_nominates_nobody_are_told(page_of: PageOf) -> None:
    lines = [
        "EMBASSY OF KENYA",
        "No. 123/2019",
        "",
        "The Embassy of Kenya in Vienna presents its compliments to the Secretariat and has the",
        "honour to acknowledge its note CU 2019/59/(A)/DTA/CEB/CSS on the expert meeting, thus:",
        "",
        "kamau of nairobi      chief auditor",
        *CLOSING,
    ]
    note = read_note((page_of(lines),))
    assert note.kind in ("acknowledgement", "other")
    assert "kind_uncertain" in _codes(note)


def test_a_letter_read_as_a_sign_before_a_name_in_capitals_loses_nobody(page_of: PageOf) -> None:
    note = _note(
        page_of,
        "1. г-н ТОКОМБАЕВ Данияр, судья, Верховный суд",
        "2. г-жа @ТЕГЕНОВА Гүлнара, прокурор, Генеральная прокуратура",
        "г-жа %ЖУМАШЕВА Айгүл, атташе",
    )
    assert "@ТЕГЕНОВА Гүлнара" in _names(note)
    assert "honorific_without_person" in _codes(note)
    assert "name_odd" in {d.code for p in note.delegates for d in p.doubts}
