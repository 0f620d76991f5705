"""Forms in two columns of labels, tables on their side, rows across a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.layout.unruled import find_unruled
from extract.note import read_note
from ocr.types import Line, Page
from tests.extract.layout import test_records as records
from tests.extract.layout.test_lists_beside import CLOSING, NOMINATES, OPENING, PITCH, words

Cells = tuple[tuple[int, str], ...]
"""Texts of one printed row and where they begin (x)."""

HEADER = ((100, "Name"), (900, "Position"), (1700, "E-mail"))
PERSONS = (
    ((100, "Ms. Ilda VARGO"), (900, "Judge"), (1700, "i.vargo@court.example")),
    ((100, "Mr. Oto BRANDL"), (900, "Notary"), (1700, "o.brandl@court.example")),
)


def page(rows: tuple[Cells, ...], step: int = PITCH) -> Page:
    y = 100
    lines = []
    for text in (OPENING, NOMINATES):
        lines.append(Line(tuple(words(text, 100, y))))
        y += PITCH
    y += PITCH
    for row in rows:
        if row:
            lines.append(Line(tuple(w for x, text in row for w in words(text, x, y))))
        y += step
    lines.append(Line(tuple(words(CLOSING, 100, y + 2 * PITCH))))
    return Page(1, 2500, 3500, 200, "read", tuple(lines), language="en", mean_confidence=0.96)


def persons(
    rows: tuple[Cells, ...], step: int = PITCH
) -> list[tuple[str | None, str | None, str | None, str | None]]:
    note = read_note((page(rows, step),))
    assert note is not None
    return [
        tuple(v.text if v else None for v in (d.name, d.title, d.organization, d.email))  # type: ignore[misc]
        for d in note.delegates
    ]


@pytest.mark.parametrize("colon", [":", ""])
def test_labels_of_one_person_may_stand_in_two_columns(colon: str) -> None:
    rows: tuple[Cells, ...] = (
        ((100, f"Name{colon}"), (420, "Ilda VARGO"), (1200, f"Position{colon}"), (1500, "Judge")),
        (
            (100, f"Institution{colon}"),
            (420, "High Court of"),
            (1200, f"E-mail{colon}"),
            (1500, "i.vargo@court.example"),
        ),
        ((420, "Justice"),),
        (),
        ((100, f"Name{colon}"), (420, "Oto BRANDL"), (1200, f"Position{colon}"), (1500, "Notary")),
        (
            (100, f"Institution{colon}"),
            (420, "Ministry of Trade"),
            (1200, f"E-mail{colon}"),
            (1500, "o.brandl@mot.example"),
        ),
    )
    assert persons(rows) == [
        ("Ilda VARGO", "Judge", "High Court of Justice", "i.vargo@court.example"),
        ("Oto BRANDL", "Notary", "Ministry of Trade", "o.brandl@mot.example"),
    ]


def test_values_set_to_the_middle_of_their_row_begin_above_its_label() -> None:
    rows: tuple[Cells, ...] = (
        ((500, "Ms. Ilda"), (1000, "Mr. Oto")),
        ((100, "Full name"),),
        ((500, "VARGO"), (1000, "BRANDL")),
        (),
        ((500, "Judge of the"), (1000, "Notary")),
        ((100, "Position"),),
        ((500, "Land Court"),),
        (),
        ((100, "E-mail"), (500, "i.vargo@court.example"), (1000, "o.brandl@court.example")),
    )
    assert [p[:2] for p in persons(rows)] == [
        ("Ilda VARGO", "Judge of the Land Court"),
        ("Oto BRANDL", "Notary"),
    ]


def test_names_without_a_label_may_head_the_columns() -> None:
    rows: tuple[Cells, ...] = (
        ((500, "Ilda VARGO"), (1100, "Oto BRANDL")),
        (),
        ((100, "Position"), (500, "Judge"), (1100, "Notary")),
        (),
        ((100, "Ministry"), (500, "High Court"), (1100, "Ministry of Trade")),
        (),
        ((100, "E-mail"), (500, "i.vargo@court.example"), (1100, "o.brandl@mot.example")),
    )
    assert persons(rows) == [
        ("Ilda VARGO", "Judge", "High Court", "i.vargo@court.example"),
        ("Oto BRANDL", "Notary", "Ministry of Trade", "o.brandl@mot.example"),
    ]


@pytest.mark.parametrize("x", [100, 850])
def test_a_row_across_the_table_is_the_office_of_those_below(x: int) -> None:
    first, second = "Ministry of Justice", "Permanent Mission to the United Nations"
    rows: tuple[Cells, ...] = (HEADER, ((x, first),), PERSONS[0], ((x - 150, second),), PERSONS[1])
    if x == 100:
        rows = (HEADER, ((x, first),), PERSONS[0], ((x, second),), PERSONS[1])
    assert [(p[0], p[2]) for p in persons(rows, 60)] == [
        ("Ilda VARGO", first),
        ("Oto BRANDL", second),
    ]


def test_the_upper_line_of_a_cell_is_no_row_across_the_table() -> None:
    rows: tuple[Cells, ...] = (
        HEADER,
        (),
        ((900, "Head of the"),),
        ((100, "Ms. Ilda VARGO"), (900, "Registry of"), (1700, "i.vargo@court.example")),
        ((900, "the Land Court"),),
        (),
        PERSONS[1],
    )
    assert [p[:2] for p in persons(rows)] == [
        ("Ilda VARGO", "Head of the Registry of the Land Court"),
        ("Oto BRANDL", "Notary"),
    ]


def test_of_two_persons_side_by_side_one_may_begin_a_line_lower() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Ms. Ilda VARGO"),),
        ((100, "Judge"), (1300, "Mr. Oto BRANDL")),
        ((100, "High Court"), (1300, "Notary")),
        ((100, "i.vargo@court.example"), (1300, "o.brandl@court.example")),
    )
    assert sorted(persons(rows)) == [
        ("Ilda VARGO", "Judge", "High Court", "i.vargo@court.example"),
        ("Oto BRANDL", "Notary", None, "o.brandl@court.example"),
    ]


def test_a_long_last_entry_in_one_column_keeps_its_lines() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Ms. Ilda VARGO"), (1300, "Mr. Oto BRANDL")),
        ((100, "Judge"), (1300, "Notary")),
        ((100, "High Court"), (1300, "Ministry of Trade")),
        ((100, "E-mail:"), (1300, "and Fisheries")),
        ((100, "i.vargo@court.example"), (1300, "E-mail:")),
        ((1300, "o.brandl@trade.example"),),
        ((100, "Mr. Timo RASK"),),
        ((100, "Adviser"),),
        ((100, "Ministry of Works"),),
        ((100, "and Transport"),),
        ((100, "E-mail:"),),
        ((100, "t.rask@works.example"),),
    )
    assert [(name, email) for name, _, _, email in sorted(persons(rows))] == [
        ("Ilda VARGO", "i.vargo@court.example"),
        ("Oto BRANDL", "o.brandl@trade.example"),
        ("Timo RASK", "t.rask@works.example"),
    ]


def test_what_leads_to_a_list_of_addresses_ends_the_table_above() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (900, "Institution"), (1700, "Position")),
        (),
        ((100, "Ms. Ilda"), (900, "Court of"), (1700, "Judge of")),
        ((100, "VARGO"), (900, "Appeal"), (1700, "Appeals")),
        (),
        ((100, "Mr. Oto"), (900, "Ministry of"), (1700, "Notary of")),
        ((100, "BRANDL"), (900, "Trade"), (1700, "State")),
        (),
        ((100, "E-mail"), (900, "addresses of the above:")),
        (),
        ((100, "Ilda VARGO"), (900, "i.vargo@court.example")),
        (),
        ((100, "Oto BRANDL"), (900, "o.brandl@court.example")),
    )
    assert persons(rows) == [
        ("Ilda VARGO", "Judge of Appeals", "Court of Appeal", "i.vargo@court.example"),
        ("Oto BRANDL", "Notary of State", "Ministry of Trade", "o.brandl@court.example"),
    ]


def test_a_header_of_names_and_addresses_may_have_as_many_nobody_knows() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (700, "Qzx it"), (1300, "E-mail"), (1900, "Wyv of")),
        ((100, "Ms. Ilda VARGO"), (700, "Judge"), (1300, "i.vargo@court.example"), (1900, "1974")),
        (
            (100, "Mr. Oto BRANDL"),
            (700, "Notary"),
            (1300, "o.brandl@court.example"),
            (1900, "1968"),
        ),
    )
    assert [(name, email) for name, _, _, email in persons(rows)] == [
        ("Ilda VARGO", "i.vargo@court.example"),
        ("Oto BRANDL", "o.brandl@court.example"),
    ]


def test_a_second_row_of_posts_on_a_tables_side_has_the_roles() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Name"), (700, "Ms. Ilda VARGO"), (1600, "Mr. Oto BRANDL")),
        ((100, "Position"), (700, "Judge"), (1600, "Notary")),
        ((100, "Institution"), (700, "High Court"), (1600, "Ministry of Trade")),
        ((100, "E-mail"), (700, "i.vargo@court.example"), (1600, "o.brandl@mot.example")),
        ((100, "Capacity"), (700, "Head of Delegation"), (1600, "Member")),
    )
    assert [p[1] for p in persons(rows)] == ["Judge", "Notary"]
    assert [d.role and d.role.text for d in read_note((page(rows),)).delegates] == [
        "head",
        "member",
    ]


def test_labels_given_as_lines_of_their_own_are_beside_their_values() -> None:
    rows: list[Cells] = []
    for name, post, mail in (
        ("Ms. Ilda VARGO", "Judge", "i.vargo@court.example"),
        ("Mr. Oto BRANDL", "Notary", "o.brandl@court.example"),
    ):
        rows += [((100, "Participant"), (700, name)), ((100, "Position"), (700, post))]
        rows += [((100, "E-mail"), (700, mail)), ()]
    whole = page(tuple(rows))
    parted = tuple(
        Line(part)
        for line in whole.lines
        for part in (line.words[:1], line.words[1:])
        if line.words[0].text in ("Participant", "Position", "E-mail")
    )
    kept = (x for x in whole.lines if x.words[0].text not in ("Participant", "Position", "E-mail"))
    lines = sorted((*kept, *parted), key=lambda x: x.words[0].box.top)
    note = read_note((replace(whole, lines=tuple(lines)),))
    assert [d.title and d.title.text for d in note.delegates] == ["Judge", "Notary"]


def test_the_end_of_a_label_below_its_value_belongs_to_its_beginning() -> None:
    rows: list[Cells] = []
    for name, post in (("Ms. Ilda VARGO", "Judge"), ("Mr. Oto BRANDL", "Notary")):
        rows += [((100, "Name and"), (700, name)), ((100, "surname:"),)]
        rows += [((100, "Position:"), (700, post)), ()]
    found = persons(tuple(rows))
    assert [(name, title) for name, title, *_ in found] == [
        ("Ilda VARGO", "Judge"),
        ("Oto BRANDL", "Notary"),
    ]


def test_a_colon_before_what_stands_beside_a_name_is_none_of_it() -> None:
    rows: tuple[Cells, ...] = (
        ((100, "Ms. Ilda VARGO"), (900, ": Judge, High Court")),
        ((945, "i.vargo@court.example"),),
        ((100, "Mr. Oto BRANDL"), (900, ": Notary, Ministry of Trade")),
        ((945, "o.brandl@trade.example"),),
    )
    assert persons(rows) == [
        ("Ilda VARGO", "Judge", "High Court", "i.vargo@court.example"),
        ("Oto BRANDL", "Notary", "Ministry of Trade", "o.brandl@trade.example"),
    ]


def test_labels_torn_by_a_narrow_column_are_those_of_a_table_on_its_side() -> None:
    row = records.row
    rows = [
        row(100, (100, "ФИО"), (240, "Белова Анна"), (700, "Громов Илья"), (1100, "Лук Егор")),
        row(160, (100, "Должност"), (240, "судья"), (700, "советник"), (1100, "следователь")),
        row(203, (100, "ь"), (240, "суда")),
        row(260, (100, "Ведомств"), (240, "Верховный"), (700, "МИД"), (1100, "Прокуратура")),
        row(303, (100, "о"), (240, "суд")),
    ]
    (grid,) = find_unruled(rows)
    cells = records.texts(grid)
    assert grid.kind == "columns"
    assert [cells[n, 1] for n in range(3)] == ["Белова Анна", "судья суда", "Верховный суд"]
