"""Names in Latin letters: proposed by two standards, and rather not than wrongly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.latin import latin_name


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Щербакова Ольга", "Shcherbakova Olga"),
        ("ИВАНОВ Юрий", "IVANOV Yuriy"),
        ("Ю.А. Жуков", "Yu.A. Zhukov"),
        ("Римский-Корсаков", "Rimskiy-Korsakov"),
        ("李小明", "Li Xiaoming"),
        ("李 小明", "Li Xiaoming"),
        ("欧阳修", "Ouyang Xiu"),
        ("曾庆红", "Zeng Qinghong"),  # elsewhere the sign is read Ceng
        ("吕布", "Lyu Bu"),
        ("张爱安", "Zhang Ai'an"),
    ],
)
def test_cyrillic_and_chinese_names_are_proposed(name: str, latin: str) -> None:
    assert latin_name(name) == latin
    assert latin_name(unicodedata.normalize("NFD", name)) == latin


@pytest.mark.parametrize(
    "name",
    [
        "José Ruiz",
        "محمد بن علي",  # its vowels are not written
        "约翰·史密斯",  # a foreign name, written by its sound
        "司马",  # a family name alone
        "Ђорђе Петровић",  # letters that the table has not
        "Ivanоv",  # one letter of another script: read wrongly
        "Иван Smith",
        "王",
        "?",
        "",
    ],
)
def test_what_cannot_be_told_is_not_proposed(name: str) -> None:
    assert latin_name(name) is None


@given(st.text(max_size=12))
def test_a_proposal_is_in_latin_letters_and_no_text_is_an_error(name: str) -> None:
    latin = latin_name(name)
    if latin is not None:
        letters = [char for char in latin if char.isalpha()]
        assert letters
        assert all(char.isascii() for char in letters)
