"""Which part of a name is the family name, in every script, and in its Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.family import family_in_capitals, name_parts


@pytest.mark.parametrize(
    ("name", "family", "first"),
    [
        ("OUÉDRAOGO Abdoulaye", "OUÉDRAOGO", True),
        ("Пётр Ильич Соколов", "Соколов", False),
        ("Соколов Пётр Ильич", "Соколов", True),
        ("Ковалевич Алексей Сергеевич", "Ковалевич", True),
        ("Алексей Сергеевич Ковалевич", "Ковалевич", False),
        ("Алиев Эльчин Вагиф оглы", "Алиев", True),
        ("Оспанова А.Н.", "Оспанова", True),
        ("А. Н. Оспанова", "Оспанова", False),
        ("Довлет Аннамурадов", "Аннамурадов", False),
        ("Шмелёв-Яров Вячеслав Эдуардович", "Шмелёв-Яров", True),
        ("欧阳小明", "欧阳", True),
        ("خالد بن سعود الخطيب", "الخطيب", False),
        ("هدى عبد الرحمن آل مكتوم", "آل مكتوم", False),
        ("علي عبد الرحمن", "عبد الرحمن", False),
        ("محمد صلاح الدين", "صلاح الدين", False),
    ],
)
def test_what_tells_the_family_name_is_believed(name: str, family: str, first: bool) -> None:
    parts = name_parts(name)
    assert (parts.family, parts.family_first, parts.sure) == (family, first, True)


@pytest.mark.parametrize("name", ["Amina Odhiambo", "ANA RUIZ", "Лев Ким", "Jan van der BERG"])
def test_what_nothing_tells_is_a_guess_and_is_not_put_in_capitals(name: str) -> None:
    assert not name_parts(name).sure
    assert family_in_capitals(name) == name


@pytest.mark.parametrize(
    ("name", "written", "capitals"),
    [
        ("Qian Wanqing", "钱婉清", "QIAN Wanqing"),
        ("Wanqing Qian", "钱婉清", "Wanqing QIAN"),
        ("Lyu Bu", "吕布", "LYU Bu"),
        ("Pyotr Ilyich Sokolov", "Пётр Ильич Соколов", "Pyotr Ilyich SOKOLOV"),
        ("Sokolov P.I.", "Соколов П.И.", "SOKOLOV P.I."),
        ("Huda Al Maktoum", "هدى آل مكتوم", "Huda Al MAKTOUM"),
        ("Khalid Al-Khatib", "خالد الخطيب", "Khalid AL-KHATIB"),
        ("McDonald Ian A.", None, "McDonald Ian A."),
        ("J. R. Smith", None, "J. R. SMITH"),
        ("J. R. McDonald", None, "J. R. McDONALD"),
        ("钱婉清", None, "钱婉清"),
    ],
)
def test_the_family_name_is_put_in_capitals(name: str, written: str | None, capitals: str) -> None:
    assert family_in_capitals(name, written) == capitals


@given(st.text(max_size=30), st.none() | st.text(max_size=12))
def test_no_text_is_an_error_and_no_word_is_lost(name: str, written: str | None) -> None:
    parts = name_parts(name, written)
    words = f"{parts.given} {parts.family}"
    assert sorted("".join(words.split())) == sorted("".join(name.split()))
    assert family_in_capitals(name, written).upper().split() == name.upper().split()


def test_a_space_in_a_chinese_name_parts_nothing() -> None:
    assert name_parts("李 小明").family == "李"
