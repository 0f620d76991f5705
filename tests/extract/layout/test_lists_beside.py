"""Two labelled lists beside each other are read one after the other."""

from __future__ import annotations

from extract.layout.lines import page_lines
from extract.layout.unruled import find_unruled
from extract.note import read_note
from ocr.types import Box, Line, Page, Word

LETTER, TALL, PITCH, RIGHT = 15, 30, 42, 1300
OPENING = "The Permanent Mission of Kenya presents its compliments to the Secretariat and"
NOMINATES = "has the honour to nominate the following delegates:"
CLOSING = "The Mission avails itself of this opportunity to renew its highest consideration."

LEFT_LIST = (
    "Name: Mr. Juma KAMAU",
    "Designation: Director,",
    "Asset Recovery Agency",
    "E-mail: juma.kamau@ara.go.ke",
    "",
    "Name: Ms. Amina OTIENO",
    "Designation: State Counsel",
    "E-mail: amina.otieno@ag.go.ke",
)
RIGHT_LIST = (
    "Name: Dr. Peter MWANGI",
    "Designation: Adviser",
    "E-mail: peter.mwangi@mfa.go.ke",
    "",
    "Name: Ms. Ruth NJERI",
    "Designation: Chief of Section,",
    "Department of Justice",
    "E-mail: ruth.njeri@moj.go.ke",
)


def words(text: str, x: int, y: int) -> list[Word]:
    found = []
    for word in text.split():
        right = x + LETTER * len(word)
        found.append(Word(word, Box(x, y, right, y + TALL), 0.96))
        x = right + LETTER
    return found


def page(lefts: tuple[str, ...] = LEFT_LIST, rights: tuple[str, ...] = RIGHT_LIST) -> Page:
    y = 100
    lines = []
    for text in (OPENING, NOMINATES):
        lines.append(Line(tuple(words(text, 100, y))))
        y += PITCH
    for left, right in zip(lefts, rights, strict=True):
        row = [*words(left, 100, y), *words(right, RIGHT, y)]
        lines.append(Line(tuple(row)))
        y += PITCH
    lines.append(Line(tuple(words(CLOSING, 100, y + 2 * PITCH))))
    return Page(1, 2500, 3500, 200, "read", tuple(lines), language="en", mean_confidence=0.96)


def test_each_list_is_read_by_itself() -> None:
    found = [
        (p.name.text, p.title.text if p.title else None, p.email.text if p.email else None)
        for p in read_note((page(),)).delegates
    ]
    assert found == [
        ("Juma KAMAU", "Director, Asset Recovery Agency", "juma.kamau@ara.go.ke"),
        ("Amina OTIENO", "State Counsel", "amina.otieno@ag.go.ke"),
        ("Peter MWANGI", "Adviser", "peter.mwangi@mfa.go.ke"),
        ("Ruth NJERI", "Chief of Section", "ruth.njeri@moj.go.ke"),
    ]


def test_a_closing_sentence_torn_below_the_lists_ends_none_of_them() -> None:
    torn = page(
        (*LEFT_LIST, "The Mission avails itself of this opportunity"),
        (*RIGHT_LIST, "to renew its highest consideration"),
    )
    found = [p.name.text for p in read_note((torn,)).delegates]
    assert found == ["Juma KAMAU", "Amina OTIENO", "Peter MWANGI", "Ruth NJERI"]


def test_a_surname_below_is_told_by_the_width_of_the_list_and_of_no_sentence_below_it() -> None:
    torn = page(
        (
            "Mr. Juma WANJIKUSON",
            "ODHIAMBO",
            "Director of Audits",
            "<j.odhiambo@ara.go.ke>",
            "",
            "Ms. Amina OTIENO",
            "State Counsel",
            "<amina.o@ag.go.ke>",
            "The Mission of Kenya avails itself of this opportunity",
        ),
        (
            "Dr. Peter MWANGI",
            "Adviser",
            "<p.mwangi@mfa.go.ke>",
            "",
            "Ms. Ruth NJERI",
            "Chief of Section",
            "<ruth.njeri@moj.go.ke>",
            "",
            "to renew its highest consideration to the Secretariat",
        ),
    )
    found = [p.name.text for p in read_note((torn,)).delegates]
    assert found == ["Juma WANJIKUSON ODHIAMBO", "Amina OTIENO", "Peter MWANGI", "Ruth NJERI"]


def test_labels_that_follow_each_other_in_one_row_are_no_second_list() -> None:
    rows = [
        tuple([*words("Name: Juma KAMAU", 100, y), *words("Phone: +254 20 1", 1300 + y // 2, y)])
        for y in (100, 200, 300)
    ]
    (grid,) = find_unruled(rows)
    said = [[line[0].text for line in lines] for lines in grid.cells.values()]
    assert (grid.columns, said) == (1, [["Name:", "Phone:"]] * 3)


def test_a_sentence_that_crosses_ends_the_lists() -> None:
    rows = [
        tuple([*words("Name: Juma KAMAU", 100, y), *words("Name: Ruth NJERI", RIGHT, y)])
        for y in (100, 142)
    ]
    sentence = tuple(words(" ".join(["consideration"] * 8), 100, 184))
    (lists,) = find_unruled([*rows, sentence])
    assert lists.kind == "lists"
    assert [len(lines) for lines in lists.cells.values()] == [2, 2]


def test_two_labels_in_a_line_are_one_persons_form() -> None:
    pairs = (("Surname: KAMAU", "Given name: Juma"), ("Position: Director", "Ministry: Justice"))
    rows = [
        tuple([*words(left, 100, y), *words(right, RIGHT, y)])
        for y, (left, right) in zip((100, 142), pairs, strict=True)
    ]
    assert not [g for g in find_unruled(rows) if g.kind in ("cards", "lists")]


def test_signs_that_begin_the_lines_of_a_list_stay_with_them() -> None:
    rows = [
        (*words("=", 100, y), *words("Member:", 160, y), *words(text, 330, y))
        for y, text in (
            (100, "Mr. Juma KAMAU, Director"),
            (142, "Ms. Ruth NJERI, Chief"),
            (184, "Dr. Peter MWANGI, Adviser"),
        )
    ]
    (grid,) = find_unruled(rows)
    assert [[w.text for w in line][:3] for line in grid.cells[0, 0]] == [
        ["=", "Member:", "Mr."],
        ["=", "Member:", "Ms."],
        ["=", "Member:", "Dr."],
    ]
    page = Page(1, 2500, 3500, 200, "read", tuple(map(Line, rows)), language="en")
    assert {line.cell for line in page_lines(page)} == {None}


def test_a_family_name_that_found_no_room_in_its_card_is_no_post() -> None:
    left = ("Mr. Juma Barasa KAMAU", "WEKESABRAUN", "Director", "juma.kamau@ag.go.ke")
    right = ("Ms. Ruth NJERI", "ODPP", "State Counsel", "ruth.njeri@ag.go.ke")
    names = [d.name.text for d in read_note((page(left, right),)).delegates]
    assert names == ["Juma Barasa KAMAU WEKESABRAUN", "Ruth NJERI"]


def test_a_post_that_is_a_form_of_address_too_makes_its_column_no_list_of_persons() -> None:
    rows = [
        ("1. السيدة ليلى بنت", "وزارة العدل", "السفير", "l.alnadiri@mol.gov.xx"),
        ("ناصر النديري", "", "", ""),
        ("2. السيد فارس بن", "وزارة المالية", "مستشار", "f.alsufyani@mol.gov.xx"),
        ("ماجد السفياني", "", "", ""),
        ("3. السيدة هالة بنت", "وزارة العدل", "خبير", "h.albadri@mol.gov.xx"),
        ("جابر البدري", "", "", ""),
    ]
    edges = (1700, 1150, 800, 500)
    lines = []
    for n, row in enumerate(rows):
        line: list[Word] = []
        for text, edge in zip(row, edges, strict=True):
            for word in text.split():
                left = edge - LETTER * len(word)
                line.insert(0, Word(word, Box(left, 100 + 52 * n, edge, 130 + 52 * n), 0.96))
                edge = left - LETTER
        lines.append(tuple(line))
    (grid,) = find_unruled(lines, rtl=True)
    assert grid.kind == "columns"
    assert grid.cells[1, 3][1][-1].text == "ماجد"
