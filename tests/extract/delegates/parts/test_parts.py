"""What an entry is made of: honorifics, names, roles, posts, offices, columns, sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.delegates.blocks.cell_kinds import without_number
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import kind_of_header
from extract.delegates.parts.honorifics import bracketed_honorific, honorific_at
from extract.delegates.parts.line_ends import begins_anew, goes_on, line_end
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.namecell import read_name
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import persons
from extract.delegates.parts.roles import role_of
from extract.delegates.parts.segments import split
from extract.delegates.parts.sentences import sentences
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import Box, Line, SecondReading, Word
from tests.extract.conftest import make_page


def run_of(*lines: str) -> TextRun:
    document = build_document((make_page(lines),))
    return TextRun(document, tuple(range(len(document.lines))))


def text_of(run: TextRun, span: tuple[int, int] | None) -> str | None:
    return run.text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("line", "honorific"),
    [
        ("H.E. Mr. John KAMAU", "H.E. Mr."),
        ("Dr. (Mrs.) Ana LIMA", "Dr. (Mrs.)"),
        ("S.E. M. Jean DIOP", "S.E. M."),
        ("Г-жа Иванова", "Г-жа"),
        ("Sra. D.* Irma QUELAL", "Sra. D.*"),
        ("Sra. D.2 Irma QUELAL", "Sra. D.2"),
        ("general affairs department", None),
        ("Director of Justice", None),
    ],
)
def test_an_honorific_is_taken_whole_and_only_where_it_is_one(
    line: str, honorific: str | None
) -> None:
    run = run_of(line)
    assert text_of(run, honorific_at(run, 0)) == honorific


def test_an_honorific_in_brackets_behind_the_name_belongs_to_it() -> None:
    run = run_of("Abdelhakim YOUSSEFI (Mr.), Judge")
    assert text_of(run, bracketed_honorific(run, len("Abdelhakim YOUSSEFI"))) == "Mr."
    other = run_of("Abdelhakim YOUSSEFI (Rabat), Judge")
    assert bracketed_honorific(other, len("Abdelhakim YOUSSEFI")) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("John KAMAU, Director", "John KAMAU"),
        ("Jean-Pierre de la TOUR, Juge", "Jean-Pierre de la TOUR"),
        ("Ndapewa O'BRIEN", "Ndapewa O'BRIEN"),
        ("Ministry of Justice", None),
        ("the following experts", None),
    ],
)
def test_a_name_ends_where_something_else_begins(line: str, name: str | None) -> None:
    run = run_of(line)
    stop = line.find(",") if "," in line else len(line)
    found = looks_like_name(run, 0, stop)
    assert text_of(run, found) == name


def test_a_name_without_a_comma_ends_before_small_words() -> None:
    run = run_of("John KAMAU will attend the meeting")
    assert text_of(run, take_name(run, 0, len(run.text), prose=True)) == "John KAMAU"


def test_each_person_of_a_line_is_found_with_the_form_of_address() -> None:
    run = run_of("Mr. John KAMAU, Director, and Ms. Mary WANJIKU, State Counsel")
    found = [(text_of(run, p.honorific), text_of(run, p.name)) for p in persons(run, 0, 61)]
    assert found == [("Mr.", "John KAMAU"), ("Ms.", "Mary WANJIKU")]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (["欧 阳", "晴"], "欧 阳\n晴"),
        (["贺", "子", "墨"], "贺\n子\n墨"),
        (["贺子墨", "处长"], "贺子墨"),
    ],
)
def test_a_chinese_name_torn_in_a_narrow_cell_is_whole(cell: list[str], name: str) -> None:
    run = run_of(*cell)
    assert text_of(run, read_name(run, 0, len(run.text)).name) == name


@pytest.mark.parametrize("mark", ["1. ", "(1) ", "a) ", "4 ", ""])
def test_the_mark_of_a_row_is_none_of_the_name_in_its_cell(mark: str) -> None:
    run = run_of(f"{mark}LIMA, Ana")
    assert text_of(run, without_number(run, (0, len(run.text)))) == "LIMA, Ana"


def test_a_cell_of_a_name_gives_the_honorific_and_the_name_apart() -> None:
    run = run_of("Ms. Ana LIMA, Prosecutor")
    named = read_name(run, 0, len(run.text))
    assert (text_of(run, named.honorific), text_of(run, named.name)) == ("Ms.", "Ana LIMA")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Head of Delegation", "head"),
        ("conseiller de la délégation", "adviser"),
        ("Adviser to the Minister", None),
        ("Head of the Treaty Department", None),
    ],
)
def test_a_role_is_the_whole_of_what_is_said(text: str, role: str | None) -> None:
    run = run_of(text)
    assert role_of(run, 0, len(run.text)) == role


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Director of Legal Affairs", "title"),
        ("Treaty Department", "unit"),
        ("Ministry of Justice", "organization"),
        ("Senior Detective of the National Police", "title"),
        ("Office of the Prosecutor General", "organization"),
        ("E-mail", "junk"),
        ("Kamau Wanjiku", "unknown"),
    ],
)
def test_a_segment_is_told_by_its_words(text: str, kind: str) -> None:
    run = run_of(text)
    assert classify(run, 0, len(run.text))[0] == kind


def test_what_is_said_of_a_person_is_cut_at_commas_and_not_inside_a_bracket() -> None:
    run = run_of("Second Secretary (Political, Legal Affairs), Embassy of Portugal")
    parts = [(run.text[p.start : p.end], p.kind) for p in split(run, 0, len(run.text), ())]
    assert parts == [
        ("Second Secretary (Political, Legal Affairs)", "title"),
        ("Embassy of Portugal", "organization"),
    ]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Full name", "name"),
        ("Position / Title", "title"),
        ("Name and title", "name"),
        ("E-mail address", "email"),
        ("Passport No.", "ignored"),
        ("Apellidos", "family"),
        ("the name of the delegate who will attend the meeting", None),
    ],
)
def test_a_header_announces_a_field_and_a_sentence_does_not(header: str, kind: str | None) -> None:
    run = run_of(header)
    assert kind_of_header(run, 0, len(run.text)) == kind


def test_a_full_stop_of_an_abbreviation_or_an_address_ends_no_sentence() -> None:
    run = run_of("Mr. John KAMAU, j.kamau@mfa.example, will attend. His wife will not.")
    mails = tuple((m.start, m.end) for m in find_mails(run, 0, len(run.text)))
    parts = [run.text[a:b].strip() for a, b in sentences(run, 0, len(run.text), mails)]
    assert len(parts) == 2
    assert parts[1].startswith("His wife")


def test_an_address_begins_where_the_other_reader_saw_it_begin() -> None:
    page = make_page(("Ms. Awa DIOP, Judge, diop r7@mail.example",))
    words = page.lines[0].words[-2:]
    box = Box(words[0].box.left, words[0].box.top, words[1].box.right, words[1].box.bottom)
    for seen, begins in ("diop_r7@mail.example", "diop r7@"), ("r7@mail.example", "r7@"):
        second = (SecondReading(seen, box, 0.98, "line_reader"),)
        document = build_document((replace(page, lines=(replace(page.lines[0], second=second),)),))
        run = TextRun(document, (0,))
        (mail,) = find_mails(run, 0, len(run.text))
        assert run.text[mail.start :].startswith(begins)


def test_a_line_with_room_for_the_next_word_was_ended_by_its_writer() -> None:
    wide = "Director of the Department of International Legal Cooperation and Extradition of the"
    run = run_of("Mr. John KAMAU", wide, "Ministry of Justice")
    assert line_end(run, len("Mr. John KAMAU")) == "short"


def test_a_line_set_to_the_right_has_its_room_on_the_left() -> None:
    lines = ("Mr. John KAMAU", "Registrar of the High Court", "Ministry of Justice")
    length = max(map(len, lines))
    right = [
        tuple(
            Word(w.text, Box(w.box.left + move, w.box.top, w.box.right + move, w.box.bottom), 0.96)
            for w in line.words
        )
        for text, line in zip(lines, make_page(lines).lines, strict=True)
        for move in ((length - len(text)) * 15 + 1500,)
    ]
    page = replace(make_page(lines), lines=tuple(map(Line, right)))
    run = TextRun(build_document((page,)), (0, 1, 2))
    assert line_end(run, len(lines[0])) == "short"


def test_a_label_with_its_value_begins_anew_and_an_ending_in_another_case_goes_on() -> None:
    labelled = run_of("Director", "Tel.: +43 1 234 56 78")
    assert begins_anew(labelled, len("Director") + 1)
    plain = run_of("Director", "Telephone services")
    assert not begins_anew(plain, len("Director") + 1)
    russian = run_of("директор", "Правового департамента")
    assert goes_on(russian, len("директор") + 1)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("السيد نادر الوهيبي (Nader Alwahibi)", "(Nader Alwahibi)"),
        ("السيد نادر الوهيبي Nader Alwahibi)", ""),
        ("السيد نادر الوهيبي nader@mol.gov.xx", "nader@mol.gov.xx"),
    ],
)
def test_a_name_in_arabic_ends_before_its_latin_spelling(text: str, rest: str) -> None:
    run = run_of(text)
    named = read_name(run, 0, len(run.text))
    assert (text_of(run, named.name), named.odd) == ("نادر الوهيبي", False)
    assert run.text[named.rest :].strip() == rest


def test_a_speck_before_a_patronymic_ends_no_name() -> None:
    run = run_of("г-жа Щербина Алла,", "Юрьевна")
    named = read_name(run, 0, len(run.text))
    assert text_of(run, named.name) == "Щербина Алла,\nЮрьевна"
