"""Persons of ruled tables whose cells wrap, whose header is merged, or that are no tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.judging.build import build_delegates
from extract.note import read_raw
from extract.pipeline.reading import ask
from extract.pipeline.stages import FOUND
from extract.types import Delegate
from ocr.types import Box, Cell, Line, Page, SecondReading, Table, Word

CHAR, LINE, WIDTH, ROW, LEFT, TOP = 15, 40, 500, 140, 100, 600


def _words(text: str, x: int, y: int) -> list[Word]:
    words: list[Word] = []
    for part in text.split():
        words.append(Word(part, Box(x, y, x + len(part) * CHAR, y + 30), 0.96))
        x += (len(part) + 1) * CHAR
    return words


def _line(text: str, x: int, y: int, second: str = "") -> Line:
    words = tuple(_words(text, x, y))
    right = words[-1].box.right
    readings = (SecondReading(second, Box(x, y, right, y + 30), 0.97, "other"),) if second else ()
    return Line(words, second=readings)


def _page(rows: list[list[str]], above: tuple[str, ...] = ()) -> Page:
    """Sentences, and below them a table; line ends inside a cell are wraps."""
    lines = [_line(text, LEFT, 100 + LINE * i) for i, text in enumerate(above)]
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = LEFT + WIDTH * c, TOP + ROW * r
            cells.append(Cell(r, c, Box(x, y, x + WIDTH, y + ROW)))
            lines += [
                _line(t, x + 10, y + 10 + LINE * i) for i, t in enumerate(text.split("\n")) if t
            ]
    box = Box(LEFT, TOP, LEFT + WIDTH * len(rows[0]), TOP + ROW * len(rows))
    return Page(1, 2700, 3500, 200, "read", tuple(lines), tables=(Table(box, tuple(cells)),))


OPENING = (
    "The Embassy of Turkey presents its compliments to the Secretariat and has the honour to",
    "inform that the following officials have been nominated to take part in the meeting:",
)


def _read(rows: list[list[str]], above: tuple[str, ...] = OPENING) -> tuple[Delegate, ...]:
    return build_delegates(ask(FOUND, (_page(rows, above),), accepted=True).drafts)


def test_one_header_over_numbers_and_names_names_both_columns() -> None:
    people = _read(
        [
            ["S/N Full name", "", "Title", "E-mail"],
            ["1. Mr. YILDIZ\nCem", "", "Judge", "c.yildiz@courts.gov.tr"],
            ["2.", "Ms. KARADAG\nElif", "Registrar", "e.karadag@courts.gov.tr"],
            ["3.", "Ms. GUNES\nSelin", "Prosecutor", "s.gunes@courts.gov.tr"],
        ]
    )
    assert [p.name.text for p in people] == ["YILDIZ Cem", "KARADAG Elif", "GUNES Selin"]


def test_a_post_below_a_name_is_no_part_of_it() -> None:
    (person,) = _read(
        [
            ["Name and title", "Organization", "E-mail"],
            [
                "Ms. KARADAG Elif\nRegistrar, Treaty Service",
                "Ministry of Justice",
                "elif@fic.gov.tr",
            ],
        ]
    )
    assert person.name.text == "KARADAG Elif"


def test_an_address_cut_inside_a_word_tells_its_column_without_a_header() -> None:
    people = _read(
        [
            ["Cem YILDIZ", "Judge", "Supreme Court", "cem_yildiz@cou\nrts.gov.tr"],
            ["Elif KARADAG", "Registrar", "Supreme Court", "elif_karadag@cou\nrts.gov.tr"],
        ]
    )
    assert [p.email.text for p in people if p.email] == [
        "cem_yildiz@courts.gov.tr",
        "elif_karadag@courts.gov.tr",
    ]


def test_a_stamp_over_the_letterhead_is_no_table_of_persons() -> None:
    assert _read([["IN AUSTRIA", "ee"], ["Ref. Nr ROU Vienna", "Action Registry"]]) == ()


def test_an_address_whose_beginning_the_page_reader_lost_is_the_other_readers() -> None:
    texts = (
        *OPENING,
        "1. Mr. Aung Ko Lin, Desk Officer, Ministry of Foreign Affairs",
        "E-mail: |.aungkolin@mfa.gov.mm",
    )
    lines = [_line(t, LEFT, 100 + LINE * i) for i, t in enumerate(texts[:-1])]
    lines.append(_line(texts[-1], LEFT, 100 + LINE * 3, "E-mail: l.aungkolin@mfa.gov.mm"))
    page = Page(1, 2700, 3500, 200, "read", tuple(lines))
    (person,) = build_delegates(ask(FOUND, (page,), accepted=True).drafts)
    assert person.email is not None
    assert person.email.text == "l.aungkolin@mfa.gov.mm"


def test_a_round_bullet_read_as_a_letter_is_a_bullet_before_a_role() -> None:
    texts = (
        *OPENING,
        "O Head of delegation: Mr. Cem YILDIZ, Judge, Supreme Court, c.yildiz@courts.gov.tr",
        "O Member: Ms. Elif KARADAG, Registrar, Supreme Court, e.karadag@courts.gov.tr",
    )
    lines = [_line(t, LEFT, 100 + LINE * i) for i, t in enumerate(texts)]
    page = Page(1, 2700, 3500, 200, "read", tuple(lines))
    people = build_delegates(ask(FOUND, (page,), accepted=True).drafts)
    assert [(p.name.text, p.role.text) for p in people if p.role] == [
        ("Cem YILDIZ", "head"),
        ("Elif KARADAG", "member"),
    ]


def test_post_office_and_address_may_stand_in_one_cell_beside_the_name() -> None:
    found = _read(
        [
            ["Mr. Kofi TAMALE", "Director\nMinistry of Energy\nk.tamale@energy.gov.gh"],
            ["Ms. Esi BONSU", "Counsellor\nCabinet Office\nesi.bonsu@co.gov.gh"],
        ]
    )
    assert [[v and v.text for v in (d.name, d.title, d.organization, d.email)] for d in found] == [
        ["Kofi TAMALE", "Director", "Ministry of Energy", "k.tamale@energy.gov.gh"],
        ["Esi BONSU", "Counsellor", "Cabinet Office", "esi.bonsu@co.gov.gh"],
    ]


def test_an_office_may_stand_above_the_post_in_one_cell() -> None:
    people = _read(
        [
            ["Name", "Affiliation / Title", "E-mail"],
            ["Mr. YILDIZ Cem", "Ministry of Interior\nDirector, Foreign Affairs", "c.y@moi.gov.tr"],
            ["Ms. GUNES Selin", "Ministry of Justice\nAttaché", "s.gunes@moj.gov.tr"],
        ]
    )
    told = [(p.title and p.title.text, p.organization and p.organization.text) for p in people]
    assert told == [
        ("Director, Foreign Affairs", "Ministry of Interior"),
        ("Attaché", "Ministry of Justice"),
    ]


def test_words_over_the_width_of_a_counted_table_are_the_office_of_the_rows_below() -> None:
    people = _read(
        [
            ["No", "Name", "Title", "E-mail"],
            ["Ministry of Justice", "", "", ""],
            ["1", "Mr. YILDIZ Cem", "Judge", "c.yildiz@moj.gov.tr"],
            ["Zarb Tolva", "", "", ""],
            ["2", "Ms. GUNES Selin", "Registrar", "s.gunes@zarb.gov.tr"],
            ["3", "Mr. KAYA Emre", "Clerk", "e.kaya@zarb.gov.tr"],
        ]
    )
    told = [(p.name.text, p.organization and p.organization.text) for p in people]
    assert told == [
        ("YILDIZ Cem", "Ministry of Justice"),
        ("GUNES Selin", "Zarb Tolva"),
        ("KAYA Emre", "Zarb Tolva"),
    ]


def test_one_unknown_word_above_forms_of_address_is_a_header() -> None:
    people = _read(
        [
            ["Asistente", "Cargo que ocupa", "Organismo"],
            ["Sr. KARADAG\nCem", "Consejero", "Ministry of\nJustice"],
            ["Sra. YILDIZ Elif", "Primer Secretario", "Supreme Court"],
        ]
    )
    assert [p.name.text for p in people] == ["KARADAG Cem", "YILDIZ Elif"]
    assert [p.title.text for p in people if p.title] == ["Consejero", "Primer Secretario"]


def test_an_office_behind_a_dash_in_the_cell_of_a_post_is_no_part_of_it() -> None:
    people = _read(
        [
            ["Name", "Title", "E-mail"],
            ["Ms. KARADAG Elif", "Inspector - National\nPolice", "e.karadag@police.gov.tr"],
            ["Mr. YILDIZ Cem", "Judge -\nSupreme Court", "c.yildiz@courts.gov.tr"],
        ]
    )
    fields = [(p.title, p.organization) for p in people]
    assert [(t.text, o.text) for t, o in fields if t and o] == [
        ("Inspector", "National Police"),
        ("Judge", "Supreme Court"),
    ]


def test_a_form_of_address_in_cyrillic_read_as_latin_is_none_of_the_name() -> None:
    people = _read(
        [
            ["Фамилия, имя, отчество", "Должность"],
            ["rH Орлов Иван Петрович", "судья"],
            ["г-жа Котова Анна Львовна", "прокурор"],
        ]
    )
    assert [p.name.text for p in people] == ["Орлов Иван Петрович", "Котова Анна Львовна"]
    assert "name_odd" in {d.code for d in people[0].doubts}


def test_an_office_on_a_line_of_its_own_in_the_cell_of_a_post_is_no_part_of_it() -> None:
    people = _read(
        [
            ["Name", "Title", "E-mail"],
            ["Ms. KARADAG Elif", "Inspector\nNational Police", "e.karadag@police.gov.tr"],
            ["Mr. YILDIZ Cem", "Sworn Bookkeeper,\nMinistry of\nJustice", "c.yildiz@adalet.gov.tr"],
            ["Mr. GUNES Ali", "Director of the\nMinistry of Justice", "a.gunes@adalet.gov.tr"],
        ]
    )
    assert [(p.title.text, p.organization and p.organization.text) for p in people if p.title] == [
        ("Inspector", "National Police"),
        ("Sworn Bookkeeper", "Ministry of Justice"),
        ("Director of the Ministry of Justice", None),
    ]


def test_a_column_that_the_addresses_spell_holds_the_family_names_and_is_doubted() -> None:
    people = _read(
        [
            ["No.", "", "", "Post", "E-mail"],
            ["1.", "Yildiz", "Cem Ali", "Judge", "yildiz.c@courts.gov.tr"],
            ["2.", "Karadag", "Elif Naz", "Registrar", "elif_karadag@courts.gov.tr"],
            ["3.", "Gunes", "Selin Ada", "Prosecutor", "gunes@courts.gov.tr"],
        ]
    )
    assert [p.name.text for p in people] == [
        "Cem Ali Yildiz",
        "Elif Naz Karadag",
        "Selin Ada Gunes",
    ]
    assert all(d.code == "boundary_uncertain" for p in people for d in p.doubts[:1])


def test_a_rule_inside_a_row_that_its_number_stands_beside_parts_nobody() -> None:
    rows = [
        ["No.", "Full name", "Post", "E-mail"],
        ["1", "Mr. Cem YILDIZ", "Judge", "c.yildiz@courts.gov.tr"],
        ["2", "Ms. Elif Naz", "Deputy", "e.karadag@courts.gov.tr"],
        ["", "KARADAG", "Prosecutor", ""],
    ]
    page = _page(rows, OPENING)
    (table,) = page.tables
    tall = [
        replace(c, row_span=2, box=replace(c.box, bottom=c.box.bottom + ROW))
        if (c.row, c.column) == (2, 0)
        else c
        for c in table.cells
        if (c.row, c.column) != (3, 0)
    ]
    page = replace(page, tables=(replace(table, cells=tuple(tall)),))
    people = build_delegates(ask(FOUND, (page,), accepted=True).drafts)
    assert [p.name.text for p in people] == ["Cem YILDIZ", "Elif Naz KARADAG"]
    assert [p.title.text for p in people if p.title] == ["Judge", "Deputy Prosecutor"]


def test_in_a_cell_of_both_the_office_stands_below_a_post_of_several_lines() -> None:
    people = _read(
        [
            ["Name", "Position", "E-mail"],
            [
                "Ms. Ayla KOREL",
                "Deputy Head, Treaty\nSection\nMinistry of Trade",
                "a@trade.example",
            ],
            ["Mr. Emre TUNA", "Chief Inspector\nof Mines\nMinistry of Energy", "e@energy.example"],
        ]
    )
    assert [(d.title and d.title.text, d.organization and d.organization.text) for d in people] == [
        ("Deputy Head, Treaty Section", "Ministry of Trade"),
        ("Chief Inspector of Mines", "Ministry of Energy"),
    ]


@pytest.mark.parametrize("label", ["Envoy", "Participant"])
def test_a_label_nobody_knows_asks_for_the_names_beside_it(label: str) -> None:
    people = _read(
        [
            [label, "Ms. KARADAG Elif"],
            ["Position", "Registrar"],
            ["Organization", "Ministry of Justice"],
            ["E-mail", "e.karadag@courts.gov.tr"],
        ]
    )
    assert [(p.name.text, p.title.text if p.title else None) for p in people] == [
        ("KARADAG Elif", "Registrar")
    ]


def test_ministries_that_begin_as_posts_do_are_no_roles_beside_posts() -> None:
    people = _read(
        [
            ["Secretariat for Energy", "Ms. KARADAG Elif", "First Secretary"],
            ["Ministry of Justice", "Mr. YILDIZ Cem", "Adviser"],
        ]
    )
    assert [p.organization.text if p.organization else None for p in people] == [
        "Secretariat for Energy",
        "Ministry of Justice",
    ]
    assert [p.title.text if p.title else None for p in people] == ["First Secretary", "Adviser"]


def test_a_row_with_a_number_and_an_address_names_no_columns() -> None:
    people = _read(
        [
            ["1", "方大磊", "法官", "最高人民法院", "fang@court.example"],
            ["2", "沈晓岚", "职务犯罪检察厅干部", "最高人民检察院", "shen@spp.example"],
            ["3", "林静静", "外事处副处长", "国家监察委员会", "lin@ccdi.example"],
        ]
    )
    assert [p.name.text for p in people] == ["方大磊", "沈晓岚", "林静静"]


def test_a_post_may_stand_before_the_address_in_one_line_of_a_cell() -> None:
    people = _read([["方大磊", "副局长，fang@court.example"], ["沈晓岚", "科员，shen@spp.example"]])
    assert [(p.title and p.title.text, p.email and p.email.text) for p in people] == [
        ("副局长", "fang@court.example"),
        ("科员", "shen@spp.example"),
    ]


def test_posts_behind_a_label_that_was_misread_are_posts() -> None:
    people = _read(
        [
            ["Full name", "Mr. YILDIZ Cem", "Ms. KARADAG Elif"],
            ["exci)", "Judge", "Head of the Treaty Section"],
            ["Institution", "Court of Cassation", "Ministry of Justice"],
            ["E-mail", "c.yildiz@courts.gov.tr", "elif@fic.gov.tr"],
        ]
    )
    titles = [p.title.text for p in people if p.title]
    assert titles == ["Judge", "Head of the Treaty Section"]


def test_letters_for_an_office_begin_it_below_a_post_and_so_do_words_that_are_one() -> None:
    header = ["Name", "Position", "E-mail"]
    found = _read(
        [
            header,
            [
                "Ms. Ann MUTISO",
                "Registrar, Secretary's Office\nLagoon Water Tribunal",
                "a.m@nwt.ke",
            ],
            ["Mr. Tobin WEXLER", "Senior Liaison Officer\nKWSO Nairobi", "t.wexler@kwso.ke"],
            ["Ms. Ruth NJERI", "Legal Officer, Treaties\nGrade Two", "r.njeri@water.ke"],
        ]
    )
    assert [(p.title and p.title.text, p.organization and p.organization.text) for p in found] == [
        ("Registrar, Secretary's Office", "Lagoon Water Tribunal"),
        ("Senior Liaison Officer", "KWSO Nairobi"),
        ("Legal Officer, Treaties Grade Two", None),
    ]


def test_values_tell_the_row_of_a_table_on_its_side_whose_label_nobody_listed() -> None:
    people = _read(
        [
            ["Name", "Ms. KARADAG Elif", "Mr. YILDIZ Cem"],
            ["Position", "Registrar", "First Secretary"],
            ["Zarb", "Head of Delegation", "Member"],
            ["Plurr", "e.karadag@courts.gov.tr", "c.yildiz@courts.gov.tr"],
        ]
    )
    assert [(p.name.text, p.role and p.role.text, p.email and p.email.text) for p in people] == [
        ("KARADAG Elif", "head", "e.karadag@courts.gov.tr"),
        ("YILDIZ Cem", "member", "c.yildiz@courts.gov.tr"),
    ]


def test_a_label_for_posts_and_telephones_asks_for_what_stands_beside_it() -> None:
    people = _read(
        [
            ["Nom", "Mme KARADAG Elif", "M. YILDIZ Cem"],
            ["Poste", "Greffière", "Premier Secrétaire"],
            ["Courriel", "e.karadag@courts.gov.tr", "c.yildiz@courts.gov.tr"],
        ]
    )
    assert [p.title and p.title.text for p in people] == ["Greffière", "Premier Secrétaire"]


def test_adviser_above_an_office_in_the_cell_of_posts_is_the_post() -> None:
    people = _read(
        [
            ["Name", "Position and agency", "Contact"],
            ["Ms. KARADAG Elif", "Adviser\nSupreme Judicial Council", "e.karadag@courts.gov.tr"],
            ["Mr. YILDIZ Cem", "Registrar\nHarbour Court", "c.yildiz@courts.gov.tr"],
        ]
    )
    assert [(p.title and p.title.text, p.organization and p.organization.text) for p in people] == [
        ("Adviser", "Supreme Judicial Council"),
        ("Registrar", "Harbour Court"),
    ]


def test_a_form_with_two_labels_in_a_row_is_one_person() -> None:
    (person,) = _read(
        [
            ["Full name", "Ms. Aleen\nBRIGHT", "Organization", "Supreme Court"],
            ["Position", "Judge", "E-mail", "a.bright@example.org"],
        ]
    )
    assert person.name.text == "Aleen BRIGHT"
    assert [v.text if v else None for v in (person.title, person.organization, person.email)] == [
        "Judge",
        "Supreme Court",
        "a.bright@example.org",
    ]


def test_the_letter_of_a_name_below_it_that_was_read_as_a_figure_is_a_doubt() -> None:
    page = _page(
        [
            ["Name", "Position", "E-mail"],
            ["Mr. Tobin WEXLERAKOT\n0", "Director", "t.wexlerakoto@example.org"],
            ["Ms. Aleen BRIGHT", "Judge", "a.bright@example.org"],
        ],
        OPENING,
    )
    people = read_raw((page,)).delegates
    uncertain = ("boundary_uncertain", "name")
    doubted = [uncertain in [(d.code, d.field) for d in p.doubts] for p in people]
    assert doubted == [True, False]


def test_a_russian_form_of_address_without_its_hyphen_is_one() -> None:
    people = _read(
        [
            ["Участник", "Должность"],
            ["гн\nСеребров Лев\nИльич", "судья"],
            ["г-жа\nКалинина Вера\nПетровна", "советник"],
        ]
    )
    assert [p.name.text for p in people] == ["Серебров Лев Ильич", "Калинина Вера Петровна"]
