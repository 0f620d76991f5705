"""The lexicon's words for those who know no rule: the same words, from the same files."""

from __future__ import annotations

import pytest

from extract.language import terms
from extract.words import words


@pytest.mark.parametrize("label", ["compound_surnames", "name_particles", "honorifics_m"])
def test_the_words_are_those_that_the_rules_look_for(label: str) -> None:
    assert words(label) == set(terms.phrases(label)) != set()


def test_words_of_address_stand_beside_the_tables() -> None:
    assert {"mr", "mme", "господин"} <= words("address_words")


def test_a_misspelt_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("compound_surname")
