"""What the rows at the top of a table in columns name: two headers, offices, posts with offices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.note import read_note
from ocr.types import Line, Word
from tests.extract.layout.test_across_columns import Cells, page, persons
from tests.extract.layout.test_lists_beside import CLOSING, words

VARGO = ("Ilda VARGO", "Judge", "High Court", "i.vargo@court.example")
BRANDL = ("Oto BRANDL", "Notary", "Ministry of Trade", "o.brandl@trade.example")


def test_the_lower_of_two_headers_parts_what_the_upper_names() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "No."), (200, "Participant"), (1300, "Affiliation")),
        ((200, "Name"), (700, "E-mail"), (1300, "Position"), (1800, "Institution")),
        (
            (100, "1"),
            (200, "Ms. Ilda VARGO"),
            (700, "i.vargo@court.example"),
            (1300, "Judge"),
            (1800, "High Court"),
        ),
        (
            (100, "2"),
            (200, "Mr. Oto BRANDL"),
            (700, "o.brandl@trade.example"),
            (1300, "Notary"),
            (1800, "Ministry of Trade"),
        ),
    )
    assert persons(rows) == [VARGO, BRANDL]


def test_an_office_across_the_columns_may_stand_right_below_the_header() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "No."), (200, "Name"), (900, "Position"), (1600, "E-mail")),
        ((100, "High Court"),),
        ((100, "1"), (200, "Ms. Ilda VARGO"), (900, "Judge"), (1600, "i.vargo@court.example")),
        ((100, "Ministry of Trade"),),
        ((100, "2"), (200, "Mr. Oto BRANDL"), (900, "Notary"), (1600, "o.brandl@trade.example")),
    )
    assert persons(rows) == [VARGO, BRANDL]


@pytest.mark.parametrize(
    "header", ["Position and organization", "Post and ministry", "Function & entity"]
)
def test_a_column_of_posts_and_offices_holds_no_names(header: str) -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (900, header), (1700, "E-mail")),
        ((100, "Ms. Ilda VARGO"), (900, "Judge, High Court"), (1700, "i.vargo@court.example")),
        ((100, "Mr. Oto BRANDL"), (900, "Notary, High Court"), (1700, "o.brandl@court.example")),
    )
    assert persons(rows) == [
        ("Ilda VARGO", "Judge, High Court", None, "i.vargo@court.example"),
        ("Oto BRANDL", "Notary, High Court", None, "o.brandl@court.example"),
    ]


def test_roles_before_whole_entries_are_a_column_of_their_own() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Head of Delegation"), (600, "Ms. Ilda VARGO, Judge, High Court")),
        ((100, "Adviser"), (600, "Dr. Oto BRANDL, Notary, Ministry of Trade")),
    )
    assert persons(rows) == [(*VARGO[:3], None), (*BRANDL[:3], None)]


@pytest.mark.parametrize("honorifics", [("", ""), ("Ms. ", "Mr. ")])
def test_labels_without_colons_begin_a_person_with_each_name(honorifics: tuple[str, str]) -> None:
    rows: tuple[Cells, ...] = tuple(
        ((100, label), (600, value))
        for honorific, person in zip(honorifics, (VARGO, BRANDL), strict=True)
        for label, value in zip(
            ("Name", "Position", "Institution", "E-mail"),
            (honorific + person[0], *person[1:]),
            strict=True,
        )
    )
    assert persons(rows) == [VARGO, BRANDL]


def test_leaders_that_touch_both_words_are_white_between_them() -> None:
    posts = (("Ilda VARGO", "Judge of Appeal"), ("Oto BRANDL", "Director"))
    rows: tuple[Cells, ...] = tuple(((100, f"{name:.<40}{post}"),) for name, post in posts)
    assert [(name, title) for name, title, *_ in persons(rows)] == [*posts]


def test_an_office_printed_once_is_that_of_the_rows_below_and_doubted_there() -> None:
    header = ((100, "Name"), (800, "Position"), (1300, "Institution"), (1800, "E-mail"))
    rows: tuple[Cells, ...] = (
        header,
        ((100, "Ms. Ilda VARGO"), (800, "Judge"), (1300, "High Court"), (1800, "i@court.example")),
        ((100, "Mr. Oto BRANDL"), (800, "Notary"), (1800, "o@court.example")),
        (
            (100, "Ms. Una LISTE"),
            (800, "Director"),
            (1300, "Land Office"),
            (1800, "u@land.example"),
        ),
    )
    note = read_note((page(rows),))
    offices = [d.organization and d.organization.text for d in note.delegates]
    assert offices == ["High Court", "High Court", "Land Office"]
    doubted = ["boundary_uncertain" in {x.code for x in d.doubts} for d in note.delegates]
    assert doubted == [False, True, False]


def test_where_the_first_of_the_rows_has_no_office_all_are_doubted() -> None:
    header = ((100, "Name"), (800, "Position"), (1300, "Institution"), (1800, "E-mail"))
    rows: tuple[Cells, ...] = (
        header,
        ((100, "Ms. Ilda VARGO"), (800, "Judge"), (1800, "i@court.example")),
        ((100, "Mr. Oto BRANDL"), (800, "Notary"), (1300, "High Court"), (1800, "o@court.example")),
        ((100, "Ms. Una LISTE"), (800, "Director"), (1800, "u@court.example")),
    )
    note = read_note((page(rows),))
    assert len(note.delegates) == 3
    assert all("boundary_uncertain" in {x.code for x in d.doubts} for d in note.delegates)


def test_advisers_in_the_only_column_called_for_posts_hold_that_post() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (700, "Designation"), (1300, "Institution"), (1900, "E-mail")),
        (
            (100, "Ms. Ilda VARGO"),
            (700, "Special Adviser"),
            (1300, "High Court"),
            (1900, "i.vargo@court.example"),
        ),
        (
            (100, "Mr. Oto BRANDL"),
            (700, "Adviser"),
            (1300, "Ministry of Trade"),
            (1900, "o.brandl@trade.example"),
        ),
    )
    assert [(name, post) for name, post, _, _ in persons(rows)] == [
        ("Ilda VARGO", "Special Adviser"),
        ("Oto BRANDL", "Adviser"),
    ]


def test_rows_no_step_parts_begin_where_forms_of_address_do() -> None:
    """As far from each other as the lines of a cell are, on a scan; a cell is set to its middle."""
    columns = [
        [(0, "Name"), (35, "Ms. Ilda"), (62, "VARGO"), (98, "Mr. Oto"), (123, "BRANDL")],
        [(0, "Position"), (36, "Judge of"), (66, "Appeals"), (97, "Notary of"), (126, "State")],
        [(0, "Institution"), (49, "High Court"), (99, "Ministry of"), (125, "Trade")],
        [(0, "E-mail"), (48, "i.vargo@court.example"), (109, "o.brandl@trade.example")],
    ]
    lines = [
        tuple(_set(text, 100 + 550 * column, 300 + y))
        for column, cells in enumerate(columns)
        for y, text in cells
    ]
    head = page(((),))
    printed = (*head.lines[:2], *map(Line, lines), Line(tuple(words(CLOSING, 100, 600))))
    found = read_note((replace(head, lines=printed),)).delegates
    assert [(d.name.text, d.title and d.title.text) for d in found] == [
        ("Ilda VARGO", "Judge of Appeals"),
        ("Oto BRANDL", "Notary of State"),
    ]


def _set(text: str, x: int, y: int) -> list[Word]:
    """Words 22 pixels high."""
    return [replace(w, box=replace(w.box, bottom=y + 22)) for w in words(text, x, y)]


def test_a_header_goes_on_in_the_row_below() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "№"), (200, "Фамилия, имя"), (900, "Адрес"), (1700, "Занимаемая")),
        ((100, "п/п"), (900, "электронной почты"), (1700, "должность")),
        ((100, "1."), (200, "Ёлкина Ольга"), (900, "o.elkina@moj.example"), (1700, "советник")),
        ((100, "2."), (200, "Рощин Пётр"), (900, "p.roschin@moj.example"), (1700, "судья")),
    )
    assert [(name, post) for name, post, _, _ in persons(rows)] == [
        ("Ёлкина Ольга", "советник"),
        ("Рощин Пётр", "судья"),
    ]


def test_a_header_of_posts_and_offices_names_no_telephone() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (800, "E-mail"), (1600, "Post held / Office")),
        ((100, "Ms. Ilda VARGO"), (800, "i.vargo@court.example"), (1600, "Judge")),
        ((1600, "High Court"),),
        ((100, "Mr. Oto BRANDL"), (800, "o.brandl@trade.example"), (1600, "Notary")),
        ((1600, "Ministry of Trade"),),
    )
    assert persons(rows) == [VARGO, BRANDL]


def test_persons_are_counted_in_the_column_of_their_names() -> None:
    rows: tuple[Cells, ...] = (
        (
            (100, "1. Ms. Ilda VARGO"),
            (700, "High Court"),
            (1200, "Judge"),
            (1700, "i.vargo@court.example"),
        ),
        (
            (100, "2. Mr. Oto BRANDL"),
            (700, "Ministry of Trade"),
            (1200, "Notary"),
            (1700, "o.brandl@trade.example"),
        ),
    )
    assert persons(rows) == [VARGO, BRANDL]


HEADER = ((100, "Name"), (800, "Position"), (1400, "E-mail"))
LEFT_CELLS = [((100, "Ms. Ilda VARGO"), (800, "Judge")), ((100, "Mr. Oto BRANDL"), (800, "Notary"))]


@pytest.mark.parametrize(
    ("address", "of_all"),
    [("office@trade.example", True), ("brandl@trade.example", False)],
)
def test_an_address_in_the_middle_of_all_rows_is_of_each_unless_it_spells_a_name(
    address: str, of_all: bool
) -> None:
    rows: tuple[Cells, ...] = (
        HEADER,
        LEFT_CELLS[0],
        ((100, "Mr. Oto BRANDL"), (800, "Notary"), (1400, address)),
        ((100, "Ms. Una ROHDE"), (800, "Registrar")),
    )
    mails = [mail for _, _, _, mail in persons(rows)]
    assert mails == [address if of_all or at == 1 else None for at in range(3)]


def test_an_address_beside_one_of_two_rows_is_that_persons() -> None:
    rows: tuple[Cells, ...] = (
        HEADER,
        (*LEFT_CELLS[0], (1400, "office@trade.example")),
        LEFT_CELLS[1],
    )
    assert [mail for _, _, _, mail in persons(rows)] == ["office@trade.example", None]


def test_a_role_beside_a_post_is_no_second_post() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (700, "Ms. Ilda VARGO"), (1500, "Mr. Oto BRANDL")),
        ((100, "Position"), (700, "Judge"), (1500, "Notary")),
        ((100, "Institution"), (700, "High Court"), (1500, "Ministry of Trade")),
        ((100, "E-mail"), (700, "i.vargo@court.example"), (1500, "o.brandl@trade.example")),
        ((100, "Function"), (700, "Head of Delegation"), (1500, "Member")),
    )
    assert persons(rows) == [VARGO, BRANDL]


def test_a_header_may_go_on_in_a_second_row() -> None:
    rows: tuple[Cells, ...] = (
        ((200, "Name"), (800, "E-mail"), (1400, "Institution"), (2000, "Job")),
        ((2000, "title"),),
        ((200, "Ilda VARGO"), (800, VARGO[3]), (1400, "High Court"), (2000, "Judge")),
        ((200, "Oto BRANDL"), (800, BRANDL[3]), (1400, "Ministry of Trade"), (2000, "Notary")),
    )
    assert persons(rows) == [VARGO, BRANDL]


def test_a_header_that_may_ask_for_telephones_does_not_above_posts() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (900, "E-mail"), (1700, "Post held / Office")),
        ((100, "Ms. Ilda VARGO"), (900, VARGO[3]), (1700, "Registrar of Deeds")),
        ((100, "Mr. Oto BRANDL"), (900, BRANDL[3]), (1700, "Deputy Director")),
    )
    assert [p[1] for p in persons(rows)] == ["Registrar of Deeds", "Deputy Director"]


def test_the_rows_number_may_stand_in_the_cell_of_the_name() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "1. Ms Ilda VARGO"), (800, "High Court"), (1400, "Judge"), (1900, VARGO[3])),
        ((100, "2. Mr Oto BRANDL"), (800, BRANDL[2]), (1400, "Notary"), (1900, BRANDL[3])),
        (
            (100, "3. Ms Ana ROZE"),
            (800, "High Court"),
            (1400, "Judge"),
            (1900, "a.roze@court.example"),
        ),
    )
    assert persons(rows)[:2] == [VARGO, BRANDL]


def test_the_address_of_a_merged_cell_is_everybodys() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (900, "Position"), (1700, "E-mail")),
        ((100, "Ms. Ilda VARGO"), (900, "Judge")),
        ((1700, "registry@court.example"),),
        ((100, "Mr. Oto BRANDL"), (900, "Notary")),
    )
    assert [p[3] for p in persons(rows, step=20)] == ["registry@court.example"] * 2


def test_the_address_on_a_persons_own_line_is_no_others() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (900, "Position"), (1700, "E-mail")),
        ((100, "Ms. Ilda VARGO"), (900, "Judge"), (1700, "registry@court.example")),
        ((100, "Mr. Oto BRANDL"), (900, "Notary")),
    )
    assert [p[3] for p in persons(rows)] == ["registry@court.example", None]


def test_a_row_that_holds_but_the_end_of_a_name_is_the_rest_of_the_row_above() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "No."), (200, "Name"), (900, "Position"), (1600, "E-mail")),
        ((100, "1"), (200, "Ms. Ilda VARGO"), (900, "Judge"), (1600, "i.vargo@court.example")),
        (),
        ((200, "da Silva"),),
        (),
        ((100, "2"), (200, "Mr. Oto BRANDL"), (900, "Notary"), (1600, "o.brandl@trade.example")),
    )
    assert [p[0] for p in persons(rows)] == ["Ilda VARGO da Silva", "Oto BRANDL"]


def test_addresses_beside_names_in_other_letters_are_no_names() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Илда Варго"), (700, "судья"), (1500, "ilda.vargo@"), (2000, "+43 1 234 56 78")),
        ((1500, "sud.example"),),
        (),
        (
            (100, "Ото Брандл"),
            (700, "следователь"),
            (1500, "oto.brandl@"),
            (2000, "+43 1 234 56 79"),
        ),
        ((1500, "sud.example"),),
    )
    mails = ["ilda.vargo@sud.example", "oto.brandl@sud.example"]
    assert [p[3] for p in persons(rows)] == mails
