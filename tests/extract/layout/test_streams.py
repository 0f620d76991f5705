"""White streams part lists, cards and tables, wherever cells are set and however lines wrap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.layout.lines import page_lines
from extract.layout.rows import Row
from extract.layout.stream_borders import with_begins
from extract.layout.streams import region_at
from extract.layout.unruled import find_unruled
from extract.layout.unruled_grid import UnruledGrid
from ocr.types import Box, Line, Page, Word

CHAR, HEIGHT, PITCH, SPACE = 12, 26, 34, 7


def row(y: float, *cells: tuple[int, str]) -> tuple[Word, ...]:
    """Words of a row; each cell begins at its own x."""
    words: list[Word] = []
    for left, text in cells:
        x = left
        for part in text.split():
            words.append(Word(part, Box(x, int(y), x + CHAR * len(part), int(y) + HEIGHT), 0.95))
            x += CHAR * len(part) + SPACE
    return tuple(words)


def texts(grid: UnruledGrid) -> dict[tuple[int, int], str]:
    return {
        place: " ".join(w.text for line in lines for w in line)
        for place, lines in grid.cells.items()
    }


def cards(shift: int = 0) -> list[tuple[Word, ...]]:
    left = ("Mr. Juma KAMAU", "Director of Legal Services", "juma.kamau@ag.go.ke")
    right = ("Ms. Ruth NJERI", "State Counsel", "ruth.njeri@ag.go.ke")
    return [
        row(100 + PITCH * n + shift * (n % 2), (100, a), (440, b))
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]


def test_a_last_card_of_many_lines_is_not_torn() -> None:
    last = ("Mr. Oswin PATEL", *(f"Section of {c * 6}" for c in "abcdef"), "o.patel@ag.go.ke")
    rows = [*cards(), *(row(250 + PITCH * n, (100, text)) for n, text in enumerate(last))]
    (grid,) = find_unruled(rows)
    held = {w.text for lines in grid.cells.values() for line in lines for w in line}
    assert {"PATEL", "o.patel@ag.go.ke"}.isdisjoint(held) or {"PATEL", "o.patel@ag.go.ke"} <= held


def test_persons_side_by_side_are_a_card_each() -> None:
    (grid,) = find_unruled(cards())
    assert grid.kind == "cards"
    assert texts(grid) == {
        (0, 0): "Mr. Juma KAMAU Director of Legal Services juma.kamau@ag.go.ke",
        (0, 1): "Ms. Ruth NJERI State Counsel ruth.njeri@ag.go.ke",
    }


@given(st.lists(st.integers(-3, 3), min_size=24, max_size=24))
@settings(max_examples=40, deadline=None)
def test_words_a_little_out_of_place_are_in_the_same_cards(moved: list[int]) -> None:
    steps = iter(moved)
    rows = []
    for line in cards():
        words = []
        for word in line:
            d = next(steps, 0)
            b = word.box
            words.append(
                Word(word.text, Box(b.left, b.top + d, b.right, b.bottom + d), word.confidence)
            )
        rows.append(tuple(words))
    (grid,) = find_unruled(rows)
    (straight,) = find_unruled(cards())
    assert texts(grid) == texts(straight)


def test_cells_set_to_their_middle_are_one_row() -> None:
    rows = [
        row(100, (100, "Full name"), (400, "Position"), (760, "E-mail")),
        row(160, (400, "Head of the Asset")),
        row(160 + PITCH // 2, (100, "Ana ROJAS"), (760, "a.rojas@mj.gob.cl")),
        row(160 + PITCH, (400, "Recovery Unit")),
        row(260, (400, "Judge of the")),
        row(260 + PITCH // 2, (100, "Juan SOTO"), (760, "j.soto@mj.gob.cl")),
        row(260 + PITCH, (400, "Supreme Court")),
    ]
    (grid,) = find_unruled(rows)
    assert texts(grid)[1, 0] == "Ana ROJAS"
    assert texts(grid)[1, 1] == "Head of the Asset Recovery Unit"
    assert texts(grid)[2, 1] == "Judge of the Supreme Court"


def test_a_cell_that_lies_between_two_rows_belongs_to_both() -> None:
    rows = [
        row(30, (100, "Full name"), (400, "Position"), (760, "Organization"), (1100, "E-mail")),
        row(100, (100, "Ms. Ana ROJAS"), (400, "Head of the Asset"), (760, "Judge")),
        row(100 + PITCH, (400, "Recovery Unit"), (760, "Supreme Court")),
        row(162, (1100, "courts@mj.gob.cl")),
        row(190, (100, "Mr. Juan SOTO"), (400, "Deputy Head of"), (760, "Judge")),
        row(190 + PITCH, (400, "the Legal Unit"), (760, "District Court")),
    ]
    (grid,) = find_unruled(rows)
    (shared,) = [place for place, text in texts(grid).items() if "@" in text]
    assert grid.spans == {shared: 2}


def test_a_justified_sentence_is_no_row_of_a_table() -> None:
    table = [
        row(100, (100, "Full name"), (400, "Position"), (760, "E-mail")),
        row(150, (100, "Ana ROJAS"), (400, "Judge"), (760, "a.rojas@mj.gob.cl")),
        row(200, (100, "Juan SOTO"), (400, "Prosecutor"), (760, "j.soto@mj.gob.cl")),
    ]
    wide = 20
    x, words = 100, []
    sentence = "The Mission would appreciate receiving confirmation of the registration"
    for part in sentence.split():
        words.append(Word(part, Box(x, 260, x + CHAR * len(part), 286), 0.95))
        x += CHAR * len(part) + wide
    (grid,) = find_unruled([*table, tuple(words)])
    assert max(r for r, _ in grid.cells) == 2


def test_a_list_in_two_columns_is_read_to_the_foot_of_the_first() -> None:
    left = ("1. Mr. Juma KAMAU, Director", "juma.kamau@ag.go.ke", "2. Ms. Amina OTIENO, Judge")
    right = ("3. Dr. Peter MWANGI, Adviser", "4. Ms. Ruth NJERI, Registrar", "r.njeri@ag.go.ke")
    rows = [
        row(100 + PITCH * n, (100, a), (600, b))
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]
    (grid,) = find_unruled(rows)
    assert [text.split()[0] for _, text in sorted(texts(grid).items())] == ["1.", "3."]
    assert grid.kind == "lists"


def test_labels_and_their_values_are_one_line_each_however_they_wrap() -> None:
    rows = [
        row(100, (100, "Name:"), (400, "Mr. Juma KAMAU")),
        row(150, (100, "Position"), (400, "Deputy Head of the Main")),
        row(150 + PITCH, (100, "held:"), (400, "Directorate")),
        row(234, (100, "E-mail:"), (400, "juma.kamau@ag.go.ke")),
    ]
    (grid,) = find_unruled(rows)
    assert [" ".join(w.text for w in line) for line in grid.cells[0, 0]] == [
        "Name: Mr. Juma KAMAU",
        "Position held: Deputy Head of the Main",
        "Directorate",
        "E-mail: juma.kamau@ag.go.ke",
    ]


def test_dots_that_lead_to_a_post_are_no_words_even_if_misread() -> None:
    lines = [
        row(100, (100, "Mr. Juma KAMAU"), (300, "." * 20), (800, "Director")),
        row(150, (100, "Ms. Ruth NJERI"), (300, "ssscsscseescsss"), (800, "Judge")),
    ]
    page = Page(1, 1654, 2339, 200, "read", tuple(Line(words) for words in lines))
    found = [line.text for line in page_lines(page)]
    assert found == ["Mr. Juma KAMAU", "Director", "Ms. Ruth NJERI", "Judge"]


def test_cells_set_to_their_middle_show_columns_by_lines_half_a_step_apart() -> None:
    rows = [row(100, (100, "Name"), (330, "Address"), (760, "Post"))]
    families = ("KAMAU", "NJERI-WAMBUI-OKOTH", "OTIENO")
    for number, family in enumerate(families):
        top = 200 + 200 * number
        rows += [
            row(top, (760, "Director")),
            row(top + PITCH, (100, "Mr. Juma"), (760, "of Legal")),
            row(top + 3 * PITCH // 2, (330, f"juma{number}.kamau@ag.go.ke")),
            row(top + 2 * PITCH, (100, family), (760, "Services")),
            row(top + 3 * PITCH, (760, "abroad")),
        ]
    (grid,) = find_unruled(rows)
    assert grid.columns == 3
    assert texts(grid)[2, 0] == "Mr. Juma NJERI-WAMBUI-OKOTH"
    assert texts(grid)[2, 1] == "juma1.kamau@ag.go.ke"


def test_a_number_halfway_between_two_lines_of_a_name_is_a_column_of_its_own() -> None:
    half = PITCH // 2
    rows = [row(100, (100, "No"), (136, "Name"), (480, "Position"), (740, "E-mail"))]
    for number, (first, family) in enumerate((("Juma", "KAMAU"), ("Ruth", "NJERI")), 1):
        top = 90 + 110 * number
        address = f"{family.lower()}@ag.go.ke"
        rows += [
            row(top, (136, f"Mr. {first} Otieno"), (480, "Director of"), (740, address)),
            row(top + half, (100, str(number))),
            row(top + 2 * half, (136, family), (480, "Services")),
        ]
    (grid,) = find_unruled(rows)
    assert texts(grid)[1, 0] == "1"
    assert texts(grid)[2, 1] == "Mr. Ruth Otieno NJERI"


def test_the_end_of_an_address_alone_in_its_line_begins_no_person() -> None:
    rows = [row(100, (100, "Capacity"), (360, "Assignment"), (640, "Mail"), (980, "Who"))]
    for number, family in enumerate(("KAMAU", "NJERI", "OTIENO")):
        top = 200 + 100 * number
        rows += [
            row(top, (100, "Member"), (360, "Judge"), (640, "juma@yahoo.co"), (980, "Mr. Juma")),
            row(top + PITCH, (640, "m"), (980, family)),
        ]
    (grid,) = find_unruled(rows)
    assert grid.kind == "columns"
    assert texts(grid)[2, 3] == "Mr. Juma NJERI"


def test_a_count_from_one_begins_another_table_with_its_caption_and_header() -> None:
    first = [
        row(100, (100, "No."), (160, "Who"), (400, "Function"), (640, "E-mail")),
        row(150, (100, "1"), (160, "Mr. Juma KAMAU"), (400, "Judge"), (640, "juma@ag.go.ke")),
        row(200, (100, "2"), (160, "Ms. Ruth NJERI"), (400, "Foreign"), (640, "ruth@ag.go.k")),
        row(200 + PITCH, (400, "Office"), (640, "n")),
    ]
    second = [
        row(330, (100, "Secretariat")),
        row(390, (100, "No."), (160, "Who"), (470, "Stationed at"), (800, "Mailbox")),
        row(440, (100, "1"), (160, "Ms. Awa OTIENO"), (470, "Geneva"), (800, "awa@ag.go.ke")),
        row(490, (100, "2"), (160, "Mr. Ali MWANGI"), (470, "Vienna"), (800, "ali@ag.go.ke")),
    ]
    above, below = find_unruled([*first, *second])
    assert texts(above)[2, 2] == "Foreign Office"
    assert texts(above)[2, 3] == "ruth@ag.go.k n"
    assert texts(below)[1, 2] == "Geneva"


@pytest.mark.parametrize(
    ("above", "below"), [("juma.kamau", "law@ag.go.ke"), ("juma@special", "cases.go.ke")]
)
def test_a_hyphen_alone_in_a_line_is_part_of_the_address_around_it(above: str, below: str) -> None:
    rows = []
    for number, family in enumerate(("KAMAU", "NJERI", "OTIENO")):
        top = 200 + 150 * number
        rows += [
            row(top, (100, f"Mr. Juma {family}"), (420, "Judge"), (640, above)),
            row(top + PITCH, (420, "abroad"), (640, "-")),
            row(top + 2 * PITCH, (640, below)),
        ]
    (grid,) = find_unruled(rows)
    assert texts(grid)[1, 2] == f"{above} - {below}"
    assert find_unruled([]) == []


def test_white_between_chinese_cells_of_a_word_each_is_no_even_space() -> None:
    heads = (
        (20, "序号"),
        (112, "姓名"),
        (250, "邮箱"),
        (480, "单位"),
        (640, "职务"),
        (712, "身份"),
    )
    people = (
        (
            "1",
            "沈晓岚女士",
            "x.shen@moj.cn",
            "司法部国际合作局条约与法律处综合科",
            "处长",
            "代表团长",
        ),
        ("2", "方大磊先生", "l.fangs@mfa.cn", "审计署外事司", "参赞员", "顾问"),
        ("3", "林静静女士", "jj.lin@cnao.org", "外交部条约法律司", "参赞", "顾问"),
    )
    places = (20, 100, 196, 390, 630, 680)
    body = (row(134 + PITCH * n, *zip(places, p, strict=True)) for n, p in enumerate(people))
    region = region_at([Row(row(100, *heads)), *map(Row, body)], 0)
    assert region is not None
    assert len(region.borders) == 5


def test_white_between_cells_set_to_their_middle_parts_the_columns_of_two_labels() -> None:
    rows = [
        row(100, (100, "Post"), (330, "Institution")),
        row(134, (60, "First Registrar"), (250, "National Institute of Weaving")),
        row(168, (70, "Chief Notary"), (262, "National Chamber of Scribes")),
    ]
    labels = [[word] for word in rows[0]]
    (border,) = with_begins([Row(words) for words in rows], (), labels)
    assert rows[1][1].box.right < border < rows[1][2].box.left
    assert with_begins([Row(words) for words in rows], (border,), labels) == (border,)


def _boxes(y: int, *places: tuple[int, int]) -> Row:
    return Row(tuple(Word("Lima", Box(left, y, right, y + 45), 0.95) for left, right in places))


def test_gaps_of_many_columns_are_no_spaces_of_a_justified_line() -> None:
    head, name, clerk = ((20, 90),), ((170, 280), (297, 350), (367, 400)), ((460, 540), (557, 610))
    rows = [
        _boxes(100, *head, *name, *clerk, (705, 820), (837, 940), (1005, 1170)),
        _boxes(145, *head, (184, 234), (251, 367), (1044, 1190)),
        _boxes(260, *head, *name, *clerk, (733, 830), (847, 950), (1042, 1190)),
        _boxes(305, (166, 216), (233, 300), (317, 415), (464, 580), (757, 870), (890, 990)),
    ]
    rows[-1] = Row((*rows[-1].words, *_boxes(305, (1022, 1190)).words))
    region = region_at(rows, 0)
    assert region is not None
    assert len(region.borders) == 4


def _table(*below: tuple[Word, ...]) -> list[Row]:
    people = (
        ("Juma KAMAU", "Director", "j.kamau@ag.xx"),
        ("Ruth NJERI", "State Counsel", "r.njeri@ag.xx"),
        ("Ann OTIENO", "Registrar", "a.otieno@ag.xx"),
        ("Ian MUTUA", "Judge", "i.mutua@ag.xx"),
    )
    rows = [
        row(100 + PITCH * n, *zip((100, 420, 640), p, strict=True)) for n, p in enumerate(people)
    ]
    return [Row(words) for words in (*rows, *below)]


def test_a_row_that_fills_a_stream_and_stands_apart_is_no_part_of_the_table() -> None:
    sentence = row(100 + 5.5 * PITCH, (130, "Contact: Mr. Peter MWANGI"), (640, "+43 1 17"))
    region = region_at(_table(sentence), 0)
    assert region is not None
    assert (region.last, len(region.borders)) == (3, 2)


def test_a_role_that_only_the_head_has_stands_in_a_column_of_its_own() -> None:
    head, *others = _table()
    beside = Row((*head.words, *row(100, (900, "Head of delegation"))))
    region = region_at([beside, *others], 0)
    assert region is not None
    assert region.borders[-1] > 640 + CHAR * len("r.njeri@ag.xx")
    beside = Row((*head.words, *row(100, (900, "of the High Court"))))
    region = region_at([beside, *others], 0)
    assert region is not None
    assert region.borders[-1] < 640


def test_numbers_of_two_steps_that_stand_out_are_no_column() -> None:
    rows = [
        row(100, (60, "1.1."), (130, "Mr. Juma KAMAU, Director of Legal Services")),
        row(134, (130, "E-mail: juma.kamau@ag.go.ke")),
        row(168, (60, "1.2."), (130, "Ms. Ruth NJERI, State Counsel")),
        row(202, (130, "E-mail: ruth.njeri@ag.go.ke")),
        row(270, (60, "2.1."), (130, "Ms. Ann OTIENO, Registrar")),
    ]
    for grid in find_unruled(rows):
        assert (grid.kind, grid.columns) == ("lists", 1)


def test_marks_that_were_read_before_all_entries_stand_with_their_own() -> None:
    mark = Line(row(202, (60, "2.")))
    lines = (
        Line(row(100, (60, "1."), (90, "Mr. Juma KAMAU, Director"))),
        Line(row(134, (130, "Ministry of Justice"))),
        Line(row(202, (130, "Ms. Ruth NJERI, Judge"))),
    )
    page = Page(1, 1000, 1000, 200, "read", lines=(mark, *lines))
    assert page_lines(page)[-1].text.split() == ["2.", "Ms.", "Ruth", "NJERI,", "Judge"]


def test_names_of_columns_are_a_row_of_their_own_however_close_the_first_person_stands() -> None:
    def line(y: int, *said: str) -> tuple[Word, ...]:
        return row(y, *((x, t) for x, t in zip((60, 110, 420, 760), said, strict=True) if t))

    rows = [
        line(100, "", "Name", "Position", "E-mail address"),
        line(134, "1", "Juma KAMAU", "Director of", "j.kamau@ag.xx"),
        line(168, "", "", "Legal Services", ""),
        line(250, "2", "Ruth NJERI", "State", "r.njeri@ag.xx"),
        line(284, "", "", "Counsel", ""),
    ]
    (grid,) = find_unruled(rows)
    found = texts(grid)
    name = min(column for (_, column), text in found.items() if text == "Name")
    assert [found[n, name] for n in range(3)] == ["Name", "Juma KAMAU", "Ruth NJERI"]
    assert found[1, name + 1] == "Director of Legal Services"
