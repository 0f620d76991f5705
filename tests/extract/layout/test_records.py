"""Rows of tables that are scarcely further apart than the lines of one cell."""

from __future__ import annotations

from extract.layout.unruled import find_unruled
from extract.layout.unruled_grid import UnruledGrid
from ocr.types import Box, Word

CHAR, HEIGHT = 12, 38


def row(y: int, *cells: tuple[int, str]) -> tuple[Word, ...]:
    """Words of a row; each cell begins at its own x."""
    words: list[Word] = []
    for left, text in cells:
        x = left
        for part in text.split():
            words.append(Word(part, Box(x, y, x + CHAR * len(part), y + HEIGHT), 0.95))
            x += CHAR * (len(part) + 1)
    return tuple(words)


def texts(grid: UnruledGrid) -> dict[tuple[int, int], str]:
    return {
        place: " ".join(w.text for line in lines for w in line)
        for place, lines in grid.cells.items()
    }


def test_numbers_and_addresses_tell_rows_that_stand_as_close_as_lines() -> None:
    rows = [
        row(100, (100, "No."), (200, "Name"), (500, "Title"), (900, "E-mail")),
        row(150, (100, "1."), (200, "Kofi"), (500, "Head of"), (900, "kofi.tamale@energ")),
        row(193, (200, "Tamale"), (500, "Section"), (900, "y.gov.gh")),
        row(241, (100, "2."), (200, "Esi"), (500, "Senior"), (900, "esi.bonsu@mail.co")),
        row(284, (200, "Bonsu"), (500, "Analyst"), (900, "m")),
        row(332, (100, "3."), (200, "Yaw Adjei"), (500, "Judge"), (900, "yaw@courts.gov.gh")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in range(4)] == ["Name", "Kofi Tamale", "Esi Bonsu", "Yaw Adjei"]
    assert cells[2, 2] == "Senior Analyst"
    assert cells[2, 3] == "esi.bonsu@mail.co m"


def test_a_table_on_its_side_has_a_row_for_each_label() -> None:
    rows = [
        row(100, (100, "Name"), (400, "Kofi TAMALE"), (800, "Esi BONSU")),
        row(150, (100, "Title"), (400, "Head of Section"), (800, "Senior Analyst")),
        row(200, (100, "Institution"), (400, "Ministry of"), (800, "Cabinet Office")),
        row(243, (400, "Energy")),
        row(300, (100, "E-mail"), (400, "kofi@energy.gov.gh"), (800, "esi@co.gov.gh")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert cells[0, 1] == "Kofi TAMALE"
    assert cells[2, 1] == "Ministry of Energy"
    assert cells[3, 2] == "esi@co.gov.gh"


def test_a_table_on_its_side_is_parted_row_by_row_where_cells_reach_over_each_other() -> None:
    rows = [
        row(100, (100, "Name"), (300, "Kofi Kwame TAMALE"), (620, "Esi BONSU"), (900, "Yaw POKU")),
        row(143, (360, "BOATENG")),
        row(
            200,
            (100, "Title"),
            (380, "Judge"),
            (490, "Deputy Head of the Office"),
            (880, "Analyst"),
        ),
        row(243, (490, "of International Affairs")),
        row(300, (100, "Office"), (320, "Ministry of Works"), (620, "Cabinet"), (900, "Treasury")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[0, n] for n in (1, 2, 3)] == [
        "Kofi Kwame TAMALE BOATENG",
        "Esi BONSU",
        "Yaw POKU",
    ]
    assert cells[1, 2] == "Deputy Head of the Office of International Affairs"


def test_names_left_and_posts_with_addresses_right_are_a_table() -> None:
    rows = [
        row(100, (100, "Mr. Kofi TAMALE"), (600, "Draftsman")),
        row(138, (600, "kofi@energy.gov.gh")),
        row(200, (100, "Ms. Esi BONSU"), (600, "Senior Analyst")),
        row(238, (600, "esi@co.gov.gh")),
    ]
    (grid,) = find_unruled(rows)
    assert texts(grid) == {
        (0, 0): "Mr. Kofi TAMALE",
        (0, 1): "Draftsman kofi@energy.gov.gh",
        (1, 0): "Ms. Esi BONSU",
        (1, 1): "Senior Analyst esi@co.gov.gh",
    }


def test_two_numbers_are_two_rows_though_the_last_cell_of_one_is_empty() -> None:
    rows = [
        row(100, (100, "No."), (200, "Name"), (500, "Title"), (900, "E-mail")),
        row(156, (100, "1."), (200, "Kofi Mensah"), (500, "Head of"), (900, "k.tamale@energy")),
        row(203, (200, "Tamale"), (500, "Section"), (900, "gov.gh")),
        row(253, (100, "2."), (200, "Esi Adwoa"), (500, "Analyst")),
        row(300, (200, "Bonsu")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2)] == ["Kofi Mensah Tamale", "Esi Adwoa Bonsu"]
    assert [cells[n, 2] for n in (1, 2)] == ["Head of Section", "Analyst"]
    assert (2, 3) not in cells


def test_rows_may_be_set_around_their_numbers() -> None:
    rows = [
        row(100, (100, "No."), (200, "Name"), (500, "Title"), (900, "E-mail")),
        row(156, (500, "Head of")),
        row(203, (100, "1."), (200, "Kofi Tamale"), (500, "the Legal"), (900, "k.tamale@gov.gh")),
        row(250, (500, "Section")),
        row(300, (200, "Esi Adwoa"), (500, "Senior")),
        row(323, (100, "2.")),
        row(347, (200, "Bonsu"), (500, "Analyst")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2)] == ["Kofi Tamale", "Esi Adwoa Bonsu"]
    assert [cells[n, 2] for n in (1, 2)] == ["Head of the Legal Section", "Senior Analyst"]


def test_a_table_on_its_side_may_count_its_persons_above_their_names() -> None:
    rows = [
        row(100, (400, "Delegate 1"), (900, "Delegate 2")),
        row(150, (100, "Full"), (400, "Kofi TAMALE"), (900, "Esi BONSU")),
        row(190, (100, "name")),
        row(240, (100, "Title"), (400, "Head of Section"), (900, "Senior Analyst")),
        row(290, (100, "E-mail"), (400, "kofi@energy.gov.gh"), (900, "esi@co.gov.gh")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[1, n] for n in (1, 2)] == ["Kofi TAMALE", "Esi BONSU"]


def small(y: int, *cells: tuple[int, str]) -> tuple[Word, ...]:
    """A row of smaller type, its lines set wide."""
    return tuple(
        Word(w.text, Box(w.box.left, y, w.box.right, y + 26), 0.95) for w in row(y, *cells)
    )


def test_wrapped_lines_that_fill_all_columns_are_no_rows_beside_forms_of_address() -> None:
    rows = [
        small(306, (222, "Email"), (549, "Post"), (872, "Office"), (1156, "Full name")),
        small(
            360,
            (222, "tamalekofi@ene"),
            (549, "Head of the"),
            (872, "Board for"),
            (1156, "Mr. Kofi"),
        ),
        small(411, (222, "rgy.gov.gh"), (549, "Section"), (872, "Energy and"), (1156, "OWUSU-")),
        small(456, (872, "Petroleum"), (1156, "TAMALE")),
        small(508, (872, "Products")),
        small(
            559, (222, "esi@court.gov.gh"), (549, "Registrar"), (872, "Court of"), (1156, "Ms. Esi")
        ),
        small(609, (872, "Appeal"), (1156, "BONSU")),
        small(
            660,
            (222, "adjei.yaw@ener"),
            (549, "Liaison judge"),
            (872, "Board of"),
            (1156, "Mr. Yaw"),
        ),
        small(709, (222, "gy.gov.gh"), (872, "Energy"), (1156, "ADJEI")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    people = ["Mr. Kofi OWUSU- TAMALE", "Ms. Esi BONSU", "Mr. Yaw ADJEI"]
    assert [cells[n, 3] for n in (1, 2, 3)] == people
    assert cells[1, 2] == "Board for Energy and Petroleum Products"


def test_a_form_of_address_alone_in_its_line_begins_a_row() -> None:
    rows = [
        small(964, (238, "Post"), (751, "Full name"), (1041, "Email")),
        small(1069, (751, "Monsieur")),
        small(1094, (238, "Head of the")),
        small(1119, (751, "TAMALE"), (1041, "kofi@energy.gov.gh")),
        small(1145, (238, "Section")),
        small(1170, (751, "Kofi")),
        small(1268, (238, "Senior"), (751, "Mme BONSU")),
        small(1293, (1041, "esi@courts.gov.gh")),
        small(1320, (238, "Registrar"), (751, "Esi")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2)] == ["Monsieur TAMALE Kofi", "Mme BONSU Esi"]
    assert [cells[n, 0] for n in (1, 2)] == ["Head of the Section", "Senior Registrar"]


def test_numbers_below_a_header_of_two_lines_count_the_rows() -> None:
    rows = [
        row(100, (100, "No."), (300, "Name and"), (700, "Post")),
        row(150, (100, "in list"), (300, "surname")),
        row(200, (100, "1."), (300, "Kofi TAMALE"), (700, "Head of")),
        row(250, (700, "Section")),
        row(300, (100, "2."), (300, "Mrs Esi"), (700, "Registrar")),
        row(350, (300, "BONSU"), (700, "of the Court")),
        row(400, (100, "3:"), (300, "Yaw"), (700, "Judge")),
        row(450, (300, "ADJEI")),
    ]
    (grid,) = find_unruled(rows)
    found = [text for (_, column), text in sorted(texts(grid).items()) if column == 1]
    assert found[-3:] == ["Kofi TAMALE", "Mrs Esi BONSU", "Yaw ADJEI"]


def test_a_heading_above_a_label_is_no_part_of_it() -> None:
    rows = [
        row(100, (100, "Name and surname:"), (500, "Mr Kofi TAMALE")),
        row(150, (100, "Position:"), (500, "Commissioner")),
        row(230, (100, "Delegate 2")),
        row(280, (100, "Name and"), (500, "Ms Esi BONSU")),
        row(330, (100, "surname:")),
        row(380, (100, "Position:"), (500, "Legal Adviser")),
    ]
    (grid,) = find_unruled(rows)
    lines = [" ".join(w.text for w in line) for line in grid.cells[0, 0]]
    assert "Name and surname: Ms Esi BONSU" in lines
    assert not any("2 Name" in line for line in lines)


def test_a_line_without_a_number_ends_the_row_above_where_rows_are_counted() -> None:
    rows = [
        row(100, (100, "No."), (200, "Name"), (500, "Post"), (900, "E-mail")),
        row(170, (100, "1."), (200, "Mr. Kofi"), (500, "Head of"), (900, "kofi@energy.gov.gh")),
        row(210, (200, "Tamale"), (500, "Section")),
        row(
            270, (100, "2."), (200, "Ms. Esi"), (500, "Judge of the Anti-"), (900, "esi@co.gov.gh")
        ),
        row(340, (200, "Bonsu"), (500, "Corruption Chamber")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert [cells[n, 1] for n in (1, 2)] == ["Mr. Kofi Tamale", "Ms. Esi Bonsu"]
    assert cells[2, 2] == "Judge of the Anti- Corruption Chamber"


def test_a_chinese_name_with_its_form_of_address_begins_a_row() -> None:
    rows = [
        row(100, (100, "姓名"), (400, "职务"), (800, "电子邮件")),
        row(150, (100, "沈晓岚女士"), (400, "司法部国际合作局处长"), (800, "shen@moj.example.org")),
        row(200, (100, "方磊先生"), (400, "外交部参赞")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    assert (cells[1, 0], cells[2, 0]) == ("沈晓岚女士", "方磊先生")
    assert (cells[1, 1], cells[2, 1]) == ("司法部国际合作局处长", "外交部参赞")


def test_two_lines_of_a_name_are_one_row_with_what_is_set_between_them() -> None:
    rows = [
        row(100, (100, "Name"), (400, "Post"), (800, "E-mail")),
        row(200, (100, "Kofi Mensah")),
        row(218, (400, "Attaché"), (800, "kofi@mfa.gov.gh")),
        row(236, (100, "Tamale")),
        row(278, (100, "Esi Owusu")),
        row(300, (400, "Judge"), (800, "esi@mfa.gov.gh")),
        row(322, (100, "Bonsu")),
        row(368, (100, "Yaw Adjei")),
        row(386, (400, "Registrar"), (800, "yaw@mfa.gov.gh")),
        row(404, (100, "Opoku")),
    ]
    (grid,) = find_unruled(rows)
    cells = texts(grid)
    names = ["Kofi Mensah Tamale", "Esi Owusu Bonsu", "Yaw Adjei Opoku"]
    assert [cells[n, 0] for n in (1, 2, 3)] == names
    assert [cells[n, 1] for n in (1, 2, 3)] == ["Attaché", "Judge", "Registrar"]


def test_offices_over_the_rows_hide_no_column_below_a_header_of_two_lines() -> None:
    rows = [
        row(100, (100, "序"), (225, "姓名"), (620, "职务"), (900, "电子邮件")),
        row(142, (100, "号")),
        row(210, (90, "审计署国际合作司多边处")),
        row(278, (90, "1"), (180, "沈晓岚"), (560, "处长"), (820, "x.shen@cnao.example")),
        row(346, (90, "司法部条约法律司")),
        row(414, (90, "2"), (180, "方大磊"), (560, "高级检察官助理"), (820, "—")),
        row(482, (90, "外交部条约法律司二处")),
        row(550, (90, "3"), (180, "林静静"), (560, "参赞"), (820, "jj.lin@mfa.example")),
    ]
    (grid,) = find_unruled(rows)
    assert [texts(grid)[n, 1] for n in (0, 2, 4, 6)] == ["姓名", "沈晓岚", "方大磊", "林静静"]
    assert texts(grid)[5, 0] == "外交部条约法律司二处"


def test_each_date_of_birth_begins_a_row() -> None:
    people = [
        ("沈晓岚", "1979年3月2日", "司法部国际合作局处长"),
        ("方磊", "1990年11月12日", "随员"),
    ]
    people += [
        ("欧阳子瑜", "1985年6月30日", "最高人民法院国际合作局法官"),
        ("温强", "1971年1月9日", "处长"),
    ]
    head = row(100, (100, "姓名"), (300, "出生日期"), (600, "职务"))
    body = [row(151 + 51 * n, *zip((100, 300, 600), p, strict=True)) for n, p in enumerate(people)]
    (grid,) = find_unruled([head, *body])
    cells = texts(grid)
    assert [cells[n + 1, 0] for n in range(4)] == [p[0] for p in people]
