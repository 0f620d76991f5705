"""Which letters the names of a State have, and who knows them."""

from __future__ import annotations

import pytest

from extract.language import terms
from extract.language.letters import (
    bare,
    in_own_letters,
    knows,
    languages_of,
    letters_of,
    with_two_dots,
)
from ocr.engines.tesseract_base import LETTER_MODELS


def test_a_state_may_have_several_languages_or_none_of_its_own_letters() -> None:
    assert languages_of("VNM") == ("vi",)
    assert set(languages_of("CHE")) == {"fr", "de", "it"}
    assert languages_of("KEN") == ()
    assert "ł" in letters_of("POL")
    assert languages_of("KAZ") == ("kk",)
    assert letters_of("KAZ") == frozenset()  # of Latin ones it has none


def test_every_language_of_names_has_a_model_and_every_model_a_language() -> None:
    tables = terms.common()
    assert set(tables["name_letters"]) == set(LETTER_MODELS)
    assert set(tables["name_letter_states"]) == set(LETTER_MODELS)


def test_every_state_of_the_table_is_one() -> None:
    known = {row["iso3"] for row in terms.state_rows()}
    assert known.issuperset(set().union(*terms.common()["name_letter_states"].values()))


def test_a_reader_without_the_letters_is_no_witness() -> None:
    assert knows("rapidocr", ("pl",))
    assert knows("rapidocr", ("de",))
    assert not knows("rapidocr", ("vi",))
    assert not knows("rapidocr 3.10", ("fr", "vi"))
    assert knows("tesseract 5.3.0", ("vi",))


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("Łucja", "Lucja"),
        ("ĐỖ", "DO"),
        ("Þórður", "Pordur"),
        ("Işık", "Isik"),
        ("Əli", "Eli"),
        ("ÆGISSON", "AEGISSON"),
        ("ҚОЖАҒҰЛ", "КОЖАГУЛ"),
    ],
)
def test_bare_letters_are_what_a_reader_without_them_sees(printed: str, seen: str) -> None:
    assert bare(printed) == bare(seen)


@pytest.mark.parametrize(
    ("seen", "languages", "printed"),
    [
        ("LÅTÚ", ("to",), "LĀTŪ"),
        ("Tãufa", ("to",), "Tāufa"),
        ("Ştefan", ("ro",), "Ștefan"),
        ("Șahin", ("tr",), "Şahin"),
        ("Schröder", ("pl",), "Schröder"),  # ó is a letter that every reader knows
        ("Kádár", ("hu",), "Kádár"),
        ("Dvořák", ("sk",), "Dvořák"),  # who saw ř knows it
    ],
)
def test_an_accent_a_language_lacks_is_the_one_it_has_there(
    seen: str, languages: tuple[str, ...], printed: str
) -> None:
    assert in_own_letters(seen, languages) == printed


@pytest.mark.parametrize(
    ("read", "other", "text"),
    [
        ("Giiell", "Güell", "Güell"),
        ("Argiielles", "Arguelles", "Argüelles"),
        ("Riitta", "Riitta", "Riitta"),
        ("Riitta", "", "Riitta"),
    ],
)
def test_two_i_where_another_reader_saw_a_u_are_its_dots(read: str, other: str, text: str) -> None:
    assert with_two_dots(read, [other]) == text
