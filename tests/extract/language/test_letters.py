"""Which letters the names of a State have, and who knows them."""

from __future__ import annotations

import pytest

from extract.language import terms
from extract.language.letters import bare, knows, languages_of, letters_of
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
