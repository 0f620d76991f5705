"""Tables whose rows are set as closely as the lines in them, and cells merged beside them."""

from __future__ import annotations

from extract.layout import ruled
from extract.layout.several import persons_in
from extract.layout.unruled import find_unruled
from ocr.types import Box, Cell, Line, Table, Word
from tests.extract.layout.test_records import row, texts


def test_persons_of_rows_as_close_as_their_lines_are_told_by_their_forms_of_address() -> None:
    rows = [
        row(100, (100, "Employer"), (450, "Name"), (850, "Title"), (1300, "E-mail")),
        row(150, (100, "Cabinet Office"), (450, "Ms. TAMALE"), (850, "Judge"), (1300, "t@c.gh")),
        row(193, (450, "Esi")),
        row(236, (450, "Dr. BONSU"), (850, "Senior"), (1300, "b@c.gh")),
        row(279, (450, "Kwame"), (850, "Analyst")),
        row(322, (450, "Mr. ADJEI Yaw"), (850, "Registrar"), (1300, "a@c.gh")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2, 3)] == [
        "Ms. TAMALE Esi",
        "Dr. BONSU Kwame",
        "Mr. ADJEI Yaw",
    ]
    assert cells[2, 2] == "Senior Analyst"


def test_a_row_beside_a_merged_cell_is_a_row() -> None:
    rows = [
        row(100, (100, "Office"), (500, "Name"), (900, "Title"), (1300, "E-mail")),
        row(150, (100, "Cabinet Office"), (500, "Kofi"), (900, "Judge"), (1300, "tamale@co.gh")),
        row(193, (500, "Tamale")),
        row(260, (500, "Esi Bonsu"), (900, "Analyst"), (1300, "bonsu@co.gh")),
        row(327, (500, "Yaw"), (900, "Senior"), (1300, "adjei@co.gh")),
        row(370, (500, "Adjei"), (900, "Counsel")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2, 3)] == ["Kofi Tamale", "Esi Bonsu", "Yaw Adjei"]


def test_the_rest_of_an_address_alone_in_its_row_is_of_the_row_above() -> None:
    rows = [
        row(100, (100, "Name"), (500, "Title"), (900, "E-mail")),
        row(150, (100, "Kofi Tamale"), (500, "Judge"), (900, "[k.tamale@energy.example.")),
        row(193, (900, "org]")),
        row(243, (100, "Esi Bonsu"), (500, "Analyst"), (900, "[esi@co.gh]")),
        row(293, (100, "Yaw Adjei"), (500, "Counsel"), (900, "[yaw@co.gh]")),
    ]
    (grid,) = find_unruled(rows)
    assert texts(grid)[1, 2] == "[k.tamale@energy.example. org]"


def test_a_form_of_address_on_a_line_of_its_own_begins_no_second_person() -> None:
    cells = {
        0: [row(100, (100, "His Excellency")), row(143, (100, "Mr. Kofi TAMALE"))],
        1: [row(100, (500, "Minister")), row(143, (500, "Ministry of Energy"))],
    }
    assert persons_in(cells) == []


def test_a_title_that_names_hold_begins_nobody_below_a_form_of_address() -> None:
    cells = {
        0: [row(100, (100, "Mr. Azlan bin")), row(143, (100, "HAJI OTHMAN"))],
        1: [row(100, (500, "Senior")), row(143, (500, "Counsel"))],
    }
    assert persons_in(cells) == []


def test_texts_beside_each_other_with_an_address_each_are_as_many_persons() -> None:
    cells = {
        0: [row(100, (100, "孙文")), row(220, (100, "谢平"))],
        1: [row(100, (500, "顾问")), row(220, (500, "处长"))],
        2: [row(y, (900, x)) for y, x in ((110, "sun@mfa.cn"), (200, "xie"), (243, "@mfa.cn"))],
    }
    assert len(persons_in(cells)) == 2


def test_a_ruled_row_of_two_persons_is_cut_and_each_text_of_a_merged_cell_keeps_its_rows() -> None:
    """The rule between the first two persons was lost; the office of both is one cell."""
    width, height = 400, 200
    table = Table(
        Box(0, 0, 3 * width, 3 * height),
        (
            Cell(0, 0, Box(0, 0, width, 2 * height), row_span=2),
            *(Cell(0, c, Box(c * width, 0, (c + 1) * width, height)) for c in (1, 2)),
            *(Cell(1, c, Box(c * width, height, (c + 1) * width, 2 * height)) for c in (1, 2)),
            *(Cell(2, c, Box(c * width, 400, (c + 1) * width, 3 * height)) for c in (0, 1, 2)),
        ),
    )
    words: list[Word] = [
        *row(10, (10, "Cabinet Office"), (410, "Ms. TAMALE"), (810, "t@c.gh")),
        *row(100, (410, "Mr. BONSU"), (810, "b@c.gh")),
        *row(210, (10, "Supreme Court"), (410, "Mr. ADJEI"), (810, "a@c.gh")),
        *row(410, (10, "Bar Council"), (410, "Ms. OFORI"), (810, "o@c.gh")),
    ]
    cells, spans = ruled.cells_of(table, [(Line(tuple(words)), w) for w in words], rtl=False)
    said = {at: " ".join(w.text for _, w in held) for at, held in cells.items()}
    assert [said[n, 1] for n in range(4)] == ["Ms. TAMALE", "Mr. BONSU", "Mr. ADJEI", "Ms. OFORI"]
    assert (said[0, 0], spans.get((0, 0)), said[2, 0]) == ("Cabinet Office", 2, "Supreme Court")


def test_a_rank_alone_below_a_name_is_the_post_and_begins_nobody() -> None:
    rows = [
        row(100, (100, "Delegates"), (700, "E-mail")),
        row(160, (100, "Mr. Kofi TAMALE"), (700, "kofi@energy.gov.gh")),
        row(
            200,
            (100, "Colonel"),
        ),
        row(260, (100, "Ms. Esi BONSU"), (700, "esi@co.gov.gh")),
        row(
            300,
            (100, "Superintendent"),
        ),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert cells[1, 0] == "Mr. Kofi TAMALE Colonel"
    assert cells[2, 0] == "Ms. Esi BONSU Superintendent"


def test_persons_side_by_side_are_not_cut_by_the_post_of_one_that_is_a_rank() -> None:
    cells = {
        0: [row(y, (100, x)) for y, x in ((100, "Mr. Kofi TAMALE"), (143, "Judge"))],
        1: [row(y, (700, x)) for y, x in ((100, "Ms. Esi BONSU"), (143, "Colonel of Police"))],
    }
    assert persons_in(cells) == []


def test_texts_with_an_address_in_each_column_are_persons_side_by_side() -> None:
    cells = {
        n: [row(100, (x, name)), row(220, (x, mail))]
        for n, x, name, mail in ((0, 100, "孙文", "sun@mfa.cn"), (1, 700, "谢平", "xie@mfa.cn"))
    }
    assert persons_in(cells) == []


def test_a_rank_before_a_comma_below_a_name_is_a_post_and_nobody() -> None:
    cells = {
        0: [row(100, (100, "Ms. Esi BONSU")), row(143, (100, "Colonel, Border Guard"))],
        1: [row(100, (700, "bonsu@rev.gh")), row(143, (700, "+233 30 212 3456"))],
    }
    assert persons_in(cells) == []
    cells[0][1] = row(143, (100, "Colonel Yaw ADJEI"))
    assert len(persons_in(cells)) == 2
