"""One person whose name a note prints in two scripts is one delegate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.note import read_note
from ocr.types import Box, Line, Word
from tests.extract.conftest import make_page

OPENING = {
    "zh": (
        "中华人民共和国驻奥地利共和国大使馆向联合国毒品和犯罪问题办公室致意，荣幸地通知，",
        "中国政府指派以下人员组成代表团出席会议：",
        "",
    ),
    "ru": (
        "Посольство Российской Федерации в Австрии свидетельствует свое уважение Секретариату",
        "и имеет честь сообщить, что в состав делегации войдут:",
        "",
    ),
}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ("姓名：钱婉清", "英文姓名：Qian Wanqing", "职务：参赞", "单位：司法部")),
        ("zh", ("姓名：钱婉清 / Qian Wanqing", "职务：参赞", "单位：司法部")),
        ("ru", ("1. Шидлович Глеб Львович / SHIDLOVICH GLEB", "советник, Министерство юстиции")),
        ("ru", ("1. Шидлович Глеб Львович (Глеб SHIDLOVICH)", "советник, Министерство юстиции")),
    ],
)
def test_the_second_script_makes_no_second_person(language: str, lines: tuple[str, ...]) -> None:
    note = read_note((make_page((*OPENING[language], *lines), language),))
    (delegate,) = note.delegates
    assert delegate.name.text in ("钱婉清", "Шидлович Глеб Львович")
    assert delegate.title is not None
    assert delegate.title.text in ("参赞", "советник")


def test_two_persons_in_two_scripts_are_two() -> None:
    lines = ("姓名：钱婉清", "职务：参赞", "姓名：Amina Diallo", "职务：处长")
    note = read_note((make_page((*OPENING["zh"], *lines), "zh"),))
    assert [d.name.text for d in note.delegates] == ["钱婉清", "Amina Diallo"]


def test_of_two_columns_of_names_the_one_in_the_notes_script_is_the_name() -> None:
    # boxes as a table of four columns would have them, from the right
    rows = [
        ("الاسم", "Name", "الوظيفة", "البريد"),
        ("السيدة منى حسن الشريف", "Mona H. Elsherif", "قاضية", "m.elsherif@moj.example"),
        ("السيد كريم أحمد الشريف", "Karim A. Elsherif", "مستشار", "k.elsherif@moj.example"),
    ]
    page = make_page(
        (
            "سفارة جمهورية مصر العربية",
            "",
            "تهدي سفارة جمهورية مصر العربية تحياتها إلى المكتب وتتشرف بإفادته بأسماء المشاركين:",
            "",
            *(" ".join(row) for row in rows),
        ),
        "ar",
        from_right=True,
    )
    lines = [*page.lines[:-3], *(_set_in_columns(row, y) for y, row in enumerate(rows))]
    found = read_note((replace(page, lines=tuple(lines)),)).delegates
    assert [d.name.text for d in found] == ["منى حسن الشريف", "كريم أحمد الشريف"]


def _set_in_columns(row: tuple[str, ...], number: int) -> Line:
    words: list[Word] = []
    for column, text in enumerate(row):
        right = 2100 - 520 * column
        top = 900 + 60 * number
        parts = text.split()
        widths = [15 * len(part) for part in parts]
        latin = text.isascii()
        at = right - sum(widths) - 15 * (len(parts) - 1) if latin else right
        for part, width in zip(parts, widths, strict=True):
            left = at if latin else at - width
            words.append(Word(part, Box(left, top, left + width, top + 30), 0.96))
            at += width + 15 if latin else -width - 15
    return Line(tuple(words))


def test_initials_glued_to_a_name_are_parts_of_it() -> None:
    lines = (
        "1) Г.Д.Шидлович",
        "главный специалист",
        "Министерство юстиции",
        "g.shidlovich@minjust.example",
        "2) О.Ёлкина",
        "старший помощник прокурора",
        "Генеральная прокуратура",
        "elkina@prok.example",
    )
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    assert [d.name.text for d in note.delegates] == ["Г.Д.Шидлович", "О.Ёлкина"]


def test_names_of_a_sentence_may_stand_in_two_scripts_with_a_dash_between() -> None:
    lines = (
        "Ольга Ёлкина – Olga YOLKINA, третий секретарь, Министерство юстиции",
        "(o.yolkina@minjust.example); а также Глеб Шидлович – Gleb SHIDLOVICH, советник,",
        "Генеральная прокуратура (g.shidlovich@prok.example), которые примут участие в работе",
        "совещания экспертов, а также в заседаниях, которые будут проведены до него и после него",
        "в Вене, и в тех консультациях, о которых Секретариат сообщит дополнительно.",
    )
    note = read_note((make_page((*OPENING["ru"][:2], *lines), "ru"),))
    assert [(d.name.text, d.title and d.title.text) for d in note.delegates] == [
        ("Ольга Ёлкина", "третий секретарь"),
        ("Глеб Шидлович", "советник"),
    ]


def test_behind_an_initial_a_stroke_parts_two_scripts() -> None:
    lines = ("Ф.И.О.: Шидлович Г. / Gleb SHIDLOVICH", "Должность: советник")
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    assert [d.name.text for d in note.delegates] == ["Шидлович Г."]


def test_behind_a_stroke_the_name_in_latin_letters_is_no_part_of_it() -> None:
    lines = ("ФИО: Корнилов Г. Л. / Gleb KORNILOV", "Должность: советник")
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    assert [d.name.text for d in note.delegates] == ["Корнилов Г. Л."]


def test_initials_glued_to_the_family_name_are_words_of_the_name() -> None:
    lines = ("1) Г.Л.Корнилов", "советник", "", "2) А.Шидлович", "главный специалист")
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    assert [(d.name.text, d.title and d.title.text) for d in note.delegates] == [
        ("Г.Л.Корнилов", "советник"),
        ("А.Шидлович", "главный специалист"),
    ]


def test_a_post_in_small_letters_begins_below_an_office() -> None:
    lines = (
        "г-н Глеб Аркадьевич Корнилов-Шидлович-Заре",
        "Министерство внешней торговли",
        "главный специалист",
        "",
    )
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    (person,) = note.delegates
    assert person.title is not None
    assert person.organization is not None
    assert (person.title.text, person.organization.text) == (lines[2], lines[1])


def test_a_name_spelled_again_in_latin_letters_needs_no_form_of_address() -> None:
    lines = (
        "Ирина Шидлович – Irina SHIDLOVICH, Третий секретарь, Минюст [i@mst.example];",
        "Глеб Корнилов – Gleb KORNILOV, советник, Постпредство; а также",
        "Анна Зимина – Anna ZIMINA, Первый секретарь, Министерство внешней торговли",
    )
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    names = ["Ирина Шидлович", "Глеб Корнилов", "Анна Зимина"]
    assert [d.name.text for d in note.delegates] == names


def test_a_dash_between_two_names_makes_them_no_spellings() -> None:
    lines = ("с участием представителей по маршруту Нижний Тагил – Vienna CENTRE, все желающие",)
    note = read_note((make_page((*OPENING["ru"], *lines), "ru"),))
    assert not note.delegates
