"""The language of a page from its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.lines.language import LANGUAGES, language_of, main_script
from ocr.lines.words import COMMON
from tests.ocr.conftest import ARABIC, CHINESE, ENGLISH, FRENCH, RUSSIAN

SPANISH = "La Embajada saluda atentamente a la Oficina y tiene el honor de informar que asistirán"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ".join(ENGLISH), "en"),
        (" ".join(FRENCH), "fr"),
        (SPANISH, "es"),
        (" ".join(RUSSIAN), "ru"),
        (" ".join(ARABIC), "ar"),
        (" ".join(CHINESE), "zh"),
    ],
)
def test_each_language_is_known(text: str, code: str) -> None:
    assert language_of(text) == code


def test_no_language_without_letters() -> None:
    assert language_of("2019/59 – 12.5 %") is None
    assert language_of("") is None


def test_addresses_do_not_outweigh_the_text_round_them() -> None:
    assert main_script("王小明先生 外交部条约法律司 wang.xm@mfa.example.org") == "Han"


@given(st.text(max_size=200))
def test_the_answer_is_one_of_ours_or_none(text: str) -> None:
    assert language_of(text) in {None, *LANGUAGES}


def test_no_common_word_is_of_two_languages() -> None:
    lists = list(COMMON.values())
    assert all(len(words) > 30 for words in lists)
    assert len(frozenset().union(*lists)) == sum(map(len, lists))
