"""Tokens, Chinese family names and Russian spellings: what words are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.cyrillic import skeleton, spellings
from extract.language.han_names import compound_surnames, has_surname, surnames
from extract.language.tokens import definite, split_tokens, variants


def _tokens(text: str) -> list[str]:
    return [text[a:b] for a, b in split_tokens(text)]


def test_a_token_is_a_run_of_letters_of_digits_a_sign_or_one_chinese_character() -> None:
    assert _tokens("H.E. Mr. 12th") == ["H", ".", "E", ".", "Mr", ".", "12", "th"]
    assert _tokens("司法部Ltd") == ["司", "法", "部", "Ltd"]


@given(st.text())
def test_tokens_hold_every_sign_that_is_no_space_once_and_in_order(text: str) -> None:
    assert "".join(_tokens(text)) == "".join(text.split())


def test_an_arabic_phrase_is_printed_with_prefixes_and_the_article_too() -> None:
    assert ["والوزاره"] in list(variants("الوزارة"))
    assert ["للوزاره"] in list(variants("الوزارة"))
    assert list(variants("Ministry")) == [["ministry"]]
    assert ["المستشار", "القانوني"] in list(definite("مستشار قانوني"))
    assert not list(definite("Adviser"))


@pytest.mark.parametrize("name", ["王芳", "欧阳晓明", "阿米娜·迪亚洛"])
def test_a_chinese_name_begins_with_a_family_name_or_has_a_dot(name: str) -> None:
    assert has_surname(name)


def test_an_office_begins_with_no_family_name() -> None:
    assert not has_surname("部长")
    assert compound_surnames() < surnames()


def test_a_name_in_another_case_may_stand_for_its_nominative() -> None:
    assert "Каримов Рустам" in spellings("Каримова Рустама")
    assert spellings("Ли") == ("Ли",)


def test_transliterations_of_one_name_have_one_skeleton() -> None:
    assert len({skeleton(text) for text in ("yusupova", "iusupova", "jusupova")}) == 1
    assert skeleton("karimov") != skeleton("yusupov")
