"""Arabic words a letter off, told by the phrase they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.misread import mended, with_stops
from extract.language.normalise import fold


def _mended(text: str) -> str:
    return " ".join(mended(fold(text).split()))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("يشرفها أن تحيطها علدا بأن", "يشرفها أن تحيطها علما بأن"),
        ("وككل النائب العام", "وكيل النائب العام"),
        ("المدعي القانوني", "المدعي القانوني"),  # two known words, if no phrase
        ("بفائق الاحترم", "بفائق الاحترام"),
    ],
)
def test_the_misread_word_of_a_phrase_is_told_by_the_others(read: str, printed: str) -> None:
    assert _mended(read) == fold(printed)


def test_a_word_alone_and_a_name_stay() -> None:
    assert _mended("علدا") == fold("علدا")
    assert _mended("السيد وليد العامري") == fold("السيد وليد العامري")


@given(st.lists(st.sampled_from(fold("وكيل وككل النائب العام فائق الاحترم علما 12 a").split())))
def test_tokens_are_never_lost(words: list[str]) -> None:
    assert len(mended(words)) == len(words)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1 , Sra , Ana ROM", "1 , sra . ana rom"),
        ("( 4 ) Adv , Ivo ROM", "( 4 ) adv . ivo rom"),
        ("ROM Ivo , Dr , Director", "rom ivo , dr , director"),  # parts of an entry
        ("may , junio", "may , junio"),  # no rank: it would begin with a capital
        ("Gen , 4", "gen , 4"),
    ],
)
def test_a_form_of_address_that_leads_a_line_ends_with_a_full_stop(line: str, kept: str) -> None:
    printed = line.split()
    words = [fold(word) for word in printed]
    found = with_stops(words, printed, [at == 0 for at in range(len(words))])
    assert " ".join(found) == kept
