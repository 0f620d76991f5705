"""Columns without rules and forms, as clerks type them who were shown no pattern."""

from __future__ import annotations

from extract.layout.unruled import find_unruled
from tests.extract.delegates.test_delegates import HEAD, _rows
from tests.extract.layout.test_close_columns import PITCH, row, texts


def test_what_stands_far_below_the_last_row_is_no_cell_of_it() -> None:
    rows = [
        row(100 + 2 * PITCH * n, (100, name), (480, "Judge"), (860, mail))
        for n, (name, mail) in enumerate(
            [
                ("Full name", "E-mail"),
                ("Ms. Tova Quill", "t.quill@example.org"),
                ("Mr. Osric Bram", "o.bram@example.org"),
                ("Ms. Ilse Marn", "i.marn@example.org"),
            ]
        )
    ]
    (grid,) = find_unruled([*rows, row(100 + 9 * PITCH, (90, "With cordial regards."))])
    assert texts(grid)[3, 0] == "Ms. Ilse Marn"


def test_numbered_names_that_wrap_stand_beside_posts_behind_a_dash() -> None:
    rows = _rows(
        HEAD
        + """
1. Tarvin Oldo   – adviser of the
Merrikson   second chamber
   t.oldo@example.org

2. Lessa Quorl   – inspector of
Vantirson   all vents
   l.quorl@example.org

3. Brodin Zarb   – registrar
Haldoson   of deeds
   b.zarb@example.org
"""
    )
    assert [r[1] for r in rows] == [
        "Tarvin Oldo Merrikson",
        "Lessa Quorl Vantirson",
        "Brodin Zarb Haldoson",
    ]
    assert [r[4] for r in rows] == [
        "t.oldo@example.org",
        "l.quorl@example.org",
        "b.zarb@example.org",
    ]


def test_strokes_part_the_fields_of_names_without_a_form_of_address() -> None:
    rows = _rows(
        HEAD
        + """
Tobin Wexler / Judge / Court of Vents / t.wexler@example.org
Aleen Bright / Prosecutor / Office of Deeds / a.bright@example.org
"""
    )
    assert [(r[1], r[2], r[4]) for r in rows] == [
        ("Tobin Wexler", "Judge", "t.wexler@example.org"),
        ("Aleen Bright", "Prosecutor", "a.bright@example.org"),
    ]


def test_a_column_of_ranks_beside_one_of_posts_holds_forms_of_address() -> None:
    rows = _rows(
        HEAD
        + """
Фамилия   Имя, отчество   Звание   Должность   E-mail

Торвин   Егор Ильич   майор   следователь   e.torvin@example.org

Зарбина   Анна Петровна   капитан   инспектор   a.zarbina@example.org
"""
    )
    assert [r[:3] for r in rows] == [
        ("майор", "Егор Ильич Торвин", "следователь"),
        ("капитан", "Анна Петровна Зарбина", "инспектор"),
    ]


def test_labels_end_in_a_remark_in_brackets() -> None:
    rows = _rows(
        HEAD
        + """
DELEGATE NO. 1
Full name (as in passport)   ALEEN BRIGHT
Title (Mr/Ms/Dr)   Ms.
Designation   DEPUTY REGISTRAR
Department   OFFICE OF DEEDS
Office telephone   +44 20 7946 0018
Email   a.bright@example.org
DELEGATE NO. 2
Full name (as in passport)   TOBIN WEXLER
Title (Mr/Ms/Dr)   Mr.
Designation   ASSISTANT INSPECTOR
Department   AGENCY FOR VENTS
Office telephone   +44 20 7946 0022
Email   t.wexler@example.org
"""
    )
    assert [(r[0], r[1], r[2], r[3]) for r in rows] == [
        ("Ms.", "ALEEN BRIGHT", "DEPUTY REGISTRAR", "OFFICE OF DEEDS"),
        ("Mr.", "TOBIN WEXLER", "ASSISTANT INSPECTOR", "AGENCY FOR VENTS"),
    ]


def test_a_form_of_one_person_asks_for_parts_of_the_name() -> None:
    rows = _rows(
        HEAD
        + """
Фамилия   ТОРВИН
Имя и отчество   Егор Ильич
Место работы   Прокуратура
Занимаемая   начальник отдела
должность   экстрадиции
Рабочий телефон   +44 20 7946 0018
Электронная почта   e.torvin@example.org
"""
    )
    assert [(r[1], r[2], r[4]) for r in rows] == [
        ("Егор Ильич ТОРВИН", "начальник отдела экстрадиции", "e.torvin@example.org")
    ]


def test_a_form_that_numbers_its_fields_is_one_person_until_it_counts_from_one_again() -> None:
    rows = _rows(
        HEAD
        + """
1. Surname   WEXLER
2. Given name, middle name   Tobin Ole
3. Post   Judge
4. E-mail   t.wexler@example.org
1. Surname   BRIGHT
2. Given name, middle name   Aleen Ida
3. Post   Prosecutor
4. E-mail   a.bright@example.org
"""
    )
    assert [(r[1], r[2], r[4]) for r in rows] == [
        ("Tobin Ole WEXLER", "Judge", "t.wexler@example.org"),
        ("Aleen Ida BRIGHT", "Prosecutor", "a.bright@example.org"),
    ]


def test_a_numbered_form_may_call_its_person_by_a_word_that_is_no_label_for_names() -> None:
    rows = _rows(
        HEAD
        + """
1. Participant: Tobin WEXLER
2. Present post: Judge
3. Institution: Harbour Court
4. E-mail: t.wexler@example.org
1. Participant: Aleen BRIGHT
2. Present post: Prosecutor
3. Institution: Harbour Court
4. E-mail: a.bright@example.org
"""
    )
    assert [(r[1], r[2], r[4]) for r in rows] == [
        ("Tobin WEXLER", "Judge", "t.wexler@example.org"),
        ("Aleen BRIGHT", "Prosecutor", "a.bright@example.org"),
    ]


def test_cards_with_no_white_between_them_begin_at_their_label_for_names() -> None:
    rows = _rows(
        HEAD
        + """
List of the delegation to the meeting
Name of nominee   Ms. Ann MUTISO
Agency   Bureau of Audit and Recovery of Assets of the Republic
Current position   Registrar of deeds, titles and other instruments of the land
E-mail address a.mutiso@audit.go.ke.........
Name of nominee   Mr. Tobin WEXLER
Agency   Bureau of Audit and Recovery of Assets of the Republic
Current position   Adviser on agreements
E-mail address   t.wexler@audit.go.ke
Name of nominee Ms. Aleen BRIGHT
Agency   Harbour Court
Current position   Judge
E-mail address   a.bright@courts.go.ke
"""
    )
    assert [(r[1], r[3], r[4]) for r in rows] == [
        (
            "Ann MUTISO",
            "Bureau of Audit and Recovery of Assets of the Republic",
            "a.mutiso@audit.go.ke",
        ),
        (
            "Tobin WEXLER",
            "Bureau of Audit and Recovery of Assets of the Republic",
            "t.wexler@audit.go.ke",
        ),
        ("Aleen BRIGHT", "Harbour Court", "a.bright@courts.go.ke"),
    ]
